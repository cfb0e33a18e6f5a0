import { running } from '../builders/pod';
import { launcherPod, vmi } from '../builders/vm';
import type { Cluster } from '../cluster';
import type { KubeObject } from '../types';
import type { Node, VirtualMachine, VirtualMachineInstance } from '../objects';
import { terminate } from './termination';

interface Request {
  action: 'Start' | 'Stop';
  uid?: string;
}

const requestsOf = ({ status }: VirtualMachine): readonly Request[] => (status['stateChangeRequests'] ?? []) as readonly Request[];
const strategyOf = ({ spec }: KubeObject): string | undefined => (spec as { runStrategy?: string }).runStrategy;

/**
 * What virt-controller does when somebody asks a VM to stop or to start (kubevirt/kubevirt v1.8.4 pkg/virt-controller/watch/vm), within one
 * step where the guest would take its time. Everything else about VMs stands still in the world.
 */
export function serveMachines(cluster: Cluster): void {
  for (const vm of cluster.list('VirtualMachine')) {
    const [request] = requestsOf(vm);
    const instance = cluster.get('VirtualMachineInstance', vm.metadata.namespace, vm.metadata.name);
    if (request?.action === 'Stop') {
      if (instance && instance.metadata.uid === request.uid) stop(cluster, vm, instance);
      served(cluster, vm);
    } else if (request?.action === 'Start') {
      if (!instance) start(cluster, vm);
      served(cluster, vm);
    } else if (strategyOf(vm) === 'Halted' && instance) stop(cluster, vm, instance);
    else if (strategyOf(vm) === 'Always' && !instance && vm.status.printableStatus === 'Stopped') start(cluster, vm);
  }
}

const say = (cluster: Cluster, { metadata: { namespace, name } }: VirtualMachine, change: (draft: VirtualMachine) => void): void => {
  cluster.update('VirtualMachine', namespace, name, change);
};

function served(cluster: Cluster, vm: VirtualMachine): void {
  say(cluster, vm, (draft) => {
    const left = requestsOf(draft).slice(1);
    if (left.length > 0) draft.status['stateChangeRequests'] = left;
    else delete draft.status['stateChangeRequests'];
  });
}

function stop(cluster: Cluster, vm: VirtualMachine, instance: VirtualMachineInstance): void {
  const { namespace, name, uid } = instance.metadata;
  for (const pod of cluster.list('Pod', namespace)) {
    if (pod.metadata.labels?.['kubevirt.io/created-by'] === uid && pod.status.phase === 'Running') terminate(cluster, pod);
  }
  cluster.remove('VirtualMachineInstance', namespace, name);
  say(cluster, vm, ({ status }) => Object.assign(status, { printableStatus: 'Stopped', created: false, ready: false }));
}

const takesMachines = ({ metadata, spec }: Node): boolean => metadata.labels?.['kubevirt.io/schedulable'] === 'true' && !spec.unschedulable;

function start(cluster: Cluster, vm: VirtualMachine): void {
  const node = cluster.list('Node').find(takesMachines);
  if (!node) return;
  const { namespace, name } = vm.metadata;
  const at = cluster.now();
  const instance = cluster.create(vmi(vm, { node: node.metadata.name, at }));
  const pod = launcherPod(instance, { name: `virt-launcher-${name}-${cluster.random.letters(5)}` });
  const place = { name: node.metadata.name, address: node.status.addresses[0]?.address ?? '' };
  const { metadata: { uid = '' } } = cluster.create(running(pod, { at, node: place, podIP: '10.131.99.7' }));
  cluster.update('VirtualMachineInstance', namespace, name, (draft) => {
    draft.status['activePods'] = { [uid]: node.metadata.name };
  });
  say(cluster, vm, ({ status }) => Object.assign(status, { printableStatus: 'Running', created: true, ready: true }));
}
