import { type Series } from '../engine';
import { type Cluster } from './cluster';
import { type Metrics } from './door';
import { metricsOf } from './metrics';
import { type MetricSample } from './types';

type Count = Pick<Series, 'labels' | 'points'>;

const count = (of: readonly (readonly [by: Readonly<Record<string, string>>, value: number])[], at: number): readonly Count[] => {
  const sums = new Map<string, { labels: Readonly<Record<string, string>>; value: number }>();
  for (const [labels, value] of of) {
    const key = JSON.stringify(labels);
    sums.set(key, { labels, value: (sums.get(key)?.value ?? 0) + value });
  }
  return [...sums.values()].map(({ labels, value }) => ({ labels, points: [[at, value]] }));
};

/**
 * What Prometheus answers to the queries about failed launchers, counted here from the same samples that it scrapes.
 * `sinceMinutes`: when the pods of the world failed; the range query rises then. The queries themselves are proved on a real Prometheus.
 */
export const launcherMetrics = (cluster: Cluster, sinceMinutes: number): Metrics => {
  const samples = metricsOf(cluster);
  const now = cluster.now().getTime() / 1000;
  const named = (name: string, labels: Readonly<Record<string, string>> = {}): readonly MetricSample[] =>
    samples.filter((one) => one.name === name && one.value === 1 && Object.entries(labels).every(([key, value]) => one.labels[key] === value));
  const launcher = (one: MetricSample): boolean => /^virt-launcher-/.test(one.labels['pod'] ?? '');
  const failed = named('kube_pod_status_phase', { phase: 'Failed' }).filter(launcher);
  const keyOf = ({ labels }: MetricSample): string => `${labels['namespace']}/${labels['pod']}`;
  const isFailed = new Set(failed.map(keyOf));
  const nodes = new Map(named('kube_pod_info').map((one) => [keyOf(one), one.labels['node'] ?? '']));
  const among = (name: string) => named(name).filter((one) => isFailed.has(keyOf(one)));
  const total = failed.length;
  const hour = Array.from({ length: 14 }, (_, i) => now - (13 - i) * 300).map((at): [number, number] => [at, at < now - sinceMinutes * 60 ? 0 : total]);
  const perVm = failed.map((one) => [{
    namespace: one.labels['namespace'] ?? '', node: nodes.get(keyOf(one)) ?? '', vmi: /^virt-launcher-(.+?)-?[a-z0-9]{5}$/.exec(one.labels['pod'] ?? '')?.[1] ?? '',
  }, 1] as const);
  return [
    [/^sum\(kube_pod_status_phase\{phase="Failed",pod=/, [{ labels: {}, points: hour }]],
    [/^count\(kube_pod_status_phase\{phase="Failed"\}\)/, samples.filter(({ name, labels }) => name === 'kube_pod_status_phase' && labels['phase'] === 'Failed').length],
    [/^count\(kube_pod_status_phase\{phase="Failed",pod=/, total === 0 ? 'none' : total],
    [/^count by \(namespace\)/, count(failed.map(({ labels: { namespace = '' } }) => [{ namespace }, 1]), now)],
    [/^count by \(node\)/, count(failed.map((one) => [{ node: nodes.get(keyOf(one)) ?? '' }, 1]), now)],
    [/^topk\(20, count by \(namespace, node, vmi\)/, count(perVm, now).toSorted((a, b) => (b.points[0]?.[1] ?? 0) - (a.points[0]?.[1] ?? 0)).slice(0, 20)],
    [/^count by \(reason\) \(\(kube_pod_status_reason/, count(among('kube_pod_status_reason').map(({ labels: { reason = '' } }) => [{ reason }, 1]), now)],
    [/^count by \(container, reason\)/, count(among('kube_pod_container_status_terminated_reason').map(({ labels: { container = '', reason = '' } }) => [{ container, reason }, 1]), now)],
    [/^sum\(kube_pod_status_phase\{phase="Pending"/, named('kube_pod_status_phase', { phase: 'Pending' }).filter(launcher).length],
    [/^sum\(max by \(__name__\)/, 'none'],
  ];
};
