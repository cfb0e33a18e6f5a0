import { holdsResources, requested } from '../api/admission';
import { say } from '../builders/event';
import { controllerOf } from '../builders/pod';
import { timestamp } from '../clock';
import type { Cluster } from '../cluster';
import type { Node, Pod, Taint, Toleration } from '../objects';
import { quantity } from '../quantity';
import { matches, meets } from '../selectors';
import { withCondition } from './conditions';

const SCHEDULER = 'default-scheduler';

/** Whether a pod puts up with a taint. */
export function tolerates(tolerations: readonly Toleration[] | undefined, taint: Taint): boolean {
  return (tolerations ?? []).some(
    ({ key, operator = 'Equal', value = '', effect }) =>
      (effect === undefined || effect === '' || effect === taint.effect) && (key === undefined || key === taint.key) && (operator === 'Exists' || value === (taint.value ?? '')),
  );
}

/** Whether a node has the labels a pod requires by nodeSelector and required node affinity. */
export function isSelected(pod: Pick<Pod, 'spec'>, node: Node): boolean {
  const { name, labels } = node.metadata;
  const terms = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  return matches(labels, { matchLabels: pod.spec.nodeSelector ?? {} }) && (terms === undefined || terms.some(({ matchExpressions = [], matchFields = [] }) =>
    matchExpressions.every((requirement) => meets(labels, requirement)) && matchFields.every((requirement) => meets({ 'metadata.name': name }, requirement))));
}

/** What is left on a node of one resource, counting what its pods request. */
function freeOn(cluster: Cluster, node: Node, resource: string): number {
  const pods = cluster.list('Pod').filter((pod) => pod.spec.nodeName === node.metadata.name && holdsResources(pod));
  const used = resource === 'pods' ? pods.length : pods.reduce((sum, pod) => sum + requested(pod, resource), 0);
  return quantity(node.status.allocatable[resource] ?? '0') - used;
}

/** Words of kube-scheduler 1.35 (k8s.io/kubernetes pkg/scheduler/framework/plugins), in the order its filters run. */
function reasonsAgainst(cluster: Cluster, pod: Pod, node: Node): string[] {
  const unschedulable = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' as const };
  if (!isNamed(pod, node)) return [NOT_NAMED];
  if (node.spec.unschedulable && !tolerates(pod.spec.tolerations, unschedulable)) return ['node(s) were unschedulable'];
  const repelling = (node.spec.taints ?? []).find((taint) => taint.effect !== 'PreferNoSchedule' && !tolerates(pod.spec.tolerations, taint));
  if (repelling) return ['node(s) had untolerated taint(s)'];
  if (!isSelected(pod, node)) return [NOT_SELECTED];
  const resources = [...new Set(pod.spec.containers.flatMap((container) => Object.keys(container.resources?.requests ?? {})))];
  const short = resources.filter((resource) => requested(pod, resource) > freeOn(cluster, node, resource)).map((resource) => `Insufficient ${resource}`);
  return freeOn(cluster, node, 'pods') < 1 ? ['Too many pods', ...short] : short;
}

/** A pod of a DaemonSet asks for one node by its name: the others are left out before any filter runs (`findNodesThatFitPod`). */
const isNamed = ({ spec }: Pod, node: Node): boolean => {
  const names = (spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? []).flatMap(({ matchFields = [] }) => matchFields);
  return names.every((requirement) => meets({ 'metadata.name': node.metadata.name }, requirement));
};

const NOT_NAMED = "node(s) didn't satisfy plugin(s) [NodeAffinity]";
const NOT_SELECTED = "node(s) didn't match Pod's node affinity/selector";

function histogram(reasons: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([reason, count]) => `${String(count)} ${reason}`).sort().join(', ');
}

/** The message of a pod that fits nowhere. Preemption is only described, never done: the world has no victims. */
function unschedulableMessage(against: readonly (readonly string[])[]): string {
  const total = `0/${String(against.length)} nodes are available`;
  const isResource = (reasons: readonly string[]): boolean => reasons.some((reason) => reason.startsWith('Insufficient') || reason === 'Too many pods');
  const preemption = against.map((reasons) => (isResource(reasons) ? 'No preemption victims found for incoming pod' : 'Preemption is not helpful for scheduling'));
  return `${total}: ${histogram(against.flat())}. preemption: ${total}: ${histogram(preemption)}.`;
}

/** Gives every waiting pod a node, or says why there is none. */
export function schedulePods(cluster: Cluster): void {
  const waiting = cluster.list('Pod').filter((pod) => pod.spec.nodeName === undefined && pod.status.phase === 'Pending' && pod.metadata.deletionTimestamp === undefined);
  for (const pod of waiting) {
    const nodes = cluster.list('Node');
    const against = nodes.map((node) => reasonsAgainst(cluster, pod, node));
    const best = nodes.filter((_, index) => against[index]?.length === 0).sort((a, b) => crowd(cluster, pod, a) - crowd(cluster, pod, b))[0];
    if (best) bind(cluster, pod, best);
    else refuse(cluster, pod, unschedulableMessage(against));
  }
}

/** Fewer pods of the same owner first, then fewer pods at all. */
function crowd(cluster: Cluster, pod: Pod, node: Node): number {
  const owner = controllerOf(pod)?.uid;
  const there = cluster.list('Pod').filter((other) => other.spec.nodeName === node.metadata.name);
  return there.filter((other) => owner !== undefined && controllerOf(other)?.uid === owner).length * 10_000 + there.length;
}

function bind(cluster: Cluster, pod: Pod, node: Node): void {
  const { namespace = '', name } = pod.metadata;
  const bound = cluster.update('Pod', namespace, name, (draft) => {
    draft.spec.nodeName = node.metadata.name;
    draft.status.conditions = withCondition(draft.status.conditions, { type: 'PodScheduled', status: 'True', lastProbeTime: null }, cluster.now());
    draft.status.startTime = timestamp(cluster.now());
  });
  if (bound) say(cluster, bound, { type: 'Normal', reason: 'Scheduled', message: `Successfully assigned ${namespace}/${name} to ${node.metadata.name}`, component: SCHEDULER });
}

/** Pods that fit nowhere are tried again every five minutes, or when something changes. */
const RETRY_SECONDS = 300;

function refuse(cluster: Cluster, pod: Pod, message: string): void {
  cluster.update('Pod', pod.metadata.namespace, pod.metadata.name, (draft) => {
    draft.status.conditions = withCondition(draft.status.conditions, { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message, lastProbeTime: null }, cluster.now());
  });
  say(cluster, pod, { type: 'Warning', reason: 'FailedScheduling', message, component: SCHEDULER, everySeconds: RETRY_SECONDS });
}
