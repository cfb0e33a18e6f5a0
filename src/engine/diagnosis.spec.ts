import { cause } from './cause';
import { type Diagnosis, createDiagnosis } from './diagnosis';
import { fail, info, pass } from './finding';
import { label } from './late';
import { msg } from './message';
import { type Mitigation, commands, execute, manual, navigate, support } from './mitigation';
import { type Observation } from './observation';
import { keyOf } from './reader';
import { type Runbook, defineRunbook } from './runbook';
import { type Kind, type LoadedRule, type Source, promql } from './source';
import { ask, step } from './step';

const NOW = 1_763_719_200_000;
const Pod: Kind<{ metadata: { name: string } }> = { kind: 'Pod', plural: 'pods', group: '', versions: ['v1'], namespaced: true };
const RULES: Source = { kind: 'rules' };
const pods = { kind: 'list', of: Pod, in: 'red', part: 'full', atMost: 5 } as const;
const nodes = { kind: 'list', of: Pod, in: 'the cluster', part: 'full', atMost: 5 } as const;

const podsStep = step({
  id: 'pods', asks: msg('Pods?'), reads: { pods }, reasons: ['none', 'some'],
  check: ({ pods: { items } }) => (items.length === 0 ? fail('none', msg('None.')) : pass('some', msg('Some.'))),
  out: { first: ({ pods: { items } }) => items[0]?.metadata.name },
});
const logStep = step({ id: 'log', asks: msg('Log?'), reads: { log: { kind: 'log', in: 'red', pod: podsStep.out.first, tail: 5 } }, reasons: ['read'], check: () => info('read', msg('Read.')) });
const shell = ask({ id: 'shell', asks: msg('?'), lookFor: msg('.'), commands: [], answers: [{ reason: 'bad', label: msg('Bad'), outcome: 'fail', says: msg('Bad.') }] });

const base = { title: msg('.'), summary: msg('.'), risk: 'low', vms: msg('.'), undo: msg('.') } as const;
const wait: Mitigation = manual({ ...base, id: 'wait', todo: [msg('Wait.')] });
const look: Mitigation = navigate({ ...base, id: 'look', place: { page: 'metrics', query: promql`up{ns="${label('namespace')}"}` } });
const type: Mitigation = commands({ ...base, id: 'type', commands: [{ parts: ['oc -n ', ' get pods'], values: [label('namespace')] }], safeWhen: msg('When nobody looks.') });
const attach: Mitigation = support({ ...base, id: 'attach', commands: [] });
const doIt: Mitigation = execute({ ...base, id: 'do', reads: {}, plan: () => ({ refused: msg('No.') }) });

const book = (rest: Partial<Runbook> = {}): Runbook => defineRunbook({
  alert: 'Down', group: 'virt-operator', scope: 'platform', severities: ['critical'], identity: ['namespace'], summary: msg('.'), meaning: msg('.'), impact: msg('.'), ifIgnored: msg('.'),
  forms: [{ id: 'now', expr: 'up == 0', for: 0, releases: '' }], source: { url: '', revision: '', date: '', releases: '' },
  diagnosis: [podsStep, logStep, shell],
  causes: [cause({ id: 'first', says: msg('.'), confirmedBy: shell.is('bad'), mitigations: [wait, type] }), cause({ id: 'nobody', says: msg('.'), confirmedBy: podsStep.is('none'), mitigations: [doIt, type] })],
  always: [attach, look], ...rest,
});

const rules = (...alerts: Partial<LoadedRule['alerts'][number]>[]): Observation => ({
  state: 'ok', complete: true, readAt: NOW,
  items: [{ alert: 'Down', expr: 'up == 0', labels: {}, annotations: {}, health: 'ok', records: [], alerts: alerts.map((one) => ({ labels: { namespace: 'red' }, annotations: {}, state: 'firing', activeAt: '2025-11-21T09:00:00.000Z', ...one })) } satisfies LoadedRule],
});
const list = (...names: string[]): Observation => ({ state: 'ok', items: names.map((name) => ({ metadata: { name } })), complete: true, readAt: NOW });

