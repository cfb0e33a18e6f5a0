import { firesIn } from '../../engine/cause';
import { msg } from '../../engine/message';
import { defineRunbook } from '../../engine/runbook';
import { crashLoop, failingProbe, outOfMemory } from '../../causes/crashing';
import { creationRejected, priorityClassMissing, quotaExceeded, webhookRefuses } from '../../causes/creation';
import { imagePull } from '../../causes/imagePull';
import { scrapeFailing, seriesMissing } from '../../causes/metrics';
import { nodesNotReady, podsFailed, stuckStarting } from '../../causes/nodes';
import { deploymentAbsent, scaledToZero } from '../../causes/replicas';
import { noNodeMatches, noRoom, nodesCordoned, nodesTainted, unschedulable } from '../../causes/unschedulable';
import { upgradeRunning } from '../../causes/upgradeRunning';
import { silence, supportCase } from '../../mitigations/always';
import { noVmNotices } from '../../steps/affectedVms';
import { alertHint } from '../../steps/alertHint';
import { alertOrder, editsOf, nodeChanges } from '../../steps/changes';
import { crashes } from '../../steps/crashes';
import { currentLogs } from '../../steps/currentLogs';
import { desiredReplicas } from '../../steps/desiredReplicas';
import { installation } from '../../steps/installation';
import { installed } from '../../steps/installed';
import { nodesHealthy } from '../../steps/nodesHealthy';
import { placement } from '../../steps/placement';
import { podsCreated } from '../../steps/podsCreated';
import { podsRunning } from '../../steps/podsRunning';
import { registryAnswer } from '../../steps/registryAnswer';
import { ruleSees } from '../../steps/ruleSees';
import { upgrade } from '../../steps/upgrade';
import { warningEvents } from '../../steps/warningEvents';
import { virtOperator } from '../../steps/workloads';

const desired = desiredReplicas(virtOperator);
const install = installation(virtOperator);
const created = podsCreated(virtOperator);
const running = podsRunning(virtOperator);
const answer = registryAnswer(virtOperator);
const placed = placement(virtOperator);
const healthy = nodesHealthy(virtOperator);
const ends = crashes(virtOperator, running);
const logs = currentLogs(virtOperator, running);
const sees = ruleSees(virtOperator);

/** Forms whose expression takes a pod that cannot be scraped for one that does not run. */
const SCRAPED = ['scraped'];

