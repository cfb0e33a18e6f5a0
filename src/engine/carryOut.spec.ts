import fc from 'fast-check';
import { gate } from '../testing/scripted';
import { ticks } from '../testing/undertaken';
import { type OperationResult, type Recheck, carryOut } from './execute';
import { msg } from './message';
import { type Operation, type Plan, targetOf } from './operation';
import { type Sent, type Write } from './send';
import { type Kind } from './source';

const Pod: Kind = { kind: 'Pod', plural: 'pods', group: '', versions: ['v1'], namespaced: true };
const operation = (i: number, rest: object = {}): Operation =>
  ({ id: `o${i}`, verb: 'delete', target: targetOf(Pod, { metadata: { name: `p${i}`, namespace: 'red', uid: `u${i}`, resourceVersion: '1', creationTimestamp: '2026-11-20T00:00:00Z' } }), ...rest });
const operations = (count: number): readonly Operation[] => Array.from({ length: count }, (_, i) => operation(i));
const ACCEPTED: Sent = { state: 'accepted', object: {} };
const answer = (status: number): Sent => ({ state: 'rejected', status, words: `HTTP ${status}` });
const same: Recheck = async () => ({ same: true });
const nameOf = ({ path }: Write): string => path.split('/').at(-1) ?? '';
const statesOf = (results: readonly OperationResult[]) => results.map(({ state }) => state);
const selection = (errorLimit = 0): Plan['selection'] => ({ says: msg('.'), fits: { kind: 'Pod', namespaces: ['red'], createdBefore: '2026-11-21T00:00:00Z' }, errorLimit });

interface Run {
  readonly send?: (name: string) => Sent | Promise<Sent>;
  readonly recheck?: Recheck;
  readonly between?: () => Promise<boolean>;
  readonly signal?: AbortSignal;
}

const run = async (plan: Pick<Plan, 'operations' | 'selection' | 'pace'>, { send = () => ACCEPTED, recheck = same, between, signal = new AbortController().signal }: Run = {}) => {
  const sent: string[] = [];
  let underWay = 0;
  let widest = 0;
  let told = 0;
  const results = await carryOut(plan, {
    recheck, signal, changed: () => { told += 1; }, ...(between ? { between } : {}),
    sender: { send: async (write) => {
      sent.push(nameOf(write));
      widest = Math.max(widest, underWay += 1);
      const found = await send(nameOf(write));
      underWay -= 1;
      return found;
    } },
  });
  return { results, states: statesOf(results), sent, widest, told };
};

describe('a plan in order', () => {
  it('never has two under way', async () => {
    const { widest, sent } = await run({ operations: operations(5), pace: 'inOrder' }, { send: async () => { await ticks(); return ACCEPTED; } });
    expect(widest).toBe(1);
    expect(sent).toEqual(['p0', 'p1', 'p2', 'p3', 'p4']);
  });
  it('waits between two of them, and not after the last', async () => {
    const order: string[] = [];
    const pace = { between: undefined as never, patience: 1 };
    await run({ operations: operations(3), pace }, { send: (name) => { order.push(name); return ACCEPTED; }, between: async () => { order.push('ready'); return true; } });
    expect(order).toEqual(['p0', 'ready', 'p1', 'ready', 'p2']);
  });
  it('ends where the wait does not', async () => {
    const { states } = await run({ operations: operations(3), pace: { between: undefined as never, patience: 1 } }, { between: async () => false });
    expect(states).toEqual(['accepted', 'notSent', 'notSent']);
  });
  it('does not wait after a failure', async () => {
    let waited = 0;
    await run({ operations: operations(3), pace: { between: undefined as never, patience: 1 } }, { send: () => answer(403), between: async () => { waited += 1; return true; } });
    expect(waited).toBe(0);
  });
});

describe('what comes after all the others', () => {
  const last = operation(9, { afterAll: true });
  it('waits for them', async () => {
    const slow = gate<Sent>();
    const going = run({ operations: [last, ...operations(3)] }, { send: (name) => (name === 'p2' ? slow.promise : ACCEPTED) });
    await ticks();
    slow.open(ACCEPTED);
    expect((await going).sent).toEqual(['p0', 'p1', 'p2', 'p9']);
  });
  it('is not sent if one of them was not accepted', async () => {
    expect((await run({ operations: [...operations(3), last] }, { send: (name) => (name === 'p1' ? answer(422) : ACCEPTED) })).states).toEqual(['accepted', 'rejected', 'accepted', 'notSent']);
  });
});

