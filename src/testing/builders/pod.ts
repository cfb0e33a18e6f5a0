import { timestamp } from '../clock';
import type { Condition, Container, ContainerStatus, Pod } from '../objects';
import type { KubeObject } from '../types';

type Owner = Pick<KubeObject, 'apiVersion' | 'kind' | 'metadata'>;

/** The reference a controller puts on what it owns. */
export function ownedBy(owner: Owner): NonNullable<KubeObject['metadata']['ownerReferences']>[number] {
  return { apiVersion: owner.apiVersion, kind: owner.kind, name: owner.metadata.name, uid: owner.metadata.uid ?? '', controller: true, blockOwnerDeletion: true };
}

/** The object's controller, or undefined. */
export function controllerOf(object: KubeObject): NonNullable<KubeObject['metadata']['ownerReferences']>[number] | undefined {
  return object.metadata.ownerReferences?.find((reference) => reference.controller);
}

/** A pod as it is when it has just been created: Pending, on no node. */
export function pod(options: { namespace: string; name: string; labels?: Record<string, string>; annotations?: Record<string, string>; owner?: Owner; spec: Pod['spec']; generateName?: string }): Pod {
  const { namespace, name, labels = {}, annotations, owner, spec, generateName } = options;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      labels,
      ...(generateName === undefined ? {} : { generateName }),
      ...(annotations === undefined ? {} : { annotations }),
      ...(owner === undefined ? {} : { ownerReferences: [ownedBy(owner)] }),
    },
    spec: { ...spec, tolerations: [...(spec.tolerations ?? []), ...DEFAULT_TOLERATIONS] },
    status: { phase: 'Pending', qosClass: 'Burstable' },
  };
}

/** What admission adds to every pod: it may stay five minutes on a node that is lost. */
const DEFAULT_TOLERATIONS = ['not-ready', 'unreachable'].map((key) => ({ key: `node.kubernetes.io/${key}`, operator: 'Exists' as const, effect: 'NoExecute', tolerationSeconds: 300 }));

/** The four conditions a kubelet reports; `ready` false names the containers that are not. */
export function podConditions(at: Date, ready: boolean, containers: readonly string[]): Condition[] {
  const since = { lastProbeTime: null, lastTransitionTime: timestamp(at) };
  const unready = ready ? {} : { reason: 'ContainersNotReady', message: `containers with unready status: [${containers.join(' ')}]` };
  const status = ready ? 'True' : 'False';
  return [
    { type: 'PodReadyToStartContainers', status: 'True', ...since },
    { type: 'Initialized', status: 'True', ...since },
    { type: 'Ready', status, ...unready, ...since },
    { type: 'ContainersReady', status, ...unready, ...since },
    { type: 'PodScheduled', status: 'True', ...since },
  ];
}

/** A container's status in one state. */
export function containerStatus(container: Container, state: ContainerStatus['state'], more: Partial<ContainerStatus> = {}): ContainerStatus {
  const running = state.running !== undefined;
  return { name: container.name, image: container.image, imageID: running ? container.image : '', ready: running, started: running, restartCount: 0, state, lastState: {}, ...more };
}

/** The pod as a kubelet would report it after everything started at `at` on `node`. */
export function running(base: Pod, options: { at: Date; node: { name: string; address: string }; podIP: string }): Pod {
  const { at, node, podIP } = options;
  const names = base.spec.containers.map((container) => container.name);
  return {
    ...base,
    spec: { ...base.spec, nodeName: node.name },
    status: {
      ...base.status,
      phase: 'Running',
      conditions: podConditions(at, true, names),
      containerStatuses: base.spec.containers.map((container) => containerStatus(container, { running: { startedAt: timestamp(at) } })),
      ...(base.spec.initContainers ? { initContainerStatuses: base.spec.initContainers.map((container) => containerStatus(container, { running: { startedAt: timestamp(at) } })) } : {}),
      hostIP: node.address,
      podIP,
      podIPs: [{ ip: podIP }],
      startTime: timestamp(at),
    },
  };
}

/** Whether the kubelet says that the pod can serve. */
export const isReady = (pod: Pod): boolean => pod.status.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True') ?? false;
