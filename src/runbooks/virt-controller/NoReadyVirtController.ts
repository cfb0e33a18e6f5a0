import { msg } from '../../engine/message';
import { defineRunbook } from '../../engine/runbook';
import { vmsUnmanaged } from '../../steps/affectedVms';
import { virtController } from '../../steps/workloads';
import { SHARED_TRAPS, noneReadyAlert, operandFamily, published } from '../deployments';

const family = operandFamily(virtController);

/** No virt-controller pod is ready. */
export const noReadyVirtController = defineRunbook({
  ...noneReadyAlert(family),
  alert: 'NoReadyVirtController',
  group: 'virt-controller',
  severities: ['critical'],
  summary: msg('No virt-controller pod is ready'),
  meaning: msg('For 10 minutes no virt-controller pod has been ready in the eyes of the rule: the kubelet calls it ready, Prometheus reaches it, and the program says so itself. Its probe passes as soon as its server answers, whether it leads or not.'),
  impact: msg('Unless this is a false alarm, nobody manages VMs: running ones go on, and no VM starts, stops, migrates or comes back after its node failed.'),
  ifIgnored: msg('It cannot wait until morning unless the diagnosis says that only monitoring is wrong. Every failing node is an outage that nothing repairs.'),
  affected: vmsUnmanaged,
  related: [
    { alert: 'VirtControllerDown', relation: 'cause' },
    { alert: 'VirtOperatorDown', relation: 'cause' },
    { alert: 'VirtControllerRESTErrorsBurst', relation: 'cause' },
    { alert: 'NoLeadingVirtController', relation: 'sibling' },
    { alert: 'LowReadyVirtControllersCount', relation: 'sibling' },
  ],
  differs: [
    {
      published: msg('`get pods -n $NAMESPACE | grep virt-controller` is to be typed.'),
      here: msg('The program in front is missing there. The pods are listed by their label.'),
    },
    {
      published: msg('5 minutes are named.'),
      here: msg('The rule waits 10 minutes in every release.'),
    },
    {
      published: msg('Ready is taken for able to lead.'),
      here: msg('The readiness probe answers yes in the pod that leads and in the one that waits. Whether anybody leads is asked by NoLeadingVirtController.'),
    },
    {
      published: msg('The rule is taken for the same in every release.'),
      here: msg('Up to KubeVirt 1.6 it adds up what the programs say of themselves and knows no probe. In 1.7 it counts pods that report anything at all, ready or not. This page says which form is loaded.'),
    },
    {
      published: msg('That nothing may be wrong at all is not considered.'),
      here: msg('The rule counts a pod only if Prometheus reaches it and the program says itself that it is ready. This page compares both with what the API server says of each pod.'),
    },
    ...SHARED_TRAPS,
  ],
  source: published('NoReadyVirtController'),
});
