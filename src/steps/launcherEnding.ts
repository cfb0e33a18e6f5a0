import { type Pod, type Terminated, type VirtualMachineInstance } from '../sources/objects';
import { MIGRATION_UID, controllerOf, isOver, secondsSince } from './launcherReadings';

/** How a launcher pod ended, most telling first. */
export type Ending =
  /** Its VM was migrated away and runs; only another container than that of the VM ended badly. */
  | 'migratedAway'
  /** It ended more than a day ago. */
  | 'longAgo'
  | 'evicted' | 'refused' | 'shutDown' | 'nodeLost' | 'outOfMemory'
  /** The VM's container ended well, another one did not; where the VM is could not be read. */
  | 'consoleLog'
  /** It was to take over a VM that still runs elsewhere. */
  | 'targetDied'
  /** Its VM instance is over, and nobody controls that. */
  | 'instanceFailed'
  | 'crashed'
  /** No container ever ran, and nothing says why. */
  | 'neverStarted';

/** The container that the VM runs in: KubeVirt v1.8.4 `pkg/virt-controller/services/template.go`. */
export const COMPUTE = 'compute';

const LONG_AGO = 24 * 3600;

/**
 * Reasons of pods that the kubelet did not admit: kubernetes/kubernetes `pkg/kubelet/lifecycle/predicate.go`, where OutOf is
 * followed by the name of any resource (OutOfcpu, OutOfdevices.kubevirt.io/kvm), `pkg/kubelet/cm/topologymanager` and
 * `cm/cpumanager`, whose errors name themselves, and UnexpectedAdmissionError for all else, a missing device among it.
 * NodeAffinity comes after a reboot when labels are not back yet.
 */
const REFUSED = /^(UnexpectedAdmissionError|NodeAffinity|NodeName|NodePorts|TaintToleration|TopologyAffinityError|SMTAlignmentError|OutOf.+)$/;
/** `pkg/kubelet/nodeshutdown`: pods that ran are Terminated, new ones are turned away with NodeShutdown; up to 1.21 both were Shutdown. */
const SHUT_DOWN = /^(Terminated|NodeShutdown|Shutdown)$/;
/** A pod that made room for a critical one is reported by the kubelet as Preempting (`pkg/kubelet/preemption`). */
const EVICTED = /^(Evicted|Preempting)$/;

/** How a container of the pod ended. */
export const terminatedOf = ({ status }: Pod, container: string): Terminated | undefined =>
  status?.containerStatuses?.find(({ name }) => name === container)?.state?.terminated;

/**
 * Did any container but that of the VM end badly? The console log, guest-console-log, is an ordinary container up to KubeVirt 1.5
 * and a sidecar among the init containers from 1.6 on (kubevirt/kubevirt#13422), which the kubelet leaves out of the phase of a pod.
 */
const anotherEndedBadly = ({ status }: Pod): boolean =>
  [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])].some(({ state }) => (state?.terminated?.exitCode ?? 0) !== 0);

/** When the last of its containers ended, ISO 8601; of a pod without any, when it was created. */
export const endedAt = ({ status, metadata }: Pod): string | undefined =>
  (status?.containerStatuses ?? []).flatMap(({ state }) => state?.terminated?.finishedAt ?? []).toSorted().at(-1) ?? metadata.creationTimestamp;

const byPodReason = (reason: string): Ending | undefined => {
  if (EVICTED.test(reason)) return 'evicted';
  if (REFUSED.test(reason)) return 'refused';
  if (SHUT_DOWN.test(reason)) return 'shutDown';
  return reason === 'NodeLost' ? 'nodeLost' : undefined;
};

/**
 * How this pod ended. `instance` is its VM instance: undefined if that is gone, 'unreadable' if nobody could look.
 * `now` in milliseconds since 1970.
 */
export const endingOf = (pod: Pod, instance: VirtualMachineInstance | 'unreadable' | undefined, now: number): Ending => {
  const compute = terminatedOf(pod, COMPUTE);
  const alive = instance !== undefined && instance !== 'unreadable' && !isOver(instance);
  const onlyAnother = compute?.exitCode === 0 && anotherEndedBadly(pod);
  if (onlyAnother && alive) return 'migratedAway';
  if ((secondsSince(endedAt(pod), now) ?? 0) > LONG_AGO) return 'longAgo';
  const told = byPodReason(pod.status?.reason ?? '');
  if (told) return told;
  if (compute?.reason === 'OOMKilled') return 'outOfMemory';
  if (onlyAnother) return 'consoleLog';
  if (!compute) return 'neverStarted';
  // A VM has one pod unless it migrates: a pod that died while its VM lives was to become the next one.
  if (alive && pod.metadata.labels?.[MIGRATION_UID]) return 'targetDied';
  if (instance !== undefined && instance !== 'unreadable' && isOver(instance) && !controllerOf(instance)) return 'instanceFailed';
  return 'crashed';
};

/**
 * What the kubelet evicted a pod for, in its own word: memory, ephemeral-storage, inodes, pids, DiskPressure …; undefined if it
 * does not say. The sentences are those of kubernetes/kubernetes `pkg/kubelet/eviction/helpers.go` and `preemption/preemption.go`.
 */
export const evictedFor = (message: string | undefined): string | undefined => {
  if (!message) return undefined;
  if (/ephemeral local storage usage exceeds|exceeded its local ephemeral storage limit|usage of EmptyDir volume .* exceeds/i.test(message)) return 'ephemeral-storage limit';
  if (/^Preempted/.test(message)) return 'a critical pod';
  return /low on resource: ([\w-]+)/.exec(message)?.[1] ?? /condition: \[(\w+)/.exec(message)?.[1];
};
