import { type Operation, type Plan } from './operation';
import { type Sender, type Sent, writeOf } from './send';

/**
 * What became of one operation. `notSent`: stopped before its turn. `changed`: its target is not what was previewed. `uid`: of the object that
 * it created.
 */
export interface OperationResult {
  readonly operation: string;
  readonly state: 'waiting' | 'sending' | 'accepted' | 'rejected' | 'unknown' | 'changed' | 'notSent';
  readonly words?: string;
  readonly uid?: string;
}

/** Is that what was meant to become of it? One of a selection that changed or went meanwhile was no longer meant. */
export const isAsMeant = ({ selection }: { readonly selection?: unknown }, state: OperationResult['state']): boolean =>
  state === 'accepted' || (selection !== undefined && state === 'changed');

/**
 * Is the target still what was previewed? `words` says what is different; `gone`: that very object is not there any more; `unread`: nobody knows, and
 * what is not known is not written.
 */
export type Recheck = (operation: Operation) => Promise<{ readonly same: true } | { readonly same: false; readonly words: string; readonly gone?: true; readonly unread?: true }>;

/** How a plan is carried out. */
export interface CarryOut {
  readonly sender: Sender;
  readonly recheck: Recheck;
  readonly signal: AbortSignal;
  readonly changed: (results: readonly OperationResult[]) => void;
  /** Waits until the next operation may follow; false: it never may. Only for a plan in order. */
  readonly between?: () => Promise<boolean>;
}

/** Most writes under way at once. */
const AT_ONCE = 8;
/** Above so many operations progress is told in steps: nobody reads each, and telling costs as much as sending. */
const MANY = 200;
/** Length of such a step, results. */
const STEP = 25;

// The server itself refuses such a deletion if the object is not the one that was selected, or not as it was.
const isGuarded = ({ selection }: Pick<Plan, 'selection'>, operation: Operation): boolean => selection !== undefined && operation.verb === 'delete' && !operation.uidOnly;

/**
 * Carries out the operations of a plan: one, then two, four … at once, or strictly in order. Each is rechecked right before and sent once, never
 * again. Stops at the error limit, which is the first that does not succeed unless the plan is a selection, and when aborted: what is under way
 * is awaited, nothing more is sent.
 */
export const carryOut = async (
  plan: Pick<Plan, 'operations' | 'selection' | 'pace'>, { sender, recheck, signal, changed, between }: CarryOut,
): Promise<readonly OperationResult[]> => {
  const { operations, selection, pace } = plan;
  const results: OperationResult[] = operations.map(({ id }) => ({ operation: id, state: 'waiting' }));
  const limit = selection?.errorLimit ?? 0;
  const most = pace === undefined ? AT_ONCE : 1;
  // Writes are not aborted half way: only what has not been sent yet is held back.
  const never = new AbortController().signal;
  let accepted = 0;
  let failures = 0;
  let noted = 0;
  let isOver = false;

  const mayGoOn = (): boolean => !isOver && !signal.aborted && failures <= limit;
  const note = (place: number, result: OperationResult): void => {
    results[place] = result;
    if (result.state === 'accepted') accepted += 1;
    // One object of a selection that went or changed meanwhile is no longer part of it; a listed one was to be written.
    if (result.state === 'rejected' || result.state === 'unknown' || (result.state === 'changed' && selection === undefined)) failures += 1;
    noted += 1;
    if (operations.length <= MANY || noted % STEP === 0 || result.state === 'rejected') changed([...results]);
  };

  const one = async (place: number, operation: Operation): Promise<void> => {
    const { id } = operation;
    if (!isGuarded(plan, operation)) {
      // The reading of a page that is being left is given up: nothing is known, so nothing is sent.
      const found = await recheck(operation).catch(() => undefined);
      if (!found) isOver = true;
      if (!found || signal.aborted) return note(place, { operation: id, state: 'notSent' });
      if (!found.same && found.unread) isOver = true;
      if (!found.same) return note(place, { operation: id, state: found.unread ? 'notSent' : 'changed', words: found.words });
      // Another one has failed while this one was looked at.
      if (!mayGoOn()) return note(place, { operation: id, state: 'notSent' });
    }
    note(place, { operation: id, state: 'sending' });
    note(place, resultOf(plan, operation, await sender.send(writeOf(operation, false), never)));
  };

  /** Carries out the operations at these places, in this order. */
  const all = async (places: readonly number[]): Promise<void> => {
    let next = 0;
    const runner = async (): Promise<void> => {
      while (mayGoOn() && next < places.length) {
        const place = places[next]!;
        next += 1;
        await one(place, operations[place]!);
        if (between && mayGoOn() && next < places.length && !(await between())) isOver = true;
        hire();
      }
    };
    // One more runner for each that was accepted: the number under way doubles from round to round.
    const runners: Promise<void>[] = [];
    const hire = (): void => {
      while (runners.length < Math.min(most, 1 + accepted, places.length) && mayGoOn()) runners.push(runner());
    };
    hire();
    for (let awaited = 0; awaited < runners.length; awaited += 1) await runners[awaited];
  };
  const places = [...operations.keys()];
  await all(places.filter((place) => !operations[place]!.afterAll));
  if (results.every(({ state }, place) => state === 'accepted' || operations[place]!.afterAll)) await all(places.filter((place) => operations[place]!.afterAll));
  const ended = results.map((result): OperationResult => (result.state === 'waiting' ? { operation: result.operation, state: 'notSent' } : result));
  changed(ended);
  return ended;
};

const resultOf = (plan: Pick<Plan, 'selection'>, operation: Operation, sent: Sent): OperationResult => {
  const { id } = operation;
  if (sent.state === 'accepted') {
    const uid = operation.verb === 'create' ? (sent.object as { metadata?: { uid?: string } } | undefined)?.metadata?.uid : undefined;
    return { operation: id, state: 'accepted', ...(uid ? { uid } : {}) };
  }
  // 404: it is gone. 409: it is another one of that name, or it was changed.
  if (sent.state === 'rejected' && isGuarded(plan, operation) && (sent.status === 404 || sent.status === 409)) return { operation: id, state: 'changed', words: sent.words };
  return { operation: id, state: sent.state, words: sent.words };
};
