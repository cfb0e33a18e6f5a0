import { type Known, createEvaluation } from './evaluate';
import { type Seen } from './evidence';
import { type Finding, fail, info, notApplicable, pass, unknown, warn } from './finding';
import { type Ref, label, text } from './late';
import { msg, plainText } from './message';
import { type Observation } from './observation';
import { keyOf } from './reader';
import { type Kind, type Source, each, promql } from './source';
import { type ReadStep, type Step, ask, step } from './step';

const NOW = 1_763_719_200_000;
const Pod: Kind<{ metadata: { name: string } }> = { kind: 'Pod', plural: 'pods', group: '', versions: ['v1'], namespaced: true };
const pods = { kind: 'list', of: Pod, in: 'red', part: 'full', atMost: 5 } as const;
const nodes = { kind: 'list', of: Pod, in: 'the cluster', part: 'metadata', atMost: 5 } as const;
const log = (pod: string): Source => ({ kind: 'log', in: 'red', pod, tail: 5 });

const ok = (items: readonly unknown[] = [{}], rest: Partial<Extract<Observation, { state: 'ok' }>> = {}): Observation => ({ state: 'ok', items, complete: true, readAt: NOW, ...rest });
const failed: Observation = { state: 'failed', reason: 'timedOut', readAt: NOW };
const old = NOW - 60_001;

const known = (seen: readonly (readonly [Source, Observation])[], rest: Partial<Known> = {}): Known => ({
  now: NOW, labels: {}, alert: 'read', statements: new Map(), ...rest,
  seen: new Map(seen.map(([source, observation]): [string, Seen] => [keyOf(source), { observation }])),
});
const report = (steps: readonly Step[], facts: Known, id = steps.at(-1)?.id ?? '') => createEvaluation(steps, facts).evaluated(id)?.report;
const wants = (steps: readonly Step[], facts: Known) => createEvaluation(steps, facts).evaluated(steps.at(-1)?.id ?? '')?.wants;

const concluding = (finding: Finding<'yes'> | (() => Finding<'yes'>)) => step({
  id: 'a', asks: msg('A?'), reads: { pods }, reasons: ['yes'], check: () => (typeof finding === 'function' ? finding() : finding),
});
const fine = concluding(pass('yes', msg('Fine.')));

describe('a step', () => {
  it('reads, then concludes', () => {
    expect(report([fine], known([]))).toMatchObject({ state: 'reading', readings: [{ reading: 'pods', items: null, command: { text: 'oc get pods -n red' }, permission: { verb: 'list', resource: 'pods', namespace: 'red' } }] });
    expect(wants([fine], known([]))).toEqual([pods]);
    expect(report([fine], known([[pods, ok([1, 2])]]))).toMatchObject({ state: 'done', outcome: 'pass', reason: 'yes', complete: true, missing: [], readings: [{ items: 2, readAt: new Date(NOW).toISOString() }] });
  });
  it('goes on wanting what it has read, so that it can be read again', () => {
    expect(wants([fine], known([[pods, ok()]]))).toEqual([pods]);
  });
  it('gives its check the labels, the time and the inputs', () => {
    const check = jest.fn(() => info('yes', msg('.')));
    const curious = step({ id: 'a', asks: msg('A?'), reads: { pods }, inputs: { pod: label('pod'), n: 5 }, reasons: ['yes'], check });
    report([curious], known([[pods, ok()]], { labels: { pod: 'x', severity: 'critical' }, activeAt: 7 }));
    expect(check).toHaveBeenCalledWith({ pods: expect.objectContaining({ items: [{}] }) }, { now: NOW, labels: { pod: 'x', severity: 'critical' }, activeAt: 7, inputs: { pod: 'x', n: 5 } });
  });
  it('that reads nothing may conclude from its inputs', () => {
    const thinking = step({ id: 'a', asks: msg('A?'), reads: {}, inputs: { n: 1 }, reasons: ['yes'], check: (_, { inputs }) => pass('yes', msg('{{n}}', { n: inputs.n })) });
    expect(report([thinking], known([]))).toMatchObject({ outcome: 'pass', complete: true });
  });
});

