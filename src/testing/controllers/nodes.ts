import { say } from '../builders/event';
import { timestamp } from '../clock';
import type { Cluster } from '../cluster';
import type { Node, Pod, Taint } from '../objects';
import { isAlive } from './kubelet';
import { withCondition } from './conditions';
import { terminate } from './termination';
import { tolerates } from './scheduler';

const PREFIX = 'node.kubernetes.io/';
const HEARTBEAT_SECONDS = 300;

/** The taints the node lifecycle controller derives from a node's conditions (k8s.io/kubernetes pkg/controller/nodelifecycle). */
function taintsFor(node: Node): Pick<Taint, 'key' | 'effect'>[] {
  const statusOf = (type: string): string | undefined => node.status.conditions.find((condition) => condition.type === type)?.status;
  const both = (key: string): Pick<Taint, 'key' | 'effect'>[] => [{ key, effect: 'NoSchedule' }, { key, effect: 'NoExecute' }];
  const ready = statusOf('Ready');
  const pressures = [['MemoryPressure', 'memory-pressure'], ['DiskPressure', 'disk-pressure'], ['PIDPressure', 'pid-pressure']] as const;
  return [
    ...(ready === 'Unknown' ? both(`${PREFIX}unreachable`) : ready === 'False' ? both(`${PREFIX}not-ready`) : []),
    ...pressures.filter(([type]) => statusOf(type) === 'True').map(([, key]) => ({ key: `${PREFIX}${key}`, effect: 'NoSchedule' as const })),
    ...(node.spec.unschedulable ? [{ key: `${PREFIX}unschedulable`, effect: 'NoSchedule' as const }] : []),
  ];
}

/** Keeps taints in step with conditions, heartbeats of living kubelets fresh, and takes pods off nodes that are lost or tainted. */
export function watchNodes(cluster: Cluster): void {
  for (const node of cluster.list('Node')) {
    keepTaints(cluster, node);
    if (isAlive(node)) beat(cluster, node);
    else markPodsNotReady(cluster, node);
  }
  for (const pod of cluster.list('Pod')) evictFromTainted(cluster, pod);
}

function keepTaints(cluster: Cluster, node: Node): void {
  const wanted = taintsFor(node);
  const derived = /^node\.kubernetes\.io\/(not-ready|unreachable|unschedulable|(memory|disk|pid)-pressure)$/;
  const before = node.spec.taints ?? [];
  const kept = before.filter(({ key, effect }) => !derived.test(key) || wanted.some((taint) => taint.key === key && taint.effect === effect));
  const added = wanted.filter(({ key, effect }) => !before.some((taint) => taint.key === key && taint.effect === effect));
  const taints = [...kept, ...added.map((taint) => ({ ...taint, timeAdded: timestamp(cluster.now()) }))];
  const { taints: _before, ...rest } = node.spec;
  cluster.assign('Node', undefined, node.metadata.name, { spec: { ...rest, ...(taints.length > 0 ? { taints } : {}) } });
}

function beat(cluster: Cluster, node: Node): void {
  const last = node.status.conditions[0]?.lastHeartbeatTime;
  if (last !== undefined && cluster.now().getTime() - new Date(last).getTime() < HEARTBEAT_SECONDS * 1000) return;
  const heard = timestamp(cluster.now());
  cluster.update('Node', undefined, node.metadata.name, (draft) => {
    draft.status.conditions = draft.status.conditions.map((condition) => ({ ...condition, lastHeartbeatTime: heard }));
  });
}

function markPodsNotReady(cluster: Cluster, node: Node): void {
  const running = cluster.list('Pod').filter((pod) => pod.spec.nodeName === node.metadata.name && pod.status.phase === 'Running');
  for (const pod of running) {
    cluster.update('Pod', pod.metadata.namespace, pod.metadata.name, (draft) => {
      draft.status.conditions = withCondition(draft.status.conditions, { type: 'Ready', status: 'False', lastProbeTime: null }, cluster.now());
    });
  }
}

/** Deletes a pod from a node with a NoExecute taint once its toleration has run out. */
function evictFromTainted(cluster: Cluster, pod: Pod): void {
  if (pod.spec.nodeName === undefined || pod.metadata.deletionTimestamp !== undefined) return;
  const taints = cluster.get('Node', undefined, pod.spec.nodeName)?.spec.taints?.filter((taint) => taint.effect === 'NoExecute') ?? [];
  const now = cluster.now().getTime();
  const due = taints.some((taint) => {
    const tolerations = (pod.spec.tolerations ?? []).filter((toleration) => tolerates([toleration], taint));
    const seconds = Math.min(...tolerations.map((toleration) => toleration.tolerationSeconds ?? Infinity));
    return tolerations.length === 0 || now - new Date(taint.timeAdded ?? 0).getTime() >= seconds * 1000;
  });
  if (!due) return;
  const { namespace = '', name } = pod.metadata;
  say(cluster, pod, { type: 'Normal', reason: 'TaintManagerEviction', message: `Marking for deletion Pod ${namespace}/${name}`, component: 'taint-eviction-controller' });
  terminate(cluster, pod);
}
