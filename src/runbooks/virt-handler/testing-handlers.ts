import { type Cluster } from '../../testing/cluster';
import { pass } from '../../testing/controllers';
import { type Metrics } from '../../testing/door';
import { podsOf } from '../../testing/faults';
import { healthyCluster } from '../../testing/healthy';
import { scenarios } from '../../testing/scenarios';
import { clusterOf } from '../../testing/world';

const made = new Map<string, Cluster>();

/** The world of a scenario; a diagnosis only reads, so it is made once. */
export const worldOf = (id: string) => (): Cluster => {
  const scenario = scenarios.find((one) => one.id === id);
  if (!scenario) throw new Error(`There is no scenario ${id}`);
  const cluster = made.get(id) ?? clusterOf(scenario);
  made.set(id, cluster);
  return cluster;
};

/** A world in which something happened 23 minutes ago. */
export const suffering = (fault: (cluster: Cluster) => void) => (): Cluster => {
  const cluster = healthyCluster();
  fault(cluster);
  pass(cluster, 23 * 60_000);
  return cluster;
};

const byPod = (pods: readonly string[], value: number) => pods.map((pod) => ({ labels: { pod }, points: [[0, value] as const] }));

/** What Prometheus answers about virt-handler: how many pods run, how many it reaches, and what those say of themselves. */
export const counting = ({ running = 3, up = running, scraped = [] }: { readonly running?: number; readonly up?: number; readonly scraped?: readonly string[] }): Metrics => [
  [/^count\(kube_pod_status_phase\{.*phase="Running"\} == 1\)/, running === 0 ? 'none' : running],
  [/^count\(kube_pod_status_phase\{namespace="[^"]*"\}/, 400],
  [/^sum\(up\{job="kube-state-metrics"\}\)/, 1],
  [/^sum\(up\{namespace=/, up === 0 ? 'none' : up],
  [/^up\{namespace=/, byPod(scraped, 1)],
  [/kubevirt_virt_handler_ready_status/, byPod(scraped, 1)],
];

/** A world in which the first pods of a rollout were replaced, the last one so many minutes ago. */
export const rollingOut = (minutes: number) => (): Cluster => {
  const cluster = suffering(() => undefined)();
  const [young] = podsOf(cluster, 'virt-handler');
  const at = new Date(cluster.now().getTime() - minutes * 60_000).toISOString();
  cluster.update('Pod', young?.metadata.namespace, young?.metadata.name ?? '', (draft) => {
    draft.metadata.creationTimestamp = at;
  });
  const set = cluster.need('DaemonSet', 'openshift-cnv', 'virt-handler');
  cluster.assign('DaemonSet', 'openshift-cnv', 'virt-handler', { status: { ...set.status, updatedNumberScheduled: 1 } });
  return cluster;
};
