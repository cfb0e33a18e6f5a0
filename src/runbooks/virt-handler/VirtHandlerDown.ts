import { msg } from '../../engine/message';
import { defineRunbook } from '../../engine/runbook';
import { nodeTrouble, notReady, notReported, notStarted, refused, rolling, wantedNowhere } from '../../causes/handlerFamily';
import { silence, supportCase } from '../../mitigations/always';
import { alertOrder, editsOf, nodeChanges } from '../../steps/changes';
import { handlerSteps as s } from '../../steps/handlerSteps';
import { unmanagedVms } from '../../steps/unmanagedVms';
import { virtHandler } from '../../steps/workloads';

/** No virt-handler pod runs on any node. */
export const virtHandlerDown = defineRunbook({
  alert: 'VirtHandlerDown',
  group: 'virt-handler',
  scope: 'platform',
  severities: ['critical'],
  summary: msg('No virt-handler pod is running'),
  meaning: msg('For 10 minutes no virt-handler pod has been in the phase Running, on any node. virt-handler runs once on every node that carries VMs; it starts and stops the VMs of its node, reports their state, and takes part in every migration.'),
  impact: msg('Running VMs go on, with their disks and networks. No VM can be started, stopped cleanly, migrated or changed, consoles do not open, and drains of nodes stall. What the console shows of VMs is what was true when virt-handler stopped.'),
  ifIgnored: msg('It cannot wait. A VM that ends now stays off, because no node can start it. Nothing that runs is lost by waiting, so take the time to find the cause before you touch nodes or VMs.'),
  forms: [{
    id: 'running', expr: 'cluster:kubevirt_virt_handler_pods_running:count == 0', for: 600, releases: 'KubeVirt 1.8 and later (HCO 1.18 and later)',
    records: "count(kube_pod_status_phase{pod=~'virt-handler-.*', namespace='$NAMESPACE', phase='Running'} == 1) or vector(0)",
  }],
  diagnosis: [
    s.installed, s.hint, s.set, s.owner, s.policy, s.created, s.running, s.nodes, s.healthy, s.answer, s.placed, s.ends, s.logs, s.events, s.rollout, s.exporter, s.sees, s.install, s.upgrade,
  ],
  affected: unmanagedVms,
  around: [nodeChanges, editsOf(virtHandler), alertOrder],
  causes: [...wantedNowhere, ...refused, ...notStarted, notReported],
  company: [nodeTrouble, ...notReady, rolling],
  always: [supportCase(virtHandler, s.install), silence],
  related: [
    { alert: 'VirtOperatorDown', relation: 'cause' },
    { alert: 'NoReadyVirtHandler', relation: 'consequence' },
    { alert: 'OrphanedVirtualMachineInstances', relation: 'consequence' },
    { alert: 'VirtHandlerDaemonSetRolloutFailing', relation: 'consequence' },
    { alert: 'VirtualMachineStuckOnNode', relation: 'consequence' },
  ],
  differs: [
    {
      published: msg('A crash loop and nodes that are not ready are among the causes.'),
      here: msg('A pod in a crash loop, and one on a node that is not ready, keep the phase Running, which is what the rule counts. Both are shown and explain NoReadyVirtHandler and OrphanedVirtualMachineInstances, not this alert.'),
    },
    {
      published: msg('The alert speaks of the affected nodes.'),
      here: msg('The rule is true only if no node at all has a running virt-handler. A single node without one raises other alerts.'),
    },
    {
      published: msg('The labels of the alert name a pod and a reason.'),
      here: msg('The rule counts over all pods and carries neither. The reason is read from the pods themselves; labels are used if a release puts them there.'),
    },
    {
      published: msg('The DaemonSet may have been scaled to zero.'),
      here: msg('A DaemonSet has no replicas. It wants 0 pods if placement and taints leave no node, and this page says which of the two.'),
    },
    {
      published: msg('The namespace is cut out of a table, with an empty line in front and without a choice if there are two.'),
      here: msg('The namespace is read from the KubeVirt object, and two objects are said to be two.'),
    },
    {
      published: msg('That nothing may be wrong at all is not considered.'),
      here: msg('If kube-state-metrics or its scrape is gone, the rule counts 0 and fires. This page compares what the rule sees with what the API server says.'),
    },
  ],
  source: {
    url: 'https://github.com/openshift/runbooks/blob/master/alerts/openshift-virtualization-operator/VirtHandlerDown.md',
    revision: '82bd2d9d3789e76f8a8202f8a9ee0f0639cc5b73', date: '2026-07-08', releases: 'KubeVirt 1.8.4 (OpenShift Virtualization 4.22)',
  },
});