const CONCLUSIONS = { pass, info, warn, fail, unknown, notApplicable } as const;
describe.each<[string, Observation, Partial<Record<keyof typeof CONCLUSIONS, string>>]>([
  ['complete', ok(), {}],
  ['cut', ok([{}], { complete: false, more: 1 }), { pass: 'unknown/incomplete', notApplicable: 'unknown/incomplete' }],
  ['too old', ok([{}], { readAt: old }), { pass: 'unknown/stale', notApplicable: 'unknown/stale' }],
  ['too old and cut', ok([{}], { readAt: old, complete: false }), { pass: 'unknown/stale', notApplicable: 'unknown/stale' }],
])('on evidence that is %s', (_, observation, changed) => {
  it.each(Object.entries(CONCLUSIONS))('%s', (outcome, conclude) => {
    const stands = changed[outcome as keyof typeof CONCLUSIONS] ?? `${outcome}/yes`;
    const found = report([concluding(conclude('yes', msg('Said.'), { also: ['yes'] }))], known([[pods, observation]]));
    expect(`${found?.outcome}/${found?.reason}`).toBe(stands);
    expect(found?.complete).toBe(observation.state === 'ok' && observation.complete && observation.readAt === NOW);
    // What the engine takes back, it takes back with its words and its further reasons.
    expect(found?.also).toEqual(stands.startsWith(outcome) ? ['yes'] : []);
    expect(found?.says && plainText(found.says) === 'Said.').toBe(stands.startsWith(outcome));
  });
});

describe('a step without evidence', () => {
  const never = jest.fn(() => pass('yes', msg('.')));
  const two = step({ id: 'a', asks: msg('A?'), reads: { pods, nodes }, reasons: ['yes'], check: never });
  afterEach(() => never.mockClear());

  it('is unknown, and its check is not asked', () => {
    expect(report([two], known([[pods, failed], [nodes, failed]]))).toMatchObject({ outcome: 'unknown', reason: 'nothingReadable', complete: false, missing: [{ reading: 'pods', reason: 'timedOut' }, { reading: 'nodes', reason: 'timedOut' }] });
    expect(never).not.toHaveBeenCalled();
  });
  it('is stale where that is all that is wrong', () => {
    const stale: Observation = { state: 'failed', reason: 'stale', readAt: NOW };
    expect(report([two], known([[pods, stale], [nodes, stale]]))).toMatchObject({ outcome: 'unknown', reason: 'stale' });
    expect(report([two], known([[pods, stale], [nodes, failed]]))).toMatchObject({ outcome: 'unknown', reason: 'nothingReadable' });
  });
  it('is asked once part of it can be read', () => {
    expect(report([two], known([[pods, failed], [nodes, ok([])]]))).toMatchObject({ outcome: 'unknown', reason: 'incomplete', missing: [{ reading: 'pods' }] });
    expect(never).toHaveBeenCalledTimes(1);
  });
  it('takes an absent object for evidence', () => {
    expect(report([two], known([[pods, { state: 'absent', readAt: NOW }], [nodes, ok([])]]))).toMatchObject({ outcome: 'pass', complete: true });
  });
});

describe('a check that throws', () => {
  it('is unknown, in its own words, and nobody else is', () => {
    const throwing = concluding(() => { throw new Error(`no ${'x'.repeat(1000)}`); });
    const other = step({ id: 'b', asks: msg('B?'), reads: { pods }, reasons: ['yes'], check: () => pass('yes', msg('.')) });
    const facts = known([[pods, ok()]]);
    expect(report([throwing, other], facts, 'a')).toMatchObject({ state: 'done', outcome: 'unknown', reason: 'checkThrew' });
    expect(plainText(report([throwing], facts)?.says ?? msg('')).length).toBeLessThan(600);
    expect(report([throwing, other], facts, 'b')).toMatchObject({ outcome: 'pass' });
  });
});

