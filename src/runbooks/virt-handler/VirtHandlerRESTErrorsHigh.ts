import { msg } from '../../engine/message';
import { defineRunbook } from '../../engine/runbook';
import { virtHandler } from '../../steps/workloads';
import { differsForAll, noLongerRaised, restErrorsHigh } from '../restErrors';

/** Some of what the virt-handlers ask of the API server fails. */
export const virtHandlerRESTErrorsHigh = defineRunbook({
  alert: 'VirtHandlerRESTErrorsHigh',
  group: 'virt-handler',
  scope: 'platform',
  severities: ['warning'],
  deprecated: noLongerRaised,
  summary: msg('5 % or more of the calls of the virt-handlers to the API server fail'),
  meaning: msg('In the last hour at least 5 % of the calls that the virt-handlers make to the API server were answered with an error. A busy component gets some: an object that somebody else changed first is answered 409, one that is gone 404.'),
  impact: msg('Running VMs go on. Starting and migrating VMs may take longer on some nodes, and the state that is shown may lag.'),
  ifIgnored: msg('It can wait until morning, unless the Burst alert of the same component fires too: that one means that most calls fail.'),
  ...restErrorsHigh(virtHandler),
  related: [
    { alert: 'VirtHandlerRESTErrorsBurst', relation: 'consequence' },
  ],
  differs: [
    {
      published: msg('An older text deletes the pod whether or not it reaches the API server.'),
      here: msg('A new pod is offered only for one that fails where the others do not.'),
    },
    ...differsForAll,
  ],
  source: {
    url: 'https://github.com/openshift/runbooks/blob/master/alerts/openshift-virtualization-operator/VirtHandlerRESTErrorsHigh.md',
    revision: '82bd2d9d3789e76f8a8202f8a9ee0f0639cc5b73', date: '2026-07-08', releases: 'KubeVirt 1.8.4 (OpenShift Virtualization 4.22)',
  },
});
