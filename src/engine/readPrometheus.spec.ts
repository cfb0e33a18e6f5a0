import { says, scripted } from '../testing/scripted';
import { createClock } from './clock';
import { READ_METRICS } from './needs';
import { type Observation } from './observation';
import { createReader } from './reader';
import { METRIC_FRESH, readMetrics } from './readPrometheus';
import { type LoadedRule, type MetricsSource, type Source, promql } from './source';
import { type Api, type Reply, type Request } from './transport';

const NOW = 1_763_719_200_000;
const SECONDS = NOW / 1000;

const read = async (source: Source, answer: (request: Request, parameters: URLSearchParams) => Reply, tenant?: string) => {
  const door = scripted((request) => answer(request, new URL(request.path, 'http://x').searchParams));
  const seen: Observation = await createReader(door, createClock(() => NOW), tenant).read(source, { signal: new AbortController().signal, maxAge: 0 });
  return { seen, asked: door.requests.map(({ to, path }) => [to, path.split('?')[0]]), parameters: door.requests.map(({ path }) => Object.fromEntries(new URL(path, 'http://x').searchParams)) };
};

const vector = (...values: readonly (readonly [object, string])[]) => ({ resultType: 'vector', result: values.map(([metric, value]) => ({ metric, value: [SECONDS, value] })) });
const success = (data: object, rest: object = {}) => says(200, { status: 'success', data, ...rest });
const up: MetricsSource = { kind: 'metrics', query: promql`up{namespace="${'red'}"}` };

/** Answers across namespaces with one reply, and through tenancy with another. */
const by = (replies: Partial<Record<Api, Reply>>) => ({ to }: Request): Reply => replies[to] ?? says(599, 'not expected');

