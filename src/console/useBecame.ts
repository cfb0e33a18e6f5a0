import { useCallback, useEffect, useRef, useState } from 'react';
import { type Became, type MitigationRecord, becameOf, mapInTurn } from '../engine';
import { createLooks } from '../engine/looks';
import { useAddress } from './address';
import { readerFor } from './cluster';

/** Objects that are read again at most, and at once. */
const MOST = 50;
const AT_ONCE = 4;

/** What the objects of a record say of its open results, by the id of the operation. */
export interface BecameOfRecord {
  /** Results whose answer nobody has, and whose object is known. */
  readonly open: number;
  readonly state: 'notRead' | 'reading' | 'read';
  readonly became: ReadonlyMap<string, Became>;
  readonly read: () => void;
}

/** Reads again, when asked to, what became of the operations of a record whose answers were lost, or that were under way when the page was left. */
export const useBecame = ({ plan, results }: Pick<MitigationRecord, 'plan' | 'results'>): BecameOfRecord => {
  const { namespace } = useAddress();
  const [found, setFound] = useState<Pick<BecameOfRecord, 'state' | 'became'>>({ state: 'notRead', became: new Map() });
  const leaving = useRef(new AbortController());
  useEffect(() => {
    const mine = new AbortController();
    leaving.current = mine;
    return () => mine.abort();
  }, []);
  const isOpen = new Set(results.flatMap(({ operation, state }) => (state === 'unknown' || state === 'sending' ? [operation] : [])));
  const open = plan.operations.filter(({ id }) => isOpen.has(id));
  const latest = useRef(open);
  latest.current = open;
  const read = useCallback(() => {
    setFound((before) => ({ ...before, state: 'reading' }));
    const { signal } = leaving.current;
    const looks = createLooks(readerFor(namespace), signal);
    void mapInTurn(latest.current.slice(0, MOST), AT_ONCE, async (operation) => [operation.id, await becameOf(operation, looks)] as const).then((all) => {
      if (!signal.aborted) setFound({ state: 'read', became: new Map(all) });
    });
  }, [namespace]);
  return { ...found, open: open.length, read };
};
