import { msg } from '../../engine/message';
import { defineRunbook } from '../../engine/runbook';
import { noVmNotices } from '../../steps/affectedVms';
import { virtController } from '../../steps/workloads';
import { SHARED_TRAPS, operandFamily, published, someReadyAlert } from '../deployments';

const family = operandFamily(virtController);

/** Some virt-controller pods run and are not ready. */
export const lowReadyVirtControllersCount = defineRunbook({
  ...someReadyAlert(family),
  alert: 'LowReadyVirtControllersCount',
  group: 'virt-controller',
  severities: ['warning'],
  summary: msg('Some virt-controller pods run and are not ready'),
  meaning: msg('For 10 minutes fewer virt-controller pods have been ready than run, and at least 1 is. Pods that do not run at all are not counted here. During a rollout that is stuck, the old pods are ready and the new one is not.'),
  impact: msg('None for VMs while the ready pod leads or can take over. If it fails, nobody manages VMs.'),
  ifIgnored: msg('It can wait until morning while 1 pod is ready and no node is about to be drained.'),
  affected: noVmNotices,
  related: [
    { alert: 'NoReadyVirtController', relation: 'consequence' },
    { alert: 'LowVirtControllersCount', relation: 'sibling' },
    { alert: 'VirtOperatorDown', relation: 'sibling' },
  ],
  differs: [
    {
      published: msg('None of the pods is said to be ready for 5 minutes.'),
      here: msg('Not all of them are, for 10 minutes. If none is, NoReadyVirtController fires; before KubeVirt 1.8 both did.'),
    },
    {
      published: msg('Cluster memory, nodes and the scheduler are named as causes.'),
      here: msg('A pod that finds no node does not run, so it cannot raise this alert. It is shown and explains others.'),
    },
    {
      published: msg('That nothing may be wrong at all is not considered.'),
      here: msg('The rule counts a pod only if Prometheus reaches it and the program says itself that it is ready. This page compares both with what the API server says of each pod.'),
    },
    ...SHARED_TRAPS,
  ],
  source: published('LowReadyVirtControllersCount'),
});
