import { msg } from '../../engine/message';
import { defineRunbook } from '../../engine/runbook';
import { virtOperator } from '../../steps/workloads';
import { differsForAll, noLongerRaised, restErrorsHigh } from '../restErrors';

/** Some of what virt-operator asks of the API server fails. */
export const virtOperatorRESTErrorsHigh = defineRunbook({
  alert: 'VirtOperatorRESTErrorsHigh',
  group: 'virt-operator',
  scope: 'platform',
  severities: ['warning'],
  deprecated: noLongerRaised,
  summary: msg('5 % or more of the calls of virt-operator to the API server fail'),
  meaning: msg('In the last hour at least 5 % of the calls that virt-operator makes to the API server were answered with an error. A busy component gets some: an object that somebody else changed first is answered 409, one that is gone 404.'),
  impact: msg('VMs do not notice. Upgrades and repairs of the control plane may take longer.'),
  ifIgnored: msg('It can wait until morning, unless the Burst alert of the same component fires too: that one means that most calls fail.'),
  ...restErrorsHigh(virtOperator),
  related: [
    { alert: 'VirtOperatorRESTErrorsBurst', relation: 'consequence' },
  ],
  differs: differsForAll,
  source: {
    url: 'https://github.com/openshift/runbooks/blob/master/alerts/openshift-virtualization-operator/VirtOperatorRESTErrorsHigh.md',
    revision: '82bd2d9d3789e76f8a8202f8a9ee0f0639cc5b73', date: '2026-07-08', releases: 'KubeVirt 1.8.4 (OpenShift Virtualization 4.22)',
  },
});
