import { msg } from '../../engine/message';
import { defineRunbook } from '../../engine/runbook';
import { virtOperator } from '../../steps/workloads';
import { differsForBurst, restErrorsBurst } from '../restErrors';

/** Most of what virt-operator asks of the API server fails. */
export const virtOperatorRESTErrorsBurst = defineRunbook({
  alert: 'VirtOperatorRESTErrorsBurst',
  group: 'virt-operator',
  scope: 'platform',
  severities: ['critical'],
  summary: msg('Most calls of virt-operator to the API server fail'),
  meaning: msg('For 5 minutes at least 80 % of the calls that virt-operator makes to the API server have been answered with an error. A quiet virt-operator does little more than read and renew its lease, once a second for both pods together: usually it is these calls that fail.'),
  impact: msg('Running VMs go on, and VMs can be started, stopped and migrated. Nothing heals: no upgrade, no renewal of certificates, no repair of virt-api, virt-controller and virt-handler.'),
  ifIgnored: msg('It can wait until morning if virt-api, virt-controller and virt-handler are well. It cannot wait until the day after: by default certificates are renewed 12 hours before they run out, and who renews them is virt-operator.'),
  ...restErrorsBurst(virtOperator),
  related: [
    { alert: 'NoLeadingVirtOperator', relation: 'consequence' },
    { alert: 'NoReadyVirtOperator', relation: 'consequence' },
    { alert: 'VirtOperatorDown', relation: 'sibling' },
    { alert: 'VirtControllerRESTErrorsBurst', relation: 'sibling' },
  ],
  differs: differsForBurst,
  source: {
    url: 'https://github.com/openshift/runbooks/blob/master/alerts/openshift-virtualization-operator/VirtOperatorRESTErrorsBurst.md',
    revision: '82bd2d9d3789e76f8a8202f8a9ee0f0639cc5b73', date: '2026-07-08', releases: 'KubeVirt 1.8.4 (OpenShift Virtualization 4.22)',
  },
});
