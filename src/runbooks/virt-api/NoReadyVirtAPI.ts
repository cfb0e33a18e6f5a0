import { apiPathCut, trustLost } from '../../causes/reach';
import { msg } from '../../engine/message';
import { defineRunbook } from '../../engine/runbook';
import { noVmNotices } from '../../steps/affectedVms';
import { apiAvailable } from '../../steps/apiAvailable';
import { caBundles } from '../../steps/caBundles';
import { webhooksBlock } from '../../steps/webhooksBlock';
import { virtApi } from '../../steps/workloads';
import { SHARED_TRAPS, noneReadyAlert, operandFamily, published } from '../deployments';

const family = operandFamily(virtApi);
const trusted = caBundles(virtApi, 'virt-api');
const reach = {
  steps: [apiAvailable, webhooksBlock(virtApi, 'virt-api'), trusted],
  company: [trustLost(virtApi, trusted, apiAvailable), apiPathCut(virtApi, apiAvailable, family.steps.running)],
};

/** No virt-api pod is ready. */
export const noReadyVirtAPI = defineRunbook({
  ...noneReadyAlert(family, reach),
  alert: 'NoReadyVirtAPI',
  group: 'virt-api',
  severities: ['critical'],
  summary: msg('No virt-api pod is ready'),
  meaning: msg('For 10 minutes no virt-api pod has been ready in the eyes of the rule: the kubelet calls it ready, Prometheus reaches it, and the program says so itself. virt-api serves KubeVirt’s own API and answers for its webhooks. Its probe asks whether it reaches the API server.'),
  impact: msg('Running VMs go on. Unless this is a false alarm, no VM can be created, changed, started, stopped or migrated, and evictions of VM pods are refused, so drains stand still. Deleting works.'),
  ifIgnored: msg('It cannot wait until morning if anybody works with VMs or if nodes are being updated. VMs of a node that fails now do not start elsewhere.'),
  affected: noVmNotices,
  related: [
    { alert: 'VirtAPIDown', relation: 'cause' },
    { alert: 'VirtOperatorDown', relation: 'cause' },
    { alert: 'LowReadyVirtAPICount', relation: 'sibling' },
    { alert: 'VirtApiRESTErrorsBurst', relation: 'sibling' },
  ],
  differs: [
    {
      published: msg('VMs are said to be impossible to delete.'),
      here: msg('Deleting a VM or its pods passes none of virt-api’s webhooks and works. Create and update do not, dry runs included.'),
    },
    {
      published: msg('The logs are read with a placeholder for the pod.'),
      here: msg('The current and the previous log of each container are read, at most 3 of each.'),
    },
    {
      published: msg('Ready pods are taken for a working API.'),
      here: msg('Between the API server and a ready pod there can be a NetworkPolicy or an MTU that is too large. The condition of the registered API is quoted in its own words.'),
    },
    {
      published: msg('That nothing may be wrong at all is not considered.'),
      here: msg('The rule counts a pod only if Prometheus reaches it and the program says itself that it is ready. This page compares both with what the API server says of each pod.'),
    },
    ...SHARED_TRAPS,
  ],
  source: published('NoReadyVirtAPI'),
});