describe('a selection', () => {
  it('relies on the preconditions that each deletion carries: nothing is looked at twice', async () => {
    let looked = 0;
    const { states } = await run({ operations: operations(3), selection: selection() }, { recheck: async () => { looked += 1; return { same: true }; } });
    expect(states).toEqual(['accepted', 'accepted', 'accepted']);
    expect(looked).toBe(0);
  });
  it.each([404, 409])('leaves out what is no longer what was selected, and goes on: %i', async (status) => {
    const { states } = await run({ operations: operations(4), selection: selection() }, { send: (name) => (name === 'p1' ? answer(status) : ACCEPTED) });
    expect(states).toEqual(['accepted', 'changed', 'accepted', 'accepted']);
  });
  it('stops at the first failure, if nobody allows more', async () => {
    const { states } = await run({ operations: operations(20), selection: selection() }, { send: (name) => (name === 'p3' ? answer(403) : ACCEPTED) });
    expect(states.slice(0, 4)).toEqual(['accepted', 'accepted', 'accepted', 'rejected']);
    expect(states.filter((state) => state === 'notSent').length).toBeGreaterThanOrEqual(20 - 4 - 7);
  });
  it('goes on up to the number of failures that was allowed', async () => {
    const { states } = await run({ operations: operations(30), selection: selection(2) }, { send: (name) => (['p3', 'p5'].includes(name) ? answer(500) : ACCEPTED) });
    expect(states.filter((state) => state === 'accepted')).toHaveLength(28);
  });
  it('of thousands tells its progress in steps, and every refusal', async () => {
    const { told, states } = await run({ operations: operations(1000), selection: selection(5) }, { send: (name) => (name === 'p500' ? answer(403) : ACCEPTED) });
    expect(states.filter((state) => state === 'accepted')).toHaveLength(999);
    expect(told).toBeLessThan(100);
    expect(told).toBeGreaterThan(40);
  });
});

it('remembers what was created', async () => {
  const create = { id: 'c', verb: 'create', target: operation(0).target, object: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } } } as Operation;
  const { results } = await run({ operations: [create] }, { send: () => ({ state: 'accepted', object: { metadata: { uid: 'new' } } }) });
  expect(results).toEqual([{ operation: 'c', state: 'accepted', uid: 'new' }]);
});

// Every answer, every look, every stop and every pace, in any order in time.
it('under any interleaving: each is sent at most once, only as planned, no more at once than allowed, and all are accounted for', async () => {
  const kinds = fc.constantFrom<Sent>(ACCEPTED, ACCEPTED, ACCEPTED, ACCEPTED, ACCEPTED, answer(403), answer(404), answer(409), answer(422), answer(500), { state: 'unknown', words: 'timedOut' });
  const looks = fc.constantFrom<'same' | 'changed' | 'gaveUp'>('same', 'same', 'same', 'same', 'same', 'same', 'changed', 'gaveUp');
  await fc.assert(fc.asyncProperty(
    fc.scheduler(), fc.array(fc.tuple(kinds, looks), { minLength: 1, maxLength: 40 }), fc.constantFrom<'ramp' | 'inOrder' | 'selection'>('ramp', 'inOrder', 'selection'),
    fc.integer({ min: 0, max: 3 }), fc.option(fc.integer({ min: 0, max: 40 })),
    async (scheduler, answers, form, errorLimit, stopAfter) => {
      const stopping = new AbortController();
      const planned = operations(answers.length);
      const sent: string[] = [];
      let afterStop = 0;
      let underWay = 0;
      let widest = 0;
      const of = (name: string) => answers[Number(name.slice(1))]!;
      const going = carryOut({ operations: planned, ...(form === 'inOrder' ? { pace: 'inOrder' as const } : {}), ...(form === 'selection' ? { selection: selection(errorLimit) } : {}) }, {
        signal: stopping.signal, changed: () => undefined,
        recheck: async ({ target }) => {
          const [, found] = await scheduler.schedule(Promise.resolve(of(target.name)));
          if (found === 'gaveUp') throw new Error('aborted');
          return found === 'same' ? { same: true } : { same: false, words: 'It was changed.' };
        },
        sender: { send: async (write) => {
          const name = nameOf(write);
          sent.push(name);
          if (stopping.signal.aborted) afterStop += 1;
          if (sent.length === stopAfter) stopping.abort();
          widest = Math.max(widest, underWay += 1);
          const [reply] = await scheduler.schedule(Promise.resolve(of(name)));
          underWay -= 1;
          return reply;
        } },
      });
      const results = await scheduler.waitFor(going);
      const states = statesOf(results);
      const counted = (...some: readonly OperationResult['state'][]) => states.filter((state) => some.includes(state)).length;
      expect(new Set(sent).size).toBe(sent.length);
      expect(sent.every((name) => planned.some(({ target }) => target.name === name))).toBe(true);
      expect(results.map(({ operation: id }) => id)).toEqual(planned.map(({ id }) => id));
      expect(counted('waiting', 'sending')).toBe(0);
      expect(afterStop).toBe(0);
      expect(widest).toBeLessThanOrEqual(form === 'inOrder' ? 1 : 8);
      for (const [place, { target }] of planned.entries()) {
        const [reply, look] = of(target.name);
        const wasSent = sent.includes(target.name);
        // What was accepted was sent and answered so; what was not sent is never called anything else.
        if (states[place] === 'accepted') expect([wasSent, reply.state]).toEqual([true, 'accepted']);
        if (states[place] === 'notSent') expect(wasSent).toBe(false);
        if (wasSent && form !== 'selection') expect(look).toBe('same');
      }
      const failures = counted('rejected', 'unknown') + (form === 'selection' ? 0 : counted('changed'));
      const limit = form === 'selection' ? errorLimit : 0;
      // All that could go on went on; what failed beyond the limit was under way already.
      if (failures <= limit && stopAfter === null && !answers.some(([, look]) => look === 'gaveUp')) expect(counted('notSent')).toBe(0);
      expect(failures).toBeLessThanOrEqual(limit + 8);
    },
  ), { numRuns: 300 });
});