describe('reading metrics', () => {
  it('leaves no rejection to nobody when it is given up while two queries are under way', async () => {
    const unseen: unknown[] = [];
    const listener = (reason: unknown): void => void unseen.push(reason);
    process.on('unhandledRejection', listener);
    const gone = (): Promise<Reply> => new Promise((_, reject) => setImmediate(() => reject(new Error('given up'))));
    await expect(readMetrics(gone, { ...up, freshBy: promql`up` }, NOW)).rejects.toThrow('given up');
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off('unhandledRejection', listener);
    expect(unseen).toEqual([]);
  });

  it('asks at the time of the server', async () => {
    const { asked, parameters } = await read(up, () => success(vector()));
    expect(asked).toEqual([['prometheus', '/api/v1/query']]);
    expect(parameters).toEqual([{ query: 'up{namespace="red"}', time: String(SECONDS) }]);
  });
  it('asks for a range that ends now', async () => {
    const { asked, parameters, seen } = await read({ ...up, over: { range: 600, step: 60 } }, () => success({ resultType: 'matrix', result: [{ metric: { a: 'b' }, values: [[SECONDS - 60, '1'], [SECONDS, '2']] }] }));
    expect(asked).toEqual([['prometheus', '/api/v1/query_range']]);
    expect(parameters).toEqual([{ query: 'up{namespace="red"}', end: String(SECONDS), start: String(SECONDS - 600), step: '60' }]);
    expect(seen).toMatchObject({ items: [{ labels: { a: 'b' }, points: [[SECONDS - 60, 1], [SECONDS, 2]] }], complete: true });
  });

  it.each<[string, object, unknown]>([
    ['series', vector([{ pod: 'a' }, '1'], [{}, '0']), [{ labels: { pod: 'a' }, points: [[SECONDS, 1]] }, { labels: {}, points: [[SECONDS, 0]] }]],
    ['nothing, which is not health but an answer', vector(), []],
    ['a scalar', { resultType: 'scalar', result: [SECONDS, '3.5'] }, [{ labels: {}, points: [[SECONDS, 3.5]] }]],
    ['what is no number', vector([{}, 'NaN']), [{ labels: {}, points: [[SECONDS, NaN]] }]],
    ['what has no end', vector([{}, '+Inf'], [{}, '-Inf']), [{ labels: {}, points: [[SECONDS, Infinity]] }, { labels: {}, points: [[SECONDS, -Infinity]] }]],
    ['large and small', vector([{}, '1e+21'], [{}, '-5e-324']), [{ labels: {}, points: [[SECONDS, 1e21]] }, { labels: {}, points: [[SECONDS, -5e-324]] }]],
  ])('brings %s', async (_, data, items) => {
    expect((await read(up, () => success(data))).seen).toEqual({ state: 'ok', items, complete: true, readAt: NOW });
  });

  it.each([vector([{}, '1']), vector(), { resultType: 'scalar', result: [SECONDS, '1'] }])('does not take for whole what Prometheus itself warns of', async (data) => {
    expect((await read(up, () => success(data, { warnings: ['no store matched'] }))).seen).toMatchObject({ state: 'ok', complete: false });
    expect((await read(up, () => success(data, { warnings: [], infos: ['metric might not be a counter'] }))).seen).toMatchObject({ state: 'ok', complete: true });
  });

  it.each<[string, Reply, object]>([
    ['no permission', says(403, { kind: 'Status', message: 'forbidden' }), { reason: 'forbidden', permission: READ_METRICS, detail: 'forbidden' }],
    ['no session', says(401, ''), { reason: 'unauthorized' }],
    ['a bad query', says(400, { status: 'error', errorType: 'bad_data', error: 'parse error: x' }), { reason: 'rejected', detail: 'parse error: x' }],
    ['a query that fails', says(422, { status: 'error', errorType: 'execution', error: 'many-to-many' }), { reason: 'rejected', detail: 'many-to-many' }],
    ['a query that takes too long', says(503, { status: 'error', errorType: 'timeout', error: 'query timed out in expression evaluation' }), { reason: 'timedOut', detail: 'query timed out in expression evaluation' }],
    ['nothing behind the proxy', says(502, '<html>'), { reason: 'unreachable' }],
    ['no pod behind the service', says(503, 'no endpoints'), { reason: 'unreachable' }],
    ['no monitoring', says(404, '404 page not found'), { reason: 'notConfigured' }],
    ['no address in the console', { state: 'failed', reason: 'notConfigured' }, { reason: 'notConfigured' }],
    ['a gateway that waited in vain', says(504, ''), { reason: 'timedOut' }],
    ['an error of its own', says(500, { status: 'error', errorType: 'internal', error: 'oops' }), { reason: 'serverError', detail: 'oops' }],
    ['endless words', says(500, { error: 'x'.repeat(1e6) }), { reason: 'serverError', detail: 'x'.repeat(500) }],
    ['a login page', says(200, '<!doctype html>'), { reason: 'malformed' }],
    ['cut JSON', says(200, '{"status":"success","data":{"resultType":"vec'), { reason: 'malformed' }],
    ['an error as success', says(200, { status: 'error', error: 'x' }), { reason: 'malformed' }],
    ['no data', says(200, { status: 'success' }), { reason: 'malformed' }],
    ['no list', success({ resultType: 'vector', result: {} }), { reason: 'malformed' }],
    ['words that are no text', says(500, { error: { a: 1 } }), { reason: 'serverError' }],
  ])('names the failure: %s', async (_, reply, failure) => {
    expect((await read(up, () => reply)).seen).toEqual({ state: 'failed', readAt: NOW, ...failure });
  });
  it('takes an answer of unheard-of shape for malformed', async () => {
    expect((await read(up, () => success({ resultType: 'vector', result: [null] }))).seen).toMatchObject({ state: 'failed', reason: 'malformed' });
  });
});

describe('freshness', () => {
  const source: MetricsSource = { ...up, freshBy: promql`kube_pod_info{namespace="${'red'}"}` };
  const reply = (stamp: Reply) => (_: Request, parameters: URLSearchParams) => (parameters.get('query')?.startsWith('max(timestamp(') ? stamp : success(vector([{}, '1'])));
  const aged = (age: number) => success(vector([{}, String(SECONDS - age)]));

  it('asks for the newest sample of the raw series', async () => {
    expect((await read(source, reply(aged(0)))).parameters).toContainEqual({ query: 'max(timestamp(kube_pod_info{namespace="red"}))', time: String(SECONDS) });
  });
  it.each([[0, 'ok'], [METRIC_FRESH, 'ok'], [METRIC_FRESH + 1, 'failed'], [299, 'failed']])('is lost after two scrapes: %d s', async (age, state) => {
    const { seen } = await read(source, reply(aged(age)));
    expect(seen).toMatchObject(state === 'ok' ? { state, items: [{ points: [[SECONDS, 1]] }] } : { state, reason: 'stale', detail: new Date(NOW - age * 1000).toISOString() });
  });
  it('is not asked for where there are no raw series: that is another answer', async () => {
    expect((await read(source, reply(success(vector())))).seen).toMatchObject({ state: 'ok', items: [{}] });
  });
  it.each<[string, Reply, string]>([['an error', says(500, ''), 'serverError'], ['a page', says(200, '<html>'), 'malformed'], ['a refusal', says(403, ''), 'forbidden']])('that cannot be told by %s leaves nothing to stand on', async (_, stamp, reason) => {
    expect((await read(source, reply(stamp))).seen).toMatchObject({ state: 'failed', reason });
  });
});

