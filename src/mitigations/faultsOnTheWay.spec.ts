import { type Operation, type OperationResult, writeOf } from '../engine';
import { type User } from '../testing/types';
import { type Mishap, type Staged } from '../testing/undertakeIn';
import { ALL_SCENES } from './testing-scenes';
import { countOf, expectHonest, fakeTimers, planOf, previewed, recordOf, statesOf } from './testing-faults';

beforeEach(fakeTimers);
afterEach(() => jest.useRealTimers());
// Whatever waits five minutes lives through them.
jest.setTimeout(60_000);

/** The third of ten, or the only one. */
const turnOf = (staged: Staged): number => Math.min(3, planOf(staged).operations.length);

/** Something happens to one write, once or whenever it is tried again. */
const meets = (staged: Staged, mishap: Mishap, times = Number.POSITIVE_INFINITY): void => {
  const at = turnOf(staged);
  let met = 0;
  let meant: string | undefined;
  staged.trouble.onWrite = (write, { dry, turn }) => {
    const text = JSON.stringify(write);
    if (!dry && turn === at) meant ??= text;
    if (dry || text !== meant || met >= times) return undefined;
    met += 1;
    return mishap;
  };
};

/** The operation whose write was the one that met something, and what became of it. */
const hit = (staged: Staged): { readonly operation: Operation; readonly result: OperationResult } => {
  const write = JSON.stringify(staged.handedOver[turnOf(staged) - 1]);
  const operation = planOf(staged).operations.find((one) => JSON.stringify(writeOf(one, false)) === write);
  const result = staged.state().results.find((one) => one.operation === operation?.id);
  if (!operation || !result) throw new Error('It was not sent');
  return { operation, result };
};

/** It went no further than what was under way, and nothing moves it to send anything again. */
const expectStopped = async (staged: Staged): Promise<void> => {
  const all = statesOf(staged).length;
  const turn = turnOf(staged);
  expect(countOf(staged, 'accepted')).toBeGreaterThanOrEqual(turn - 1);
  expect(countOf(staged, 'accepted', 'rejected', 'unknown', 'changed', 'notSent')).toBe(all);
  // Two more may be under way while the third is refused.
  if (all > 5) expect(countOf(staged, 'notSent')).toBeGreaterThanOrEqual(all - turn - 2);
  const handedOver = staged.handedOver.length;
  await staged.run();
  await staged.later(60_000);
  expect(staged.handedOver).toHaveLength(handedOver);
  expectHonest(staged);
};

const words = 'deliberately: words of the server';

