import { msg } from '../../engine/message';
import { defineRunbook } from '../../engine/runbook';
import {
  abnormalLease, apiUnreachable, beingRemoved, flapping, foreignHolder, idleLeader, leaderNotScraped, leaseForbidden, leaseWebhook, noCandidate, stuckBeforeElection,
} from '../../causes/leader';
import { upgradeRunning } from '../../causes/upgradeRunning';
import { silence, supportCase } from '../../mitigations/always';
import { deleteLeaseByHand } from '../../mitigations/leaseDelete';
import { vmsUnmanaged } from '../../steps/affectedVms';
import { alertOrder, editsOf, nodeChanges } from '../../steps/changes';
import { installation } from '../../steps/installation';
import { installed } from '../../steps/installed';
import { controllerElection } from '../../steps/leaderElection';
import { electionSteps } from '../../steps/leaderSteps';
import { podsRunning } from '../../steps/podsRunning';
import { upgrade } from '../../steps/upgrade';
import { warningEvents } from '../../steps/warningEvents';
import { virtController, virtOperator } from '../../steps/workloads';

const steps = electionSteps(controllerElection);
const install = installation(virtOperator);

/** No virt-controller pod leads. */
export const noLeadingVirtController = defineRunbook({
  alert: 'NoLeadingVirtController',
  group: 'virt-controller',
  scope: 'platform',
  severities: ['critical'],
  summary: msg('No virt-controller pod leads'),
  meaning: msg('For 10 minutes no virt-controller pod has reported that it leads. Usually 2 pods run; the one that holds the lease virt-controller manages all VMs, the other waits for it. Both pass their probes whether they lead or not.'),
  impact: msg('Running VMs go on. No VM can be started, stopped, restarted or migrated, and drains of nodes stall. The leader alone counts VMs and migrations, so alerts that rest on these counts are silent.'),
  ifIgnored: msg('It cannot wait until morning. From now on every failing node, every guest that shuts down and every VM that somebody wants to start is an outage that nothing repairs.'),
  forms: [
    {
      id: 'orZero', expr: 'cluster:kubevirt_virt_controller_leading:sum == 0', for: 600, releases: 'KubeVirt main, after 1.9',
      records: "sum(kubevirt_virt_controller_leading_status{namespace='$NAMESPACE'}) or vector(0)",
    },
  ],
  diagnosis: [
    installed, podsRunning(virtController), steps.candidates, steps.metric, steps.holder, steps.scraped, steps.ready, steps.log,
    steps.bindings, steps.rights, steps.webhooks, steps.backends, steps.changes, steps.lost, warningEvents(virtController), install, upgrade,
  ],
  affected: vmsUnmanaged,
  around: [nodeChanges, editsOf(virtController), alertOrder],
  causes: [
    noCandidate(controllerElection, steps),
    leaseForbidden(controllerElection, steps),
    leaseWebhook(controllerElection, steps),
    apiUnreachable(controllerElection, steps),
    idleLeader(controllerElection, steps),
    stuckBeforeElection(controllerElection, steps),
    flapping(controllerElection, steps),
    abnormalLease(controllerElection, steps, deleteLeaseByHand(controllerElection)),
    foreignHolder(controllerElection, steps),
    leaderNotScraped(controllerElection, steps),
    beingRemoved(controllerElection, steps, installed),
    upgradeRunning(upgrade),
  ],
  always: [supportCase(virtController, install), silence],
  related: [
    // Without it nothing that virt-controller lost comes back.
    { alert: 'VirtOperatorDown', relation: 'cause' },
    { alert: 'VirtControllerDown', relation: 'cause' },
    { alert: 'NoReadyVirtController', relation: 'cause' },
    { alert: 'VirtControllerRESTErrorsBurst', relation: 'cause' },
    { alert: 'NoLeadingVirtOperator', relation: 'sibling' },
  ],
  differs: [
    {
      published: msg('The alert is described as if every release had it.'),
      here: msg('Its rule came after KubeVirt 1.9, so no release of OpenShift Virtualization up to 4.22 raises it. The page can be asked all the same: the questions hold for every release.'),
    },
    {
      published: msg('A stale lease, or repeated failures to acquire it, is reason enough to delete it.'),
      here: msg('Candidates ignore the time in a stale lease, wait for its duration by their own clock and take it over. Two leaders would both start pods for the same VM, so deleting this lease is never a button: the commands prove first that nobody renews it.'),
    },
    {
      published: msg('Restart the Deployment, or delete all its pods at once.'),
      here: msg('virt-operator takes a rollout restart back. Pods are replaced one at a time, each after the one before is ready: all at once nobody would manage VMs meanwhile.'),
    },
    {
      published: msg('Raise requests and limits in the Deployment.'),
      here: msg('virt-operator puts the Deployment back. It ships without limits, so the room is missing on the node: take the load away there. The only other way is a patch through the KubeVirt object, which HCO answers with an alert of its own.'),
    },
    {
      published: msg('Whether the account may write leases is asked in its name.'),
      here: msg('That needs the right to impersonate. This page reads the roles that are bound to the account. virt-operator puts both back; if they stay away, it is the patient.'),
    },
    {
      published: msg('Who holds the lease is taken for the leader.'),
      here: msg('virt-controller says that it leads only after it has read all claims, namespaces and quotas. One that may not read them holds the lease for ever and manages nothing. This page compares the lease with what the pod reports.'),
    },
    {
      published: msg('The logs are read with a command that names no pod.'),
      here: msg('The log of each running pod is read. The lines of an election are written once and fall out of the log of a long-lived leader; the lease and the metric say who leads.'),
    },
    {
      published: msg('The namespace is cut out of a table, with an empty line in front and without a choice if there are two.'),
      here: msg('The namespace is read from the KubeVirt object, and two objects are said to be two.'),
    },
  ],
  source: {
    url: 'https://github.com/openshift/runbooks/blob/master/alerts/openshift-virtualization-operator/NoLeadingVirtController.md',
    revision: '82bd2d9d3789e76f8a8202f8a9ee0f0639cc5b73', date: '2026-07-08', releases: 'KubeVirt main (after 1.9)',
  },
});
