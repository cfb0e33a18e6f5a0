import fc from 'fast-check';
import { gate } from '../testing/scripted';
import { type OperationResult, type Recheck, carryOut } from './execute';
import { type Operation, targetOf } from './operation';
import { type Sent, type Write } from './send';
import { type Kind } from './source';

const Pod: Kind = { kind: 'Pod', plural: 'pods', group: '', versions: ['v1'], namespaced: true };
const operations = (count: number): readonly Operation[] => Array.from({ length: count }, (_, i) => ({ id: `o${i}`, verb: 'delete', target: targetOf(Pod, { metadata: { name: `p${i}`, namespace: 'red', uid: `u${i}`, resourceVersion: '1' } }) }));
const ACCEPTED: Sent = { state: 'accepted', object: {} };
const same: Recheck = async () => ({ same: true });
const nameOf = ({ path }: Write) => path.split('/').at(-1) ?? '';
const ticks = async () => { for (let i = 0; i < 10; i += 1) await new Promise((done) => setImmediate(done)); };

const run = (count: number, send: (name: string) => Sent | Promise<Sent>, { recheck = same, signal = new AbortController().signal }: { recheck?: Recheck; signal?: AbortSignal } = {}) => {
  const sent: string[] = [];
  const states: string[][] = [];
  let underWay = 0;
  let widest = 0;
  const results = carryOut({ operations: operations(count) }, {
    recheck, signal, changed: (all) => states.push(all.map(({ state }) => state)),
    sender: {
      send: async (write) => {
        sent.push(nameOf(write));
        widest = Math.max(widest, underWay += 1);
        const found = await send(nameOf(write));
        underWay -= 1;
        return found;
      },
    },
  });
  return { results, sent, states, widest: () => widest };
};
const statesOf = (results: readonly OperationResult[]) => results.map(({ state }) => state);

