import { type Series } from '../engine';
import { type Cluster } from './cluster';
import { type Metrics } from './door';
import { metricsOf } from './metrics';
import { type MetricSample } from './types';

/** What Prometheus answers to the queries about pods of a component, counted here from the same samples that it scrapes. */
export const workloadMetrics = (cluster: Cluster, component: string): Metrics => {
  const samples = metricsOf(cluster);
  const now = cluster.now().getTime() / 1000;
  const isOurs = ({ labels }: MetricSample): boolean => labels['namespace'] === 'openshift-cnv' && (labels['pod']?.startsWith(`${component}-`) ?? false);
  const series = (some: readonly MetricSample[]): readonly Series[] => some.map(({ labels, value }) => ({ labels, points: [[now, value]] }));
  const counted = (some: readonly MetricSample[]): number | 'none' => some.length || 'none';
  const added = (some: readonly MetricSample[]): number | 'none' => (some.length === 0 ? 'none' : some.reduce((sum, { value }) => sum + value, 0));
  const phases = samples.filter(({ name, labels }) => name === 'kube_pod_status_phase' && labels['namespace'] === 'openshift-cnv');
  const up = samples.filter(({ name }) => name === 'up');
  const ownReady = `kubevirt_${component.replaceAll('-', '_')}_ready_status`;
  return [
    [/^count\(kube_pod_status_phase\{.*phase="Running"\} == 1\)/, counted(phases.filter((one) => isOurs(one) && one.labels['phase'] === 'Running' && one.value === 1))],
    [/^count\(kube_pod_status_phase\{namespace="[^"]*"\} == 1\)/, counted(phases.filter(({ value }) => value === 1))],
    [/^count\(kube_pod_status_phase\{namespace="[^"]*"\}\)/, counted(phases)],
    [/^sum\(up\{job="kube-state-metrics"\}\)/, added(up.filter(({ labels }) => labels['job'] === 'kube-state-metrics'))],
    [/^sum\(up\{namespace=/, added(up.filter(isOurs))],
    [/^up\{namespace="[^"]*", pod=~/, series(up.filter(isOurs))],
    [new RegExp(`^\\{__name__="${ownReady}"`), series(samples.filter((one) => isOurs(one) && one.name === ownReady))],
  ];
};

const COMPONENTS = ['virt-operator', 'virt-api', 'virt-controller', 'virt-handler'] as const;
/** Queries that are the same for every component but for the pods they name. */
const OF_PODS = /phase="Running"|\^sum\\\(up\\\{namespace|\^up\\\{namespace/;

/** The same for all components at once: a query about pods is answered with those of the component that it names. */
export const controlPlaneMetrics = (cluster: Cluster): Metrics => COMPONENTS.flatMap((component) => workloadMetrics(cluster, component).map(([pattern, answer]): Metrics[number] =>
  [OF_PODS.test(pattern.source) ? new RegExp(`(?=.*pod=~"${component}-)${pattern.source}`) : pattern, answer]));