describe('a tenant', () => {
  it('is asked for across namespaces first', async () => {
    const { asked, seen } = await read(up, by({ prometheus: success(vector()) }), 'red');
    expect(asked).toEqual([['prometheus', '/api/v1/query']]);
    expect(seen).toMatchObject({ complete: true });
  });
  it('gets the part of the own namespace, which is not the whole', async () => {
    const { asked, parameters, seen } = await read(up, by({ prometheus: says(403, ''), tenancy: success(vector([{}, '1'])) }), 'red');
    expect(asked).toEqual([['prometheus', '/api/v1/query'], ['tenancy', '/api/v1/query']]);
    expect(parameters[1]).toMatchObject({ namespace: 'red' });
    expect(seen).toMatchObject({ state: 'ok', complete: false, items: [{}] });
  });
  it.each<[string, Reply]>([['is not narrowed by an error', says(500, '')], ['is not narrowed by a lost session', says(401, '')]])('%s', async (_, reply) => {
    const { asked, seen } = await read(up, by({ prometheus: reply }), 'red');
    expect(asked).toHaveLength(1);
    expect(seen).toMatchObject({ state: 'failed' });
  });
  it('may be refused twice', async () => {
    expect((await read(up, by({ prometheus: says(403, ''), tenancy: says(403, '') }), 'red')).seen).toEqual({ state: 'failed', reason: 'forbidden', permission: READ_METRICS, readAt: NOW });
  });
  it('without a namespace is refused at once', async () => {
    const { asked, seen } = await read(up, by({ prometheus: says(403, '') }));
    expect(asked).toHaveLength(1);
    expect(seen).toMatchObject({ state: 'failed', reason: 'forbidden' });
  });
});

