import { containerStatus, running } from '../builders/pod';
import { launcherPod, vm, vmi } from '../builders/vm';
import { timestamp } from '../clock';
import type { Cluster } from '../cluster';
import type { Container, ContainerStatus, Node, Pod, PodStatus, VirtualMachineInstance } from '../objects';
import { TENANTS } from '../builders/names';
import type { KubeObject } from '../types';

/** How a launcher pod of the world ends: its containers with these codes, or refused or ended by the kubelet. */
export interface LauncherEnd {
  compute?: { exitCode: number; reason: 'Error' | 'Completed' | 'OOMKilled' };
  consoleLog?: { exitCode: number; reason: 'Error' | 'Completed' };
  /** Created by KubeVirt 1.5 or older, whose console log counts for the phase of the pod. */
  isOld?: boolean;
  /** Of the pod itself. */
  reason?: string;
  message?: string;
}

/** The workers that can run VMs. */
export const workers = (cluster: Cluster): readonly Node[] =>
  cluster.list('Node').filter((node) => node.metadata.labels?.['kubevirt.io/schedulable'] === 'true');

/** A time so many minutes before the world's. */
export const minutesAgo = (cluster: Cluster, minutes: number): Date => new Date(cluster.now().getTime() - minutes * 60_000);

/** The one of the list whose turn it is. */
export function turn<T>(of: readonly T[], number: number): T {
  const one = of[number % of.length];
  if (one === undefined) throw new Error('There is none to take a turn');
  return one;
}

/** A launcher pod of an instance that is over. `migration` makes it the target of that migration. */
export function failedLauncher(
  cluster: Cluster, of: VirtualMachineInstance, options: { node: Node; at: Date; end: LauncherEnd; migration?: { name: string; uid: string } },
): Pod {
  const { node, at, end, migration } = options;
  const { compute, consoleLog, reason, message, isOld = false } = end;
  const base = launcherPod(of, { name: `virt-launcher-${of.metadata.name}-${cluster.random.letters(5)}`, isOld, ...(migration ? { migrationUid: migration.uid } : {}) });
  const started = running(base, { at, node: { name: node.metadata.name, address: node.status.addresses[0]?.address ?? '' }, podIP: '10.131.77.7' });
  const times = { startedAt: timestamp(at), finishedAt: timestamp(new Date(at.getTime() + 20_000)) };
  const states = { compute, 'guest-console-log': consoleLog ?? compute };
  const ended = (containers: readonly Container[]): ContainerStatus[] => containers.flatMap((container) => {
    const state = states[container.name as keyof typeof states];
    return state ? [containerStatus(container, { terminated: { ...state, ...times } })] : [];
  });
  const status: PodStatus = {
    ...started.status,
    phase: 'Failed',
    ...(reason === undefined ? {} : { reason }),
    ...(message === undefined ? {} : { message }),
    conditions: (started.status.conditions ?? []).map((one) => (/Ready$/.test(one.type) ? { ...one, status: 'False' as const, reason: 'PodFailed' } : one)),
    containerStatuses: ended(started.spec.containers),
    ...(started.spec.initContainers ? { initContainerStatuses: ended(started.spec.initContainers) } : {}),
  };
  return cluster.create({
    ...started,
    metadata: {
      ...started.metadata, creationTimestamp: timestamp(at),
      annotations: { ...started.metadata.annotations, ...(migration ? { 'kubevirt.io/migrationJobName': migration.name } : {}) },
    },
    status,
  });
}

/** Marks an instance as over, on the node where it was. */
export function fail(cluster: Cluster, of: VirtualMachineInstance): void {
  cluster.update('VirtualMachineInstance', of.metadata.namespace, of.metadata.name, (draft) => {
    draft.status.phase = 'Failed';
    delete draft.status['activePods'];
  });
}

/** VMs that somebody starts by hand: an instance that fails stays, and its pod with it. */
export function failedByHand(cluster: Cluster, options: { name: string; namespace: string; node: Node; at: Date; end: LauncherEnd }): Pod {
  const { name, namespace, node, at, end } = options;
  const base = vm({ namespace, name, at });
  const machine = cluster.create({ ...base, spec: { ...(base['spec'] as object), runStrategy: 'Manual' }, status: { ...base.status, printableStatus: 'Stopped', ready: false, created: false } });
  const instance = cluster.create(vmi(machine, { node: node.metadata.name, at }));
  fail(cluster, instance);
  return failedLauncher(cluster, instance, { node, at, end });
}

/** That many of them, each its own VM, over all tenants. */
export function manyFailedByHand(cluster: Cluster, count: number, of: (number: number) => { node: Node; at: Date; end: LauncherEnd }): readonly Pod[] {
  return Array.from({ length: count }, (_, number) => failedByHand(cluster, { name: `batch-${String(number).padStart(3, '0')}`, namespace: turn(TENANTS, number), ...of(number) }));
}

