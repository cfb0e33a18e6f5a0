import { type Series } from '../engine';
import { type Cluster } from './cluster';
import { pass } from './controllers';
import { type Metrics } from './door';
import { metricsOf } from './metrics';
import { type MetricSample } from './types';

/** Rates are taken over the last five minutes, whatever window is asked for: the fault lasts longer than any of them. */
const WINDOW = 300;

type Rate = Pick<MetricSample, 'labels' | 'value'>;

const keyOf = ({ name, labels }: MetricSample): string => `${name} ${JSON.stringify(labels)}`;

const rates = (name: string, before: readonly MetricSample[], after: readonly MetricSample[]): readonly Rate[] => {
  const then = new Map(before.map((one) => [keyOf(one), one.value]));
  return after.filter((one) => one.name === name).map((one) => ({ labels: one.labels, value: Math.max(0, one.value - (then.get(keyOf(one)) ?? 0)) / WINDOW }));
};

const sumBy = (labels: readonly string[], of: readonly Rate[], now: number): readonly Pick<Series, 'labels' | 'points'>[] => {
  const sums = new Map<string, { labels: Record<string, string>; value: number }>();
  for (const { labels: all, value } of of) {
    const kept = Object.fromEntries(labels.map((label) => [label, all[label] ?? '']));
    const key = JSON.stringify(kept);
    sums.set(key, { labels: kept, value: (sums.get(key)?.value ?? 0) + value });
  }
  return [...sums.values()].map(({ labels: kept, value }) => ({ labels: kept, points: [[now, value]] }));
};

const isFailed = ({ labels: { code = '' } }: Rate): boolean => /^[45]\d\d$/.test(code);
const isUnanswered = ({ labels: { code } }: Rate): boolean => code === '<error>';

const answersAbout = (workload: string, all: readonly Rate[], after: readonly MetricSample[], now: number): Metrics => {
  const calls = all.filter(({ labels }) => labels['pod']?.startsWith(`${workload}-`) && labels['namespace'] === 'openshift-cnv');
  const failed = calls.filter(isFailed);
  const most = sumBy(['verb', 'resource'], failed, now).toSorted((a, b) => (b.points[0]?.[1] ?? 0) - (a.points[0]?.[1] ?? 0))[0]?.labels ?? {};
  const same = (of: readonly Rate[]): readonly Rate[] => of.filter(({ labels }) => labels['verb'] === most['verb'] && labels['resource'] === most['resource']);
  const up = after.filter(({ name, labels, value }) => name === 'up' && value === 1 && labels['pod']?.startsWith(`${workload}-`));
  const about = (query: string): RegExp => new RegExp(`^${query.replaceAll('WORKLOAD', `pod=~"${workload}-`)}`);
  return [
    [about('sum by \\(code\\).*WORKLOAD'), sumBy(['code'], calls, now)],
    [about('topk\\(20, sum by \\(verb, resource, code\\).*WORKLOAD'), sumBy(['verb', 'resource', 'code'], failed, now)],
    [about('sum by \\(pod\\).*WORKLOAD.*\\(4\\|5\\).*,verb='), sumBy(['pod'], same(failed), now)],
    [about('sum by \\(pod\\).*WORKLOAD.*,verb='), sumBy(['pod'], same(calls), now)],
    [about('sum by \\(pod\\).*WORKLOAD.*\\(4\\|5\\)'), sumBy(['pod'], failed, now)],
    [about('sum by \\(pod\\).*WORKLOAD.*<error>'), sumBy(['pod'], calls.filter(isUnanswered), now)],
    [about('sum by \\(pod\\) \\(rate\\((kubevirt_)?rest_client.*WORKLOAD'), sumBy(['pod'], calls, now)],
    [about('histogram_quantile.*rest_client_rate_limiter.*WORKLOAD'), calls.length === 0 ? 'none' : 0.001],
    [about('up\\{namespace="[^"]*",WORKLOAD'), up.map(({ labels }) => ({ labels, points: [[now, 1]] }))],
  ];
};

const WORKLOADS = ['virt-operator', 'virt-api', 'virt-controller', 'virt-handler'];

/**
 * What Prometheus answers about the calls of KubeVirt's programs, counted here from the same samples that it scrapes, now and five minutes later
 * in a world that goes on as this one is. The queries themselves are proved on a real Prometheus.
 */
export const restMetrics = (cluster: Cluster): Metrics => {
  const later = cluster.copy();
  pass(later, WINDOW * 1000);
  const before = metricsOf(cluster);
  const after = metricsOf(later);
  const now = cluster.now().getTime() / 1000;
  const calls = rates('kubevirt_rest_client_requests_total', before, after);
  const rejected = rates('apiserver_flowcontrol_rejected_requests_total', before, after).filter(({ value }) => value > 0);
  return [
    ...WORKLOADS.flatMap((workload) => answersAbout(workload, calls, after, now)),
    [/^topk\(10, sum by \(flow_schema/, sumBy(['flow_schema', 'priority_level', 'reason'], rejected, now)],
    [/^sum\(rate\(apiserver_flowcontrol_dispatched/, 12],
  ];
};
