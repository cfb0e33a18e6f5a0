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

/** Holds what stands there against what an operation was planned on. */
const held = (operation: Operation, seen: Observation): Awaited<ReturnType<Recheck>> => {
  const { target, expects } = operation;
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

const isBeingDeleted = (seen: Observation): boolean => seen.state === 'ok' && valueAt(seen.items[0], '/metadata/deletionTimestamp') !== undefined;

/** What a look afterwards tells of a write without an answer. */
const toldBy = (result: OperationResult, operation: Operation, seen: Observation): OperationResult => {
  const found = held(operation, seen);
  const { uid } = marksOf(seen);
  // It did not exist right before, and the name is the plan's own.
  if (operation.verb === 'create' && uid) return { operation: result.operation, state: 'accepted', uid };
  const isDeletion = operation.verb === 'delete' || operation.verb === 'evict';
  if (isDeletion && ((!found.same && found.gone) || isBeingDeleted(seen))) return { operation: result.operation, state: 'accepted' };
  const same = operation.verb === 'create' ? 'it does not exist.' : 'it is as it was.';
  const before = result.words ? `${result.words}${/[.!?]$/.test(result.words) ? '' : '.'} ` : '';
  return { ...result, words: `${before}Read again: ${found.same ? same : found.words}` };
};

/** Looks through a reader, until aborted. */
export const createLooks = (reader: Reader, signal: AbortSignal): Looks => {
  const look = (target: Target, part: 'metadata' | 'full'): Promise<Observation> =>
    reader.read({ kind: 'object', of: kindOf(target), in: target.namespace ?? 'the cluster', name: target.name, part }, { signal, maxAge: 0 });

  const seen = (operation: Operation): Promise<Observation> => look(operation.target, operation.expects ? 'full' : 'metadata');

  const recheck: Recheck = async (operation) => held(operation, await seen(operation));

  const readBack = async (result: OperationResult, operation: Operation | undefined): Promise<OperationResult> => {
    if (result.state !== 'unknown' || !operation) return result;
    const found = await seen(operation).catch(() => undefined);
    return found ? toldBy(result, operation, found) : result;
  };

  return { look, recheck, readBack };
};
