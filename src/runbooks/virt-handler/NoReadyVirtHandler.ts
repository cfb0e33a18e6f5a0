import { msg } from '../../engine/message';
import { defineRunbook } from '../../engine/runbook';
import { nodeTrouble, notReady, notReported, notScraped, notStarted, refused, rolling, wantedNowhere } from '../../causes/handlerFamily';
import { silence, supportCase } from '../../mitigations/always';
import { alertOrder, editsOf, nodeChanges } from '../../steps/changes';
import { handlerSteps as s } from '../../steps/handlerSteps';
import { unmanagedVms } from '../../steps/unmanagedVms';
import { virtHandler } from '../../steps/workloads';

/** No virt-handler pod is ready on any node. */
export const noReadyVirtHandler = defineRunbook({
  alert: 'NoReadyVirtHandler',
  group: 'virt-handler',
  scope: 'platform',
  severities: ['critical'],
  summary: msg('No virt-handler pod is ready'),
  meaning: msg('For 10 minutes no virt-handler pod has been ready, on any node. A virt-handler is ready as long as it reaches the API server. For the rule a pod counts only if it is scraped too and reports itself as ready.'),
  impact: msg('Running VMs go on, with their disks and networks. No VM can be started, stopped cleanly, migrated or changed, and the state of VMs is no longer reported. After 5 minutes no node is offered to VMs any more.'),
  ifIgnored: msg('It cannot wait, unless this page calls it a false alarm. A VM that ends now stays off, because no node can start it. Nothing that runs is lost by waiting.'),
  forms: [{
    id: 'ready', expr: 'cluster:kubevirt_virt_handler_ready:sum == 0', for: 600, releases: 'KubeVirt 1.8 and later (HCO 1.18 and later)',
    records: "sum(kube_pod_status_ready{pod=~'virt-handler-.*', namespace='$NAMESPACE', condition='true'} * on(pod, namespace) kubevirt_virt_handler_ready_status{namespace='$NAMESPACE'}) or vector(0)",
  }],
  diagnosis: [
    s.installed, s.set, s.owner, s.policy, s.created, s.running, s.nodes, s.healthy, s.hint, s.answer, s.placed, s.ends, s.probe, s.logs, s.events, s.rollout, s.exporter, s.sees, s.signals, s.install, s.upgrade,
  ],
  affected: unmanagedVms,
  around: [nodeChanges, editsOf(virtHandler), alertOrder],
  causes: [nodeTrouble, ...notReady, notScraped('all'), ...wantedNowhere, ...refused, ...notStarted, notReported, rolling],
  always: [supportCase(virtHandler, s.install), silence],
  related: [
    { alert: 'VirtHandlerDown', relation: 'cause' },
    { alert: 'VirtOperatorDown', relation: 'cause' },
    { alert: 'VirtHandlerRESTErrorsBurst', relation: 'cause' },
    { alert: 'LowReadyVirtHandlerCount', relation: 'sibling' },
    { alert: 'OrphanedVirtualMachineInstances', relation: 'consequence' },
    { alert: 'VirtHandlerDaemonSetRolloutFailing', relation: 'consequence' },
  ],
  differs: [
    {
      published: msg('Why all pods fail their readiness probe is left open.'),
      here: msg('The probe of virt-handler asks one thing, whether it reaches the API server. So the way from the nodes to the API server is looked at first, before anybody restarts pods.'),
    },
    {
      published: msg('That monitoring may be blind is not considered.'),
      here: msg('The rule multiplies what kube-state-metrics says by what virt-handler itself reports. If one of the two is not scraped, the product is 0 and nothing is wrong. This page compares all three.'),
    },
    {
      published: msg('The alert is new in HCO 1.18, and older texts do not know it.'),
      here: msg('On older releases it is not loaded, and this page says so.'),
    },
    {
      published: msg('The namespace is cut out of a table, with an empty line in front and without a choice if there are two.'),
      here: msg('The namespace is read from the KubeVirt object, and two objects are said to be two.'),
    },
  ],
  source: {
    url: 'https://github.com/openshift/runbooks/blob/master/alerts/openshift-virtualization-operator/NoReadyVirtHandler.md',
    revision: '82bd2d9d3789e76f8a8202f8a9ee0f0639cc5b73', date: '2026-07-08', releases: 'KubeVirt 1.8.4 (OpenShift Virtualization 4.22)',
  },
});
