import { msg } from '../../engine/message';
import { defineRunbook } from '../../engine/runbook';
import { noVmNotices } from '../../steps/affectedVms';
import { virtApi } from '../../steps/workloads';
import { SHARED_TRAPS, operandFamily, published, someReadyAlert } from '../deployments';

const family = operandFamily(virtApi);

/** Some virt-api pods run and are not ready. */
export const lowReadyVirtAPICount = defineRunbook({
  ...someReadyAlert(family),
  alert: 'LowReadyVirtAPICount',
  group: 'virt-api',
  severities: ['warning'],
  summary: msg('Some virt-api pods run and are not ready'),
  meaning: msg('For 10 minutes fewer virt-api pods have been ready than run, and at least 1 is. Pods that do not run at all are not counted here. During a rollout that is stuck, the old pods are ready and the new one is not.'),
  impact: msg('None for VMs: the ready pods answer. If those fail as well, VMs can no longer be created, changed, started, stopped or migrated.'),
  ifIgnored: msg('It can wait until morning while 1 pod is ready and no node is about to be drained. A drain of the node under the last ready pod turns it into an outage.'),
  affected: noVmNotices,
  related: [
    { alert: 'NoReadyVirtAPI', relation: 'consequence' },
    { alert: 'LowVirtAPICount', relation: 'sibling' },
    { alert: 'VirtOperatorDown', relation: 'sibling' },
  ],
  differs: [
    {
      published: msg('It is not said which pods count.'),
      here: msg('Only pods in the phase Running count. A pod that cannot start or finds no node raises LowVirtAPICount, not this alert.'),
    },
    {
      published: msg('Failed probes, node pressure and image pull are named as causes.'),
      here: msg('A pod whose image cannot be pulled does not run, so it cannot raise this alert. It is shown and explains others.'),
    },
    {
      published: msg('That nothing may be wrong at all is not considered.'),
      here: msg('The rule counts a pod only if Prometheus reaches it and the program says itself that it is ready. This page compares both with what the API server says of each pod.'),
    },
    ...SHARED_TRAPS,
  ],
  source: published('LowReadyVirtAPICount'),
});
