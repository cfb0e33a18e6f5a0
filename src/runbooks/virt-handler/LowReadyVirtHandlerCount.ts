import { msg } from '../../engine/message';
import { defineRunbook } from '../../engine/runbook';
import { leftOutSomewhere, nodeTrouble, notReady, notScraped, notStarted, refused, rolling } from '../../causes/handlerFamily';
import { silence, supportCase } from '../../mitigations/always';
import { alertOrder, editsOf, nodeChanges } from '../../steps/changes';
import { handlerSteps as s } from '../../steps/handlerSteps';
import { unmanagedVms } from '../../steps/unmanagedVms';
import { virtHandler } from '../../steps/workloads';

/** Some virt-handler pods run and are not ready. */
export const lowReadyVirtHandlerCount = defineRunbook({
  alert: 'LowReadyVirtHandlerCount',
  group: 'virt-handler',
  scope: 'platform',
  severities: ['warning'],
  summary: msg('Some virt-handler pods are not ready'),
  meaning: msg('For 10 minutes fewer virt-handler pods have been ready than have the phase Running, but not none. Usually one node is not ready, or one virt-handler starts and ends again and again.'),
  impact: msg('The VMs of the nodes concerned go on running and are not managed: no start, no clean stop, no migration to or from there, no fresh state. After 5 minutes no new VM is placed there. All other nodes work as always.'),
  ifIgnored: msg('It can wait until morning if the VMs of those nodes need no attention, and if no maintenance is planned: a drain of such a node does not end. If a machine is dead, its VMs are down already and wait for you.'),
  forms: [{
    id: 'fewer', expr: 'cluster:kubevirt_virt_handler_ready:sum < cluster:kubevirt_virt_handler_pods_running:count and cluster:kubevirt_virt_handler_ready:sum > 0', for: 600,
    releases: 'KubeVirt 1.8 and later (HCO 1.18 and later)',
  }],
  diagnosis: [
    s.installed, s.running, s.nodes, s.healthy, s.set, s.hint, s.policy, s.created, s.answer, s.placed, s.ends, s.probe, s.logs, s.events, s.rollout, s.signals, s.install, s.upgrade,
  ],
  affected: unmanagedVms,
  around: [nodeChanges, editsOf(virtHandler), alertOrder],
  causes: [nodeTrouble, ...notReady, notScraped('some'), rolling],
  company: [...notStarted, ...refused, ...leftOutSomewhere],
  always: [supportCase(virtHandler, s.install), silence],
  related: [
    { alert: 'NoReadyVirtHandler', relation: 'sibling' },
    { alert: 'VirtHandlerDaemonSetRolloutFailing', relation: 'sibling' },
    { alert: 'OrphanedVirtualMachineInstances', relation: 'consequence' },
  ],
  differs: [
    {
      published: msg('Every schedulable node needs a ready virt-handler, whatever keeps it away.'),
      here: msg('The rule compares ready pods with pods in the phase Running. A pod that waits for its image or for room, and a node that is left out, do not raise it; they are shown and explain other alerts.'),
    },
    {
      published: msg('A command with a selector is said to show the log of one pod.'),
      here: msg('It shows the last 10 lines of each. Here the log of each container that does not stay up is read by name, the previous one too.'),
    },
    {
      published: msg('Which VMs are concerned is not said.'),
      here: msg('Nodes without a ready virt-handler are listed one by one, with their VMs.'),
    },
    {
      published: msg('That monitoring may not reach one pod is not considered.'),
      here: msg('A pod that is ready and not scraped counts as not ready for the rule. This page names it and calls the alert false.'),
    },
    {
      published: msg('The namespace is cut out of a table, with an empty line in front and without a choice if there are two.'),
      here: msg('The namespace is read from the KubeVirt object, and two objects are said to be two.'),
    },
  ],
  source: {
    url: 'https://github.com/openshift/runbooks/blob/master/alerts/openshift-virtualization-operator/LowReadyVirtHandlerCount.md',
    revision: '82bd2d9d3789e76f8a8202f8a9ee0f0639cc5b73', date: '2026-07-08', releases: 'KubeVirt 1.8.4 (OpenShift Virtualization 4.22)',
  },
});
