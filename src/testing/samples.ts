import { type ClusterEvent, type ContainerStatus, type Deployment, type KubeVirt, type Metadata, type Node, type Pod, type PodSpec } from '../sources/objects';
import { READ_AT } from './evidence';

/** Objects for the literal evidence of specs: healthy unless told otherwise, around `READ_AT`. Whole worlds are made by `healthyCluster`. */

/** ISO 8601, so many minutes before the evidence was read. */
export const minutesAgo = (minutes: number): string => new Date(READ_AT - minutes * 60_000).toISOString();

/** Metadata of an object that is a day old. */
export const metadata = (name: string, more: Partial<Metadata> = {}): Metadata =>
  ({ name, namespace: 'openshift-cnv', uid: `uid-${name}`, resourceVersion: '1', creationTimestamp: minutesAgo(24 * 60), ...more });

/** A Deployment virt-operator that has what it wants. */
export const deploymentOf = (spec: Deployment['spec'] = { replicas: 2 }, status: Deployment['status'] = { replicas: 2 }, more: Partial<Metadata> = {}): Deployment =>
  ({ metadata: metadata('virt-operator', more), spec, status });

const RUNNING: ContainerStatus = { name: 'virt-operator', ready: true, restartCount: 0, state: { running: { startedAt: minutesAgo(600) } } };

/** A pod of virt-operator that runs and is ready; `container` replaces what its container says of itself. */
export const podOf = (name: string, { status, container, spec, ...more }: { status?: Pod['status']; container?: Partial<ContainerStatus>; spec?: PodSpec } & Partial<Metadata> = {}): Pod => ({
  metadata: metadata(name, more),
  spec: { nodeName: 'control-plane-0', containers: [{ name: 'virt-operator', image: 'registry.example/virt-operator:v1' }], ...spec },
  status: {
    phase: 'Running', startTime: minutesAgo(600), conditions: [{ type: 'PodScheduled', status: 'True' }, { type: 'Ready', status: 'True' }],
    containerStatuses: [{ ...RUNNING, ...container }], ...status,
  },
});

/** A pod that no node takes, with the scheduler's sentence. */
export const unplacedPod = (name: string, message: string, spec: PodSpec = {}): Pod => podOf(name, {
  spec: { nodeName: undefined, ...spec },
  status: { phase: 'Pending', containerStatuses: [], conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }] },
});

/** A Warning event. */
export const eventOf = (kind: string, name: string, reason: string, message: string, lastTimestamp = minutesAgo(2)): ClusterEvent =>
  ({ metadata: metadata(`${name}.1`), type: 'Warning', reason, message, count: 3, lastTimestamp, involvedObject: { kind, name, namespace: 'openshift-cnv' } });

/** A node of the control plane that is well. */
export const nodeOf = (name: string, { spec, conditions = [], labels = { 'node-role.kubernetes.io/control-plane': '' } }: {
  spec?: Node['spec']; conditions?: NonNullable<Node['status']>['conditions']; labels?: Readonly<Record<string, string>>;
} = {}): Node => ({
  metadata: metadata(name, { namespace: undefined, labels }),
  spec: spec ?? {},
  status: { conditions: [...conditions, ...['Ready'].filter((type) => !conditions.some((one) => one.type === type)).map((type) => ({ type, status: 'True' }))] },
});

/** The pod template of virt-operator as far as placing it goes: only nodes with the role control-plane. */
export const CONTROL_PLANE_ONLY: PodSpec = {
  affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'node-role.kubernetes.io/control-plane', operator: 'Exists' }] }] } } },
  tolerations: [{ key: 'node-role.kubernetes.io/control-plane', operator: 'Exists', effect: 'NoSchedule' }],
};

/** A KubeVirt object that is deployed. */
export const kubeVirtOf = (status: KubeVirt['status'] = { phase: 'Deployed', observedKubeVirtVersion: 'v1.8.4', targetKubeVirtVersion: 'v1.8.4' }, more: Partial<Metadata> = {}): KubeVirt =>
  ({ metadata: metadata('kubevirt', more), spec: {}, status });
