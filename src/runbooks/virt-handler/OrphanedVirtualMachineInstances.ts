import { msg } from '../../engine/message';
import { defineRunbook } from '../../engine/runbook';
import { refused, rolling } from '../../causes/handlerFamily';
import { hereSteps as here, illHere, keptOff, nodeDown, onlyFinished } from '../../causes/orphanedNode';
import { silence, supportCase } from '../../mitigations/always';
import { kinds } from '../../sources/kinds';
import { alertNode } from '../../steps/alertNode';
import { alertOrder, editsOf, nodeChanges } from '../../steps/changes';
import { guestsHere, vmsHere } from '../../steps/guestsHere';
import { handlerHere } from '../../steps/handlerHere';
import { handlerSteps as s } from '../../steps/handlerSteps';
import { launchersHere } from '../../steps/launchersHere';
import { machinePower } from '../../steps/machinePower';
import { nodeHere } from '../../steps/nodeHere';
import { virtHandler } from '../../steps/workloads';

/** A node carries launcher pods and has no ready virt-handler. */
export const orphanedVirtualMachineInstances = defineRunbook({
  alert: 'OrphanedVirtualMachineInstances',
  aliases: ['OrphanedVirtualMachineImages'],
  group: 'virt-handler',
  scope: 'node',
  severities: ['warning'],
  identity: ['node'],
  subject: { of: kinds.Node, name: alertNode },
  summary: msg('A node carries VMs and has no ready virt-handler'),
  meaning: msg('For 10 minutes there have been launcher pods of VMs on this node, and no virt-handler that is ready. Each virt-handler serves the VMs of its own node; nobody else can.'),
  impact: msg('If the node is alive, its VMs go on running and nobody manages them: they cannot be started, stopped, migrated or changed, and their state is no longer reported. If the node is dead, they are down and do not start elsewhere by themselves.'),
  ifIgnored: msg('If the node is alive it can wait until morning, unless these VMs need attention or the node must be drained. If the node is dead it cannot wait: its VMs stay down until somebody brings the machine back or declares it dead.'),
  forms: [{
    id: 'node', for: 600, releases: 'KubeVirt 1.2 and later (HCO 1.12 and later)',
    expr: "(((max by (node) (kube_pod_status_ready{condition='true',pod=~'virt-handler.*'} * on(pod) group_left(node) max by(pod,node)(kube_pod_info{pod=~'virt-handler.*',node!=''})) ) == 1) or (count by (node)( kube_pod_info{pod=~'virt-launcher.*',node!=''})*0)) == 0",
  }],
  diagnosis: [
    s.installed, launchersHere, handlerHere, guestsHere, nodeHere, machinePower, s.set, s.policy, s.owner, s.created, here.answer, here.placed, here.ends, here.probe, here.logs, s.nodes, s.events, s.rollout, s.install, s.upgrade,
  ],
  affected: vmsHere,
  around: [nodeChanges, editsOf(virtHandler), alertOrder],
  causes: [nodeDown, ...keptOff, ...illHere, ...refused, onlyFinished],
  company: [rolling],
  always: [supportCase(virtHandler, s.install), silence],
  related: [
    { alert: 'VirtHandlerDown', relation: 'cause' },
    { alert: 'NoReadyVirtHandler', relation: 'cause' },
    { alert: 'VirtHandlerDaemonSetRolloutFailing', relation: 'sibling' },
    { alert: 'LowReadyVirtHandlerCount', relation: 'sibling' },
    { alert: 'VirtualMachineStuckOnNode', relation: 'consequence' },
  ],
  differs: [
    {
      published: msg('Whatever launcher pods there are on the node are taken for running VMs.'),
      here: msg('The rule counts launcher pods in any phase, those that ended long ago too. If there are no others, the alert is called false, and only pods that have ended are offered for deletion.'),
    },
    {
      published: msg('Nothing is said about a node that no longer reports.'),
      here: msg('Its VMs may well run. This page says so for each VM, asks whether the machine has power, and gives the order in which a dead node is given up. Force-deleting pods, VMs or the Node is never offered: if the machine lives, the VMs run twice and destroy their disks.'),
    },
    {
      published: msg('The DaemonSet and the KubeVirt object are read by name in all namespaces, which is refused, and YAML is given to a program that reads JSON.'),
      here: msg('The namespace is taken from the KubeVirt object, and fields are read, not printed.'),
    },
    {
      published: msg('The KubeVirt object is called kubevirt.'),
      here: msg('Under HCO it has another name. All KubeVirt objects are listed, whatever they are called.'),
    },
    {
      published: msg('The node is to be added to the placement policy of the KubeVirt object.'),
      here: msg('HCO puts the KubeVirt object back. The node gets the label that the policy asks for, which is safe while VMs run; the policy itself is changed in HyperConverged.'),
    },
    {
      published: msg('Until KubeVirt 0.49 the alert was called OrphanedVirtualMachineImages.'),
      here: msg('Both names lead here.'),
    },
  ],
  source: {
    url: 'https://github.com/openshift/runbooks/blob/master/alerts/openshift-virtualization-operator/OrphanedVirtualMachineInstances.md',
    revision: '82bd2d9d3789e76f8a8202f8a9ee0f0639cc5b73', date: '2026-07-08', releases: 'KubeVirt 1.8.4 (OpenShift Virtualization 4.22)',
  },
});
