import { msg } from '../../engine/message';
import { defineRunbook } from '../../engine/runbook';
import { virtController } from '../../steps/workloads';
import { differsForBurst, restErrorsBurst } from '../restErrors';

/** Most of what virt-controller asks of the API server fails. */
export const virtControllerRESTErrorsBurst = defineRunbook({
  alert: 'VirtControllerRESTErrorsBurst',
  group: 'virt-controller',
  scope: 'platform',
  severities: ['critical'],
  summary: msg('Most calls of virt-controller to the API server fail'),
  meaning: msg('For 5 minutes at least 80 % of the calls that virt-controller makes to the API server have been answered with an error. Everything that it does is such a call: making launcher pods, migrating, writing what state a VM is in. Two pods that only keep their lease make one call per second together, so for this alert the failing ones are many.'),
  impact: msg('Running VMs go on. VMs are not started, stopped or migrated, or much later than asked for; what the console shows of them is old. Drains of nodes stall.'),
  ifIgnored: msg('It cannot wait until morning if VMs have to start, restart or move by themselves: a node that fails now takes its VMs with it, and nobody starts them elsewhere.'),
  ...restErrorsBurst(virtController),
  related: [
    { alert: 'VirtAPIDown', relation: 'cause' },
    { alert: 'NoReadyVirtController', relation: 'consequence' },
    { alert: 'NoLeadingVirtController', relation: 'consequence' },
    { alert: 'VirtHandlerRESTErrorsBurst', relation: 'sibling' },
    { alert: 'VirtOperatorRESTErrorsBurst', relation: 'sibling' },
  ],
  differs: differsForBurst,
  source: {
    url: 'https://github.com/openshift/runbooks/blob/master/alerts/openshift-virtualization-operator/VirtControllerRESTErrorsBurst.md',
    revision: '82bd2d9d3789e76f8a8202f8a9ee0f0639cc5b73', date: '2026-07-08', releases: 'KubeVirt 1.8.4 (OpenShift Virtualization 4.22)',
  },
});