describe('reading rules', () => {
  const rules: Source = { kind: 'rules' };
  const groups = (...all: object[]) => success({ groups: [{ name: 'kubevirt.rules', file: 'f', interval: 30, rules: all }] });
  const alerting = (rest: object = {}) => ({
    type: 'alerting', name: 'VirtOperatorDown', query: 'cluster:up:count == 0', duration: 600, keepFiringFor: 0, health: 'ok', labels: { severity: 'critical' }, annotations: { summary: 's' },
    alerts: [{ labels: { alertname: 'VirtOperatorDown' }, annotations: {}, state: 'firing', activeAt: '2026-11-21T09:00:00Z' }], ...rest,
  });
  const loaded = async (...all: object[]) => {
    const { seen } = await read(rules, () => groups(...all));
    return seen.state === 'ok' ? seen.items as LoadedRule[] : [];
  };

  it('takes down the alert, its rule and its group', async () => {
    expect(await loaded(alerting())).toEqual([{
      alert: 'VirtOperatorDown', expr: 'cluster:up:count == 0', for: 600, keepFiringFor: 0, interval: 30, labels: { severity: 'critical' }, annotations: { summary: 's' },
      health: 'ok', lastError: undefined, records: [], group: { file: 'f', name: 'kubevirt.rules' },
      alerts: [{ labels: { alertname: 'VirtOperatorDown' }, annotations: {}, state: 'firing', activeAt: '2026-11-21T09:00:00Z' }],
    }]);
  });
  it('attaches the recording rules that the expression rests on, and no others', async () => {
    const record = (name: string) => ({ type: 'recording', name, query: `sum(${name})` });
    const [rule] = await loaded(record('cluster:up:count'), record('cluster:down:count'), alerting());
    expect(rule?.records).toEqual([{ name: 'cluster:up:count', expr: 'sum(cluster:up:count)' }]);
  });
  it('asks for all rules, because recording rules tell forms apart', async () => {
    expect((await read(rules, () => groups())).parameters).toEqual([{}]);
  });
  it.each<[object, object]>([
    [{ health: 'err', lastError: 'x' }, { health: 'err', lastError: 'x' }], [{ health: undefined }, { health: 'unknown' }], [{ health: 'good' }, { health: 'unknown' }],
    [{ alerts: undefined }, { alerts: [] }], [{ alerts: [{ state: 'pending' }] }, { alerts: [{ state: 'pending', labels: {}, annotations: {} }] }], [{ alerts: [{ state: 'odd' }] }, { alerts: [{ state: 'inactive' }] }],
    [{ labels: undefined, annotations: undefined, duration: undefined }, { labels: {}, annotations: {} }],
  ])('takes %j', async (rest, expected) => {
    expect((await loaded(alerting(rest)))[0]).toMatchObject(expected);
  });
  it.each<[string, Reply, object]>([
    ['an error', says(500, ''), { state: 'failed', reason: 'serverError' }], ['nobody', says(502, ''), { state: 'failed', reason: 'unreachable' }], ['a page', says(200, '<html>'), { state: 'failed', reason: 'malformed' }],
    ['no groups', says(200, { status: 'success', data: {} }), { state: 'failed', reason: 'malformed' }], ['null', says(200, 'null'), { state: 'failed', reason: 'malformed' }], ['a group of nothing', says(200, { data: { groups: [null] } }), { state: 'failed', reason: 'malformed' }],
    ['no permission', says(403, ''), { state: 'failed', reason: 'forbidden', permission: READ_METRICS }], ['no groups at all', says(200, { data: { groups: [] } }), { state: 'ok', items: [], complete: true }], ['an empty group', says(200, { data: { groups: [{}] } }), { state: 'ok', items: [], complete: true }],
  ])('tells %s', async (_, reply, expected) => {
    expect((await read(rules, () => reply)).seen).toMatchObject(expected);
  });

  it('brings a tenant those of the own namespace', async () => {
    const { asked, seen } = await read(rules, by({ prometheus: says(403, ''), tenancy: groups(alerting()) }), 'red');
    expect(asked).toEqual([['prometheus', '/api/v1/rules'], ['tenancy', '/api/v1/rules']]);
    expect(seen).toMatchObject({ state: 'ok', complete: false, items: [{ alert: 'VirtOperatorDown' }] });
  });
  it('falls back on the series of alerts, which tell nothing of the rule', async () => {
    const series = success(vector(
      [{ __name__: 'ALERTS', alertname: 'A', alertstate: 'firing', namespace: 'red', pod: 'x' }, '1'], [{ __name__: 'ALERTS', alertname: 'A', alertstate: 'pending', namespace: 'red', pod: 'y' }, '1'], [{ __name__: 'ALERTS', alertname: 'B', alertstate: 'firing' }, '1'],
    ));
    const { asked, parameters, seen } = await read(rules, ({ to, path }) => (to === 'tenancy' && path.startsWith('/api/v1/query') ? series : says(403, '')), 'red');
    expect(asked.at(-1)).toEqual(['tenancy', '/api/v1/query']);
    expect(parameters.at(-1)).toEqual({ query: 'ALERTS', namespace: 'red' });
    expect(seen).toEqual({ state: 'ok', complete: false, readAt: NOW, items: [
      { alert: 'A', labels: {}, annotations: {}, health: 'unknown', alerts: [
        { labels: { alertname: 'A', namespace: 'red', pod: 'x' }, annotations: {}, state: 'firing' }, { labels: { alertname: 'A', namespace: 'red', pod: 'y' }, annotations: {}, state: 'pending' },
      ] },
      { alert: 'B', labels: {}, annotations: {}, health: 'unknown', alerts: [{ labels: { alertname: 'B' }, annotations: {}, state: 'firing' }] },
    ] });
  });
  it('is refused a tenant throughout', async () => {
    expect((await read(rules, () => says(403, ''), 'red')).seen).toEqual({ state: 'failed', reason: 'forbidden', permission: READ_METRICS, readAt: NOW });
  });
});

