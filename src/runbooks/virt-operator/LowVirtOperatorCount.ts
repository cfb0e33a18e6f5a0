import { msg } from '../../engine/message';
import { defineRunbook } from '../../engine/runbook';
import { noVmNotices } from '../../steps/affectedVms';
import { virtOperator } from '../../steps/workloads';
import { SHARED_TRAPS, lowAlert, operatorFamily, published } from '../deployments';

const family = operatorFamily(virtOperator);

/** Fewer virt-operator pods than wanted. */
export const lowVirtOperatorCount = defineRunbook({
  ...lowAlert(family, 3600),
  alert: 'LowVirtOperatorCount',
  group: 'virt-operator',
  severities: ['warning'],
  summary: msg('Fewer virt-operator pods than wanted'),
  meaning: msg('For 60 minutes fewer than 75 % of the wanted virt-operator pods have been there. What is wanted is the number in its own Deployment, usually 2: then 1 is missing.'),
  impact: msg('None for VMs. Upgrades, certificates and repairs go on while the remaining pod leads.'),
  ifIgnored: msg('It can wait until morning. If the last pod fails, nothing heals, and certificates run out within a day.'),
  affected: noVmNotices,
  related: [
    { alert: 'VirtOperatorDown', relation: 'consequence' },
    { alert: 'LowReadyVirtOperatorsCount', relation: 'sibling' },
  ],
  differs: [
    {
      published: msg('1 pod in the state Ready is said to be the trigger.'),
      here: msg('The rule knows no readiness. It compares a count with what the Deployment wants: in KubeVirt 1.6 to 1.9 pods that Prometheus reaches, on main pods in the phase Running, and up to 1.5 fewer than 2 on any cluster with more than 1 node.'),
    },
    {
      published: msg('A Deployment at 0 is among the causes.'),
      here: msg('0 of 0 is below no limit: the rule is silent then. VirtOperatorDown fires instead.'),
    },
    {
      published: msg('That nothing may be wrong at all is not considered.'),
      here: msg('The rule counts a pod only if Prometheus reaches it and the program says itself that it is ready. This page compares both with what the API server says of each pod.'),
    },
    ...SHARED_TRAPS,
  ],
  source: published('LowVirtOperatorCount'),
});
