import { firesIn } from '../../engine/cause';
import { msg } from '../../engine/message';
import { defineRunbook } from '../../engine/runbook';
import {
  abnormalLease, apiUnreachable, beingRemoved, flapping, foreignHolder, leaderNotScraped, leaseForbidden, leaseWebhook, noCandidate, stuckBeforeElection,
} from '../../causes/leader';
import { upgradeRunning } from '../../causes/upgradeRunning';
import { silence, supportCase } from '../../mitigations/always';
import { deleteStaleLease } from '../../mitigations/leaseDelete';
import { noVmNotices } from '../../steps/affectedVms';
import { alertOrder, editsOf, nodeChanges } from '../../steps/changes';
import { installation } from '../../steps/installation';
import { installed } from '../../steps/installed';
import { operatorElection } from '../../steps/leaderElection';
import { electionSteps } from '../../steps/leaderSteps';
import { podsRunning } from '../../steps/podsRunning';
import { upgrade } from '../../steps/upgrade';
import { warningEvents } from '../../steps/warningEvents';
import { virtOperator } from '../../steps/workloads';

const steps = electionSteps(operatorElection);
const install = installation(virtOperator);

/** Forms that take no series at all for nobody leading. The others are silent then. */
const COUNTS_NOTHING_AS_ZERO = ['orZero'];

const SUM = "sum(kubevirt_virt_operator_leading_status{namespace='$NAMESPACE'})";

/** No virt-operator pod leads. */
export const noLeadingVirtOperator = defineRunbook({
  alert: 'NoLeadingVirtOperator',
  group: 'virt-operator',
  scope: 'platform',
  severities: ['critical'],
  summary: msg('No virt-operator pod leads'),
  meaning: msg('For 10 minutes no virt-operator pod has reported that it leads. Usually 2 pods run; the one that holds the lease virt-operator works, the other waits for it. Whether they are Ready does not count here.'),
  impact: msg('Running VMs go on, and VMs can be started, stopped and migrated. Nothing heals: no upgrade, no renewal of certificates, no repair of virt-api, virt-controller and virt-handler.'),
  ifIgnored: msg('It can wait until morning if virt-api, virt-controller and virt-handler are well. It cannot wait until the day after: by default HCO has certificates renewed 12 hours before they run out, so the first can run out 12 hours after the last leader stopped. Then VMs can no longer be created, started, stopped or migrated.'),
  forms: [
    {
      id: 'sum', expr: 'cluster:kubevirt_virt_operator_leading:sum == 0', for: 600, releases: 'KubeVirt 1.8 and 1.9 (HCO 1.18 and 1.19)', records: SUM,
    },
    {
      id: 'orZero', expr: 'cluster:kubevirt_virt_operator_leading:sum == 0', for: 600, releases: 'KubeVirt main', records: `${SUM} or vector(0)`,
    },
    {
      id: 'old', expr: 'kubevirt_virt_operator_leading == 0', for: 600, releases: 'KubeVirt 1.2 to 1.7 (HCO 1.12 to 1.17)', records: SUM,
    },
  ],
  diagnosis: [
    installed, podsRunning(virtOperator), steps.candidates, steps.metric, steps.holder, steps.scraped, steps.ready, steps.log,
    steps.bindings, steps.rights, steps.webhooks, steps.backends, steps.changes, steps.lost, warningEvents(virtOperator), install, upgrade,
  ],
  affected: noVmNotices,
  around: [nodeChanges, editsOf(virtOperator), alertOrder],
  causes: [
    stuckBeforeElection(operatorElection, steps),
    leaseForbidden(operatorElection, steps),
    leaseWebhook(operatorElection, steps),
    apiUnreachable(operatorElection, steps),
    flapping(operatorElection, steps),
    abnormalLease(operatorElection, steps, deleteStaleLease(operatorElection, steps)),
    foreignHolder(operatorElection, steps),
    leaderNotScraped(operatorElection, steps),
    firesIn(COUNTS_NOTHING_AS_ZERO, noCandidate(operatorElection, steps)),
    beingRemoved(operatorElection, steps, installed),
    upgradeRunning(upgrade),
  ],
  always: [supportCase(virtOperator, install), silence],
  related: [
    { alert: 'VirtOperatorDown', relation: 'cause' },
    { alert: 'NoReadyVirtOperator', relation: 'cause' },
    { alert: 'VirtOperatorRESTErrorsBurst', relation: 'cause' },
    { alert: 'NoLeadingVirtController', relation: 'sibling' },
  ],
  differs: [
    {
      published: msg('The alert fires although the pods are Ready.'),
      here: msg('The rule does not look at readiness. In KubeVirt 1.9 and before it is silent if no pod reports at all; on main it fires then too. This page says which form is loaded.'),
    },
    {
      published: msg('Ready pods are taken for pods that can lead.'),
      here: msg('The probes of virt-operator ask for its metrics, which it serves long before it enters the election. This page asks kubevirt_virt_operator_ready_status, which is set right before.'),
    },
    {
      published: msg('The logs are searched with a command that names no pod, for lines of the year 2021.'),
      here: msg('The log of each running pod is read. Whether a pod leads is not taken from its log, because the line that says so is written once and falls out of the log of a long-lived leader. The lease and the metric say it.'),
    },
    {
      published: msg('The lease is not looked at; elsewhere a stale lease is taken for the cause and deleted.'),
      here: msg('A stale lease is a symptom. Candidates ignore the time in it, wait for its duration by their own clock and take it over. Deleting it helps only if its duration is absurd, and is offered only if nobody has renewed it over two readings.'),
    },
    {
      published: msg('The help of virt-operator speaks of endpoints and config maps as locks.'),
      here: msg('The lock is a Lease named virt-operator in the operator’s own namespace, whatever that help says.'),
    },
    {
      published: msg('The namespace is cut out of a table, with an empty line in front and without a choice if there are two.'),
      here: msg('The namespace is read from the KubeVirt object, and two objects are said to be two.'),
    },
    {
      published: msg('That nothing may be wrong at all is not considered.'),
      here: msg('If the leader is not scraped and another pod is, the rule adds up zeros and fires. This page compares the holder of the lease with what monitoring sees.'),
    },
  ],
  source: {
    url: 'https://github.com/openshift/runbooks/blob/master/alerts/openshift-virtualization-operator/NoLeadingVirtOperator.md',
    revision: '82bd2d9d3789e76f8a8202f8a9ee0f0639cc5b73', date: '2026-07-08', releases: 'KubeVirt 1.8.4 (OpenShift Virtualization 4.22)',
  },
});
