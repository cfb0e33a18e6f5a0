import { msg } from '../../engine/message';
import { defineRunbook } from '../../engine/runbook';
import { checkApiPath, repairCaches } from '../../mitigations/leaseRepairs';
import { noVmNotices } from '../../steps/affectedVms';
import { operatorElection } from '../../steps/leaderElection';
import { electionSteps } from '../../steps/leaderSteps';
import { virtOperator } from '../../steps/workloads';
import { SHARED_TRAPS, noneReadyAlert, operatorFamily, published } from '../deployments';

const family = operatorFamily(virtOperator);
const { candidates, log } = electionSteps(operatorElection);
const election = { steps: [candidates, log], asItself: [repairCaches(operatorElection, { candidates }), checkApiPath(operatorElection)] };

/** No virt-operator pod is ready. */
export const noReadyVirtOperator = defineRunbook({
  ...noneReadyAlert(family, election),
  alert: 'NoReadyVirtOperator',
  group: 'virt-operator',
  severities: ['critical'],
  summary: msg('No virt-operator pod is ready'),
  meaning: msg('For 10 minutes no virt-operator pod has been ready in the eyes of the rule: the kubelet calls it ready, Prometheus reaches it, and the program says so itself, which it does once it has read what it needs for the election.'),
  impact: msg('Running VMs go on, and VMs can be started, stopped and migrated. Unless this is a false alarm, nothing heals: no upgrade, no renewal of certificates, no repair of virt-api, virt-controller and virt-handler.'),
  ifIgnored: msg('It can wait until morning, not until the day after: by default HCO has certificates renewed 12 hours before they run out, so the first can run out 12 hours after virt-operator stopped.'),
  affected: noVmNotices,
  related: [
    { alert: 'VirtOperatorDown', relation: 'cause' },
    { alert: 'NoLeadingVirtOperator', relation: 'sibling' },
    { alert: 'VirtOperatorRESTErrorsBurst', relation: 'sibling' },
    { alert: 'LowReadyVirtOperatorsCount', relation: 'sibling' },
  ],
  differs: [
    {
      published: msg('The name of the Deployment is to be obtained.'),
      here: msg('It is always virt-operator. Its replicas and conditions are read.'),
    },
    {
      published: msg('A step about virt-operator is headed with virt-controller.'),
      here: msg('All steps here are about virt-operator.'),
    },
    {
      published: msg('Ready pods are taken for working ones.'),
      here: msg('The probe asks for the metrics, which the program serves long before it works. It reports itself ready only when it enters the election; the rule multiplies both.'),
    },
    {
      published: msg('That nothing may be wrong at all is not considered.'),
      here: msg('The rule counts a pod only if Prometheus reaches it and the program says itself that it is ready. This page compares both with what the API server says of each pod.'),
    },
    ...SHARED_TRAPS,
  ],
  source: published('NoReadyVirtOperator'),
});
