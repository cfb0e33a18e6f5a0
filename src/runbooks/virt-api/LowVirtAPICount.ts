import { msg } from '../../engine/message';
import { defineRunbook } from '../../engine/runbook';
import { noVmNotices } from '../../steps/affectedVms';
import { virtApi } from '../../steps/workloads';
import { SHARED_TRAPS, lowAlert, operandFamily, published } from '../deployments';

const family = operandFamily(virtApi);

/** Fewer virt-api pods than wanted. */
export const lowVirtAPICount = defineRunbook({
  ...lowAlert(family, 3600),
  alert: 'LowVirtAPICount',
  group: 'virt-api',
  severities: ['warning'],
  summary: msg('Fewer virt-api pods than wanted'),
  meaning: msg('For 60 minutes fewer than 75 % of the wanted virt-api pods have been there. What is wanted is the number in its own Deployment: 2, 1 per 10 nodes on larger clusters, 1 on a single node. With 2 wanted, 1 is missing.'),
  impact: msg('None for VMs. The remaining pods answer; without them VMs can no longer be created, changed, started, stopped or migrated.'),
  ifIgnored: msg('It can wait until morning if no node is drained tonight. While 1 pod is left, the disruption budget of virt-api holds up the drain of its node.'),
  affected: noVmNotices,
  related: [
    { alert: 'VirtAPIDown', relation: 'consequence' },
    { alert: 'LowReadyVirtAPICount', relation: 'sibling' },
    { alert: 'VirtOperatorDown', relation: 'cause' },
  ],
  differs: [
    {
      published: msg('1 pod on 2 nodes is said to be the trigger.'),
      here: msg('That was the rule of KubeVirt 1.5 and before. Since then the count is compared with what the Deployment wants, so that several pods can be too few on a large cluster, and 1 is enough where 1 is wanted.'),
    },
    {
      published: msg('The number of ready replicas is read.'),
      here: msg('Ready is another alert. In KubeVirt 1.6 to 1.9 the rule counts pods that Prometheus reaches, on main pods in the phase Running. This page says which form is loaded, and looks at both.'),
    },
    {
      published: msg('A Deployment at 0 is among the causes.'),
      here: msg('0 of 0 is below no limit: the rule is silent then. VirtAPIDown fires instead.'),
    },
    {
      published: msg('That nothing may be wrong at all is not considered.'),
      here: msg('The rule counts a pod only if Prometheus reaches it and the program says itself that it is ready. This page compares both with what the API server says of each pod.'),
    },
    ...SHARED_TRAPS,
  ],
  source: published('LowVirtAPICount'),
});