const start = (runbook = book(), labels = {}) => {
  let now = NOW;
  const diagnosis = createDiagnosis(runbook, labels, () => now);
  return { diagnosis, pass: (ms: number) => { now += ms; } };
};
const keys = (sources: readonly Source[]) => sources.map(keyOf).sort();
const kinds = (sources: readonly Source[]) => sources.map((source) => (source.kind === 'list' ? source.of.plural + source.in : source.kind === 'log' ? `log ${source.pod as string}` : source.kind)).sort();
const accept = (diagnosis: Diagnosis, ...seen: readonly (readonly [Source, Observation])[]) => { for (const [source, observation] of seen) diagnosis.accept(source, observation); };

describe('a diagnosis', () => {
  it('wants what its steps read, and the alert; each once', () => {
    const twice = step({ id: 'again', asks: msg('?'), reads: { pods: { ...pods } }, reasons: ['a'], check: () => pass('a', msg('.')) });
    const { diagnosis } = start(book({ diagnosis: [podsStep, twice] }));
    expect(kinds(diagnosis.wanted())).toEqual(['podsred', 'rules']);
  });
  it('wants what follows from what it has read', () => {
    const { diagnosis } = start();
    expect(kinds(diagnosis.wanted())).toEqual(['podsred', 'rules']);
    accept(diagnosis, [pods, list('a')], [RULES, rules()]);
    expect(kinds(diagnosis.wanted())).toEqual(['log a']);
    accept(diagnosis, [{ kind: 'log', in: 'red', pod: 'a', tail: 5 }, list()]);
    expect(diagnosis.wanted()).toEqual([]);
    expect(kinds(diagnosis.readable())).toEqual(['log a', 'podsred', 'rules']);
  });
  it('hangs no bell on what could not be read', () => {
    const { diagnosis } = start();
    expect(diagnosis.readable()).toEqual([]);
    accept(diagnosis, [RULES, rules()], [pods, { state: 'failed', reason: 'forbidden', readAt: NOW }]);
    expect(kinds(diagnosis.readable())).toEqual(['rules']);
    accept(diagnosis, [pods, list()]);
    expect(kinds(diagnosis.readable())).toEqual(['podsred', 'rules']);
  });
  it('stops wanting what nothing rests on any more', () => {
    const { diagnosis } = start();
    accept(diagnosis, [RULES, rules()], [pods, list('a')], [pods, list()]);
    expect(diagnosis.wanted()).toEqual([]);
    expect(kinds(diagnosis.readable())).toEqual(['podsred', 'rules']);
  });
  it('takes its labels from the alert that fires, else from the address', () => {
    const where = step({ id: 'where', asks: msg('?'), reads: { pods: { ...pods, in: label('namespace') } }, reasons: ['a'], check: () => pass('a', msg('.')) });
    const { diagnosis } = start(book({ diagnosis: [where] }));
    expect(kinds(diagnosis.wanted())).toEqual(['rules']);
    expect(diagnosis.report().steps[0]).toMatchObject({ state: 'waiting' });
    accept(diagnosis, [RULES, rules({ labels: { namespace: 'blue' } })]);
    expect(kinds(diagnosis.wanted())).toEqual(['podsblue']);
    expect(kinds(start(book({ diagnosis: [where] }), { namespace: 'green' }).diagnosis.wanted())).toEqual(['podsgreen', 'rules']);
  });
  it('does not take it for a missing label that the alert could not be read', () => {
    const where = step({ id: 'where', asks: msg('?'), reads: { pods: { ...pods, in: label('namespace') } }, reasons: ['a'], check: () => pass('a', msg('.')) });
    const { diagnosis } = start(book({ diagnosis: [where], causes: [cause({ id: 'x', says: msg('.'), confirmedBy: where.is('a'), mitigations: [wait] })] }));
    accept(diagnosis, [RULES, { state: 'failed', reason: 'forbidden', readAt: NOW }]);
    expect(diagnosis.report()).toMatchObject({ steps: [{ outcome: 'unknown', reason: 'missingInput' }], causes: [{ verdict: 'open' }], answer: { form: 'couldNotTell', missing: [{ reading: 'rules', reason: 'forbidden' }] } });
  });
});

