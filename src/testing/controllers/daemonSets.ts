import { eventsAbout, say } from '../builders/event';
import { controllerOf, isReady, pod as newPod } from '../builders/pod';
import { admit } from '../api/admission';
import { ApiError } from '../api/status';
import type { Cluster } from '../cluster';
import type { DaemonSet, Node, Pod, Taint, Toleration } from '../objects';
import { templateHash } from './deployments';
import { isSelected, tolerates } from './scheduler';
import { terminate } from './termination';

const CONTROLLER = 'daemonset-controller';
const REVISION = 'controller-revision-hash';

/** What every pod of a DaemonSet tolerates (k8s.io/kubernetes pkg/controller/daemon/util). */
const TOLERATIONS: Toleration[] = [
  ...['not-ready', 'unreachable'].map((key) => ({ key: `node.kubernetes.io/${key}`, operator: 'Exists' as const, effect: 'NoExecute' })),
  ...['disk-pressure', 'memory-pressure', 'pid-pressure', 'unschedulable'].map((key) => ({ key: `node.kubernetes.io/${key}`, operator: 'Exists' as const, effect: 'NoSchedule' })),
];

/** The node that a pod of a DaemonSet is for: it asks for it by name, and the scheduler binds it there if there is room. */
function hostOf({ spec }: Pod): string | undefined {
  const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  return spec.nodeName ?? terms.flatMap(({ matchFields = [] }) => matchFields.flatMap(({ values = [] }) => values))[0];
}

/** Gives every fitting node its pod, takes those away that may not stay, replaces what ended or is of an older template, and counts. */
export function reconcileDaemonSets(cluster: Cluster): void {
  for (const set of cluster.list('DaemonSet')) {
    const nodes = cluster.list('Node');
    const wanted = nodes.filter((node) => isKeptOn(set, node, ['NoSchedule', 'NoExecute']));
    const ours = (): readonly Pod[] => cluster.list('Pod', set.metadata.namespace).filter((pod) => controllerOf(pod)?.uid === set.metadata.uid);
    const isOn = (pod: Pod, node: Node): boolean => hostOf(pod) === node.metadata.name;
    for (const ended of ours().filter((pod) => pod.status.phase === 'Failed' && !isYoung(cluster, pod))) cluster.remove('Pod', ended.metadata.namespace, ended.metadata.name);
    for (const pod of ours()) if (!nodes.some((node) => isOn(pod, node) && isKeptOn(set, node, ['NoExecute']))) terminate(cluster, pod);
    const missing = waitsAfterRefusal(cluster, set) ? [] : wanted.filter((node) => !ours().some((pod) => isOn(pod, node)));
    for (const node of missing) createPod(cluster, set, node);
    roll(cluster, set, ours());
    report(cluster, set, wanted, ours());
  }
}

/** A refusal names the pod that was refused, which is another each time: the world tries once a minute. */
const waitsAfterRefusal = (cluster: Cluster, set: DaemonSet): boolean =>
  eventsAbout(cluster, set, 'FailedCreate').some(({ lastTimestamp }) => cluster.now().getTime() - new Date(lastTimestamp).getTime() < AFTER_FAILURE);

/** The real controller waits ever longer before it replaces a pod that failed; the world a minute, so that it comes to rest. */
const AFTER_FAILURE = 60_000;
const isYoung = (cluster: Cluster, pod: Pod): boolean => cluster.now().getTime() - new Date(pod.metadata.creationTimestamp ?? 0).getTime() < AFTER_FAILURE;

/** Whether labels and taints of these effects let a node have the pod; one that is there already minds NoExecute alone. */
function isKeptOn(set: DaemonSet, node: Node, effects: readonly Taint['effect'][]): boolean {
  const { spec } = set.spec.template;
  const tolerations = [...(spec.tolerations ?? []), ...TOLERATIONS];
  return isSelected({ spec }, node) && (node.spec.taints ?? []).every((taint) => !effects.includes(taint.effect) || tolerates(tolerations, taint));
}

function createPod(cluster: Cluster, set: DaemonSet, node: Node): void {
  const { template } = set.spec;
  const generateName = `${set.metadata.name}-`;
  const draft = newPod({
    namespace: set.metadata.namespace ?? '',
    name: generateName + cluster.random.letters(5),
    generateName,
    labels: { ...template.metadata.labels, [REVISION]: templateHash(template), 'pod-template-generation': String(set.metadata.generation ?? 1) },
    ...(template.metadata.annotations ? { annotations: template.metadata.annotations } : {}),
    owner: set,
    spec: template.spec,
  });
  draft.spec.tolerations = [...(template.spec.tolerations ?? []), ...TOLERATIONS];
  draft.spec.affinity = {
    ...template.spec.affinity,
    nodeAffinity: { ...template.spec.affinity?.nodeAffinity, requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [node.metadata.name] }] }] } },
  };
  try {
    const pod = cluster.create(admit(cluster, { operation: 'CREATE', object: draft }));
    say(cluster, set, { type: 'Normal', reason: 'SuccessfulCreate', message: `Created pod: ${pod.metadata.name}`, component: CONTROLLER });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    say(cluster, set, { type: 'Warning', reason: 'FailedCreate', message: `Error creating: ${error.message}`, component: CONTROLLER });
  }
}

const isCurrent = (set: DaemonSet, pod: Pod): boolean => pod.metadata.labels?.[REVISION] === templateHash(set.spec.template);

/** Takes the next pod of an older template away while no more than one is unavailable, as maxUnavailable 1 asks. */
function roll(cluster: Cluster, set: DaemonSet, pods: readonly Pod[]): void {
  const old = pods.filter((pod) => !isCurrent(set, pod));
  const broken = old.find((pod) => !isReady(pod));
  const next = broken ?? (pods.every(isReady) ? old[0] : undefined);
  if (next) terminate(cluster, next);
}

function report(cluster: Cluster, set: DaemonSet, wanted: readonly Node[], pods: readonly Pod[]): void {
  const names = wanted.map(({ metadata }) => metadata.name);
  const placed = pods.filter((pod) => names.includes(hostOf(pod) ?? ''));
  const ready = placed.filter(isReady).length;
  const desired = names.length;
  const status = {
    desiredNumberScheduled: desired,
    currentNumberScheduled: placed.length,
    numberReady: ready,
    numberMisscheduled: pods.length - placed.length,
    updatedNumberScheduled: placed.filter((pod) => isCurrent(set, pod)).length,
    observedGeneration: set.metadata.generation ?? 1,
    ...(ready > 0 ? { numberAvailable: ready } : {}),
    ...(desired > ready ? { numberUnavailable: desired - ready } : {}),
  };
  cluster.assign('DaemonSet', set.metadata.namespace, set.metadata.name, { status });
}
