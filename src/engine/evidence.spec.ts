import { FRESH, type Seen, expand, gather, remember } from './evidence';
import { type Late, type Lookup, type Ref, type Resolved, label, text } from './late';
import { type Observation } from './observation';
import { keyOf } from './reader';
import { type Kind, type Source, each } from './source';

const NOW = 10_000_000;
const Pod: Kind = { kind: 'Pod', plural: 'pods', group: '', versions: ['v1'], namespaced: true };
const named = (name: Late<string>, where: Late<string> = 'red'): Source => ({ kind: 'object', of: Pod, in: where, name, part: 'full' });
const pods: Ref<readonly { name: string; in: string }[]> = { from: 'output', step: 'earlier', output: 'pods' };

const knowing = (labels: Readonly<Record<string, string>>, output?: unknown): Lookup => <T>(ref: Ref<T>): Resolved<T> => {
  if (ref.from === 'output') return output === undefined ? { state: 'pending' } : { state: 'known', value: output as T };
  const value = ref.from === 'label' ? labels[ref.names[0] ?? ''] : undefined;
  return value === undefined ? { state: 'unknowable', because: { label: ref.from === 'label' ? ref.names : [] } } : { state: 'known', value: value as T };
};

describe('expand', () => {
  it.each([
    '.', '..', '../kube-system', 'a/b', 'a/log', '/', '%2e%2e', 'a%2Fb', 'all namespaces', 'the cluster', 'a b', 'a\n', '\t',
  ])('does not let the label %j lead to another path', (value) => {
    const lookup = knowing({ x: value });
    for (const source of [named(label('x')), named('a', label('x')), { kind: 'log', in: 'red', pod: label('x'), tail: 1 } as const, { kind: 'list', of: Pod, in: label('x'), part: 'full', atMost: 1 } as const]) {
      expect(expand(source, lookup)).toEqual({ state: 'unknowable', because: { unfit: value } });
    }
    expect(expand(each(pods, { atMost: 2 }, (pod) => ({ kind: 'log', in: pod.in, pod: pod.name, tail: 1 })), knowing({}, [{ name: value, in: 'red' }]))).toEqual({ state: 'unknowable', because: { unfit: value } });
  });
  it.each(['virt-operator-7d9c', 'worker-0.example.com', 'system:node', 'ü', '...', 'a..b'])('lets %j be a name', (value) => {
    expect(expand(named(label('x')), knowing({ x: value }))).toEqual({ state: 'known', value: { sources: [named(value)], cut: 0 } });
  });
  it('leaves the author to say where', () => {
    const list: Source = { kind: 'list', of: Pod, in: 'all namespaces', part: 'full', atMost: 1, labels: text`a=${label('x')}` };
    expect(expand(list, knowing({ x: 'b' }))).toEqual({ state: 'known', value: { sources: [{ ...list, labels: 'a=b' }], cut: 0 } });
  });
  it('makes one source per element, and counts those that are left out', () => {
    const reading = each(pods, { atMost: 2 }, (pod) => ({ kind: 'log', in: pod.in, pod: pod.name, tail: 1 }));
    const log = (pod: string): Source => ({ kind: 'log', in: 'red', pod, tail: 1 });
    const elements = ['a', 'b', 'c', 'd'].map((name) => ({ name, in: 'red' }));
    expect(expand(reading, knowing({}, elements))).toEqual({ state: 'known', value: { sources: [log('a'), log('b')], cut: 2 } });
    expect(expand(reading, knowing({}, elements.slice(0, 2)))).toMatchObject({ value: { cut: 0 } });
    expect(expand(reading, knowing({}, []))).toEqual({ state: 'known', value: { sources: [], cut: 0 } });
    expect(expand(reading, knowing({}))).toEqual({ state: 'pending' });
    expect(expand(reading, knowing({}, [{ name: '', in: 'red' }]))).toMatchObject({ state: 'unknowable' });
  });
});

