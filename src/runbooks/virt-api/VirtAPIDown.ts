import { apiPathCut, trustLost } from '../../causes/reach';
import { msg } from '../../engine/message';
import { defineRunbook } from '../../engine/runbook';
import { noVmNotices } from '../../steps/affectedVms';
import { apiAvailable } from '../../steps/apiAvailable';
import { caBundles } from '../../steps/caBundles';
import { webhooksBlock } from '../../steps/webhooksBlock';
import { virtApi } from '../../steps/workloads';
import { SHARED_TRAPS, downAlert, operandFamily, published } from '../deployments';

const family = operandFamily(virtApi);
const trusted = caBundles(virtApi, 'virt-api');
const reach = {
  steps: [apiAvailable, webhooksBlock(virtApi, 'virt-api'), trusted],
  company: [trustLost(virtApi, trusted, apiAvailable), apiPathCut(virtApi, apiAvailable, family.steps.running)],
};

/** No virt-api pod is running. */
export const virtAPIDown = defineRunbook({
  ...downAlert(family, reach),
  alert: 'VirtAPIDown',
  group: 'virt-api',
  severities: ['critical'],
  summary: msg('No virt-api pod is running'),
  meaning: msg('For 10 minutes no virt-api pod has been in the phase Running. virt-api serves KubeVirt’s own API and answers for its webhooks. 2 pods run, 1 per 10 nodes on larger clusters, and 1 on a single node.'),
  impact: msg('Running VMs go on. No VM can be created, changed, started, stopped or migrated, and consoles do not open. Evictions of VM pods are refused too, so drains and machine config updates stand still. Deleting works.'),
  ifIgnored: msg('It cannot wait until morning if anybody works with VMs or if nodes are being updated. A node that fails now takes its VMs down, and they do not start elsewhere, because starting one passes virt-api’s webhooks.'),
  affected: noVmNotices,
  related: [
    { alert: 'VirtOperatorDown', relation: 'cause' },
    { alert: 'NoReadyVirtAPI', relation: 'consequence' },
    { alert: 'LowVirtAPICount', relation: 'sibling' },
    { alert: 'LowReadyVirtAPICount', relation: 'sibling' },
    { alert: 'VirtApiRESTErrorsBurst', relation: 'sibling' },
    { alert: 'VirtControllerRESTErrorsBurst', relation: 'consequence' },
  ],
  differs: [
    {
      published: msg('All API servers of OpenShift are said to be down.'),
      here: msg('virt-api is KubeVirt’s API server alone. The API of the cluster works: this page was read through it.'),
    },
    {
      published: msg('A crash loop is among the causes.'),
      here: msg('A pod in a crash loop keeps the phase Running, which is what the rule counts. The crash loop is shown and explains other alerts; it raises this one only in releases whose rule rests on the scrape.'),
    },
    {
      published: msg('The labels of the alert name a pod and a reason.'),
      here: msg('The rule counts over all pods and carries neither. The reason is read from the pods themselves; labels are used if a release puts them there.'),
    },
    {
      published: msg('That virt-operator puts the Deployment back is not mentioned.'),
      here: msg('virt-operator undoes a scaling to 0 and a deletion within seconds, and refuses 0 in the KubeVirt object. If either lasts, virt-operator is the patient, and this page says so first.'),
    },
    {
      published: msg('What is refused while it is down is not said.'),
      here: msg('The webhooks with failurePolicy Fail are listed with what each of them blocks, drains among them.'),
    },
    {
      published: msg('That nothing may be wrong at all is not considered.'),
      here: msg('If kube-state-metrics or its scrape is gone, the rule counts 0 and fires, and so do its three siblings. This page asks for its series, and says that one repair ends all four.'),
    },
    ...SHARED_TRAPS,
  ],
  source: published('VirtAPIDown'),
});
