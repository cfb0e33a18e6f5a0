import { type Diagnosis, type Reply, type Runbook, type Series, type Transport, createClock, createDiagnosis, createReader, drive, limited } from '../engine';
import { answer } from './answer';
import { type Cluster } from './cluster';
import { type User } from './types';

/** What Prometheus is to answer: the first pattern that a query matches decides. A number stands for one series without labels. */
export type Metrics = readonly (readonly [query: RegExp, answer: number | readonly Pick<Series, 'labels' | 'points'>[] | 'none'])[];

/** An alert that the rules endpoint is to report, with the rule as it is loaded. */
export interface Firing {
  readonly alert: string;
  readonly expr: string;
  /** Seconds. */
  readonly for: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** The expression of a recording rule that the rule rests on. */
  readonly record?: string;
  /** Minutes ago; absent: the rule is loaded and nothing fires. */
  readonly since?: number;
}

/** What stands behind the door of a spec. */
export interface Behind {
  readonly cluster: Cluster;
  readonly user: User;
  readonly rules: readonly Firing[];
  readonly metrics: Metrics;
}

const json = (status: number, body: unknown, date: number): Reply => ({ state: 'answered', status, body: JSON.stringify(body), date });

const rulesAnswer = ({ rules, cluster }: Behind) => ({
  status: 'success',
  data: {
    groups: [{
      name: 'kubevirt.rules', file: 'kubevirt.yaml', interval: 30,
      rules: rules.flatMap((rule) => [...(rule.record ? [{ type: 'recording', name: rule.expr.split(' ')[0], query: rule.record.replaceAll('$NAMESPACE', 'openshift-cnv') }] : []), {
        type: 'alerting', name: rule.alert, query: rule.expr, duration: rule.for, labels: rule.labels ?? {}, annotations: rule.annotations ?? {}, health: 'ok',
        alerts: rule.since === undefined ? [] : [{
          labels: { alertname: rule.alert, ...rule.labels }, annotations: rule.annotations ?? {}, state: 'firing',
          activeAt: new Date(cluster.now().getTime() - rule.since * 60_000).toISOString(),
        }],
      }]),
    }],
  },
});

const metricsAnswer = (path: string, { metrics, cluster }: Behind) => {
  const parameters = new URL(path, 'http://prometheus').searchParams;
  const query = parameters.get('query') ?? '';
  const now = cluster.now().getTime() / 1000;
  const found = query.startsWith('max(timestamp(') ? now : metrics.find(([pattern]) => pattern.test(query))?.[1] ?? 'none';
  const series = found === 'none' ? [] : typeof found === 'number' ? [{ labels: {}, points: [[now, found] as const] }] : found;
  const written = series.map(({ labels, points }) => (path.startsWith('/api/v1/query_range')
    ? { metric: labels, values: points.map(([at, value]) => [at, String(value)]) }
    : { metric: labels, value: [now, String(points.at(-1)?.[1])] }));
  return { status: 'success', data: { resultType: 'vector', result: written } };
};

/**
 * A door to the world in process: the same reader as in the browser reads the same bytes. Prometheus is not simulated:
 * what it answers is written in the spec. That the real one answers so is proved on the sandbox.
 */
export const doorTo = (behind: Behind): Transport => ({
  get: async ({ to, path, accept, body }) => {
    const date = behind.cluster.now().getTime();
    if (to !== 'kubernetes') {
      const allowed = behind.user.rules.some(({ apiGroups, resources }) => ['monitoring.coreos.com', '*'].some((group) => apiGroups.includes(group)) && ['prometheuses/api', '*'].some((resource) => resources.includes(resource)));
      if (to === 'prometheus' && !allowed) return json(403, { kind: 'Status', message: 'forbidden' }, date);
      return json(200, path.startsWith('/api/v1/rules') ? rulesAnswer(behind) : metricsAnswer(path, behind), date);
    }
    const reply = answer(behind.cluster, {
      method: body === undefined ? 'GET' : 'POST', path, user: behind.user,
      headers: { accept: accept ?? 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { state: 'answered', status: reply.status, body: reply.body, date };
  },
});

/** Runs a diagnosis to its end through a door. The local clock stands still at `now` (milliseconds since 1970). */
export const diagnose = async (runbook: Runbook, labels: Readonly<Record<string, string>>, transport: Transport, now: number): Promise<Diagnosis> => {
  const clock = createClock(() => now);
  const diagnosis = createDiagnosis(runbook, labels, clock.now);
  const leaving = new AbortController();
  await drive(diagnosis, createReader(limited(transport, 6), clock), leaving.signal).settled();
  leaving.abort();
  return diagnosis;
};
