import { valueAt } from './differences';
import { type OperationResult, type Recheck } from './execute';
import { type Observation } from './observation';
import { type Operation, type Target } from './operation';
import { type Reader } from './reader';
import { kindOf } from './send';

/** What tells one object from another of its name, and from itself after a change; nothing where it was not read. */
export const marksOf = (seen: Observation): { readonly uid?: string; readonly resourceVersion?: string } =>
  (seen.state === 'ok' ? (seen.items[0] as { metadata: { uid?: string; resourceVersion?: string } }).metadata : {});

/** Looks at single objects right before and right after a write. */
export interface Looks {
  /** Always a new reading. Rejects only when aborted. */
  readonly look: (target: Target, part: 'metadata' | 'full') => Promise<Observation>;
  readonly recheck: Recheck;
  /** A write without an answer is not sent again; its target is read again instead, which may tell what became of it. */
  readonly readBack: (result: OperationResult, operation: Operation | undefined) => Promise<OperationResult>;
}

/** Looks through a reader, until aborted. */
export const createLooks = (reader: Reader, signal: AbortSignal): Looks => {
  const look = (target: Target, part: 'metadata' | 'full'): Promise<Observation> =>
    reader.read({ kind: 'object', of: kindOf(target), in: target.namespace ?? 'the cluster', name: target.name, part }, { signal, maxAge: 0 });

  const recheck: Recheck = async (operation: Operation) => {
    const { target, expects } = operation;
    const seen = await look(target, expects ? 'full' : 'metadata');
    if (seen.state === 'failed') return { same: false, words: `It could not be read: ${seen.detail ?? seen.reason}`, unread: true };
    if (operation.verb === 'create') return seen.state === 'absent' ? { same: true } : { same: false, words: 'One of that name exists already.' };
    if (seen.state === 'absent') return { same: false, words: 'It does not exist any more.', gone: true };
    const { uid, resourceVersion } = marksOf(seen);
    if (uid !== target.uid) return { same: false, words: 'It was deleted and created anew.', gone: true };
    const other = Object.entries(expects ?? {}).find(([path, value]) => JSON.stringify(valueAt(seen.items[0], path)) !== JSON.stringify(value));
    if (other) return { same: false, words: `It was changed: ${other[0]} is ${JSON.stringify(valueAt(seen.items[0], other[0])) ?? 'not set'}.` };
    // What is expected names all that matters of it: the rest may go on changing, as the status of a node does.
    const isStrict = !expects && (operation.verb === 'patch' || (operation.verb === 'delete' && !operation.uidOnly));
    return isStrict && resourceVersion !== target.resourceVersion ? { same: false, words: 'It was changed.' } : { same: true };
  };

  const readBack = async (result: OperationResult, operation: Operation | undefined): Promise<OperationResult> => {
    if (result.state !== 'unknown' || !operation) return result;
    if (operation.verb === 'create') {
      // It did not exist right before, and the name is the plan's own.
      const { uid } = marksOf(await look(operation.target, 'metadata').catch((): Observation => ({ state: 'absent', readAt: 0 })));
      return uid ? { operation: result.operation, state: 'accepted', uid } : { ...result, words: `${result.words ?? ''} Read again: it does not exist.`.trim() };
    }
    const found = await recheck(operation).catch(() => undefined);
    if (!found) return result;
    if ((operation.verb === 'delete' || operation.verb === 'evict') && !found.same && found.gone) return { operation: result.operation, state: 'accepted' };
    return { ...result, words: `${result.words ?? ''} Read again: ${found.same ? 'it is as it was.' : found.words}`.trim() };
  };

  return { look, recheck, readBack };
};
