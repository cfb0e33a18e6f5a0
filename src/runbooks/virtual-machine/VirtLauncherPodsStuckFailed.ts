import { msg } from '../../engine/message';
import { defineRunbook } from '../../engine/runbook';
import {
  badNode, kubeletRefuses, launchersCrash, launchersEvicted, launchersOutOfMemory, migrationResidue, nodesShutDown, oldLeftovers, pendingImages,
  pendingNetwork, pendingVolumes, tenantLoop,
} from '../../causes/launcherCauses';
import { deschedulerLoop, drainLoop, endlessTargets, machineConfigLoop, neverCancelled, requestLoop, workloadUpdateLoop } from '../../causes/migrationCauses';
import { silence, supportCase } from '../../mitigations/always';
import { currentLogs } from '../../steps/currentLogs';
import { alertOrder, editsOf, nodeChanges } from '../../steps/changes';
import { installation } from '../../steps/installation';
import { installed } from '../../steps/installed';
import { launcherEnds } from '../../steps/launcherEnds';
import { launcherEvents, launcherPendingEvents } from '../../steps/launcherEvents';
import { launcherHandlerLog } from '../../steps/launcherHandlerLog';
import { launcherInfrastructure } from '../../steps/launcherInfrastructure';
import { launcherLog } from '../../steps/launcherLog';
import { launcherNodes } from '../../steps/launcherNodes';
import { launcherOwners } from '../../steps/launcherOwners';
import { launcherReasons } from '../../steps/launcherReasons';
import { launcherSample } from '../../steps/launcherSample';
import { launcherSpread } from '../../steps/launcherSpread';
import { launcherTenant } from '../../steps/launcherTenant';
import { launchersFailed } from '../../steps/launchersFailed';
import { launchersPending } from '../../steps/launchersPending';
import { launchersPerVm } from '../../steps/launchersPerVm';
import { migrationDemand } from '../../steps/migrationDemand';
import { migrationHandler } from '../../steps/migrationHandler';
import { migrationLoops } from '../../steps/migrationLoops';
import { migrationNetworkState } from '../../steps/migrationNetworkState';
import { migrationTargets } from '../../steps/migrationTargets';
import { podsRunning } from '../../steps/podsRunning';
import { upgrade } from '../../steps/upgrade';
import { virtController, virtOperator } from '../../steps/workloads';
import { KNOWN_BUGS, isAffected } from '../knownBugs';

const install = installation(virtOperator);
const running = podsRunning(virtController);
const logs = currentLogs(virtController, running);
const networkState = migrationNetworkState((version) => {
  const bug = KNOWN_BUGS.find(({ issue }) => issue === 18087);
  return bug && isAffected(bug, version);
});

