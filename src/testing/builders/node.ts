import { timestamp } from '../clock';
import type { Condition, Node } from '../objects';
import { CONTROL_PLANE_IMAGES, WORKER_IMAGES } from './nodeImages';

/** The kubelet's conditions of a node with nothing wrong; `at` is when they were last heard and came about. */
export function healthyConditions(at: Date): Condition[] {
  const heard = { lastHeartbeatTime: timestamp(at), lastTransitionTime: timestamp(at) };
  return [
    { type: 'MemoryPressure', status: 'False', reason: 'KubeletHasSufficientMemory', message: 'kubelet has sufficient memory available', ...heard },
    { type: 'DiskPressure', status: 'False', reason: 'KubeletHasNoDiskPressure', message: 'kubelet has no disk pressure', ...heard },
    { type: 'PIDPressure', status: 'False', reason: 'KubeletHasSufficientPID', message: 'kubelet has sufficient PID available', ...heard },
    { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status', ...heard },
  ];
}

/** A node of OpenShift 4.22. Control-plane nodes carry the taint OpenShift gives them; workers can run VMs. */
export function node(options: { name: string; role: 'control-plane' | 'worker'; address: string; at: Date; cpu?: number; memory?: string }): Node {
  const { name, role, address, at, cpu = role === 'worker' ? 64 : 8, memory = role === 'worker' ? '256Gi' : '32Gi' } = options;
  const controlPlane = role === 'control-plane';
  const devices: Record<string, string> = controlPlane ? {} : { 'devices.kubevirt.io/kvm': '1k', 'devices.kubevirt.io/tun': '1k', 'devices.kubevirt.io/vhost-net': '1k' };
  const roles: Record<string, string> = controlPlane ? { 'node-role.kubernetes.io/control-plane': '', 'node-role.kubernetes.io/master': '' } : { 'node-role.kubernetes.io/worker': '', 'kubevirt.io/schedulable': 'true', 'cpumanager': 'false' };
  const pool = controlPlane ? 'master' : 'worker';
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: { 'beta.kubernetes.io/arch': 'amd64', 'kubernetes.io/arch': 'amd64', 'kubernetes.io/os': 'linux', 'kubernetes.io/hostname': name, 'node.openshift.io/os_id': 'rhel', ...roles },
      annotations: {
        'machineconfiguration.openshift.io/currentConfig': `rendered-${pool}-5f0d1c7b9e`,
        'machineconfiguration.openshift.io/desiredConfig': `rendered-${pool}-5f0d1c7b9e`,
        'machineconfiguration.openshift.io/state': 'Done',
        ...(controlPlane ? {} : { 'kubevirt.io/heartbeat': timestamp(at) }),
      },
    },
    spec: controlPlane ? { taints: [{ key: 'node-role.kubernetes.io/master', effect: 'NoSchedule' }] } : {},
    status: {
      capacity: { cpu: String(cpu), memory, pods: '250', 'ephemeral-storage': '500Gi', ...devices },
      allocatable: { cpu: `${String(cpu * 1000 - 500)}m`, memory: memory.replace(/^\d+/, (size) => String(Number(size) - 2)), pods: '250', 'ephemeral-storage': '450Gi', ...devices },
      conditions: healthyConditions(at),
      addresses: [{ type: 'InternalIP', address }, { type: 'Hostname', address: name }],
      daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
      images: (controlPlane ? CONTROL_PLANE_IMAGES : WORKER_IMAGES).map((image) => ({ names: [image], sizeBytes: 412_000_000 })),
      nodeInfo: {
        architecture: 'amd64', bootID: '', containerRuntimeVersion: 'cri-o://1.35.2', kernelVersion: '6.12.0-211.el10.x86_64', kubeletVersion: 'v1.35.4', kubeProxyVersion: '',
        machineID: '', operatingSystem: 'linux', osImage: 'Red Hat Enterprise Linux CoreOS 9.8', systemUUID: '',
      },
    },
  };
}
