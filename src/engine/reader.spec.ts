import { gate, says, scripted } from '../testing/scripted';
import { createClock } from './clock';
import { createReader, keyOf } from './reader';
import { type Kind, type Source, promql } from './source';
import { type Reply } from './transport';

const Pod: Kind = { kind: 'Pod', plural: 'pods', group: '', versions: ['v1'], namespaced: true };
const named = (name: string): Source => ({ kind: 'object', of: Pod, in: 'red', name, part: 'full' });
const POD = says(200, { metadata: { name: 'a' } });
const staying = new AbortController().signal;
const settled = () => new Promise((done) => setImmediate(done));

const setUp = (answer: () => Reply | Promise<Reply> = () => POD) => {
  let now = 1_000_000;
  const door = scripted(answer);
  const clock = createClock(() => now);
  return { door, clock, reader: createReader(door, clock), pass: (ms: number) => { now += ms; } };
};

describe('keyOf', () => {
  it('is the same for equal sources, however they were written', () => {
    expect(keyOf({ part: 'full', name: 'a', in: 'red', of: { versions: ['v1'], group: '', namespaced: true, plural: 'pods', kind: 'Pod' }, kind: 'object' })).toBe(keyOf(named('a')));
  });
  it('is another for whatever makes another request', () => {
    const base = { kind: 'list', of: Pod, in: 'red', part: 'full', atMost: 5 } as const;
    const sources: Source[] = [
      base, { ...base, atMost: 6 }, { ...base, in: 'all namespaces' }, { ...base, part: 'metadata' }, { ...base, labels: 'a=b' }, { ...base, fields: 'a=b' }, named('a'), named('b'),
      { kind: 'log', in: 'red', pod: 'a', tail: 5 }, { kind: 'log', in: 'red', pod: 'a', tail: 5, previous: true }, { kind: 'metrics', query: promql`a` }, { kind: 'metrics', query: promql`b` },
    ];
    expect(new Set(sources.map(keyOf)).size).toBe(sources.length);
  });
  it('keeps the order of lists', () => {
    const of = (versions: [string, string]): Source => ({ kind: 'object', of: { ...Pod, versions }, in: 'red', name: 'a', part: 'full' });
    expect(keyOf(of(['v1', 'v2']))).not.toBe(keyOf(of(['v2', 'v1'])));
  });
  it('leads back to its source', () => {
    expect(JSON.parse(keyOf(named('a')))).toEqual(named('a'));
  });
});