describe('carryOut', () => {
  it('sends one, then 2, 4, 8, and no more than 8 at once', async () => {
    const batches: string[][] = [[]];
    const { results, sent } = run(30, async (name) => {
      batches.at(-1)?.push(name);
      await ticks();
      if (batches.at(-1)?.includes(name)) batches.push([]);
      return ACCEPTED;
    });
    expect(statesOf(await results)).toEqual(Array.from({ length: 30 }, () => 'accepted'));
    expect(batches.map(({ length }) => length).filter(Boolean)).toEqual([1, 2, 4, 8, 8, 7]);
    expect(sent).toEqual(operations(30).map(({ target }) => target.name));
  });

  it.each<[string, Sent, string, string | undefined]>([
    ['rejected', { state: 'rejected', status: 409, words: 'Conflict' }, 'rejected', 'Conflict'],
    ['of unknown result', { state: 'unknown', words: 'timedOut' }, 'unknown', 'timedOut'],
  ])('stops at the first that is %s, and never sends it again', async (_, answer, state, words) => {
    const { results, sent } = run(10, (name) => (name === 'p1' ? answer : ACCEPTED));
    expect(await results).toEqual([
      { operation: 'o0', state: 'accepted' }, { operation: 'o1', state, words }, { operation: 'o2', state: 'accepted' },
      ...operations(10).slice(3).map(({ id }) => ({ operation: id, state: 'notSent' })),
    ]);
    expect(sent).toEqual(['p0', 'p1', 'p2']);
  });

  it('does not send what was still being looked at when another one failed', async () => {
    const slow = gate<{ readonly same: true }>();
    const { results, sent } = run(3, (name) => (name === 'p1' ? { state: 'rejected', status: 500, words: 'no' } : ACCEPTED), { recheck: ({ id }) => (id === 'o2' ? slow.promise : same(operations(1)[0] as Operation)) });
    await ticks();
    slow.open({ same: true });
    expect(statesOf(await results)).toEqual(['accepted', 'rejected', 'notSent']);
    expect(sent).toEqual(['p0', 'p1']);
  });

  it('does not send what is no longer what was previewed, and stops there', async () => {
    const { results, sent } = run(3, () => ACCEPTED, { recheck: async ({ id }) => (id === 'o0' ? { same: false, words: 'It was changed.' } : { same: true }) });
    expect(await results).toEqual([{ operation: 'o0', state: 'changed', words: 'It was changed.' }, { operation: 'o1', state: 'notSent' }, { operation: 'o2', state: 'notSent' }]);
    expect(sent).toEqual([]);
  });

  it('sends nothing more once it is stopped, and awaits what is under way', async () => {
    const stopping = new AbortController();
    const answer = gate<Sent>();
    const { results, sent, states } = run(5, () => answer.promise, { signal: stopping.signal });
    await ticks();
    stopping.abort();
    await ticks();
    expect(states.at(-1)).toEqual(['sending', 'waiting', 'waiting', 'waiting', 'waiting']);
    answer.open(ACCEPTED);
    expect(statesOf(await results)).toEqual(['accepted', 'notSent', 'notSent', 'notSent', 'notSent']);
    expect(sent).toEqual(['p0']);
  });

  it('sends nothing if it is stopped before, or while the target is looked at', async () => {
    const stopping = new AbortController();
    const { results, sent } = run(2, () => ACCEPTED, { signal: stopping.signal, recheck: async () => { stopping.abort(); return { same: true }; } });
    expect(statesOf(await results)).toEqual(['notSent', 'notSent']);
    expect(sent).toEqual([]);
  });

  it('sends nothing where the look at the target is given up', async () => {
    const { results, sent } = run(2, () => ACCEPTED, { recheck: () => Promise.reject(new Error('aborted')) });
    expect(statesOf(await results)).toEqual(['notSent', 'notSent']);
    expect(sent).toEqual([]);
  });

  it('looks at each target right before it is sent', async () => {
    const order: string[] = [];
    const { results } = run(2, (name) => { order.push(`send ${name}`); return ACCEPTED; }, { recheck: async ({ target }) => { order.push(`look ${target.name}`); return { same: true }; } });
    await results;
    expect(order).toEqual(['look p0', 'send p0', 'look p1', 'send p1']);
  });

  it('does not abort a write half way', async () => {
    const stopping = new AbortController();
    let seen: AbortSignal | undefined;
    await carryOut({ operations: operations(1) }, { recheck: same, signal: stopping.signal, changed: () => undefined, sender: { send: async (_, signal) => { seen = signal; stopping.abort(); return ACCEPTED; } } });
    expect(seen?.aborted).toBe(false);
  });

  it('has nothing to do with nothing', async () => {
    expect(await run(0, () => ACCEPTED).results).toEqual([]);
  });

  it('whatever is answered: sends each at most once, in order, nothing in a new batch after a failure, and accounts for all', async () => {
    const answers = fc.array(fc.constantFrom<Sent>(ACCEPTED, ACCEPTED, ACCEPTED, ACCEPTED, ACCEPTED, ACCEPTED, { state: 'rejected', status: 403, words: 'no' }, { state: 'unknown', words: '?' }), { minLength: 40, maxLength: 40 });
    const changed = fc.array(fc.integer({ min: 0, max: 19 }).map((n) => n === 0), { minLength: 40, maxLength: 40 });
    await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: 40 }), answers, changed, async (count, replies, differs) => {
      const { results, sent, widest } = run(count, (name) => replies[Number(name.slice(1))] ?? ACCEPTED, { recheck: async ({ id }) => (differs[Number(id.slice(1))] ? { same: false, words: 'x' } : { same: true }) });
      const states = statesOf(await results);
      expect(new Set(sent).size).toBe(sent.length);
      expect(states).toHaveLength(count);
      expect(states.filter((state) => state === 'waiting' || state === 'sending')).toEqual([]);
      expect(sent.length).toBe(states.filter((state) => ['accepted', 'rejected', 'unknown'].includes(state)).length);
      expect(widest()).toBeLessThanOrEqual(8);
      const first = states.findIndex((state) => state !== 'accepted');
      if (first >= 0) expect(states.slice(first + 8).every((state) => state === 'notSent')).toBe(true);
    }), { numRuns: 200 });
  });
});
