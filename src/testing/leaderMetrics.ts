import { type Series } from '../engine';
import { type Cluster } from './cluster';
import { type Metrics } from './door';
import { metricsOf } from './metrics';

/** What Prometheus answers to the queries about the election of virt-operator, taken from the same samples that it scrapes. */
export const leaderMetrics = (cluster: Cluster): Metrics => {
  const now = cluster.now().getTime() / 1000;
  const ours = metricsOf(cluster).filter(({ labels }) => labels['namespace'] === 'openshift-cnv' && /^virt-operator-/.test(labels['pod'] ?? ''));
  const named = (name: string): readonly Series[] => ours.filter((one) => one.name === name).map(({ labels, value }) => ({ labels, points: [[now, value]] }));
  return [
    [/^kubevirt_virt_operator_leading_status\{/, named('kubevirt_virt_operator_leading_status')],
    [/^kubevirt_virt_operator_ready_status\{/, named('kubevirt_virt_operator_ready_status')],
    ...named('up').map((series): Metrics[number] => [new RegExp(`^up\\{.*pod="${series.labels['pod'] ?? ''}"`), [series]]),
  ];
};