describe('an output', () => {
  const earlier = (out: (evidence: { pods: { items: readonly unknown[] } }) => string | undefined, finding: Finding<'yes'> = pass('yes', msg('.'))) =>
    step({ id: 'earlier', asks: msg('?'), reads: { pods }, reasons: ['yes'], check: () => finding, out: { name: out } });
  const name: Ref<string> = { from: 'output', step: 'earlier', output: 'name' };
  const later = step({ id: 'later', asks: msg('?'), reads: { log: { kind: 'log', in: 'red', pod: name, tail: 5 } }, reasons: ['yes'], check: () => pass('yes', msg('.')) });

  it('is waited for', () => {
    const facts = known([]);
    expect(report([earlier(() => 'a'), later], facts)).toMatchObject({ state: 'waiting', waitsFor: 'earlier', readings: [{ items: null, command: { text: 'oc logs -n red ‹name› --tail=5 --timestamps', open: ['name'] } }] });
    expect(wants([earlier(() => 'a'), later], facts)).toEqual([]);
  });
  it('says what is read', () => {
    expect(wants([earlier(() => 'a'), later], known([[pods, ok()]]))).toEqual([log('a')]);
    expect(report([earlier(() => 'a'), later], known([[pods, ok()], [log('a'), ok([])]]))).toMatchObject({ state: 'done', outcome: 'pass' });
  });
  it.each<[string, () => string | undefined]>([['undefined', () => undefined], ['empty', () => ''], ['thrown', () => { throw new Error('x'); }]])('that is %s is not needed if the earlier step saw everything', (_, out) => {
    const steps = [earlier(out), later];
    expect(report(steps, known([[pods, ok()]]))).toMatchObject({ state: 'done', outcome: 'notApplicable', reason: 'noInput', complete: true });
    expect(wants(steps, known([[pods, ok()]]))).toEqual([]);
  });
  it.each<[string, Observation, Finding<'yes'>]>([
    ['could not be read', failed, pass('yes', msg('.'))], ['was cut', ok([], { complete: false }), fail('yes', msg('.'))],
    ['is too old', ok([], { readAt: old }), fail('yes', msg('.'))], ['could not tell', ok(), unknown('yes', msg('.'))],
  ])('is missing if the earlier step %s', (_, observation, finding) => {
    expect(report([earlier(() => undefined, finding), later], known([[pods, observation]]))).toMatchObject({ state: 'done', outcome: 'unknown', reason: 'missingInput', complete: false });
  });
  it('hands on what is missing of the earlier step', () => {
    expect(report([earlier(() => undefined), later], known([[pods, failed]]))?.missing).toEqual([{ reading: 'pods', reason: 'timedOut' }]);
  });
  it('of incomplete evidence makes the later step incomplete', () => {
    const facts = known([[pods, ok([{}], { complete: false })], [log('a'), ok([])]]);
    expect(report([earlier(() => 'a', fail('yes', msg('.'))), later], facts)).toMatchObject({ outcome: 'unknown', reason: 'incomplete', complete: false });
  });
  it('of a step that is not there is missing', () => {
    expect(report([later], known([]))).toMatchObject({ outcome: 'unknown', reason: 'missingInput' });
  });
});

describe('each element', () => {
  const earlier = step({ id: 'earlier', asks: msg('?'), reads: { pods }, reasons: ['yes'], check: () => pass('yes', msg('.')), out: { names: ({ pods: { items } }) => items.map(({ metadata }) => metadata.name) } });
  const later = step({
    id: 'later', asks: msg('?'), reads: { logs: each(earlier.out.names, { atMost: 2 }, (name) => ({ kind: 'log', in: 'red', pod: name, tail: 5 })) }, reasons: ['yes'],
    check: ({ logs }) => pass('yes', msg('{{n}} of {{m}}', { n: logs.items.length, m: logs.items.length + logs.more })),
  });
  const of = (...names: string[]) => ok(names.map((name) => ({ metadata: { name } })));
  const line = (pod: string) => ok([{ pod, text: '' }]);

  it('is read, at most so many', () => {
    const facts = known([[pods, of('a', 'b', 'c')], [log('a'), line('a')], [log('b'), line('b')]]);
    expect(wants([earlier, later], facts)).toEqual([log('a'), log('b')]);
    expect(report([earlier, later], facts)).toMatchObject({ outcome: 'unknown', reason: 'incomplete', complete: false, readings: [{ items: 2, command: { text: 'oc logs -n red a --tail=5 --timestamps' } }] });
  });
  it('is whole if none is left out', () => {
    expect(report([earlier, later], known([[pods, of('a')], [log('a'), line('a')]]))).toMatchObject({ outcome: 'pass', says: { holes: { n: 1, m: 1 } } });
  });
  it('is waited for until all are there', () => {
    expect(report([earlier, later], known([[pods, of('a', 'b')], [log('a'), line('a')]]))).toMatchObject({ state: 'reading', readings: [{ items: null }] });
  });
  it('is nothing where there is none', () => {
    expect(report([earlier, later], known([[pods, of()]]))).toMatchObject({ outcome: 'pass', complete: true, readings: [{ items: 0 }] });
  });
  it('names the one that could not be read', () => {
    expect(report([earlier, later], known([[pods, of('a', 'b')], [log('a'), line('a')], [log('b'), failed]]))).toMatchObject({ outcome: 'unknown', missing: [{ reading: 'logs', of: 'b', reason: 'timedOut' }] });
  });
});

