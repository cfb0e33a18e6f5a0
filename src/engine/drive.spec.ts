import { gate } from '../testing/scripted';
import { createDiagnosis } from './diagnosis';
import { drive } from './drive';
import { pass } from './finding';
import { msg } from './message';
import { type Observation } from './observation';
import { type Reader, keyOf } from './reader';
import { defineRunbook } from './runbook';
import { type Kind, type Source } from './source';
import { step } from './step';

const NOW = 1_763_719_200_000;
const Pod: Kind<{ metadata: { name: string } }> = { kind: 'Pod', plural: 'pods', group: '', versions: ['v1'], namespaced: true };
const pods = { kind: 'list', of: Pod, in: 'red', part: 'full', atMost: 5 } as const;
const first = step({ id: 'pods', asks: msg('?'), reads: { pods }, reasons: ['a'], check: () => pass('a', msg('.')), out: { name: ({ pods: { items } }) => items[0]?.metadata.name } });
const then = step({ id: 'log', asks: msg('?'), reads: { log: { kind: 'log', in: 'red', pod: first.out.name, tail: 5 } }, reasons: ['a'], check: () => pass('a', msg('.')) });
const book = defineRunbook({
  alert: 'Down', group: 'virt-operator', scope: 'platform', severities: ['critical'], summary: msg('.'), meaning: msg('.'), impact: msg('.'), ifIgnored: msg('.'),
  forms: [], diagnosis: [first, then], causes: [], source: { url: '', revision: '', date: '', releases: '' },
});

const nameOf = (source: Source) => (source.kind === 'log' ? `log ${source.pod as string}` : source.kind);
const ok = (...names: string[]): Observation => ({ state: 'ok', items: names.map((name) => ({ metadata: { name } })), complete: true, readAt: NOW });

const setUp = (read: (source: Source) => Observation | Promise<Observation> = (source) => (source.kind === 'list' ? ok('a') : ok())) => {
  const asked: [string, number][] = [];
  const reader: Reader = {
    read: async (source, { maxAge }) => {
      asked.push([nameOf(source), maxAge]);
      return read(source);
    },
  };
  const leaving = new AbortController();
  const diagnosis = createDiagnosis(book, {}, () => NOW);
  return { asked, leaving, diagnosis, names: () => asked.map(([name]) => name), drive: () => drive(diagnosis, reader, leaving.signal) };
};
const ticks = async () => { for (let i = 0; i < 5; i += 1) await new Promise((done) => setImmediate(done)); };

describe('drive', () => {
  it('reads what is wanted, and what follows from it, each once, until nothing is', async () => {
    const { names, diagnosis, drive: go } = setUp();
    await go().settled();
    expect(names()).toEqual(['rules', 'list', 'log a']);
    expect(diagnosis.wanted()).toEqual([]);
    expect(diagnosis.report().answer.form).not.toBe('running');
  });
  it('starts everything that is wanted at once', async () => {
    const waiting = gate<Observation>();
    const { names, drive: go } = setUp(() => waiting.promise);
    go();
    expect(names()).toEqual(['rules', 'list']);
    await ticks();
    expect(names()).toEqual(['rules', 'list']);
  });
  it('reads again when asked to, past what is shared', async () => {
    const { asked, diagnosis, drive: go } = setUp();
    const { settled } = go();
    await settled();
    diagnosis.readAgain({ keys: [keyOf(pods)] });
    await settled();
    expect(asked).toEqual([['rules', 10_000], ['list', 10_000], ['log a', 10_000], ['list', 0]]);
  });
  it('does not read on its own because time passes', async () => {
    const { asked, diagnosis, drive: go } = setUp();
    await go().settled();
    diagnosis.tick();
    await ticks();
    expect(asked).toHaveLength(3);
  });
  it('settles at once where nothing is under way', async () => {
    const { drive: go } = setUp();
    const { settled } = go();
    await settled();
    await settled();
  });

  it('reads once more itself what somebody else gave up', async () => {
    let left = 1;
    const { names, diagnosis, drive: go } = setUp((source) => (source.kind === 'list' && left-- > 0 ? Promise.reject(new Error('aborted')) : ok('a')));
    await go().settled();
    expect(names().filter((name) => name === 'list')).toHaveLength(2);
    expect(diagnosis.report().steps[0]).toMatchObject({ outcome: 'pass' });
  });
  it('does not try for ever, and names the failure', async () => {
    const { names, diagnosis, drive: go } = setUp((source) => (source.kind === 'list' ? Promise.reject(new Error('broken')) : ok()));
    await go().settled();
    expect(names().filter((name) => name === 'list')).toHaveLength(2);
    expect(diagnosis.report().steps[0]).toMatchObject({ outcome: 'unknown', missing: [{ reason: 'unreachable', detail: 'Error: broken' }] });
  });
  it('is as patient the next time', async () => {
    const answers: (() => Promise<Observation>)[] = [() => Promise.reject(new Error('1')), async () => ok('a'), () => Promise.reject(new Error('2')), async () => ok('a')];
    const { diagnosis, drive: go } = setUp((source) => (source.kind === 'list' ? (answers.shift() ?? (async () => ok()))() : ok()));
    const { settled } = go();
    await settled();
    diagnosis.readAgain({ step: 'pods' });
    await settled();
    expect(diagnosis.report().steps[0]).toMatchObject({ outcome: 'pass' });
  });

  it('stops when left: starts nothing, accepts nothing, and settles', async () => {
    const waiting = gate<Observation>();
    const { names, leaving, diagnosis, drive: go } = setUp(() => waiting.promise);
    const { settled } = go();
    const done = settled();
    leaving.abort();
    await done;
    await settled();
    waiting.open(ok('a'));
    await ticks();
    diagnosis.readAgain();
    expect(names()).toEqual(['rules', 'list']);
    expect(diagnosis.report().steps[0]).toMatchObject({ state: 'reading' });
  });
  it('reads nothing for a page that is left already', async () => {
    const { names, leaving, drive: go } = setUp();
    leaving.abort();
    await go().settled();
    expect(names()).toEqual([]);
  });
  it('is not put off by the failure of a reading after it was left', async () => {
    const waiting = gate<Observation>();
    const { leaving, diagnosis, drive: go } = setUp(() => waiting.promise);
    go();
    leaving.abort();
    waiting.fail(new Error('aborted'));
    await ticks();
    expect(diagnosis.report().steps[0]).toMatchObject({ state: 'reading' });
  });
});
