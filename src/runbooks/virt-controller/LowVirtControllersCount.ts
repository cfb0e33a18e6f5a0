import { msg } from '../../engine/message';
import { defineRunbook } from '../../engine/runbook';
import { noVmNotices } from '../../steps/affectedVms';
import { virtController } from '../../steps/workloads';
import { SHARED_TRAPS, lowAlert, operandFamily, published } from '../deployments';

const family = operandFamily(virtController);

/** Fewer virt-controller pods than wanted. */
export const lowVirtControllersCount = defineRunbook({
  ...lowAlert(family, 600),
  alert: 'LowVirtControllersCount',
  group: 'virt-controller',
  severities: ['warning'],
  summary: msg('Fewer virt-controller pods than wanted'),
  meaning: msg('For 10 minutes fewer than 75 % of the wanted virt-controller pods have been there. What is wanted is the number in its own Deployment, usually 2: then 1 is missing.'),
  impact: msg('None for VMs while the remaining pod leads. If it fails, nobody manages VMs until another one starts.'),
  ifIgnored: msg('It can wait until morning if no node is drained tonight. There is nobody to take over if the last pod goes.'),
  affected: noVmNotices,
  related: [
    { alert: 'VirtControllerDown', relation: 'consequence' },
    { alert: 'LowReadyVirtControllersCount', relation: 'sibling' },
    { alert: 'VirtOperatorDown', relation: 'cause' },
  ],
  differs: [
    {
      published: msg('Logs and descriptions of virt-launcher pods are read.'),
      here: msg('The alert is about virt-controller, and its pods are looked at.'),
    },
    {
      published: msg('1 pod is said to be enough for high availability.'),
      here: msg('2 are: 1 leads, and 1 is there to take over.'),
    },
    {
      published: msg('The namespace openshift-cnv is written into the commands.'),
      here: msg('The namespace is read from the KubeVirt object.'),
    },
    {
      published: msg('The rule is taken for the same in every release.'),
      here: msg('Up to KubeVirt 1.5 it wanted 2 ready pods on any cluster with more than 1 node. In 1.6 to 1.9 it counts pods that Prometheus reaches, on main pods in the phase Running. This page says which form is loaded.'),
    },
    {
      published: msg('A Deployment at 0 is among the causes.'),
      here: msg('0 of 0 is below no limit: the rule is silent then. VirtControllerDown fires instead.'),
    },
    {
      published: msg('That nothing may be wrong at all is not considered.'),
      here: msg('The rule counts a pod only if Prometheus reaches it and the program says itself that it is ready. This page compares both with what the API server says of each pod.'),
    },
    ...SHARED_TRAPS,
  ],
  source: published('LowVirtControllersCount'),
});
