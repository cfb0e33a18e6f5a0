import { timestamp } from '../clock';
import type { Pod, VirtualMachine, VirtualMachineInstance } from '../objects';
import type { KubeObject } from '../types';
import { imageOf } from './names';
import { ownedBy, pod } from './pod';

interface Machine {
  namespace: string;
  name: string;
  /** Memory of the guest, as a quantity. */
  memory?: string;
  at: Date;
  /** Migratable machines can leave their node; the others have a disk that only one node can use. */
  migratable?: boolean;
}

const owner = (of: KubeObject): KubeObject['metadata']['ownerReferences'] => [ownedBy(of)];

/** A running VirtualMachine. */
export function vm({ namespace, name, memory = '4Gi', at }: Machine): VirtualMachine {
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: {
      name,
      namespace,
      labels: { app: name, 'vm.kubevirt.io/template': 'rhel9-server-small' },
      annotations: { 'kubevirt.io/latest-observed-api-version': 'v1', 'kubevirt.io/storage-observed-api-version': 'v1' },
      finalizers: ['kubevirt.io/virtualMachineControllerFinalize'],
    },
    spec: {
      runStrategy: 'Always',
      template: {
        metadata: { labels: { 'kubevirt.io/domain': name } },
        spec: {
          architecture: 'amd64',
          domain: { cpu: { cores: 2, sockets: 1, threads: 1 }, memory: { guest: memory }, machine: { type: 'pc-q35-rhel9.6.0' }, devices: { disks: [{ name: 'rootdisk', disk: { bus: 'virtio' } }], interfaces: [{ name: 'default', masquerade: {} }] } },
          networks: [{ name: 'default', pod: {} }],
          volumes: [{ name: 'rootdisk', persistentVolumeClaim: { claimName: `${name}-rootdisk` } }],
        },
      },
    },
    status: {
      printableStatus: 'Running',
      created: true,
      ready: true,
      observedGeneration: 1,
      conditions: [{ type: 'Ready', status: 'True', lastProbeTime: null, lastTransitionTime: timestamp(at) }, { type: 'LiveMigratable', status: 'True', lastProbeTime: null, lastTransitionTime: null }],
    },
  };
}

/** The running instance of a VirtualMachine on a node. */
export function vmi(of: VirtualMachine, options: { node: string; at: Date; podUid?: string; migratable?: boolean }): VirtualMachineInstance {
  const { node, at, podUid, migratable = true } = options;
  const { name, namespace = '' } = of.metadata;
  const template = (of['spec'] as { template: { spec: Record<string, unknown> } }).template;
  const since = { lastProbeTime: null, lastTransitionTime: timestamp(at) };
  const migration = migratable
    ? { type: 'LiveMigratable', status: 'True' as const, ...since }
    : { type: 'LiveMigratable', status: 'False' as const, reason: 'DisksNotLiveMigratable', message: `cannot migrate VMI: PVC ${name}-rootdisk is not shared, live migration requires that all PVCs must be shared (using ReadWriteMany access mode)`, ...since };
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachineInstance',
    metadata: { name, namespace, labels: { 'kubevirt.io/domain': name, 'kubevirt.io/nodeName': node, 'vm.kubevirt.io/name': name }, ownerReferences: owner(of) ?? [], finalizers: ['foregroundDeleteVirtualMachine', 'kubevirt.io/virtualMachineControllerFinalize'] },
    spec: { ...template.spec, evictionStrategy: 'LiveMigrateIfPossible' },
    status: {
      phase: 'Running',
      nodeName: node,
      ...(podUid === undefined ? {} : { activePods: { [podUid]: node } }),
      conditions: [{ type: 'Ready', status: 'True', ...since }, migration, { type: 'AgentConnected', status: 'True', ...since }],
      guestOSInfo: { id: 'rhel', name: 'Red Hat Enterprise Linux', prettyName: 'Red Hat Enterprise Linux 9.6', versionId: '9.6', kernelRelease: '5.14.0-570.el9.x86_64', machine: 'x86_64' },
      launcherContainerImageVersion: imageOf('virt-launcher'),
      migrationMethod: 'BlockMigration',
      qosClass: 'Burstable',
      runtimeUser: 107,
    },
  };
}

/**
 * A virt-launcher pod of an instance, as virt-controller creates it; `name` ends in the five letters of its generated name. The
 * console log is a sidecar; `isOld`: an ordinary container, as KubeVirt up to 1.5 made it (v1.8.4 pkg/virt-controller/services/serialconsolelog.go).
 */
export function launcherPod(of: KubeObject, options: { name: string; memory?: string; migrationUid?: string; isOld?: boolean }): Pod {
  const { name, memory = '4Gi', migrationUid, isOld = false } = options;
  const instance = of.metadata.name;
  const launcher = imageOf('virt-launcher');
  const consoleLog = {
    name: 'guest-console-log', image: launcher, imagePullPolicy: 'IfNotPresent', command: ['/usr/bin/virt-tail'],
    args: ['--logfile', `/var/run/kubevirt-private/${of.metadata.uid ?? ''}/virt-serial0-log`],
    resources: { requests: { cpu: '5m', memory: '35M' }, limits: { cpu: '15m', memory: '60M' } },
  };
  return pod({
    namespace: of.metadata.namespace ?? '',
    name,
    generateName: `virt-launcher-${instance}-`,
    labels: {
      'kubevirt.io': 'virt-launcher',
      'kubevirt.io/created-by': of.metadata.uid ?? '',
      'vm.kubevirt.io/name': instance,
      ...(migrationUid === undefined ? {} : { 'kubevirt.io/migrationJobUID': migrationUid }),
    },
    annotations: { 'kubevirt.io/domain': instance, 'kubectl.kubernetes.io/default-container': 'compute' },
    owner: of,
    spec: {
      automountServiceAccountToken: false,
      restartPolicy: 'Never',
      schedulerName: 'default-scheduler',
      terminationGracePeriodSeconds: 210,
      nodeSelector: { 'kubernetes.io/arch': 'amd64', 'kubevirt.io/schedulable': 'true' },
      containers: [
        { name: 'compute', image: launcher, imagePullPolicy: 'IfNotPresent', resources: { requests: { cpu: '200m', memory, 'devices.kubevirt.io/kvm': '1' }, limits: { 'devices.kubevirt.io/kvm': '1' } } },
        ...(isOld ? [consoleLog] : []),
      ],
      ...(isOld ? {} : { initContainers: [{ ...consoleLog, restartPolicy: 'Always' }] }),
    },
  });
}

/** The claim behind a machine's root disk. */
export function rootDisk(of: VirtualMachine, shared: boolean): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: `${of.metadata.name}-rootdisk`, namespace: of.metadata.namespace ?? '', labels: { 'kubevirt.io/created-by': of.metadata.uid ?? '' } },
    spec: { accessModes: [shared ? 'ReadWriteMany' : 'ReadWriteOnce'], resources: { requests: { storage: '30Gi' } }, storageClassName: 'ocs-storagecluster-ceph-rbd-virtualization', volumeMode: 'Block', volumeName: `pvc-${of.metadata.uid ?? ''}` },
    status: { phase: 'Bound', accessModes: [shared ? 'ReadWriteMany' : 'ReadWriteOnce'], capacity: { storage: '30Gi' } },
  };
}
