import { failureOf, parsed } from './failures';
import { READ_METRICS } from './needs';
import { type Failure, type Observation } from './observation';
import { type LoadedAlert, type LoadedRule, type MetricsSource, type Query, type Series, queryText } from './source';
import { type Reply } from './transport';

/** Asks one question of Prometheus: across namespaces, or through tenancy for the one namespace of a tenant. */
export type AskPrometheus = (path: string, parameters: Readonly<Record<string, string>>, through: 'all' | 'tenancy') => Promise<Reply>;

type Found = Omit<Extract<Observation, { state: 'ok' }>, 'readAt'> | ({ state: 'failed' } & Failure);

/**
 * Longest pause between two samples that counts as one scrape, seconds. OpenShift scrapes kube-state-metrics once a minute
 * and the virtualization components every 30 s (openshift/cluster-monitoring-operator, kubevirt ServiceMonitor).
 */
const SCRAPE = 60;
/** A sample older than this, in seconds, is no evidence of the present. */
export const METRIC_FRESH = 2 * SCRAPE;

interface Answer {
  readonly status?: string;
  readonly warnings?: readonly string[];
  readonly data?: { readonly resultType?: string; readonly result?: unknown };
}

const failed = (failure: Failure): Found => ({ state: 'failed', ...failure });

const failure = (reply: Reply): Failure => {
  const problem = failureOf(reply, READ_METRICS);
  if (reply.state !== 'answered') return problem;
  const { error, errorType } = (parsed(reply.body) ?? {}) as { error?: unknown; errorType?: string };
  const said = typeof error === 'string' ? { ...problem, detail: error.slice(0, 500) } : problem;
  // Prometheus itself answers 503 to a query that takes too long (web/api/v1/api.go).
  if (errorType === 'timeout') return { ...said, reason: 'timedOut' };
  // The console's proxy answers these when there is nothing behind it.
  if (reply.status === 502 || reply.status === 503) return { ...said, reason: 'unreachable' };
  return reply.status === 404 ? { ...said, reason: 'notConfigured' } : said;
};

/** Tries across namespaces; a tenant who may not do that is asked again for their own namespace. */
const asked = async (ask: AskPrometheus, path: string, parameters: Readonly<Record<string, string>>, tenant: string | undefined) => {
  const reply = await ask(path, parameters, 'all');
  return tenant !== undefined && reply.state === 'answered' && reply.status === 403
    ? { reply: await ask(path, { ...parameters, namespace: tenant }, 'tenancy'), narrowed: true }
    : { reply, narrowed: false };
};

const seriesOf = (reply: Reply): { series: Series[]; warned: boolean } | undefined => {
  const answer = parsed(reply.state === 'answered' ? reply.body : '') as Answer | undefined;
  if (answer?.status !== 'success' || !answer.data) return undefined;
  const { resultType, result } = answer.data;
  const warned = (answer.warnings ?? []).length > 0;
  if (resultType === 'scalar') return { series: [{ labels: {}, points: [point(result)] }], warned };
  if (!Array.isArray(result)) return undefined;
  const series = (result as { metric?: Record<string, string>; value?: unknown; values?: unknown[] }[]).map(({ metric, value, values }) => ({
    labels: metric ?? {}, points: (values ?? [value]).map(point),
  }));
  return { series, warned };
};

const point = (pair: unknown): readonly [number, number] => {
  const [at, value] = Array.isArray(pair) ? (pair as unknown[]) : [];
  const text = String(value);
  return [Number(at), text === '+Inf' ? Infinity : text === '-Inf' ? -Infinity : Number(text)];
};

/** Reads a query. Values whose newest raw sample is too old, or that Prometheus itself warns of, are not evidence of the present. */
export const readMetrics = async (ask: AskPrometheus, source: MetricsSource, now: number, tenant?: string): Promise<Found> => {
  const query = queryText(source.query as Query & { values: string[] });
  const end = String(now / 1000);
  const main = source.over
    ? asked(ask, '/api/v1/query_range', { query, end, start: String(now / 1000 - source.over.range), step: String(source.over.step) }, tenant)
    : asked(ask, '/api/v1/query', { query, time: end }, tenant);
  const newest = source.freshBy
    ? asked(ask, '/api/v1/query', { query: `max(timestamp(${queryText(source.freshBy as Query & { values: string[] })}))`, time: end }, tenant)
    : undefined;
  // Together: where both are given up, both rejections are seen.
  const [{ reply, narrowed }, newestSample] = await Promise.all([main, newest]);
  const answer = reply.state === 'answered' && reply.status < 300 ? seriesOf(reply) : undefined;
  const age = newestSample?.reply;
  if (!answer) return failed(reply.state === 'answered' && reply.status < 300 ? { reason: 'malformed' } : failure(reply));
  if (age) {
    const stamp = age.state === 'answered' && age.status < 300 ? seriesOf(age) : undefined;
    if (!stamp) return failed(failure(age));
    const at = stamp.series[0]?.points[0]?.[1];
    if (at !== undefined && now / 1000 - at > METRIC_FRESH) return failed({ reason: 'stale', detail: new Date(at * 1000).toISOString() });
  }
  return { state: 'ok', items: answer.series, complete: !answer.warned && !narrowed };
};