/** An instance that nobody controls, failed, as a pipeline leaves it. */
export function bareInstance(cluster: Cluster, options: { namespace: string; name: string; node: Node; at: Date; manager: string }): VirtualMachineInstance {
  const { namespace, name, node, at, manager } = options;
  const { metadata: { ownerReferences: _, finalizers: __, ...metadata }, ...rest } = vmi({ ...vm({ namespace, name, at }), metadata: { namespace, name } }, { node: node.metadata.name, at });
  const instance = cluster.create({
    ...rest,
    metadata: { ...metadata, creationTimestamp: timestamp(at), managedFields: [{ manager, operation: 'Update', apiVersion: 'kubevirt.io/v1', time: timestamp(at), fieldsType: 'FieldsV1', fieldsV1: { 'f:spec': {} } }] },
  });
  fail(cluster, instance);
  return instance;
}

/** What asks for a migration, as the names and marks of the object tell. */
export type MigrationAsker = 'evacuation' | 'workload-update' | 'tool';

const MARKS: Readonly<Record<MigrationAsker, Record<string, string>>> = {
  evacuation: { 'kubevirt.io/evacuationMigration': 'worker-0' },
  'workload-update': { 'kubevirt.io/workloadUpdateMigration': '' },
  tool: {},
};

/** A migration of an instance that failed or still waits. */
export function migrate(cluster: Cluster, of: VirtualMachineInstance, options: { by: MigrationAsker; phase: string; at: Date }): { name: string; uid: string } {
  const { by, phase, at } = options;
  const name = by === 'tool' ? `${of.metadata.name}-rebalance-${cluster.random.letters(5)}` : `kubevirt-${by}-${cluster.random.letters(5)}`;
  const manager = by === 'tool' ? 'vm-rebalancer' : 'virt-controller';
  const { metadata }: KubeObject = cluster.create<KubeObject>({
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachineInstanceMigration',
    metadata: {
      name, namespace: of.metadata.namespace ?? '', labels: { 'kubevirt.io/vmi-name': of.metadata.name }, annotations: { ...MARKS[by] }, creationTimestamp: timestamp(at),
      managedFields: [{ manager, operation: 'Update', apiVersion: 'kubevirt.io/v1', time: timestamp(at), fieldsType: 'FieldsV1', fieldsV1: { 'f:spec': { 'f:vmiName': {} } } }],
    },
    spec: { vmiName: of.metadata.name },
    status: { phase, phaseTransitionTimestamps: [{ phase, phaseTransitionTimestamp: timestamp(at) }] },
  });
  return { name, uid: metadata.uid ?? '' };
}

/**
 * A VM whose migrations fail: `pods` dead targets on the given nodes, and of the migrations the 5 newest that virt-controller
 * keeps, with one that waits.
 */
export function migrateInLoop(cluster: Cluster, of: VirtualMachineInstance, options: { by: MigrationAsker; pods: number; to: readonly Node[] }): void {
  const { by, pods, to } = options;
  const kept = Array.from({ length: 5 }, (_, number) => migrate(cluster, of, { by, phase: 'Failed', at: minutesAgo(cluster, 2 + number * 6) }));
  migrate(cluster, of, { by, phase: 'Pending', at: minutesAgo(cluster, 1) });
  for (let number = 0; number < pods; number += 1) {
    // Of older attempts only the pods are left.
    const migration = kept[number] ?? { name: `kubevirt-${by}-${cluster.random.letters(5)}`, uid: cluster.random.uid() };
    failedLauncher(cluster, of, { node: turn(to, number), at: minutesAgo(cluster, 2 + number * 2), end: { compute: { exitCode: 1, reason: 'Error' } }, migration });
  }
}

/** Marks an instance to leave its node, as virt-api does for an eviction. */
export function evacuate(cluster: Cluster, of: VirtualMachineInstance, options: { source?: 'descheduler' } = {}): void {
  cluster.update('VirtualMachineInstance', of.metadata.namespace, of.metadata.name, (draft) => {
    draft.status['evacuationNodeName'] = draft.status.nodeName;
    if (options.source) draft.metadata.annotations = { ...draft.metadata.annotations, 'kubevirt.io/eviction-source': options.source };
  });
}

/** The running instances on a node. */
export const instancesOn = (cluster: Cluster, node: Node): readonly VirtualMachineInstance[] =>
  cluster.list('VirtualMachineInstance').filter(({ status }) => status.nodeName === node.metadata.name);

/** Lines that a component wrote on a node, newest last. */
export function handlerWrites(cluster: Cluster, node: Node, lines: readonly string[]): void {
  const pod = cluster.list('Pod').find(({ metadata, spec }) => metadata.labels?.['kubevirt.io'] === 'virt-handler' && spec.nodeName === node.metadata.name);
  if (pod) cluster.logs.write({ namespace: pod.metadata.namespace ?? '', pod: pod.metadata.name, container: 'virt-handler' }, lines);
}