describe('an optional reading', () => {
  const gone: Ref<string> = { from: 'output', step: 'none', output: 'x' };
  const colour = (optional: Source, check: ReadStep['check'] = () => pass('yes', msg('.'))) =>
    step({ id: 'a', asks: msg('A?'), reads: { pods, colour: optional }, optional: ['colour'], reasons: ['yes'], check: check as () => Finding<'yes'> });

  it('is not needed for a pass, and its failure is still told', () => {
    expect(report([colour(nodes)], known([[pods, ok()], [nodes, failed]]))).toMatchObject({ outcome: 'pass', complete: true, missing: [{ reading: 'colour' }] });
  });
  it('is waited for all the same', () => {
    expect(report([colour(nodes)], known([[pods, ok()]]))).toMatchObject({ state: 'reading' });
  });
  it('does not make up for what is needed', () => {
    expect(report([colour(nodes)], known([[pods, failed], [nodes, ok()]]))).toMatchObject({ outcome: 'unknown', reason: 'nothingReadable' });
  });
  it('without its input is left out, and is not taken for an empty one', () => {
    const check = jest.fn(() => pass('yes', msg('.')));
    expect(report([colour({ kind: 'log', in: 'red', pod: gone, tail: 5 }, check)], known([[pods, ok()]]))).toMatchObject({ outcome: 'pass', complete: true });
    expect(check).toHaveBeenCalledWith(expect.objectContaining({ colour: expect.objectContaining({ items: [], complete: false }) }), expect.anything());
  });
  it('does not hand on what its input lacks', () => {
    const earlier = step({ id: 'none', asks: msg('?'), reads: { nodes }, reasons: ['yes'], check: () => fail('yes', msg('.')), out: { x: () => 'a' } });
    const facts = known([[pods, ok()], [nodes, ok([], { complete: false })], [log('a'), ok([])]]);
    expect(report([earlier, colour({ kind: 'log', in: 'red', pod: gone, tail: 5 })], facts)).toMatchObject({ outcome: 'pass', complete: true });
  });
});

describe('a label', () => {
  const labelled = step({ id: 'a', asks: msg('A?'), reads: { pods: { ...pods, in: label('namespace', 'ns') } }, reasons: ['yes'], check: () => pass('yes', msg('.')) });
  it('says where', () => {
    expect(wants([labelled], known([], { labels: { ns: 'blue' } }))).toEqual([{ ...pods, in: 'blue' }]);
  });
  it.each<[Known['alert'], Record<string, string>, object]>([
    ['reading', {}, { state: 'waiting' }],
    ['read', {}, { state: 'done', outcome: 'notApplicable', reason: 'noInput', says: { holes: { label: 'namespace' } } }],
    ['read', { namespace: '' }, { state: 'done', outcome: 'notApplicable', reason: 'noInput' }],
    ['unread', {}, { state: 'done', outcome: 'unknown', reason: 'missingInput', complete: false }],
    ['unread', { namespace: 'red' }, { state: 'reading' }],
    ['read', { namespace: '../kube-system' }, { state: 'done', outcome: 'unknown', reason: 'missingInput', complete: false }],
  ])('of an alert that is %s, with %j', (alert, labels, expected) => {
    expect(report([labelled], known([], { labels, alert }))).toMatchObject(expected);
  });
  it('that cannot stand in a selector leads to no request', () => {
    const selecting = step({ id: 'a', asks: msg('A?'), reads: { pods: { ...pods, fields: text`spec.nodeName=${label('node')}` } }, reasons: ['yes'], check: () => pass('yes', msg('.')) });
    const facts = known([], { labels: { node: 'a,status.phase!=x' } });
    expect(wants([selecting], facts)).toEqual([]);
    expect(report([selecting], facts)).toMatchObject({ outcome: 'unknown', reason: 'missingInput', complete: false });
  });
});