describe('gather', () => {
  const ok = (rest: Partial<Extract<Observation, { state: 'ok' }>> = {}): Observation => ({ state: 'ok', items: [{ n: 1 }], complete: true, readAt: NOW, ...rest });
  const failed: Observation = { state: 'failed', reason: 'forbidden', permission: { verb: 'get', group: '', resource: 'pods' }, detail: 'no', readAt: NOW };
  const absent: Observation = { state: 'absent', readAt: NOW };
  const of = (observations: readonly (Observation | undefined)[], cut = 0) => {
    const sources = observations.map((_, i) => named(String(i)));
    const seen = new Map<string, Seen>();
    observations.forEach((observation, i) => { if (observation) seen.set(keyOf(sources[i] as Source), { observation }); });
    return gather('pods', { sources, cut }, seen, NOW);
  };

  it.each<[string, readonly (Observation | undefined)[], number, object]>([
    ['one object', [ok()], 0, { items: [{ n: 1 }], complete: true, absent: false, more: 0, missing: [], readAt: NOW }],
    ['nothing of a list', [ok({ items: [] })], 0, { items: [], complete: true, absent: false }],
    ['no such object', [absent], 0, { items: [], complete: true, absent: true, missing: [] }],
    ['a failure', [failed], 0, { items: [], complete: false, absent: false, readAt: 0, missing: [{ reading: 'pods', of: '0', reason: 'forbidden', permission: { verb: 'get', group: '', resource: 'pods' }, detail: 'no' }] }],
    ['a cut list', [ok({ complete: false, more: 7 })], 0, { complete: false, more: 7, missing: [] }],
    ['elements left out', [ok(), ok()], 3, { items: [{ n: 1 }, { n: 1 }], complete: false, more: 3 }],
    ['both', [ok({ complete: false, more: 7 })], 3, { more: 10 }],
    ['part of several', [ok(), failed, absent], 0, { items: [{ n: 1 }], complete: false, absent: false, missing: [{ of: '1' }], readAt: NOW }],
    ['several that are absent', [absent, absent], 0, { complete: true, absent: true }],
    ['what is still fresh', [ok({ readAt: NOW - FRESH })], 0, { complete: true, missing: [] }],
    ['what no longer is', [ok({ readAt: NOW - FRESH - 1 })], 0, { items: [{ n: 1 }], complete: false, missing: [{ reason: 'stale' }], readAt: NOW - FRESH - 1 }],
    ['an absence that no longer is', [{ state: 'absent', readAt: 0 }], 0, { complete: false, absent: true, missing: [{ reason: 'stale' }] }],
    ['the oldest of several', [ok(), ok({ readAt: NOW - 5 })], 0, { readAt: NOW - 5 }],
    ['nothing to read', [], 0, { items: [], complete: true, absent: false, readAt: NOW, missing: [] }],
    ['what has not been read yet', [undefined], 0, { items: [], complete: false, absent: false, readAt: 0 }],
  ])('makes evidence of %s', (_, observations, cut, expected) => {
    expect(of(observations, cut)).toMatchObject(expected);
  });

  it('knows since when one object has been the same, and of several says nothing', () => {
    const source = named('a');
    const seen = new Map<string, Seen>([[keyOf(source), { observation: ok(), unchangedSince: 5 }], [keyOf(named('b')), { observation: ok(), unchangedSince: 6 }]]);
    expect(gather('pod', { sources: [source], cut: 0 }, seen, NOW).unchangedSince).toBe(5);
    expect(gather('pod', { sources: [source, named('b')], cut: 0 }, seen, NOW).unchangedSince).toBeUndefined();
  });
});

describe('remember', () => {
  const lease = (uid: string, resourceVersion: string, readAt: number): Observation => ({ state: 'ok', items: [{ metadata: { uid, resourceVersion } }], complete: true, readAt });
  it.each<[string, readonly Observation[], number | undefined]>([
    ['the first time', [lease('u', '1', 1)], 1],
    ['unchanged', [lease('u', '1', 1), lease('u', '1', 2), lease('u', '1', 3)], 1],
    ['changed', [lease('u', '1', 1), lease('u', '2', 2)], 2],
    ['changed and changed back', [lease('u', '1', 1), lease('u', '2', 2), lease('u', '1', 3)], 3],
    ['created anew', [lease('u', '1', 1), lease('v', '1', 2)], 2],
    ['gone in between', [lease('u', '1', 1), { state: 'absent', readAt: 2 }, lease('u', '1', 3)], 3],
    ['not readable in between', [lease('u', '1', 1), { state: 'failed', reason: 'timedOut', readAt: 2 }, lease('u', '1', 3)], 3],
    ['no object', [{ state: 'ok', items: [{ labels: {} }], complete: true, readAt: 1 }], undefined],
    ['nothing', [{ state: 'ok', items: [], complete: true, readAt: 1 }], undefined],
    ['absent', [lease('u', '1', 1), { state: 'absent', readAt: 2 }], undefined],
  ])('counts from the first of equal readings: %s', (_, observations, since) => {
    expect(observations.reduce<Seen | undefined>(remember, undefined)?.unchangedSince).toBe(since);
  });
});
