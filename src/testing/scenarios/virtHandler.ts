import { imageOf } from '../builders/names';
import type { Cluster } from '../cluster';
import { fillNodes, label, loseRegistry, stopKubelets, taint } from '../faults';
import type { Node } from '../objects';
import { scenario } from './define';
import { NO_WATCHES, crashHandlers, cutHandlersOff, hideHandlers, loseDaemonSet, moveVmsAway, placeWorkloads, replaceHandlers, rollOutMissingImage } from './handlers';
import { workers } from './launchers';
import type { Scenario } from './scenario';

const REGISTRY = 'registry.redhat.io';
const first = (cluster: Cluster): readonly Node[] => workers(cluster).slice(0, 1);

/** All workers but the first get the label that workloads are then placed by. */
const leaveOutFirst = (cluster: Cluster): void => {
  label(cluster, workers(cluster).slice(1), 'example.com/virtualization', 'true');
  placeWorkloads(cluster, { 'example.com/virtualization': 'true' });
};

/** Faults that leave the cluster without virt-handler, or some of its nodes. Most of them fire several alerts; each names the one that says most. */
export const virtHandlerFaults: readonly Scenario[] = [
  scenario({
    id: 'handler-daemonset-absent', alert: 'VirtHandlerDown', cause: 'daemon-set-absent',
    title: 'The DaemonSet of virt-handler was deleted while virt-operator was scaled to zero',
    apply: loseDaemonSet,
  }),
  scenario({
    id: 'handler-placed-nowhere', alert: 'VirtHandlerDown', cause: 'left-out-by-placement',
    title: 'Somebody gave workloads a placement that no node fits, and virt-handler left all of them',
    apply: (cluster) => placeWorkloads(cluster, { 'example.com/virtualization': 'true' }),
  }),
  scenario({
    id: 'handler-image-pull', alert: 'VirtHandlerDown', cause: 'image-pull',
    title: 'The pull secret lost the registry, and virt-handler had to start anew everywhere',
    apply: (cluster) => {
      const nodes = workers(cluster);
      loseRegistry(cluster, REGISTRY, imageOf('virt-handler'));
      replaceHandlers(cluster, nodes);
    },
  }),
  scenario({
    id: 'handler-cut-off', alert: 'NoReadyVirtHandler', cause: 'cut-off',
    title: 'A NetworkPolicy keeps virt-handler from the API server on every node',
    apply: cutHandlersOff,
  }),
  scenario({
    id: 'handler-not-scraped', alert: 'NoReadyVirtHandler', cause: 'ready-not-scraped',
    title: 'False alarm: virt-handler is ready everywhere, and its pods are no scrape targets any more',
    apply: (cluster) => hideHandlers(cluster, workers(cluster)),
  }),
  scenario({
    id: 'handler-no-file-watches', alert: 'LowReadyVirtHandlerCount', cause: 'no-file-watches',
    title: 'A worker has no file watches left, and its virt-handler starts and ends again and again',
    apply: (cluster) => crashHandlers(cluster, first(cluster), { exitCode: 2, reason: 'Error', lines: NO_WATCHES }),
  }),
  scenario({
    id: 'handler-node-down', alert: 'OrphanedVirtualMachineInstances', cause: 'nodes-down',
    title: 'The kubelet of a worker stopped, and nobody knows of its VMs',
    apply: (cluster) => stopKubelets(cluster, first(cluster)),
  }),
  scenario({
    id: 'handler-no-room', alert: 'VirtHandlerDaemonSetRolloutFailing', cause: 'no-room',
    title: 'A worker rebooted, and pods of a higher priority took the room of its virt-handler',
    apply: (cluster) => {
      fillNodes(cluster, first(cluster), 'cpu', '63');
      replaceHandlers(cluster, first(cluster));
    },
  }),
  scenario({
    id: 'handler-rollout-stuck', alert: 'VirtHandlerDaemonSetRolloutFailing', cause: 'image-pull',
    title: 'A rollout of virt-handler stands still at its first node: the registry does not have the new image',
    apply: rollOutMissingImage,
  }),
  scenario({
    id: 'handler-kept-off-by-taint', alert: 'OrphanedVirtualMachineInstances', cause: 'kept-off-by-taint',
    title: 'Somebody tainted a worker that carries VMs, and its virt-handler did not come back after a restart',
    apply: (cluster) => {
      const tainted = first(cluster);
      taint(cluster, tainted, { key: 'dedicated', value: 'gpu', effect: 'NoSchedule' });
      replaceHandlers(cluster, tainted);
    },
  }),
  scenario({
    id: 'handler-left-out', alert: 'OrphanedVirtualMachineInstances', cause: 'left-out-by-placement',
    title: 'A new placement of workloads leaves out a worker that carries VMs',
    apply: leaveOutFirst,
  }),
  scenario({
    id: 'handler-finished-launchers', alert: 'OrphanedVirtualMachineInstances', cause: 'only-finished-launchers',
    title: 'False alarm: a worker was emptied and taken out of the placement, and launcher pods that have ended stay on it',
    apply: (cluster) => {
      const [from, to] = workers(cluster);
      if (from && to) moveVmsAway(cluster, from, to);
      leaveOutFirst(cluster);
    },
  }),
];
