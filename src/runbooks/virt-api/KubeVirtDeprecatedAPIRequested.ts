import { msg } from '../../engine/message';
import { defineRunbook } from '../../engine/runbook';
import { countersMoved, oldManifests, oldPlatform, oldReferences, oldWorkload } from '../../causes/deprecatedApi';
import { silence, supportCase } from '../../mitigations/always';
import { noVmNotices } from '../../steps/affectedVms';
import { alertOrder } from '../../steps/changes';
import { deprecatedAudit } from '../../steps/deprecatedAudit';
import { deprecatedCalls } from '../../steps/deprecatedCalls';
import { deprecatedClients } from '../../steps/deprecatedClients';
import { deprecatedVersion } from '../../steps/deprecatedVersion';
import { installation } from '../../steps/installation';
import { installed } from '../../steps/installed';
import { upgrade } from '../../steps/upgrade';
import { virtApi, virtOperator } from '../../steps/workloads';

const install = installation(virtOperator);

/** The rule, for the verbs that it leaves out and the series that it counts. */
const grown = (series: string, without: string): string => {
  const calls = `${series}{verb!~"${without}"}`;
  return `sum by (resource,group,version) ((round(increase(${calls}[10m])) > 0 and ${calls} offset 10m) or (${calls} != 0 unless ${calls} offset 10m))`;
};

/** Somebody asks for an old version of the KubeVirt API. */
export const kubeVirtDeprecatedApiRequested = defineRunbook({
  alert: 'KubeVirtDeprecatedAPIRequested',
  group: 'virt-api',
  scope: 'platform',
  severities: ['info'],
  identity: ['resource', 'group', 'version'],
  summary: msg('Somebody asks for an old version of the KubeVirt API'),
  meaning: msg('Within the last 10 minutes a client asked for a deprecated version of a KubeVirt resource. Lists, watches and deletions are not counted.'),
  impact: msg('None today: the API server converts between the versions. On the day that the version is removed, whatever that client does fails: a backup, a template, an automation.'),
  ifIgnored: msg('It can wait until morning, and until the next week. It cannot wait until an update removes the version.'),
  forms: [
    { id: 'recorded', expr: grown('cluster:kubevirt_api_request_deprecated_total:sum', 'LIST|WATCH|DELETE'), for: 0, releases: 'KubeVirt 1.8 and later (HCO 1.18 and later)' },
    { id: 'withoutDelete', expr: grown('kubevirt_api_request_deprecated_total', 'LIST|WATCH|DELETE'), for: 0, releases: 'KubeVirt 1.6 and 1.7 (HCO 1.16 and 1.17)' },
    { id: 'withDelete', expr: grown('kubevirt_api_request_deprecated_total', 'LIST|WATCH'), for: 0, releases: 'KubeVirt 1.2 to 1.5 (HCO 1.12 to 1.15)' },
  ],
  diagnosis: [installed, deprecatedVersion, deprecatedCalls, deprecatedClients, deprecatedAudit, install, upgrade],
  affected: noVmNotices,
  around: [alertOrder],
  causes: [oldWorkload, oldManifests, oldReferences, oldPlatform, countersMoved],
  always: [supportCase(virtApi, install), silence],
  differs: [
    {
      published: msg('The client is not named, and how to find it is not said.'),
      here: msg('OpenShift counts calls by user and program; this page reads that. The command for the audit log is beside it, for what the count leaves out.'),
    },
    {
      published: msg('Every alert is taken for a client that has to move.'),
      here: msg('The rule adds up all API servers before it looks for growth. When one starts again or is scraped again, the sum moves and the alert fires. This page asks each API server’s own counter.'),
    },
    {
      published: msg('Calls with LIST, WATCH and DELETE are not counted.'),
      here: msg('Up to KubeVirt 1.5 DELETE was. What only lists or watches raises no alert and fails on the same day: this page shows such clients too.'),
    },
    {
      published: msg('Clients are moved to kubevirt.io/v1, whatever they ask for.'),
      here: msg('Presets are deprecated in every version, v1 among them: instance types and preferences take their place.'),
    },
    {
      published: msg('The garbage collector of Kubernetes is not among the clients.'),
      here: msg('It looks up owners in the version that references name. Objects that an old tool made years ago raise the alert without any client.'),
    },
  ],
  source: {
    url: 'https://github.com/openshift/runbooks/blob/master/alerts/openshift-virtualization-operator/KubeVirtDeprecatedAPIRequested.md',
    revision: '82bd2d9d3789e76f8a8202f8a9ee0f0639cc5b73', date: '2026-07-08', releases: 'KubeVirt 1.8.4 (OpenShift Virtualization 4.22)',
  },
});
