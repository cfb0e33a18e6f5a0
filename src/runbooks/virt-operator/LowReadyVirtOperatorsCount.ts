import { msg } from '../../engine/message';
import { defineRunbook } from '../../engine/runbook';
import { checkApiPath, repairCaches } from '../../mitigations/leaseRepairs';
import { noVmNotices } from '../../steps/affectedVms';
import { operatorElection } from '../../steps/leaderElection';
import { electionSteps } from '../../steps/leaderSteps';
import { virtOperator } from '../../steps/workloads';
import { SHARED_TRAPS, operatorFamily, published, someReadyAlert } from '../deployments';

const family = operatorFamily(virtOperator);
const { candidates, log } = electionSteps(operatorElection);
const election = { steps: [candidates, log], asItself: [repairCaches(operatorElection, { candidates }), checkApiPath(operatorElection)] };

/** Some virt-operator pods run and are not ready. */
export const lowReadyVirtOperatorsCount = defineRunbook({
  ...someReadyAlert(family, election),
  alert: 'LowReadyVirtOperatorsCount',
  group: 'virt-operator',
  severities: ['warning'],
  summary: msg('Some virt-operator pods run and are not ready'),
  meaning: msg('For 10 minutes fewer virt-operator pods have been ready than run, and at least 1 is. Usually 2 run and 1 of them leads. Pods that do not run at all are not counted here.'),
  impact: msg('None for VMs. Upgrades, certificates and repairs go on while the ready pod leads.'),
  ifIgnored: msg('It can wait until morning. If the last ready pod fails, nothing heals, and certificates run out within a day.'),
  affected: noVmNotices,
  related: [
    { alert: 'NoReadyVirtOperator', relation: 'consequence' },
    { alert: 'LowVirtOperatorCount', relation: 'sibling' },
    { alert: 'VirtOperatorDown', relation: 'sibling' },
  ],
  differs: [
    {
      published: msg('None of the running pods is said to be ready.'),
      here: msg('Not all of them are. If none is, NoReadyVirtOperator fires; before KubeVirt 1.8 both did.'),
    },
    {
      published: msg('NoReadyVirtOperator is said to fire as well.'),
      here: msg('That was true of the older rule only.'),
    },
    {
      published: msg('That nothing may be wrong at all is not considered.'),
      here: msg('The rule counts a pod only if Prometheus reaches it and the program says itself that it is ready. This page compares both with what the API server says of each pod.'),
    },
    ...SHARED_TRAPS,
  ],
  source: published('LowReadyVirtOperatorsCount'),
});