describe('reading again', () => {
  const ready = () => {
    const { diagnosis, pass: later } = start();
    accept(diagnosis, [RULES, rules()], [pods, list('a')], [{ kind: 'log', in: 'red', pod: 'a', tail: 5 }, list()]);
    return { diagnosis, later };
  };
  it('is asked for all, one step or some keys, and what was read stands until then', () => {
    const { diagnosis } = ready();
    diagnosis.readAgain({ step: 'log' });
    expect(kinds(diagnosis.wanted())).toEqual(['log a']);
    diagnosis.readAgain({ keys: [keyOf(pods), keyOf(nodes)] });
    expect(kinds(diagnosis.wanted())).toEqual(['log a', 'podsred']);
    diagnosis.readAgain();
    expect(kinds(diagnosis.wanted())).toEqual(['log a', 'podsred', 'rules']);
    expect(diagnosis.report().steps.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
    accept(diagnosis, [pods, list('a')]);
    expect(kinds(diagnosis.wanted())).toEqual(['log a', 'rules']);
  });
  it('of an unknown step is nothing', () => {
    const { diagnosis } = ready();
    diagnosis.readAgain({ step: 'none' });
    expect(diagnosis.wanted()).toEqual([]);
  });
  it('is needed once time has passed: what was a pass no longer is', () => {
    const { diagnosis, later } = ready();
    expect(diagnosis.report().steps[0]).toMatchObject({ outcome: 'pass' });
    later(61_000);
    expect(diagnosis.report().steps[0]).toMatchObject({ outcome: 'pass' });
    diagnosis.tick();
    expect(diagnosis.report().steps[0]).toMatchObject({ outcome: 'unknown', reason: 'stale' });
  });
  it('remembers since when an object is the same', () => {
    const lease = { kind: 'object', of: Pod, in: 'red', name: 'l', part: 'full' } as const;
    const check = jest.fn(() => info('a', msg('.')));
    const { diagnosis } = start(book({ diagnosis: [step({ id: 'lease', asks: msg('?'), reads: { lease }, reasons: ['a'], check })] }));
    const seen = (readAt: number, resourceVersion: string): Observation => ({ state: 'ok', items: [{ metadata: { uid: 'u', resourceVersion } }], complete: true, readAt });
    const since = () => {
      diagnosis.report();
      return (check.mock.lastCall as unknown as [{ lease: { unchangedSince?: number } }])[0].lease.unchangedSince;
    };
    accept(diagnosis, [lease, seen(NOW - 20, '1')], [lease, seen(NOW - 10, '1')]);
    expect(since()).toBe(NOW - 20);
    accept(diagnosis, [lease, seen(NOW, '2')]);
    expect(since()).toBe(NOW);
  });
});

describe('the report', () => {
  it('is the same object until something changes, and tells who listens', () => {
    const { diagnosis } = start();
    const listener = jest.fn();
    const stop = diagnosis.subscribe(listener);
    const before = diagnosis.report();
    expect(diagnosis.report()).toBe(before);
    accept(diagnosis, [pods, list()]);
    expect(listener).toHaveBeenCalledTimes(1);
    expect(diagnosis.report()).not.toBe(before);
    stop();
    diagnosis.tick();
    expect(listener).toHaveBeenCalledTimes(1);
  });
  it('runs until the alert and all steps have been read', () => {
    const { diagnosis } = start();
    expect(diagnosis.report()).toMatchObject({ answer: { form: 'running' }, counts: { steps: 3, waiting: 2 } });
    accept(diagnosis, [pods, list()]);
    expect(diagnosis.report()).toMatchObject({ answer: { form: 'running' }, outcome: 'fail' });
    accept(diagnosis, [RULES, rules({})]);
    expect(diagnosis.report()).toMatchObject({ answer: { form: 'causeFound', cause: 'nobody' } });
  });
  it('does not say that nothing fires before the rules have been read', () => {
    const { diagnosis } = start();
    expect(diagnosis.report().alert.state).toBe('unknown');
    accept(diagnosis, [RULES, rules()]);
    expect(diagnosis.report().alert.state).toBe('inactive');
  });
  it('is plain JSON with a version and the time of the server', () => {
    const { diagnosis } = start();
    accept(diagnosis, [RULES, rules({})], [pods, list('a')], [{ kind: 'log', in: 'red', pod: 'a', tail: 5 }, list()]);
    const report = diagnosis.report();
    expect(report).toMatchObject({ version: 1, runbook: 'Down', at: new Date(NOW).toISOString() });
    expect(JSON.parse(JSON.stringify(report))).toEqual(JSON.parse(JSON.stringify(report)));
    expect(JSON.stringify(report)).not.toContain('null');
  });
  it('takes down what somebody stated, and takes it back', () => {
    const { diagnosis } = start();
    accept(diagnosis, [RULES, rules({})], [pods, list()]);
    diagnosis.state('shell', 'bad');
    expect(diagnosis.report()).toMatchObject({ steps: [{}, {}, { outcome: 'fail', question: { stated: { reason: 'bad', at: new Date(NOW).toISOString() } } }], causes: [{ cause: 'nobody', verdict: 'confirmed' }, { cause: 'first', verdict: 'supported' }] });
    diagnosis.state('shell', undefined);
    expect(diagnosis.report().steps[2]).toMatchObject({ outcome: 'info', reason: 'notAsked' });
  });
  it('does not judge by a form of the rule that was not loaded', () => {
    const { diagnosis } = start();
    accept(diagnosis, [RULES, { state: 'ok', items: [], complete: false, readAt: NOW }]);
    expect(diagnosis.report().causes.map(({ fires }) => fires)).toEqual(['unknown', 'unknown']);
  });
});

describe('mitigations', () => {
  const offered = (...seen: readonly (readonly [Source, Observation])[]) => {
    const { diagnosis } = start(undefined, { namespace: 'red' });
    accept(diagnosis, ...seen);
    return diagnosis.report().mitigations;
  };
  it('go with what is likely first, then what is always there, then the rest; each once', () => {
    expect(offered([RULES, rules()], [pods, list()]).map(({ mitigation, supportedBy, always }) => [mitigation, supportedBy, always])).toEqual([
      ['do', ['nobody'], false], ['type', ['nobody'], false], ['attach', [], true], ['look', [], true], ['wait', [], false],
    ]);
  });
  it('are all reachable though nothing supports them', () => {
    expect(offered([RULES, rules()], [pods, { state: 'failed', reason: 'timedOut', readAt: NOW }]).map(({ mitigation, supportedBy }) => [mitigation, supportedBy]))
      .toEqual([['attach', []], ['look', []], ['wait', []], ['type', []], ['do', []]]);
  });
  it('have their names filled in, and lead where they can', () => {
    const by = Object.fromEntries(offered([RULES, rules()], [pods, list()]).map((one) => [one.mitigation, one]));
    expect(by['type']).toMatchObject({ mode: 'commands', commands: [{ text: 'oc -n red get pods', open: [] }], safeWhen: msg('When nobody looks.') });
    expect(by['look']).toMatchObject({ mode: 'navigate', place: { page: 'metrics', query: { values: ['red'] } } });
    expect(by['wait']).toMatchObject({ mode: 'manual', todo: [msg('Wait.')] });
    expect(start().diagnosis.report().mitigations.find(({ mitigation }) => mitigation === 'look')?.place).toBeUndefined();
  });
});

describe('further steps', () => {
  it('are read beside those of the runbook, and are not in its report', () => {
    const { diagnosis } = start();
    const more = step({ id: 'more', asks: msg('?'), reads: { nodes }, reasons: ['a'], check: () => fail('a', msg('.')) });
    diagnosis.alsoRun([more]);
    expect(kinds(diagnosis.wanted())).toEqual(['podsred', 'podsthe cluster', 'rules']);
    accept(diagnosis, [nodes, list()]);
    expect(diagnosis.evaluated('more')?.report).toMatchObject({ outcome: 'fail' });
    expect(diagnosis.report().steps.map(({ step: id }) => id)).toEqual(['pods', 'log', 'shell']);
    diagnosis.alsoRun([]);
    expect(keys(diagnosis.wanted())).not.toContain(keyOf(nodes));
    expect(diagnosis.evaluated('more')).toBeUndefined();
  });
});
