import { say } from '../builders/event';
import { controllerOf, isReady, pod as newPod } from '../builders/pod';
import { admit } from '../api/admission';
import { ApiError } from '../api/status';
import type { Cluster } from '../cluster';
import type { DaemonSet, Node, Pod, Toleration } from '../objects';
import { isSelected, tolerates } from './scheduler';

const CONTROLLER = 'daemonset-controller';

/** What every pod of a DaemonSet tolerates (k8s.io/kubernetes pkg/controller/daemon/util). */
const TOLERATIONS: Toleration[] = [
  ...['not-ready', 'unreachable'].map((key) => ({ key: `node.kubernetes.io/${key}`, operator: 'Exists' as const, effect: 'NoExecute' })),
  ...['disk-pressure', 'memory-pressure', 'pid-pressure', 'unschedulable'].map((key) => ({ key: `node.kubernetes.io/${key}`, operator: 'Exists' as const, effect: 'NoSchedule' })),
];

/** Gives every fitting node its pod, replaces pods that ended, and counts. */
export function reconcileDaemonSets(cluster: Cluster): void {
  for (const set of cluster.list('DaemonSet')) {
    const nodes = cluster.list('Node').filter((node) => fits(set, node));
    const ours = (): readonly Pod[] => cluster.list('Pod', set.metadata.namespace).filter((pod) => controllerOf(pod)?.uid === set.metadata.uid);
    for (const ended of ours().filter((pod) => pod.status.phase === 'Failed')) cluster.remove('Pod', ended.metadata.namespace, ended.metadata.name);
    for (const node of nodes.filter(({ metadata }) => !ours().some((pod) => pod.spec.nodeName === metadata.name))) createPod(cluster, set, node);
    report(cluster, set, nodes.length, ours());
  }
}

function fits(set: DaemonSet, node: Node): boolean {
  const { spec } = set.spec.template;
  const tolerations = [...(spec.tolerations ?? []), ...TOLERATIONS];
  return isSelected({ spec }, node) && (node.spec.taints ?? []).every((taint) => taint.effect === 'PreferNoSchedule' || tolerates(tolerations, taint));
}

function createPod(cluster: Cluster, set: DaemonSet, node: Node): void {
  const { template } = set.spec;
  const generateName = `${set.metadata.name}-`;
  const draft = newPod({
    namespace: set.metadata.namespace ?? '',
    name: generateName + cluster.random.letters(5),
    generateName,
    labels: { ...template.metadata.labels, 'pod-template-generation': '1' },
    ...(template.metadata.annotations ? { annotations: template.metadata.annotations } : {}),
    owner: set,
    spec: { ...template.spec, nodeName: node.metadata.name },
  });
  draft.spec.tolerations = [...(template.spec.tolerations ?? []), ...TOLERATIONS];
  try {
    const pod = cluster.create(admit(cluster, { operation: 'CREATE', object: draft }));
    say(cluster, set, { type: 'Normal', reason: 'SuccessfulCreate', message: `Created pod: ${pod.metadata.name}`, component: CONTROLLER });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    say(cluster, set, { type: 'Warning', reason: 'FailedCreate', message: `Error creating: ${error.message}`, component: CONTROLLER, everySeconds: 60 });
  }
}

function report(cluster: Cluster, set: DaemonSet, desired: number, pods: readonly Pod[]): void {
  const ready = pods.filter(isReady).length;
  const status = {
    desiredNumberScheduled: desired,
    currentNumberScheduled: pods.length,
    numberReady: ready,
    numberMisscheduled: 0,
    updatedNumberScheduled: pods.length,
    observedGeneration: set.metadata.generation ?? 1,
    ...(ready > 0 ? { numberAvailable: ready } : {}),
    ...(desired > ready ? { numberUnavailable: desired - ready } : {}),
  };
  cluster.assign('DaemonSet', set.metadata.namespace, set.metadata.name, { status });
}
