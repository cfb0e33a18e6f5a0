import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { useCallback, useEffect, useState } from 'react';
import { type MitigationRecord } from '../engine';
import { useUserName } from './userName';

/** Most records that are kept in this browser for one user; the oldest make room. */
export const MOST_RECORDS = 100;

const STORE = 'records';

interface Schema extends DBSchema {
  [STORE]: { key: string; value: MitigationRecord; indexes: { startedAt: string } };
}

// One database per user: a browser may be shared. The address of the console keeps clusters apart by itself.
const databaseOf = (user: string): Promise<IDBPDatabase<Schema>> =>
  openDB<Schema>(`virt-runbooks ${user}`, 1, {
    upgrade: (database) => {
      database.createObjectStore(STORE, { keyPath: 'id' }).createIndex('startedAt', 'startedAt');
    },
    // Another tab brings a newer version: this one must not keep it waiting.
    blocking: (_, __, event) => (event.target as IDBDatabase | null)?.close(),
  });

/** What a database holds, newest first. Records of a version that is not ours are left alone. */
const readAll = async (user: string): Promise<readonly MitigationRecord[]> => {
  const database = await databaseOf(user);
  const all = await database.getAllFromIndex(STORE, 'startedAt');
  database.close();
  // The first records were kept without what was picked and saved.
  return all.filter(({ version }) => version === 1).map((record) => ({ ...record, picked: record.picked ?? {}, saved: record.saved ?? [] })).reverse();
};

const write = async (user: string, record: MitigationRecord): Promise<void> => {
  const database = await databaseOf(user);
  const transaction = database.transaction(STORE, 'readwrite');
  await transaction.store.put(record);
  const keys = await transaction.store.index('startedAt').getAllKeys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST_RECORDS)).map((key) => transaction.store.delete(key)));
  await transaction.done;
  database.close();
};

const clear = async (user: string): Promise<void> => {
  const database = await databaseOf(user);
  await database.clear(STORE);
  database.close();
};

/** Pages of ours in this browser tell each other that the records changed. */
const CHANNEL = 'virt-runbooks records';

const tellOthers = (): void => {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(null);
  channel.close();
};

/** The records of this user in this browser, newest first. `failed`: the browser keeps none (a private window, a full disk). */
export type Records =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly records: readonly MitigationRecord[] }
  | { readonly state: 'failed'; readonly words: string };

const failed = (error: unknown): Records => ({ state: 'failed', words: error instanceof Error ? error.message : String(error) });

/** The records of this user, kept up to date while the page is open, and a way to drop them all. */
export const useRecords = (): { readonly kept: Records; readonly drop: () => Promise<void> } => {
  const user = useUserName();
  const [kept, setKept] = useState<Records>({ state: 'loading' });
  const read = useCallback(() => readAll(user).then((records): Records => ({ state: 'ready', records }), failed).then(setKept), [user]);
  useEffect(() => {
    void read();
    const channel = new BroadcastChannel(CHANNEL);
    channel.onmessage = () => void read();
    return () => channel.close();
  }, [read]);
  const drop = useCallback(() => clear(user).then(tellOthers).then(read, (error: unknown) => setKept(failed(error))), [user, read]);
  return { kept, drop };
};

let writing: Promise<unknown> = Promise.resolve();

/** A function that keeps a record in this browser, one after the other. Resolves with why it could not be kept, if so. */
export const useKeepRecord = (): ((record: MitigationRecord) => Promise<string | undefined>) => {
  const user = useUserName();
  return useCallback((record) => {
    const kept = writing.then(() => write(user, record)).then(
      () => {
        tellOthers();
        return undefined;
      },
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    writing = kept;
    return kept;
  }, [user]);
};
