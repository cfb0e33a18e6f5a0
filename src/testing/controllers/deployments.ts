import { ownedBy, controllerOf } from '../builders/pod';
import { say } from '../builders/event';
import { timestamp } from '../clock';
import type { Cluster } from '../cluster';
import type { Condition, Deployment, PodTemplate, ReplicaSet } from '../objects';
import { randomFrom } from '../random';
import { conditionOf, withCondition, withoutCondition } from './conditions';

const CONTROLLER = 'deployment-controller';

/** Templates come out of the store frozen: the same object always has the same hash. */
const hashes = new WeakMap<PodTemplate, string>();

/** A stable hash of a template in the letters Kubernetes uses; not its own FNV sum, but as short and as stable. */
export function templateHash(template: PodTemplate): string {
  const known = hashes.get(template);
  if (known !== undefined) return known;
  let hash = 0x811c9dc5;
  for (const letter of JSON.stringify(template)) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  const letters = randomFrom(hash).letters(10);
  hashes.set(template, letters);
  return letters;
}

/** The ReplicaSets a Deployment owns. */
export function replicaSetsOf(cluster: Cluster, deployment: Deployment): readonly ReplicaSet[] {
  return cluster.list('ReplicaSet', deployment.metadata.namespace).filter((set) => controllerOf(set)?.uid === deployment.metadata.uid);
}

const hashOf = (set: ReplicaSet): string | undefined => set.metadata.labels?.['pod-template-hash'];
const revisionOf = (set: ReplicaSet): number => Number(set.metadata.annotations?.['deployment.kubernetes.io/revision'] ?? '0');

/** Brings every Deployment one step nearer to its spec. */
export function reconcileDeployments(cluster: Cluster): void {
  for (const deployment of cluster.list('Deployment')) {
    if (deployment.metadata.deletionTimestamp !== undefined) continue;
    const sets = replicaSetsOf(cluster, deployment);
    const hash = templateHash(deployment.spec.template);
    const current = sets.find((set) => hashOf(set) === hash);
    if (current) roll(cluster, deployment, current, sets.filter((set) => set !== current));
    else createReplicaSet(cluster, deployment, hash, sets);
    reportStatus(cluster, deployment, hash);
  }
}

function createReplicaSet(cluster: Cluster, deployment: Deployment, hash: string, others: readonly ReplicaSet[]): void {
  const { name, namespace = '' } = deployment.metadata;
  const { replicas, template } = deployment.spec;
  const running = others.reduce((sum, set) => sum + set.spec.replicas, 0);
  const first = running === 0 ? replicas : Math.max(0, Math.min(replicas, replicas + surge(replicas) - running));
  const labels = { ...template.metadata.labels, 'pod-template-hash': hash };
  const revision = String(1 + Math.max(0, ...others.map(revisionOf)));
  const set = cluster.create<ReplicaSet>({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: `${name}-${hash}`, namespace, labels, annotations: revisionNotes(replicas, revision), ownerReferences: [ownedBy(deployment)] },
    spec: { replicas: first, selector: { matchLabels: { ...deployment.spec.selector.matchLabels, 'pod-template-hash': hash } }, template: { ...template, metadata: { ...template.metadata, labels } } },
    status: { replicas: 0 },
  });
  cluster.update('Deployment', namespace, name, (draft) => {
    draft.metadata.annotations = { ...draft.metadata.annotations, 'deployment.kubernetes.io/revision': revision };
  });
  if (first > 0) scaled(cluster, deployment, set, 0, first);
}

const surge = (replicas: number): number => Math.ceil(replicas * 0.25);
const revisionNotes = (replicas: number, revision: string): Record<string, string> => ({
  'deployment.kubernetes.io/desired-replicas': String(replicas),
  'deployment.kubernetes.io/max-replicas': String(replicas + surge(replicas)),
  'deployment.kubernetes.io/revision': revision,
});

function scaled(cluster: Cluster, deployment: Deployment, set: ReplicaSet, from: number, to: number): void {
  const message = `Scaled ${to > from ? 'up' : 'down'} replica set ${set.metadata.name} from ${String(from)} to ${String(to)}`;
  say(cluster, deployment, { type: 'Normal', reason: 'ScalingReplicaSet', message, component: CONTROLLER });
}

function scale(cluster: Cluster, deployment: Deployment, set: ReplicaSet, to: number): void {
  const from = set.spec.replicas;
  if (from === to) return;
  cluster.update('ReplicaSet', set.metadata.namespace, set.metadata.name, (draft) => {
    draft.spec.replicas = to;
    draft.metadata.annotations = { ...draft.metadata.annotations, ...revisionNotes(deployment.spec.replicas, draft.metadata.annotations?.['deployment.kubernetes.io/revision'] ?? '1') };
  });
  scaled(cluster, deployment, set, from, to);
}