interface RuleAnswer {
  readonly type?: string;
  readonly name?: string; readonly query?: string; readonly duration?: number; readonly keepFiringFor?: number;
  readonly labels?: Record<string, string>; readonly annotations?: Record<string, string>;
  readonly health?: string; readonly lastError?: string;
  readonly alerts?: readonly { labels?: Record<string, string>; annotations?: Record<string, string>; state?: string; activeAt?: string }[];
}

/** Reads the alerting rules with their alerts. A tenant gets those of their namespace; without even that, what `ALERTS` tells. */
export const readRules = async (ask: AskPrometheus, tenant?: string): Promise<Found> => {
  const { reply, narrowed } = await asked(ask, '/api/v1/rules', {}, tenant);
  if (reply.state === 'answered' && reply.status === 403 && tenant !== undefined) return readAlertSeries(ask, tenant);
  if (reply.state === 'failed' || reply.status >= 300) return failed(failure(reply));
  const { groups } = ((parsed(reply.body) as { data?: unknown } | undefined)?.data ?? {}) as { groups?: unknown };
  if (!Array.isArray(groups)) return failed({ reason: 'malformed' });
  const all = (groups as Group[]).flatMap((group) => (group.rules ?? []).map((rule) => ({ rule, group })));
  const records = all.flatMap(({ rule: { type, name, query } }) => (type === 'recording' && name && query ? [{ name, expr: query }] : []));
  const rules = all.filter(({ rule }) => rule.type !== 'recording').map(({ rule, group }) => loaded(rule, group, records));
  return { state: 'ok', items: rules, complete: !narrowed };
};

interface Group {
  readonly name?: string; readonly file?: string; readonly interval?: number;
  readonly rules?: readonly RuleAnswer[];
}

const loaded = (rule: RuleAnswer, group: Group, records: readonly { name: string; expr: string }[]): LoadedRule => ({
  alert: rule.name ?? '',
  expr: rule.query,
  for: rule.duration,
  keepFiringFor: rule.keepFiringFor,
  interval: group.interval,
  labels: rule.labels ?? {},
  annotations: rule.annotations ?? {},
  health: rule.health === 'ok' || rule.health === 'err' ? rule.health : 'unknown',
  lastError: rule.lastError,
  records: records.filter(({ name }) => rule.query?.includes(name)),
  group: { file: group.file ?? '', name: group.name ?? '' },
  alerts: (rule.alerts ?? []).map(({ labels, annotations, state, activeAt }): LoadedAlert => ({
    labels: labels ?? {}, annotations: annotations ?? {}, state: state === 'firing' || state === 'pending' ? state : 'inactive', activeAt,
  })),
});

// Threshold, duration and begin are not known from the series alone.
const readAlertSeries = async (ask: AskPrometheus, tenant: string): Promise<Found> => {
  const reply = await ask('/api/v1/query', { query: 'ALERTS', namespace: tenant }, 'tenancy');
  const answer = reply.state === 'answered' && reply.status < 300 ? seriesOf(reply) : undefined;
  if (!answer) return failed(failure(reply));
  const byName = new Map<string, LoadedAlert[]>();
  for (const { labels: { alertname = '', alertstate, __name__: _, ...labels } } of answer.series) {
    const alert: LoadedAlert = { labels: { alertname, ...labels }, annotations: {}, state: alertstate === 'firing' ? 'firing' : 'pending' };
    byName.set(alertname, [...(byName.get(alertname) ?? []), alert]);
  }
  const rules = [...byName].map(([alert, alerts]): LoadedRule => ({ alert, labels: {}, annotations: {}, health: 'unknown', alerts }));
  return { state: 'ok', items: rules, complete: false };
};