describe('createReader', () => {
  it('reads equal sources once while the first reading is young enough', async () => {
    const { reader, door, pass } = setUp();
    const first = reader.read(named('a'), { signal: staying, maxAge: 10_000 });
    expect(reader.read(named('a'), { signal: staying, maxAge: 10_000 })).toBe(first);
    await first;
    pass(9999);
    await reader.read(named('a'), { signal: staying, maxAge: 10_000 });
    expect(door.requests).toHaveLength(1);
    pass(1);
    await reader.read(named('a'), { signal: staying, maxAge: 10_000 });
    await reader.read(named('b'), { signal: staying, maxAge: 10_000 });
    expect(door.paths().map((path) => path.at(-1))).toEqual(['a', 'a', 'b']);
  });
  it('always reads anew what must be of now', async () => {
    const { reader, door } = setUp();
    await Promise.all([0, 0, 0].map((maxAge) => reader.read(named('a'), { signal: staying, maxAge })));
    expect(door.requests).toHaveLength(3);
  });
  it.each<Source>([
    named('..'), named('a/b'), { kind: 'object', of: Pod, in: '..', name: 'a', part: 'full' }, { kind: 'list', of: Pod, in: '.', part: 'full', atMost: 5 }, { kind: 'log', in: 'red', pod: '%2e%2e', tail: 5 },
  ])('asks nobody for what would be another path: %j', async (source) => {
    const { reader, door } = setUp();
    expect(await reader.read(source, { signal: staying, maxAge: 0 })).toMatchObject({ state: 'failed', reason: 'rejected', detail: expect.stringContaining('no object can be called') });
    expect(door.requests).toHaveLength(0);
  });
  it('stamps what it read with the time of the server', async () => {
    const { reader, clock } = setUp(() => says(200, { metadata: {} }, 400_000));
    const { readAt } = await reader.read(named('a'), { signal: staying, maxAge: 0 });
    expect(readAt).toBe(clock.now());
    expect(Math.abs(readAt - 400_000)).toBeLessThanOrEqual(1000);
  });
  it('does not take the time that an answer took for a wrong clock', async () => {
    const door = gate<Reply>();
    const { reader, clock, pass } = setUp(() => door.promise);
    const reading = reader.read(named('a'), { signal: staying, maxAge: 0 });
    await settled();
    pass(25_000);
    door.open(says(200, { metadata: {} }, 1_000_000));
    await reading;
    expect(clock.skew()).toBe(0);
  });

  it('says of an answer that it holds since it was asked for: what happened meanwhile may not be in it', async () => {
    const door = gate<Reply>();
    const { reader, clock, pass } = setUp(() => door.promise);
    const asked = clock.now();
    const reading = reader.read(named('a'), { signal: staying, maxAge: 0 });
    await settled();
    pass(7_000);
    door.open(POD);
    expect((await reading).readAt).toBe(asked);
  });
  it('shares no reading for longer than a minute', async () => {
    const { reader, door, pass } = setUp(() => POD);
    await reader.read(named('a'), { signal: staying, maxAge: 1e9 });
    pass(59_000);
    await reader.read(named('a'), { signal: staying, maxAge: 1e9 });
    expect(door.requests).toHaveLength(1);
    pass(2_000);
    await reader.read(named('b'), { signal: staying, maxAge: 1e9 });
    await reader.read(named('a'), { signal: staying, maxAge: 1e9 });
    expect(door.requests).toHaveLength(3);
  });

  it('rejects when aborted, and only then', async () => {
    const leaving = new AbortController();
    const { reader } = setUp(() => new Promise(() => undefined));
    const reading = reader.read(named('a'), { signal: leaving.signal, maxAge: 0 });
    leaving.abort();
    await expect(reading).rejects.toThrow('abort');
  });
  it('turns a door that throws into a failure', async () => {
    const { reader } = setUp(() => Promise.reject(new Error('broken')));
    expect(await reader.read(named('a'), { signal: staying, maxAge: 0 })).toMatchObject({ state: 'failed', reason: 'unreachable', detail: 'Error: broken' });
  });

  it('rejects those too who share a reading that is given up, and reads anew for the next', async () => {
    const leaving = new AbortController();
    const answers = [new Promise<Reply>(() => undefined), Promise.resolve(POD)];
    const { reader, door } = setUp(() => answers.shift() ?? POD);
    const first = reader.read(named('a'), { signal: leaving.signal, maxAge: 10_000 });
    const shared = reader.read(named('a'), { signal: staying, maxAge: 10_000 });
    leaving.abort();
    const next = reader.read(named('a'), { signal: staying, maxAge: 10_000 });
    await expect(first).rejects.toThrow();
    await expect(shared).rejects.toThrow();
    expect(await next).toMatchObject({ state: 'ok' });
    // The end of the first reading has not made it forget the second.
    await reader.read(named('a'), { signal: staying, maxAge: 10_000 });
    expect(door.requests).toHaveLength(2);
  });

  it('shares what is there after whoever asked for it has left', async () => {
    const leaving = new AbortController();
    const door = scripted(() => POD);
    const reader = createReader(door, createClock(() => 1_000), undefined, true);
    await reader.read(named('a'), { signal: leaving.signal, maxAge: 10_000 });
    leaving.abort();
    await reader.read(named('a'), { signal: staying, maxAge: 10_000 });
    expect(door.requests).toHaveLength(1);
  });

  it('shares failures as well', async () => {
    const { reader, door } = setUp(() => says(500, ''));
    const both = await Promise.all([1, 2].map(() => reader.read(named('a'), { signal: staying, maxAge: 1000 })));
    expect(both).toMatchObject([{ reason: 'serverError' }, { reason: 'serverError' }]);
    expect(door.requests).toHaveLength(1);
  });
});