describe.each(ALL_SCENES)('$name', (scene) => {
  it.each([403, 404, 409, 422])('stops at a refusal and says it in the words of the server: %i', async (status) => {
    const staged = await previewed(scene);
    meets(staged, { status, message: words });
    await staged.run();
    const isPast = planOf(staged).selection !== undefined && [404, 409].includes(status);
    // One of a selection that is not what was selected any more is left out.
    expect(hit(staged).result).toEqual({ operation: hit(staged).operation.id, state: isPast ? 'changed' : 'rejected', words });
    if (isPast) {
      expect(countOf(staged, 'accepted')).toBe(statesOf(staged).length - 1);
      expect(staged.state().phase).toBe('verifying');
      expectHonest(staged);
    } else {
      expect(staged.state().phase).toBe('stopped');
      await expectStopped(staged);
    }
    staged.leave();
  });

  it('is tried again by the console after a 429 with Retry-After, because the server did not take it', async () => {
    const staged = await previewed(scene);
    meets(staged, { status: 429, message: words }, 2);
    await staged.run();
    expect(new Set(statesOf(staged))).toEqual(new Set(['accepted']));
    expect(staged.written.filter(({ status }) => status === 429)).toHaveLength(2);
    expectHonest(staged);
    staged.leave();
  });

  it('stops if the server goes on answering 429', async () => {
    const staged = await previewed(scene);
    meets(staged, { status: 429, message: words });
    await staged.run();
    expect(hit(staged).result).toMatchObject({ state: 'rejected', words });
    await expectStopped(staged);
    staged.leave();
  });

  it.each<[string, Mishap]>([['500 of whoever answers', { status: 500, message: words }], ['502 of a proxy', { status: 502, message: words }], ['no answer in time, and it was not taken', 'lost']])(
    'does not know what came of it, looks, and says that it is as it was: %s', async (_, mishap) => {
      const staged = await previewed(scene);
      meets(staged, mishap);
      await staged.run();
      const { operation, result } = hit(staged);
      expect(result).toMatchObject({ state: 'unknown', words: expect.stringContaining(operation.verb === 'create' ? 'Read again: it does not exist.' : 'Read again: it is as it was.') });
      await expectStopped(staged);
      staged.leave();
    });

  it('finds out by looking, where that can tell, that a write was taken whose answer was lost', async () => {
    const staged = await previewed(scene);
    meets(staged, 'answerLost');
    await staged.run();
    const { operation, result } = hit(staged);
    if (['delete', 'evict', 'create'].includes(operation.verb)) expect(result.state).toBe('accepted');
    else expect(result).toMatchObject({ state: 'unknown', words: expect.stringMatching(/Read again: (It was changed|it is as it was)/) });
    await expectStopped(staged);
    staged.leave();
  });

  it('says of a lost answer no more than it can, if it cannot look either', async () => {
    const staged = await previewed(scene);
    meets(staged, 'answerLost');
    staged.trouble.afterWrite = (_, turn) => {
      if (turn === turnOf(staged)) staged.trouble.onRead = () => ({ state: 'failed', reason: 'unreachable', detail: 'cut' });
    };
    await staged.run();
    const { result } = hit(staged);
    expect(result).toMatchObject({ state: 'unknown', words: expect.not.stringMatching(/does not exist|as it was|changed/) });
    await expectStopped(staged);
    staged.leave();
  });

  it('ends where the connection is cut: nothing is claimed of what could not be looked at', async () => {
    const staged = await previewed(scene);
    const turn = turnOf(staged);
    staged.trouble.onWrite = (_, { dry, turn: now }) => {
      if (dry || now < turn) return undefined;
      staged.trouble.onRead = () => ({ state: 'failed', reason: 'unreachable', detail: 'cut' });
      return 'lost';
    };
    await staged.run();
    expect(countOf(staged, 'unknown')).toBeGreaterThan(0);
    expect(countOf(staged, 'changed')).toBe(0);
    expect(countOf(staged, 'accepted') + countOf(staged, 'unknown') + countOf(staged, 'notSent')).toBe(statesOf(staged).length);
    await expectStopped(staged);
    expect(recordOf(staged).alert).toBe('unknown');
    staged.leave();
  });

  it('stops where the right is lost in the middle', async () => {
    const staged = await previewed(scene);
    const turn = turnOf(staged);
    const reader: User = { name: 'kubeadmin', groups: [], rules: [{ verbs: ['get', 'list', 'watch'], apiGroups: ['*'], resources: ['*'] }] };
    staged.trouble.onWrite = (_, { dry, turn: now }) => {
      if (!dry && now === turn) staged.trouble.user = reader;
      return undefined;
    };
    await staged.run();
    expect(hit(staged).result).toMatchObject({ state: 'rejected', words: expect.stringContaining('cannot') });
    expect(staged.written.filter(({ status }) => status < 300)).toHaveLength(turn - 1);
    await expectStopped(staged);
    staged.leave();
  });

  it('says what it was not allowed to look at, where the right to read goes too', async () => {
    const staged = await previewed(scene);
    const turn = turnOf(staged);
    const gone = { user: { name: 'kubeadmin', groups: [], rules: [] } as User };
    // Between the write before and the look at this one's target.
    if (turn > 1) staged.trouble.afterWrite = (_, now) => { if (now === turn - 1) Object.assign(staged.trouble, gone); };
    else staged.trouble.onRead = (to, path) => (to === 'kubernetes' && !path.includes('accessreviews') ? { state: 'answered', status: 403, body: '{"kind":"Status","message":"may not look"}' } : undefined);
    await staged.run();
    expect(countOf(staged, 'changed')).toBe(0);
    expect(staged.state().phase).toBe('stopped');
    expect(staged.written.filter(({ status }) => status < 300)).toHaveLength(turn - 1);
    expectHonest(staged);
    staged.leave();
  });
});