/** No virt-operator pod runs. */
export const virtOperatorDown = defineRunbook({
  alert: 'VirtOperatorDown',
  group: 'virt-operator',
  scope: 'platform',
  severities: ['critical'],
  summary: msg('No virt-operator pod is running'),
  meaning: msg('For 10 minutes no virt-operator pod has been in the phase Running. virt-operator installs and upgrades KubeVirt, keeps virt-api, virt-controller and virt-handler as they should be, and renews their certificates. Usually 2 pods run and 1 of them leads.'),
  impact: msg('Running VMs go on, and VMs can be started, stopped and migrated. Nothing heals: no upgrade, no renewal of certificates, no repair of the control plane if another part of it fails. Changes of the KubeVirt object are refused, because virt-operator checks them.'),
  ifIgnored: msg('It can wait until morning, not until the day after. By default HCO has certificates renewed 12 hours before they run out, so the first can run out 12 hours after virt-operator stopped. Then the webhooks of virt-api fail, and VMs can no longer be created, started, stopped or migrated.'),
  forms: [
    {
      id: 'running', expr: 'cluster:kubevirt_virt_operator_pods_running:count == 0', for: 600, releases: 'KubeVirt 1.8 and later (HCO 1.18 and later)',
      records: "count(kube_pod_status_phase{pod=~'virt-operator-.*', namespace='$NAMESPACE', phase='Running'} == 1) or vector(0)",
    },
    {
      id: 'scraped', expr: 'kubevirt_virt_operator_up == 0', for: 600, releases: 'KubeVirt 1.2 to 1.7 (HCO 1.12 to 1.17)',
      records: "sum(up{namespace='$NAMESPACE', pod=~'virt-operator-.*'}) or vector(0)",
    },
  ],
  diagnosis: [
    installed, alertHint, desired, install, created, running, answer, placed, healthy, ends, logs, warningEvents(virtOperator), sees, upgrade,
  ],
  affected: noVmNotices,
  around: [nodeChanges, editsOf(virtOperator), alertOrder],
  causes: [
    scaledToZero(virtOperator, desired),
    deploymentAbsent(virtOperator, desired, install),
    priorityClassMissing(virtOperator, created),
    quotaExceeded(virtOperator, created),
    webhookRefuses(virtOperator, created),
    creationRejected(virtOperator, created),
    imagePull(virtOperator, running, answer, alertHint),
    nodesNotReady(virtOperator, running, placed, healthy),
    nodesCordoned(virtOperator, placed, healthy),
    nodesTainted(virtOperator, placed),
    noRoom(virtOperator, placed),
    noNodeMatches(virtOperator, placed, healthy),
    unschedulable(virtOperator, placed),
    podsFailed(virtOperator, running, healthy),
    stuckStarting(virtOperator, running),
    firesIn(SCRAPED, outOfMemory(virtOperator, running, ends)),
    firesIn(SCRAPED, crashLoop(virtOperator, running, ends, alertHint)),
    firesIn(SCRAPED, failingProbe(virtOperator, running, logs)),
    firesIn(['running'], seriesMissing(virtOperator, sees)),
    firesIn(SCRAPED, scrapeFailing(virtOperator, sees)),
    upgradeRunning(upgrade),
  ],
  always: [supportCase(virtOperator, install), silence],
  related: [
    { alert: 'NoReadyVirtOperator', relation: 'consequence' },
    { alert: 'NoLeadingVirtOperator', relation: 'consequence' },
    { alert: 'HCOOperatorConditionsUnhealthy', relation: 'consequence' },
    { alert: 'LowVirtOperatorCount', relation: 'sibling' },
    { alert: 'LowReadyVirtOperatorsCount', relation: 'sibling' },
    { alert: 'VirtOperatorRESTErrorsBurst', relation: 'cause' },
  ],
  differs: [
    {
      published: msg('A crash loop is among the causes.'),
      here: msg('A pod in a crash loop keeps the phase Running, which is what the rule counts. The crash loop is shown and explains other alerts; it raises this one only in releases whose rule rests on the scrape.'),
    },
    {
      published: msg('The namespace is cut out of a table, with an empty line in front and without a choice if there are two.'),
      here: msg('The namespace is read from the KubeVirt object, and two objects are said to be two.'),
    },
    {
      published: msg('The labels of the alert name a pod and a reason.'),
      here: msg('The rule counts over all pods and carries neither. The reason is read from the pods themselves; labels are used if a release puts them there.'),
    },
    {
      published: msg('The logs are read with a command that names no pod, or one that does not exist.'),
      here: msg('The current and the previous log of each container are read, at most 3 of each.'),
    },
    {
      published: msg('An older text says 5 minutes.'),
      here: msg('The rule waits 10 minutes. What is shown is the duration of the rule that is loaded.'),
    },
    {
      published: msg('A Deployment at 0 is left to OLM to restore.'),
      here: msg('OLM makes a deleted Deployment again and leaves the replicas at 0. This page scales it back, to the number in the ClusterServiceVersion, after showing what resumes.'),
    },
    {
      published: msg('That nothing may be wrong at all is not considered.'),
      here: msg('If kube-state-metrics or its scrape is gone, the rule counts 0 and fires. This page compares what the rule sees with what the API server says.'),
    },
  ],
  source: {
    url: 'https://github.com/openshift/runbooks/blob/master/alerts/openshift-virtualization-operator/VirtOperatorDown.md',
    revision: '82bd2d9d3789e76f8a8202f8a9ee0f0639cc5b73', date: '2026-07-08', releases: 'KubeVirt 1.8.4 (OpenShift Virtualization 4.22)',
  },
});