/** 200 or more virt-launcher pods are in phase Failed. */
export const virtLauncherPodsStuckFailed = defineRunbook({
  alert: 'VirtLauncherPodsStuckFailed',
  group: 'virtual-machine',
  scope: 'platform',
  severities: ['critical'],
  summary: msg('200 or more virt-launcher pods have failed and stay'),
  meaning: msg('For 10 minutes 200 or more virt-launcher pods of the whole cluster have been in the phase Failed. Each VM runs in one such pod, and each migration makes another. A VM that crashes and restarts takes its failed pods with it, so what piles up comes from migrations that fail, from VM instances that nobody retries, or from nodes that end or refuse pods.'),
  impact: msg('A failed pod runs no VM: the pods themselves harm none. Their number loads the API server, etcd, the scheduler, kube-state-metrics and Prometheus, and lists become slow. What makes them can harm VMs: drains and updates that never end, VMs that were evicted or do not start.'),
  ifIgnored: msg('It can wait until morning if the count stands still. If it rises, stop the source now: 20,000 pods slow the whole cluster down, and a drain or an update that migrates in a loop does not end by itself.'),
  forms: [
    { id: 'failed', expr: "sum(kube_pod_status_phase{phase='Failed', pod=~'virt-launcher-.*'}) >= 200", for: 600, releases: 'KubeVirt 1.8 and later (HCO 1.18 and later)' },
  ],
  diagnosis: [
    launchersFailed, launcherSpread, launchersPerVm, launcherReasons, launcherSample, launcherEnds, launcherOwners, launcherTenant,
    launcherLog, launcherEvents, migrationLoops, migrationDemand, installed, migrationTargets, migrationHandler, networkState, launcherNodes, launcherHandlerLog,
    launchersPending, launcherPendingEvents, running, logs, install, upgrade, launcherInfrastructure,
  ],
  around: [nodeChanges, editsOf(virtController), alertOrder],
  causes: [
    endlessTargets(networkState), drainLoop, machineConfigLoop, workloadUpdateLoop, deschedulerLoop, neverCancelled, requestLoop,
    migrationResidue, kubeletRefuses, nodesShutDown, launchersEvicted, launchersOutOfMemory, badNode, tenantLoop, launchersCrash, oldLeftovers,
  ],
  company: [pendingImages, pendingNetwork, pendingVolumes],
  always: [supportCase(virtController, install), silence],
  related: [
    { alert: 'KubeVirtVMIExcessiveMigrations', relation: 'cause' },
    { alert: 'HCOMisconfiguredDescheduler', relation: 'cause' },
    { alert: 'VirtControllerRESTErrorsBurst', relation: 'sibling' },
    { alert: 'OrphanedVirtualMachineInstances', relation: 'consequence' },
  ],
  differs: [
    {
      published: msg('The condition is a recording rule, cluster:kubevirt_virt_launcher_failed:count.'),
      here: msg('No release looked at has that rule. This page asks with the expression of the alert itself.'),
    },
    {
      published: msg('Failed pods are matched with their nodes by the name of the pod.'),
      here: msg('Names repeat across namespaces. This page matches namespace and name.'),
    },
    {
      published: msg('The reasons are those with which containers were last terminated.'),
      here: msg('A launcher is never restarted, so it has no last end. This page counts how its containers ended now, and reads exit codes from a sample.'),
    },
    {
      published: msg('Image pulls, network and storage are the common causes.'),
      here: msg('They keep pods in the phase Pending, and pending targets of migrations are deleted when their time is over, so they cannot raise this alert. This page asks for pending launchers and says so.'),
    },
    {
      published: msg('Migrations are cancelled with a command that deletes all of them in the cluster.'),
      here: msg('That command is refused as it is written, and with the missing word it would cancel running migrations too. This page names the creator first, then cancels only what has not begun: of a VM, of a node that is drained or of an update.'),
    },
    {
      published: msg('Failed pods are deleted by a list of names without namespaces.'),
      here: msg('Then the pods are looked for in the current project. This page deletes each by namespace, name and uid, saves the ends of logs first and keeps the newest of each VM unless there are too many.'),
    },
    {
      published: msg('Logs of virt-handler are read on all nodes.'),
      here: msg('This page reads those of at most 3 nodes with many failed pods, and where targets of one VM keep dying it looks for the line of a known bug.'),
    },
    {
      published: msg('Known bugs are met by moving to another release.'),
      here: msg('This page names the bug: kubevirt#18087 for endless targets, #9585 for evacuations that were never cancelled, #10695 for pods that successful migrations left before KubeVirt 1.6.'),
    },
    {
      published: msg('The alert has no namespace.'),
      here: msg('It counts over the whole cluster. From the release after KubeVirt 1.9.0 on it carries the namespace of the installation, which is not that of the VMs.'),
    },
  ],
  source: {
    url: 'https://github.com/openshift/runbooks/blob/master/alerts/openshift-virtualization-operator/VirtLauncherPodsStuckFailed.md',
    revision: '82bd2d9d3789e76f8a8202f8a9ee0f0639cc5b73', date: '2026-07-08', releases: 'KubeVirt 1.8.4 (OpenShift Virtualization 4.22)',
  },
});