describe('an ask step', () => {
  const asked = ask({
    id: 'shell', asks: msg('Is it there?'), lookFor: msg('A file.'), commands: [{ parts: ['oc debug node/', ''], values: [label('node')] }],
    answers: [{ reason: 'there', label: msg('Yes'), outcome: 'pass', says: msg('It is there.') }, { reason: 'gone', label: msg('No'), outcome: 'fail', says: msg('It is gone.') }],
  });
  it('is info until somebody answers, and reads nothing', () => {
    expect(report([asked], known([], { labels: { node: 'a b' } }))).toMatchObject({
      kind: 'ask', state: 'done', outcome: 'info', reason: 'notAsked', required: false, complete: false,
      question: { commands: [{ text: "oc debug node/'a b'", open: [] }], answers: [{ reason: 'there' }, { reason: 'gone' }] },
    });
    expect(wants([asked], known([]))).toEqual([]);
  });
  it('is what somebody stated, and says so', () => {
    const stated = { reason: 'gone', at: '2026-11-21T10:00:00Z' };
    expect(report([asked], known([], { statements: new Map([['shell', stated]]) }))).toMatchObject({ outcome: 'fail', reason: 'gone', complete: false, question: { stated } });
  });
  it('takes no answer that it does not offer', () => {
    expect(report([asked], known([], { statements: new Map([['shell', { reason: 'other', at: '' }]]) }))).toMatchObject({ outcome: 'info', reason: 'notAsked' });
  });
});

describe('what a finding may carry', () => {
  const found = (rows: Finding['rows'], rest: Partial<Finding<'yes'>> = {}) => report([concluding({ outcome: 'fail', reason: 'yes', says: msg('.'), rows, ...rest })], known([[pods, ok()]]));
  it('is capped: 100 rows, and how many more there are', () => {
    const rows = Array.from({ length: 150 }, (_, i) => [i]);
    expect(found([{ of: 'table', columns: [msg('n')], rows }])?.rows).toEqual([{ of: 'table', columns: [msg('n')], rows: rows.slice(0, 100), more: 50 }]);
    expect(found([{ of: 'table', columns: [msg('n')], rows, more: 1000 }])?.rows).toMatchObject([{ more: 1050 }]);
    expect(found([{ of: 'table', columns: [msg('n')], rows: rows.slice(0, 100) }])?.rows).toEqual([{ of: 'table', columns: [msg('n')], rows: rows.slice(0, 100) }]);
  });
  it('is capped: the last 200 lines, 500 characters each', () => {
    const lines = Array.from({ length: 250 }, (_, i) => ({ from: 'a', text: `${i} ${'x'.repeat(1000)}` }));
    const [rows] = found([{ of: 'log', lines }])?.rows ?? [];
    expect(rows?.of === 'log' && { first: rows.lines[0]?.text.slice(0, 3), n: rows.lines.length, longest: Math.max(...rows.lines.map((one) => one.text.length)), more: rows.more }).toEqual({ first: '50 ', n: 200, longest: 500, more: 50 });
  });
  it('is capped: 100 series and 100 subjects', () => {
    const series = Array.from({ length: 120 }, (_, i) => ({ name: String(i), points: [] }));
    expect(found([{ of: 'series', unit: 'count', series }])?.rows).toMatchObject([{ series: { length: 100 } }]);
    expect(found([], { subjects: Array.from({ length: 120 }, (_, i) => ({ kind: 'Pod', name: String(i) })) })?.subjects).toHaveLength(100);
  });
});

describe('a step is evaluated once', () => {
  it('however many depend on it', () => {
    const check = jest.fn(() => pass('yes', msg('.')));
    const first = step({ id: 'first', asks: msg('?'), reads: { pods }, reasons: ['yes'], check, out: { ns: () => 'red' } });
    const others = ['b', 'c'].map((id) => step({ id, asks: msg('?'), reads: { pods: { ...pods, in: first.out.ns } }, reasons: ['yes'], check: () => pass('yes', msg('.')) }));
    const evaluation = createEvaluation([first, ...others], known([[pods, ok()]]));
    expect(['first', 'b', 'c'].map((id) => evaluation.evaluated(id)?.report.outcome)).toEqual(['pass', 'pass', 'pass']);
    expect(check).toHaveBeenCalledTimes(1);
  });
  it('shows its query as PromQL', () => {
    const asking = step({ id: 'a', asks: msg('?'), reads: { up: { kind: 'metrics', query: promql`up{ns="${label('namespace')}"}` } }, reasons: ['yes'], check: () => pass('yes', msg('.')) });
    expect(report([asking], known([], { labels: { namespace: 'a"b' } }))?.readings).toMatchObject([{ command: { language: 'promql', text: 'up{ns="a\\"b"}' }, permission: { resource: 'prometheuses' } }]);
  });
});
