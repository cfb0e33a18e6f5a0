import { sh } from '../engine/command';
import { msg } from '../engine/message';
import { commands, manual, navigate } from '../engine/mitigation';
import { kinds } from '../sources/kinds';
import { installed } from '../steps/installed';
import { launcherEnds } from '../steps/launcherEnds';
import { launcherNodes } from '../steps/launcherNodes';
import { launcherSpread } from '../steps/launcherSpread';
import { launchersPending } from '../steps/launchersPending';
import { launchersPerVm } from '../steps/launchersPerVm';
import { virtHandler } from '../steps/workloads';
import { callVm } from './callSubresource';
import { cordonNode } from './cordon';
import { deletePods } from './deletePods';

/** Keeps new VMs and migration targets off the node where the known bug kills them. */
export const keepNodeOut = cordonNode({
  id: 'keep-node-out', node: launchersPerVm.out.node,
  title: msg('Keep migrations off that node'),
  summary: msg('Cordons the node on which every target dies, so that the next migration of the VM goes to another node and can succeed. VMs that run on the node stay.'),
});

/** Restarts the VM, which removes the stale state on every node. */
export const restartInWindow = callVm('restart', {
  id: 'restart-vm', risk: 'high', namespace: launchersPerVm.out.namespace, name: launchersPerVm.out.vm,
  title: msg('Restart the VM in a planned window'),
  summary: msg('The stale state belongs to the VM instance. A new instance has none, so a restart heals the VM on every node. Cancelling migrations or deleting pods does not.'),
  vms: msg('This one VM is shut down and started again.'),
  undo: msg('Not possible: the guest restarts.'),
  effects: [msg('If a node was closed because of this VM, open it again afterwards.')],
});

/** Leads to the subscription: a release with the repair ends the bug for all VMs. */
export const updateVirtualization = navigate({
  id: 'update-virtualization',
  title: msg('Update to a release with the repair'),
  summary: msg('kubevirt#18103 repairs it in KubeVirt 1.9.0; the branches of 1.8, 1.7 and 1.6 have it after 1.8.4, 1.7.4 and 1.6.6. Opens the subscriptions of the operator, where its updates are approved.'),
  risk: 'medium',
  vms: msg('Running VMs are migrated to the new release afterwards, as the workload update strategy says.'),
  undo: msg('Not possible: operators are not taken back to an older release.'),
  place: { page: 'list', of: kinds.Subscription, namespace: installed.out.namespace },
});

/** Keeps VMs off a node that cannot start any yet. */
export const closeUnreadyNode = cordonNode({
  id: 'close-node', node: launcherNodes.out.node,
  title: msg('Keep VMs off the node until /dev/kvm is back'),
  summary: msg('After a reboot the node takes pods before virt-handler has offered /dev/kvm, and turns them away. Close it until the number is above 0. Do not restart the VMs in bulk.'),
  effects: [msg('Open it again once the node offers /dev/kvm: take this back, or uncordon it.')],
});

/** Brings the device plugin of a node back, so that the kubelet takes VMs again. */
export const bringKvmBack = deletePods({
  id: 'bring-kvm-back', of: virtHandler, only: launcherNodes.out.handler,
  title: msg('Let virt-handler start anew on the node'),
  summary: msg('virt-handler offers /dev/kvm to the kubelet. Wait a minute after a reboot; if the node still offers none, replace the pod of virt-handler there. The evidence shows how many the node offers.'),
});

/** Takes a sick node out of scheduling. */
export const isolateNode = cordonNode({
  id: 'isolate-node', node: launcherSpread.out.node,
  title: msg('Keep VMs off the node'),
  summary: msg('Cordons the node so that nothing new fails there while it is repaired. Drain it only once migrations away from it work.'),
  effects: [msg('VMs that run on it share its troubles.')],
});

/** Shows what is wrong with a sick node. */
export const inspectNode = commands({
  id: 'inspect-node',
  title: msg('Find out what is wrong with the node'),
  summary: msg('Shows its conditions, its kubelet and its virt-handler.'),
  risk: 'none',
  vms: msg('None. These commands only look.'),
  undo: msg('Nothing is changed.'),
  commands: [
    sh`oc describe node ${launcherSpread.out.node}`,
    sh`oc adm node-logs ${launcherSpread.out.node} -u kubelet --tail=200`,
    sh`oc get pods -n ${virtHandler.in} -l ${virtHandler.labels} --field-selector spec.nodeName=${launcherSpread.out.node} -o wide`,
  ],
});

/** Shows what a node ran out of and who uses most of it. */
export const relieveNode = commands({
  id: 'relieve-node',
  title: msg('Find what the node ran out of'),
  summary: msg('Shows pressure, reservations and the largest pods of the node. Move VMs away or make room: memory overcommit, container disks and logs on the node’s own disk are the usual reasons. As long as it lasts, the next pods are evicted too.'),
  risk: 'none',
  vms: msg('None. These commands only look.'),
  undo: msg('Nothing is changed.'),
  commands: [
    sh`oc describe node ${launcherEnds.out.node}`,
    sh`oc adm top pods -A --field-selector spec.nodeName=${launcherEnds.out.node} --sort-by=memory`,
    sh`oc get --raw /api/v1/nodes/${launcherEnds.out.node}/proxy/stats/summary`,
    sh`oc get events -A --field-selector reason=Evicted --sort-by=.lastTimestamp`,
  ],
});

/** Gives the VM process more room than its guest has. */
export const giveMoreMemory = manual({
  id: 'give-more-memory',
  title: msg('Raise the memory limit of these VMs'),
  summary: msg('The kernel killed the VM process because guest, QEMU and virt-launcher together passed the limit of the pod. The guest is not at fault.'),
  risk: 'medium',
  vms: msg('Each changed VM has to be restarted by its owner.'),
  undo: msg('Set the previous limit again.'),
  todo: [
    msg('Take the names of the VMs from the sample.'),
    msg('Look for a memory limit in the VM or a quota and limit range in its namespace: a limit equal to the guest memory leaves no room for QEMU.'),
    msg('Raise or remove the limit, or lower the guest memory; then restart the VM when its owner agrees.'),
    msg('If VMs without a limit are killed, the overhead is too small: open a support case with the log of the pod.'),
  ],
});

/** Leads to the log of a failed pod. */
export const readFailedLog = navigate({
  id: 'read-failed-log',
  title: msg('Read why the VM process ended'),
  summary: msg('Opens the log of the newest failed pod of the sample. It is kept until the pod is deleted. The same error in all of them points at the release, at the node or at storage.'),
  risk: 'none',
  vms: msg('None.'),
  undo: msg('Nothing is changed.'),
  place: { page: 'object', of: kinds.Pod, namespace: launcherEnds.out.namespace, name: launcherEnds.out.pod, tab: 'logs' },
  commands: [sh`oc logs -n ${launcherEnds.out.namespace} ${launcherEnds.out.pod} -c compute --tail=200`],
});

/** Leads to the events of a pending launcher. */
export const readPendingEvents = navigate({
  id: 'read-pending-events',
  title: msg('Read what the pending pod waits for'),
  summary: msg('Opens the events of a pending launcher pod: image pulls, network set-up and volume mounts report there.'),
  risk: 'none',
  vms: msg('None.'),
  undo: msg('Nothing is changed.'),
  place: { page: 'object', of: kinds.Pod, namespace: launchersPending.out.namespace, name: launchersPending.out.pod, tab: 'events' },
  commands: [sh`oc describe pod -n ${launchersPending.out.namespace} ${launchersPending.out.pod}`],
});
