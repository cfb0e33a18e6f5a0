import { msg } from '../../engine/message';
import { defineRunbook } from '../../engine/runbook';
import { leftOutSomewhere, nodeTrouble, notReady, notStarted, refused, rolling } from '../../causes/handlerFamily';
import { silence, supportCase } from '../../mitigations/always';
import { alertOrder, editsOf, nodeChanges } from '../../steps/changes';
import { handlerSteps as s } from '../../steps/handlerSteps';
import { unmanagedVms } from '../../steps/unmanagedVms';
import { virtHandler } from '../../steps/workloads';

/** The DaemonSet of virt-handler has fewer ready pods than it wants. */
export const virtHandlerDaemonSetRolloutFailing = defineRunbook({
  alert: 'VirtHandlerDaemonSetRolloutFailing',
  group: 'virt-handler',
  scope: 'platform',
  severities: ['warning'],
  summary: msg('virt-handler is not ready on every node that should have it'),
  meaning: msg('For 15 minutes the DaemonSet of virt-handler has had fewer ready pods than nodes that it wants to run on. Despite its name a rollout need not be under way: one pod that does not become ready is enough.'),
  impact: msg('The VMs of the nodes concerned go on running and are not managed, and no new VM is placed there after 5 minutes. A rollout that is under way does not get on while a pod is missing, so an upgrade of virtualization stands still.'),
  ifIgnored: msg('It can wait until morning if enough other nodes have room for VMs. It cannot wait if an upgrade hangs on it: until virt-handler is rolled out, virt-operator goes no further.'),
  forms: [{
    id: 'unequal', for: 900, releases: 'KubeVirt 1.2 and later (HCO 1.12 and later)',
    expr: "(kube_daemonset_status_number_ready{namespace='$NAMESPACE', daemonset='virt-handler'} - kube_daemonset_status_desired_number_scheduled{namespace='$NAMESPACE', daemonset='virt-handler'}) != 0",
  }],
  diagnosis: [
    s.installed, s.set, s.running, s.nodes, s.rollout, s.created, s.answer, s.placed, s.healthy, s.hint, s.policy, s.ends, s.probe, s.logs, s.events, s.owner, s.install, s.upgrade,
  ],
  affected: unmanagedVms,
  around: [nodeChanges, editsOf(virtHandler), alertOrder],
  causes: [...notReady, ...notStarted, ...refused, rolling],
  company: [nodeTrouble, ...leftOutSomewhere],
  always: [supportCase(virtHandler, s.install), silence],
  related: [
    { alert: 'VirtHandlerDown', relation: 'sibling' },
    { alert: 'LowReadyVirtHandlerCount', relation: 'sibling' },
    { alert: 'OrphanedVirtualMachineInstances', relation: 'consequence' },
  ],
  differs: [
    {
      published: msg('Other pods of the node are to be deleted, whichever they are, to free resources.'),
      here: msg('That is advice for one cause only, a pod that waits for room, and it is dangerous: a deleted launcher pod stops its VM. Room is made only by evicting pods that a controller makes again elsewhere, never launcher pods.'),
    },
    {
      published: msg('Node trouble is not told from trouble of the pods.'),
      here: msg('A node that is not ready does not raise this alert: Kubernetes no longer wants a pod there. It is shown, and explains LowReadyVirtHandlerCount and OrphanedVirtualMachineInstances.'),
    },
    {
      published: msg('The rollout is said to fail.'),
      here: msg('The rule compares ready pods with wanted ones. Whether a rollout is under way, moves or stands still is a question of its own, with an end to waiting.'),
    },
    {
      published: msg('The node of a pod that waits is read from the pod.'),
      here: msg('A pod that waits has no node yet. It asks for one by name in its affinity, and that name is shown.'),
    },
    {
      published: msg('The namespace is read from all KubeVirt objects at once, which yields two names if there are two.'),
      here: msg('The namespace is read from the KubeVirt object, and two objects are said to be two.'),
    },
  ],
  source: {
    url: 'https://github.com/openshift/runbooks/blob/master/alerts/openshift-virtualization-operator/VirtHandlerDaemonSetRolloutFailing.md',
    revision: '82bd2d9d3789e76f8a8202f8a9ee0f0639cc5b73', date: '2026-07-08', releases: 'KubeVirt 1.8.4 (OpenShift Virtualization 4.22)',
  },
});
