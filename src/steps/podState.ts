import { type ContainerStatus, type Pod, type Terminated } from '../sources/objects';

/** How far a pod has come, least trouble last. `ready` is the only good one. */
export const POD_STATES = [
  'imagePull', 'configError', 'crashLoop', 'unschedulable', 'stuckStarting', 'failed', 'lost', 'notReady', 'starting', 'terminating', 'finished', 'ready',
] as const;
export type PodState = (typeof POD_STATES)[number];

/** A pod's state, and the word and sentence that its own status gives for it. */
export interface Judged {
  readonly pod: Pod;
  readonly state: PodState;
  readonly reason?: string;
  readonly message?: string;
}

// The waiting reasons of the kubelet: kubernetes/kubernetes pkg/kubelet/images/types.go, pkg/kubelet/container/sync_result.go,
// pkg/kubelet/kuberuntime/kuberuntime_container.go and, for registries and signatures, k8s.io/cri-api pkg/errors.
const IMAGE = ['ErrImagePull', 'ImagePullBackOff', 'InvalidImageName', 'ErrImageNeverPull', 'ImageInspectError', 'RegistryUnavailable', 'SignatureValidationFailed'];
const CONFIG = ['CreateContainerConfigError', 'PreCreateHookError', 'CreateContainerError', 'RunContainerError', 'PreStartHookError', 'PostStartHookError'];

/** A start that takes longer than this, in seconds, is stuck: pulling the operator's image takes less. */
const START = 5 * 60;
/** A container that died within this time, in seconds, may be between two restarts: the kubelet waits 5 minutes at most. */
const RESTARTED_LATELY = 10 * 60;

export const containersOf = ({ status }: Pod): readonly ContainerStatus[] =>
  [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];

/** A container that runs for less than this, in seconds, has not had the time to become ready. */
const WARM_UP = 60;

const seconds = (from: string | undefined, now: number): number => (from === undefined ? 0 : (now - Date.parse(from)) / 1000);

/** How the container ended last, and when it is not running, how it ended now. */
export const lastEnd = ({ state, lastState }: ContainerStatus): Terminated | undefined => state?.terminated ?? lastState?.terminated;

const isReady = ({ status }: Pod): boolean => status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') ?? false;

const waiting = (pod: Pod, reasons: readonly string[]) =>
  containersOf(pod).map(({ state }) => state?.waiting).find((one) => one?.reason !== undefined && reasons.includes(one.reason));

const crashed = (pod: Pod, now: number): Terminated | undefined =>
  containersOf(pod).filter(({ restartCount = 0, ready }) => restartCount > 0 && !ready).map(lastEnd)
    .find((end) => end !== undefined && seconds(end.finishedAt, now) < RESTARTED_LATELY);

const started = (pod: Pod, now: number): Omit<Judged, 'pod'> => {
  const since = seconds(pod.status?.startTime ?? pod.metadata.creationTimestamp, now);
  const word = containersOf(pod).map(({ state }) => state?.waiting).find((one) => one?.reason !== undefined);
  return { state: since > START ? 'stuckStarting' : 'starting', ...word };
};

// A kubelet sets both conditions. For a node that no longer reports the node controller takes back Ready alone (kubernetes
// pkg/controller/util/node MarkPodsNotReady); a readiness gate does the same and says so.
const isAbandoned = ({ status }: Pod): boolean =>
  status?.conditions?.some(({ type, status: is }) => type === 'ContainersReady' && is === 'True') === true &&
  status.conditions.some(({ type, status: is, reason }) => type === 'Ready' && is === 'False' && reason !== 'ReadinessGatesNotReady');

const judged = (pod: Pod, now: number): Omit<Judged, 'pod'> => {
  const { phase, reason, message, conditions = [] } = pod.status ?? {};
  if (phase === 'Failed') {
    const end = containersOf(pod).map(({ state }) => state?.terminated).find((one) => one !== undefined && one.exitCode !== 0);
    return { state: 'failed', reason: reason ?? end?.reason, message: message ?? end?.message };
  }
  if (phase === 'Succeeded') return { state: 'finished', reason };
  if (pod.metadata.deletionTimestamp !== undefined) return { state: 'terminating' };
  const scheduled = conditions.find(({ type }) => type === 'PodScheduled');
  if (scheduled?.status === 'False') return { state: 'unschedulable', reason: scheduled.reason, message: scheduled.message };
  const image = waiting(pod, IMAGE);
  if (image) return { state: 'imagePull', ...image };
  const config = waiting(pod, CONFIG);
  if (config) return { state: 'configError', ...config };
  const loop = waiting(pod, ['CrashLoopBackOff']);
  const end = crashed(pod, now);
  if (loop ?? end) return { state: 'crashLoop', reason: loop?.reason ?? end?.reason, message: loop?.message };
  if (phase === 'Pending') return started(pod, now);
  if (phase === 'Unknown') return { state: 'lost', reason, message };
  if (isReady(pod)) return { state: 'ready' };
  if (isAbandoned(pod)) return { state: 'lost' };
  const ready = conditions.find(({ type }) => type === 'Ready');
  const young = containersOf(pod).some(({ state }) => state?.running?.startedAt !== undefined && seconds(state.running.startedAt, now) < WARM_UP);
  return { state: young ? 'starting' : 'notReady', reason: ready?.reason, message: ready?.message };
};

/** What state a pod is in. `now` in milliseconds since 1970. */
export const judge = (pod: Pod, now: number): Judged => ({ pod, ...judged(pod, now) });
