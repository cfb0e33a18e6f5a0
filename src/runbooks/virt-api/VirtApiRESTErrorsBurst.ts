import { msg } from '../../engine/message';
import { defineRunbook } from '../../engine/runbook';
import { desiredReplicas } from '../../steps/desiredReplicas';
import { virtApi } from '../../steps/workloads';
import { differsForBurst, restErrorsBurst } from '../restErrors';

/** Most of what virt-api asks of the API server fails. */
export const virtApiRESTErrorsBurst = defineRunbook({
  alert: 'VirtApiRESTErrorsBurst',
  group: 'virt-api',
  scope: 'platform',
  severities: ['critical'],
  summary: msg('Most calls of virt-api to the API server fail'),
  meaning: msg('For 5 minutes at least 80 % of the calls that virt-api makes to the API server have been answered with an error. virt-api answers every start, stop, console and migration, and asks the API server about rights and VMs on the way.'),
  impact: msg('Running VMs go on. Starting, stopping, migrating and opening a console fails or hangs, and so may every write of a VM, because virt-api checks it.'),
  ifIgnored: msg('It depends on the answer. If clients merely ask for VMs that do not run, it can wait until morning. If virt-api is refused or the API server fails, nobody can manage a VM: it cannot wait.'),
  ...restErrorsBurst(virtApi, desiredReplicas(virtApi)),
  related: [
    { alert: 'VirtAPIDown', relation: 'sibling' },
    { alert: 'NoReadyVirtAPI', relation: 'consequence' },
    { alert: 'VirtControllerRESTErrorsBurst', relation: 'sibling' },
    { alert: 'VirtHandlerRESTErrorsBurst', relation: 'sibling' },
  ],
  differs: differsForBurst,
  source: {
    url: 'https://github.com/openshift/runbooks/blob/master/alerts/openshift-virtualization-operator/VirtApiRESTErrorsBurst.md',
    revision: '82bd2d9d3789e76f8a8202f8a9ee0f0639cc5b73', date: '2026-07-08', releases: 'KubeVirt 1.8.4 (OpenShift Virtualization 4.22)',
  },
});
