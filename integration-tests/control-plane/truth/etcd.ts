/** What stands under a key. */
export interface Entry {
  readonly key: string;
  readonly value: string;
}

/** etcd takes no more operations at once (its flag --max-txn-ops). */
const AT_ONCE = 128;

const base64 = (text: string): string => Buffer.from(text).toString('base64');

const batches = <T>(all: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, i) => all.slice(i * AT_ONCE, (i + 1) * AT_ONCE));

const transact = async (etcdUrl: string, operations: readonly unknown[]): Promise<void> => {
  for (const success of batches(operations)) {
    const answer = await fetch(`${etcdUrl}/v3/kv/txn`, { method: 'POST', body: JSON.stringify({ success }) });
    if (!answer.ok) throw new Error(`etcd refused: ${await answer.text()}`);
  }
};

/** Writes entries into etcd by its JSON gateway. */
export const putAll = (etcdUrl: string, entries: readonly Entry[]): Promise<void> =>
  transact(etcdUrl, entries.map(({ key, value }) => ({ requestPut: { key: base64(key), value: base64(value) } })));

/** Removes keys from etcd. */
export const dropAll = (etcdUrl: string, keys: readonly string[]): Promise<void> =>
  transact(etcdUrl, keys.map((key) => ({ requestDeleteRange: { key: base64(key) } })));