/** Rolls from the old sets to the current one with 25 % surge and 25 % unavailable, which for two replicas is one more and none less. */
function roll(cluster: Cluster, deployment: Deployment, current: ReplicaSet, others: readonly ReplicaSet[]): void {
  const { replicas } = deployment.spec;
  const old = others.filter((set) => set.spec.replicas > 0);
  if (old.length === 0) {
    scale(cluster, deployment, current, replicas);
    return;
  }
  if (replicas === 0) {
    for (const set of [current, ...old]) scale(cluster, deployment, set, 0);
    return;
  }
  const total = current.spec.replicas + old.reduce((sum, set) => sum + set.spec.replicas, 0);
  const room = replicas + surge(replicas) - total;
  if (room > 0 && current.spec.replicas < replicas) scale(cluster, deployment, current, Math.min(replicas, current.spec.replicas + room));
  const available = [current, ...old].reduce((sum, set) => sum + (set.status.availableReplicas ?? 0), 0);
  let spare = available - (replicas - Math.floor(replicas * 0.25));
  for (const set of old) {
    // Pods that never became available may always go.
    const broken = set.spec.replicas - (set.status.availableReplicas ?? 0);
    const fewer = Math.min(set.spec.replicas, Math.max(0, spare) + broken);
    if (fewer > 0) scale(cluster, deployment, set, set.spec.replicas - fewer);
    spare -= Math.max(0, fewer - broken);
  }
}

function reportStatus(cluster: Cluster, deployment: Deployment, hash: string): void {
  const sets = replicaSetsOf(cluster, deployment);
  const current = sets.find((set) => hashOf(set) === hash);
  const sum = (of: (set: ReplicaSet) => number | undefined): number => sets.reduce((total, set) => total + (of(set) ?? 0), 0);
  const available = sum((set) => set.status.availableReplicas);
  const counts = {
    replicas: sum((set) => set.status.replicas),
    updatedReplicas: current?.status.replicas ?? 0,
    readyReplicas: sum((set) => set.status.readyReplicas),
    availableReplicas: available,
    unavailableReplicas: Math.max(0, Math.max(deployment.spec.replicas, sum((set) => set.status.replicas)) - available),
  };
  const status = {
    observedGeneration: deployment.metadata.generation ?? 1,
    ...Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
    conditions: conditionsOf(cluster, deployment, current, available, counts.updatedReplicas, counts.replicas),
  };
  cluster.assign('Deployment', deployment.metadata.namespace, deployment.metadata.name, { status });
}

function conditionsOf(cluster: Cluster, deployment: Deployment, current: ReplicaSet | undefined, available: number, updated: number, total: number): Condition[] {
  const now = cluster.now();
  const { replicas } = deployment.spec;
  const enough = available >= replicas - Math.floor(replicas * 0.25);
  const availability = enough
    ? { type: 'Available', status: 'True' as const, reason: 'MinimumReplicasAvailable', message: 'Deployment has minimum availability.' }
    : { type: 'Available', status: 'False' as const, reason: 'MinimumReplicasUnavailable', message: 'Deployment does not have minimum availability.' };
  let conditions = withCondition(deployment.status.conditions, availability, now, true);
  const failure = current ? conditionOf(current.status.conditions, 'ReplicaFailure') : undefined;
  if (!failure) conditions = withoutCondition(conditions, 'ReplicaFailure');
  else if (!conditionOf(conditions, 'ReplicaFailure')) {
    conditions = [...conditions, { ...failure, lastUpdateTime: timestamp(now) }];
  }
  const complete = updated === replicas && available >= replicas && total === replicas;
  return withProgress(conditions, deployment, current, complete, now);
}

/** Progress is about rollouts: once a ReplicaSet has been complete it stays "successfully progressed", whatever happens to its pods. */
function withProgress(conditions: Condition[], deployment: Deployment, current: ReplicaSet | undefined, complete: boolean, now: Date): Condition[] {
  if (!current) return conditions;
  const set = `ReplicaSet "${current.metadata.name}"`;
  const before = conditionOf(conditions, 'Progressing');
  const succeeded = { type: 'Progressing', status: 'True' as const, reason: 'NewReplicaSetAvailable', message: `${set} has successfully progressed.` };
  if (complete || before?.message === succeeded.message) return withCondition(conditions, succeeded, now, true);
  const timedOut = { type: 'Progressing', status: 'False' as const, reason: 'ProgressDeadlineExceeded', message: `${set} has timed out progressing.` };
  const progressing = { type: 'Progressing', status: 'True' as const, reason: 'ReplicaSetUpdated', message: `${set} is progressing.` };
  const isThisRollout = before?.message === progressing.message || before?.message === timedOut.message;
  const deadline = (deployment.spec.progressDeadlineSeconds ?? 600) * 1000;
  const late = isThisRollout && now.getTime() - new Date(before?.lastUpdateTime ?? now).getTime() >= deadline;
  return withCondition(conditions, late || before?.message === timedOut.message ? timedOut : progressing, now, true);
}
