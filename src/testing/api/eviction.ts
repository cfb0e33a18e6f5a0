import type { Cluster } from '../cluster';
import type { Pod } from '../objects';
import { matches } from '../selectors';
import type { KubeObject } from '../types';
import { admit } from './admission';
import { parseBody } from './patch';
import type { Target } from './path';
import { read } from './read';
import { ApiError, type Status } from './status';
import { type DeleteOptions, isDryRun, remove, type Writer } from './write';

interface Budget extends KubeObject {
  spec: { minAvailable?: number | string; maxUnavailable?: number | string; selector?: { matchLabels?: Record<string, string> } };
}

const isReady = ({ status }: Pod): boolean => (status.conditions ?? []).some(({ type, status: is }) => type === 'Ready' && is === 'True');

/** A number of pods, or a share of them rounded up (k8s.io/kubernetes pkg/controller/disruption). */
const part = (of: number | string, pods: number): number => (typeof of === 'number' ? of : Math.ceil((Number.parseInt(of, 10) * pods) / 100));

/** What a budget leaves, counted from the pods as they are: the world has no controller that writes it into the status. */
function roomOf(cluster: Cluster, { metadata, spec }: Budget): { healthy: number; needed: number } {
  const pods = cluster.list('Pod', metadata.namespace).filter((pod) => matches(pod.metadata.labels, spec.selector));
  const needed = spec.minAvailable === undefined ? pods.length - part(spec.maxUnavailable ?? 0, pods.length) : part(spec.minAvailable, pods.length);
  return { healthy: pods.filter(isReady).length, needed: Math.max(0, needed) };
}

/** Throws what the server says while a budget forbids it (k8s.io/kubernetes pkg/registry/core/pod/storage/eviction.go). */
function keepBudgets(cluster: Cluster, pod: Pod): void {
  const budgets = (cluster.list('PodDisruptionBudget', pod.metadata.namespace) as readonly Budget[]).filter(({ spec }) => matches(pod.metadata.labels, spec.selector));
  if (budgets.length > 1) throw new ApiError(500, undefined, 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.');
  const [budget] = budgets;
  if (!budget || !isReady(pod)) return;
  const { healthy, needed } = roomOf(cluster, budget);
  if (healthy > needed) return;
  const message = `The disruption budget ${budget.metadata.name} needs ${String(needed)} healthy pods and has ${String(healthy)} currently`;
  throw new ApiError(429, 'TooManyRequests', "Cannot evict pod as it would violate the pod's disruption budget.", { causes: [{ reason: 'DisruptionBudget', message }] });
}

/** POST on `pods/eviction`: a delete that keeps disruption budgets, and asks the webhooks that guard evictions. Throws what the server would refuse. */
export function evict(writer: Writer, target: Target): Status {
  const { cluster, request, query } = writer;
  const pod = read(cluster, target) as Pod;
  const { deleteOptions = {} } = parseBody(request.body, 'Eviction') as { deleteOptions?: DeleteOptions };
  for (const value of deleteOptions.dryRun ?? []) query.append('dryRun', value);
  const dryRun = isDryRun(writer);
  admit(cluster, { operation: 'CREATE', object: pod, subresource: 'eviction', dryRun });
  const isOver = pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed' || pod.status.phase === 'Pending' || pod.metadata.deletionTimestamp !== undefined;
  if (!isOver) keepBudgets(cluster, pod);
  remove({ ...writer, query: new URLSearchParams(), request: { ...request, method: 'DELETE', body: JSON.stringify(deleteOptions) } }, target);
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 };
}
