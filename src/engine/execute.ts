import { type Operation } from './operation';
import { type Sender, type Sent, writeOf } from './send';

/** What became of one operation. `notSent`: stopped before its turn. `changed`: its target is not what was previewed. */
export interface OperationResult {
  readonly operation: string;
  readonly state: 'waiting' | 'sending' | 'accepted' | 'rejected' | 'unknown' | 'changed' | 'notSent';
  readonly words?: string;
}

/** Is the target still what was previewed? `words` says what is different; `gone`: that very object is not there any more. */
export type Recheck = (operation: Operation) => Promise<{ readonly same: true } | { readonly same: false; readonly words: string; readonly gone?: true }>;

/** Most writes under way at once. */
const AT_ONCE = 8;

/**
 * Carries out operations: one, then two, four … at once. Each is rechecked right before and sent once, never again.
 * Stops at the first that does not succeed, and when aborted: what is under way is awaited, nothing more is sent.
 */
export const carryOut = async (
  operations: readonly Operation[],
  { sender, recheck, signal, changed }: { sender: Sender; recheck: Recheck; signal: AbortSignal; changed: (results: readonly OperationResult[]) => void },
): Promise<readonly OperationResult[]> => {
  const results = new Map<string, OperationResult>(operations.map(({ id }) => [id, { operation: id, state: 'waiting' }]));
  const note = (result: OperationResult) => {
    results.set(result.operation, result);
    changed([...results.values()]);
  };
  // Writes are not aborted half way: only what has not been sent yet is held back.
  const never = new AbortController().signal;

  const failed = () => [...results.values()].some(({ state }) => !['waiting', 'sending', 'accepted', 'notSent'].includes(state));
  const one = async (operation: Operation) => {
    // The reading of a page that is being left is given up: nothing is known, so nothing is sent.
    const found = await recheck(operation).catch(() => undefined);
    if (!found || signal.aborted) return note({ operation: operation.id, state: 'notSent' });
    if (!found.same) return note({ operation: operation.id, state: 'changed', words: found.words });
    // Another one of the batch has failed while this one was looked at.
    if (failed()) return note({ operation: operation.id, state: 'notSent' });
    note({ operation: operation.id, state: 'sending' });
    note(resultOf(operation, await sender.send(writeOf(operation, false), never)));
  };

  let next = 0;
  for (let width = 1; next < operations.length; width = Math.min(width * 2, AT_ONCE)) {
    const batch = operations.slice(next, next + width);
    await Promise.all(batch.map(one));
    next += batch.length;
    if (signal.aborted || batch.some(({ id }) => results.get(id)?.state !== 'accepted')) break;
  }
  for (const { id } of operations.slice(next)) note({ operation: id, state: 'notSent' });
  return [...results.values()];
};

const resultOf = ({ id }: Operation, sent: Sent): OperationResult =>
  (sent.state === 'accepted' ? { operation: id, state: 'accepted' } : { operation: id, state: sent.state, words: sent.words });
