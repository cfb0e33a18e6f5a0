import { msg } from '../../engine/message';
import { defineRunbook } from '../../engine/runbook';
import { virtHandler } from '../../steps/workloads';
import { differsForBurst, restErrorsBurst } from '../restErrors';

/** Most of what the virt-handlers ask of the API server fails. */
export const virtHandlerRESTErrorsBurst = defineRunbook({
  alert: 'VirtHandlerRESTErrorsBurst',
  group: 'virt-handler',
  scope: 'platform',
  severities: ['critical'],
  summary: msg('Most calls of the virt-handlers to the API server fail'),
  meaning: msg('For 5 minutes at least 80 % of the calls that all virt-handlers make to the API server have been answered with an error. One runs on each node that runs VMs. It writes what state the VMs are in and, every minute or two, that its node is alive.'),
  impact: msg('Running VMs go on. Their state is not written any more: starts and migrations hang half way, and guests that stop still look as if they ran.'),
  ifIgnored: msg('It cannot wait long. If a virt-handler cannot write its sign of life for 5 minutes, its node counts as lost to virtualization: no VM is placed there, and VMs whose pods are gone are taken for failed.'),
  ...restErrorsBurst(virtHandler),
  related: [
    { alert: 'VirtAPIDown', relation: 'cause' },
    { alert: 'NoReadyVirtHandler', relation: 'consequence' },
    { alert: 'OrphanedVirtualMachineInstances', relation: 'consequence' },
    { alert: 'VirtControllerRESTErrorsBurst', relation: 'sibling' },
  ],
  differs: [
    {
      published: msg('An older text speaks of the calls of virt-operator.'),
      here: msg('The rule counts the calls of the pods whose names begin with virt-handler.'),
    },
    {
      published: msg('It is not said how many pods have to fail.'),
      here: msg('The rule adds up the calls of all nodes. One virt-handler among many raises it only if it makes most of all calls; this page compares them node by node and says whether one explains it.'),
    },
    ...differsForBurst,
  ],
  source: {
    url: 'https://github.com/openshift/runbooks/blob/master/alerts/openshift-virtualization-operator/VirtHandlerRESTErrorsBurst.md',
    revision: '82bd2d9d3789e76f8a8202f8a9ee0f0639cc5b73', date: '2026-07-08', releases: 'KubeVirt 1.8.4 (OpenShift Virtualization 4.22)',
  },
});
