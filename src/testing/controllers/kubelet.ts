import { say } from '../builders/event';
import { containerStatus, podConditions } from '../builders/pod';
import { timestamp } from '../clock';
import type { Cluster } from '../cluster';
import type { ContainerState, Node, Pod } from '../objects';
import { endAndRestart } from './endings';
import { hasImage, pullError } from './registry';
import { startupLog } from './startupLog';

const COMPONENT = 'kubelet';

/** Whether the kubelet of a node does its work. */
export const isAlive = (node: Node): boolean => node.status.conditions.some((condition) => condition.type === 'Ready' && condition.status === 'True');

/** Takes every pod one step further on its node: waiting, pulling, running, ready, or gone when it is being deleted. */
export function runKubelets(cluster: Cluster): void {
  const alive = new Map(cluster.list('Node').filter(isAlive).map((node) => [node.metadata.name, node]));
  for (const pod of cluster.list('Pod')) {
    const node = alive.get(pod.spec.nodeName ?? '');
    if (node) stepPod(cluster, pod, node);
  }
}

function stepPod(cluster: Cluster, pod: Pod, node: Node): void {
  if (pod.metadata.deletionTimestamp !== undefined) {
    stop(cluster, pod, node);
    return;
  }
  const statuses = pod.status.containerStatuses;
  if (pod.status.phase === 'Pending') {
    const reason = statuses?.[0]?.state.waiting?.reason;
    const pressure = pressureOn(node);
    if (reason === undefined && pressure && (pod.spec.priority ?? 0) < SYSTEM_CRITICAL) evict(cluster, pod, `Pod was rejected: The node had condition: [${pressure}]. `);
    else if (reason === undefined) wait(cluster, pod, node, { reason: 'ContainerCreating' });
    else startOrFail(cluster, pod, node, reason);
  } else if (pod.status.phase === 'Running' && !endAndRestart(cluster, pod, node) && statuses?.some((status) => status.state.running && status.started === false)) {
    becomeReady(cluster, pod);
  }
}

/** From this priority on a pod is never turned away or evicted (k8s.io/kubernetes pkg/kubelet/types). */
const SYSTEM_CRITICAL = 2_000_000_000;

function pressureOn(node: Node): string | undefined {
  return node.status.conditions.find(({ type, status }) => (type === 'DiskPressure' || type === 'PIDPressure') && status === 'True')?.type;
}

/** Ends a pod as the kubelet does when its node is short of something: it stays, Failed, until somebody deletes it. */
export function evict(cluster: Cluster, pod: Pod, message: string): void {
  cluster.update('Pod', pod.metadata.namespace, pod.metadata.name, (draft) => {
    const ended = timestamp(cluster.now());
    draft.status.phase = 'Failed';
    draft.status.reason = 'Evicted';
    draft.status.message = message;
    draft.status.startTime ??= ended;
    for (const status of draft.status.containerStatuses ?? []) {
      Object.assign(status, { ready: false, started: false, state: { terminated: { exitCode: 137, reason: 'Error', startedAt: status.state.running?.startedAt ?? ended, finishedAt: ended } } });
    }
    for (const condition of draft.status.conditions ?? []) if (/Ready$/.test(condition.type)) Object.assign(condition, { status: 'False', reason: 'PodFailed', lastTransitionTime: ended });
  });
  say(cluster, pod, { type: 'Warning', reason: 'Evicted', message, component: COMPONENT, host: pod.spec.nodeName ?? '' });
}

function tell(cluster: Cluster, pod: Pod, node: Node, type: 'Normal' | 'Warning', reason: string, message: string): void {
  say(cluster, pod, { type, reason, message, component: COMPONENT, host: node.metadata.name, everySeconds: 60 });
}

function addressOf(node: Node): string {
  return node.status.addresses.find(({ type }) => type === 'InternalIP')?.address ?? '';
}

