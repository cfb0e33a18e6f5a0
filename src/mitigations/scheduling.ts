import { sh } from '../engine/command';
import { msg } from '../engine/message';
import { commands, navigate } from '../engine/mitigation';
import { kinds } from '../sources/kinds';
import { type DeploymentWorkload } from '../sources/workload';
import { type nodesHealthy } from '../steps/nodesHealthy';
import { type placement } from '../steps/placement';
import { uncordonNode } from './cordon';

type Placement = ReturnType<typeof placement>;

/** Opens a cordoned node to pods again. */
export const uncordon = (healthy: ReturnType<typeof nodesHealthy>) => uncordonNode({
  id: 'uncordon-node', node: healthy.out.cordonedNode,
  title: msg('Uncordon a node that may run the pods'),
  summary: msg('Lets the scheduler use the node again. Choose it once its maintenance is over; a node that an update has just cordoned opens by itself.'),
});

/** Removes a taint that keeps the pods off. */
export const removeTaint = (placed: Placement) => commands({
  id: 'remove-taint',
  title: msg('Remove the taint'),
  summary: msg('Removes the taint from a node that may run the pods. Choose it if whoever put it there does not need it any more; ask them if it sets the node apart for others.'),
  risk: 'low',
  vms: msg('Nothing. Pods that the taint kept away may land on the node.'),
  undo: msg('Put the taint back: the same command without the minus at the end.'),
  commands: [sh`oc get node ${placed.out.taintedNode} -o jsonpath='{.spec.taints}'`, sh`oc adm taint nodes ${placed.out.taintedNode} ${placed.out.taintRemoval}`],
});

/** Shows what has requested the room on the nodes of the control plane. */
export const makeRoom = (of: DeploymentWorkload) => commands({
  id: 'make-room',
  title: msg('Make room on the nodes'),
  summary: msg('Shows what the pods ask for and what is requested on the nodes that may run them. Move or scale down what does not belong there, or give the nodes more CPU or memory. {{name}} has a high priority: the scheduler evicts others for it by itself where their priority is lower.', { name: of.name }),
  risk: 'medium',
  vms: msg('Nothing, unless you move VMs.'),
  undo: msg('Scale up again what you scaled down.'),
  commands: [
    sh`oc get deployment ${of.name} -n ${of.in} -o jsonpath='{.spec.template.spec.containers[*].resources}'`,
    sh`oc describe nodes -l node-role.kubernetes.io/control-plane | grep -A 12 'Allocated resources:'`,
    sh`oc adm top nodes`,
  ],
});

/** Compares the labels that the pods ask for with those of the nodes. */
export const restoreLabels = (of: DeploymentWorkload) => navigate({
  id: 'restore-node-labels',
  title: msg('Give nodes the labels that the pods ask for'),
  summary: msg('The pods ask for nodes with the role control-plane or master, or for what the Subscription of the operator says. Put a lost role label back on the nodes, or correct the node selector in the Subscription.'),
  risk: 'low',
  vms: msg('Nothing.'),
  undo: msg('Remove the label again.'),
  place: { page: 'list', of: kinds.Node },
  commands: [
    sh`oc get deployment ${of.name} -n ${of.in} -o jsonpath='{.spec.template.spec.nodeSelector} {.spec.template.spec.affinity.nodeAffinity}'`,
    sh`oc get nodes -L node-role.kubernetes.io/control-plane,node-role.kubernetes.io/master,kubernetes.io/os`,
    sh`oc get subscriptions.operators.coreos.com -n ${of.in} -o jsonpath='{.items[*].spec.config}'`,
  ],
});

/** Shows the pods and what the scheduler says, where this page has no name for the obstacle. */
export const readScheduler = (of: DeploymentWorkload) => commands({
  id: 'read-scheduler',
  title: msg('Remove what the scheduler objects to'),
  summary: msg('Shows the sentence of the scheduler in full, with the volumes and affinity rules of the pods.'),
  risk: 'none',
  vms: msg('Nothing.'),
  undo: msg('Not needed: nothing is changed.'),
  commands: [sh`oc describe pods -n ${of.in} -l ${of.labels}`, sh`oc describe nodes`],
});
