import { type Series } from '../engine';
import { type Cluster } from './cluster';
import { type Metrics } from './door';
import { metricsOf } from './metrics';

/** What Prometheus answers to the queries about the election of a component, taken from the same samples that it scrapes. */
export const leaderMetrics = (cluster: Cluster, component: 'virt-operator' | 'virt-controller' = 'virt-operator'): Metrics => {
  const now = cluster.now().getTime() / 1000;
  const ours = metricsOf(cluster).filter(({ labels }) => labels['namespace'] === 'openshift-cnv' && labels['pod']?.startsWith(`${component}-`));
  const named = (name: string): readonly Series[] => ours.filter((one) => one.name === name).map(({ labels, value }) => ({ labels, points: [[now, value]] }));
  const status = (what: string): Metrics[number] => {
    const name = `kubevirt_${component.replace('-', '_')}_${what}_status`;
    return [new RegExp(`^${name}\\{`), named(name)];
  };
  return [
    status('leading'), status('ready'),
    ...named('up').map((series): Metrics[number] => [new RegExp(`^up\\{.*pod="${series.labels['pod'] ?? ''}"`), [series]]),
  ];
};
