import { ApiError } from '../api/status';
import { admit } from '../api/admission';
import { eventsAbout, say } from '../builders/event';
import { controllerOf, isReady, pod as newPod } from '../builders/pod';
import type { Cluster } from '../cluster';
import type { Pod, ReplicaSet } from '../objects';
import { withCondition, withoutCondition } from './conditions';
import { terminate } from './termination';

const CONTROLLER = 'replicaset-controller';

/** Pods a ReplicaSet counts: those that have not ended and are not being deleted. */
const isActive = (pod: Pod): boolean => pod.status.phase !== 'Succeeded' && pod.status.phase !== 'Failed' && pod.metadata.deletionTimestamp === undefined;

/** Creates missing pods and deletes surplus ones of every ReplicaSet. */
export function reconcileReplicaSets(cluster: Cluster): void {
  for (const set of cluster.list('ReplicaSet')) {
    if (!cluster.get('ReplicaSet', set.metadata.namespace, set.metadata.name)) continue;
    const pods = cluster.list('Pod', set.metadata.namespace).filter((pod) => controllerOf(pod)?.uid === set.metadata.uid && isActive(pod));
    const missing = waitsAfterFailure(cluster, set) ? Math.min(0, set.spec.replicas - pods.length) : set.spec.replicas - pods.length;
    const refusal = missing > 0 ? createPods(cluster, set, missing) : undefined;
    if (missing < 0) deletePods(cluster, set, pods, -missing);
    reportStatus(cluster, set, refusal);
  }
}

/**
 * The real controller replaces a failed pod at once, hundreds of times if it must. The world waits a minute in between, so
 * that it comes to rest.
 */
const AFTER_FAILURE = 60_000;

function waitsAfterFailure(cluster: Cluster, set: ReplicaSet): boolean {
  const ended = cluster.list('Pod', set.metadata.namespace).filter((pod) => controllerOf(pod)?.uid === set.metadata.uid && pod.status.phase === 'Failed' && /^Pod was rejected/.test(pod.status.message ?? ''));
  const last = Math.max(...ended.map((pod) => new Date(pod.metadata.creationTimestamp ?? 0).getTime()));
  return cluster.now().getTime() - last < AFTER_FAILURE;
}

function podOf(cluster: Cluster, set: ReplicaSet): Pod {
  const { template } = set.spec;
  const generateName = `${set.metadata.name}-`;
  return newPod({
    namespace: set.metadata.namespace ?? '',
    name: generateName + cluster.random.letters(5),
    generateName,
    labels: template.metadata.labels,
    ...(template.metadata.annotations ? { annotations: template.metadata.annotations } : {}),
    owner: set,
    spec: template.spec,
  });
}

/** Creates pods until admission refuses one; returns the refusal. */
function createPods(cluster: Cluster, set: ReplicaSet, count: number): ApiError | undefined {
  for (let created = 0; created < count; created += 1) {
    try {
      const pod = cluster.create(admit(cluster, { operation: 'CREATE', object: podOf(cluster, set) }));
      say(cluster, set, { type: 'Normal', reason: 'SuccessfulCreate', message: `Created pod: ${pod.metadata.name}`, component: CONTROLLER });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      noteRefusal(cluster, set, error);
      return error;
    }
  }
  return undefined;
}

/** The controller tries again after ever longer pauses, at most about a quarter of an hour; each try leaves an event. */
const LONGEST_PAUSE = 1000;

function noteRefusal(cluster: Cluster, set: ReplicaSet, error: ApiError): void {
  const tries = eventsAbout(cluster, set, 'FailedCreate');
  const now = cluster.now().getTime();
  const first = Math.min(now, ...tries.map((event) => new Date(event.firstTimestamp).getTime()));
  const last = Math.max(...tries.map((event) => new Date(event.lastTimestamp).getTime()));
  const pause = Math.min(LONGEST_PAUSE, Math.max(1, (last - first) / 1000)) * 1000;
  if (tries.length > 0 && now - last < pause) return;
  say(cluster, set, { type: 'Warning', reason: 'FailedCreate', message: `Error creating: ${error.message}`, component: CONTROLLER });
}

function deletePods(cluster: Cluster, set: ReplicaSet, pods: readonly Pod[], count: number): void {
  const order = (pod: Pod): number => (pod.spec.nodeName === undefined ? 0 : isReady(pod) ? 2 : 1);
  for (const pod of [...pods].sort((a, b) => order(a) - order(b)).slice(0, count)) {
    terminate(cluster, pod);
    say(cluster, set, { type: 'Normal', reason: 'SuccessfulDelete', message: `Deleted pod: ${pod.metadata.name}`, component: CONTROLLER });
  }
}

function reportStatus(cluster: Cluster, set: ReplicaSet, refusal: ApiError | undefined): void {
  const pods = cluster.list('Pod', set.metadata.namespace).filter((pod) => controllerOf(pod)?.uid === set.metadata.uid && isActive(pod));
  const ready = pods.filter(isReady).length;
  const before = cluster.get('ReplicaSet', set.metadata.namespace, set.metadata.name) ?? set;
  const failing = before.status.conditions?.some((condition) => condition.type === 'ReplicaFailure') ?? false;
  // A condition that is there is left alone, even when the next refusal has other words.
  const conditions = !refusal
    ? withoutCondition(before.status.conditions, 'ReplicaFailure')
    : failing
      ? (before.status.conditions ?? [])
      : withCondition(before.status.conditions, { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: refusal.message }, cluster.now());
  const status = {
    replicas: pods.length,
    ...(pods.length > 0 ? { fullyLabeledReplicas: pods.length } : {}),
    ...(ready > 0 ? { readyReplicas: ready, availableReplicas: ready } : {}),
    observedGeneration: before.metadata.generation ?? 1,
    ...(conditions.length > 0 ? { conditions } : {}),
  };
  cluster.assign('ReplicaSet', set.metadata.namespace, set.metadata.name, { status });
}