/** All containers wait for the same reason; that is how it is with one container, and near enough with two. */
function wait(cluster: Cluster, pod: Pod, node: Node, waiting: NonNullable<ContainerState['waiting']>): void {
  const now = cluster.now();
  cluster.update('Pod', pod.metadata.namespace, pod.metadata.name, (draft) => {
    const names = draft.spec.containers.map((container) => container.name);
    const kept = draft.status.conditions ?? [];
    draft.status.conditions = podConditions(now, false, names).map((condition) => kept.find(({ type, status }) => type === condition.type && status === condition.status) ?? condition);
    draft.status.containerStatuses = draft.spec.containers.map((container) => containerStatus(container, { waiting }));
    draft.status.hostIP = addressOf(node);
    draft.status.startTime ??= timestamp(now);
  });
}

function startOrFail(cluster: Cluster, pod: Pod, node: Node, reason: string): void {
  const failing = pod.spec.containers.map((container) => ({ image: container.image, error: pullError(cluster, node, container.image) })).find(({ error }) => error !== undefined);
  if (!failing?.error) {
    start(cluster, pod, node);
    return;
  }
  const { image, error } = failing;
  if (reason === 'ContainerCreating') {
    tell(cluster, pod, node, 'Normal', 'Pulling', `Pulling image "${image}"`);
    tell(cluster, pod, node, 'Warning', 'Failed', `Failed to pull image "${image}": ${error}`);
    tell(cluster, pod, node, 'Warning', 'Failed', 'Error: ErrImagePull');
    wait(cluster, pod, node, { reason: 'ErrImagePull', message: error });
    return;
  }
  tell(cluster, pod, node, 'Normal', 'BackOff', `Back-off pulling image "${image}"`);
  tell(cluster, pod, node, 'Warning', 'Failed', 'Error: ImagePullBackOff');
  if (reason === 'ErrImagePull') wait(cluster, pod, node, { reason: 'ImagePullBackOff', message: `Back-off pulling image "${image}": ErrImagePull: ${error}` });
}

function start(cluster: Cluster, pod: Pod, node: Node): void {
  const now = cluster.now();
  const { namespace = '', name } = pod.metadata;
  for (const { name: container, image } of pod.spec.containers) {
    if (hasImage(node, image)) tell(cluster, pod, node, 'Normal', 'Pulled', `Container image "${image}" already present on machine`);
    else tell(cluster, pod, node, 'Normal', 'Pulled', `Successfully pulled image "${image}" in 2.114s (2.114s including waiting). Image size: 412000000 bytes.`);
    tell(cluster, pod, node, 'Normal', 'Created', `Container created`);
    tell(cluster, pod, node, 'Normal', 'Started', `Container started`);
    cluster.logs.write({ namespace, pod: name, container }, startupLog(container, namespace, now));
  }
  cluster.update('Pod', namespace, name, (draft) => {
    const names = draft.spec.containers.map((container) => container.name);
    draft.status.phase = 'Running';
    draft.status.podIP ??= podAddress(cluster);
    draft.status.podIPs ??= [{ ip: draft.status.podIP }];
    draft.status.conditions = podConditions(now, false, names);
    draft.status.containerStatuses = draft.spec.containers.map((container) => containerStatus(container, { running: { startedAt: timestamp(now) } }, { ready: false, started: false }));
  });
}

/** A free address in the cluster network of OpenShift. */
function podAddress(cluster: Cluster): string {
  const taken = new Set(cluster.list('Pod').map((pod) => pod.status.podIP));
  for (;;) {
    const address = `10.${String(128 + cluster.random.number(4))}.${String(cluster.random.number(4))}.${String(2 + cluster.random.number(250))}`;
    if (!taken.has(address)) return address;
  }
}

function becomeReady(cluster: Cluster, pod: Pod): void {
  cluster.update('Pod', pod.metadata.namespace, pod.metadata.name, (draft) => {
    draft.status.conditions = podConditions(cluster.now(), true, []);
    for (const status of draft.status.containerStatuses ?? []) Object.assign(status, { ready: true, started: true });
  });
}

function stop(cluster: Cluster, pod: Pod, node: Node): void {
  for (const { name } of pod.spec.containers) tell(cluster, pod, node, 'Normal', 'Killing', `Stopping container ${name}`);
  if ((pod.metadata.finalizers ?? []).length === 0) cluster.remove('Pod', pod.metadata.namespace, pod.metadata.name);
}
