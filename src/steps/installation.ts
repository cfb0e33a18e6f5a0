import { type Finding, fail, info, pass, unknown, warn } from '../engine/finding';
import { msg } from '../engine/message';
import { step } from '../engine/step';
import { type ClusterServiceVersion } from '../sources/objects';
import { clusterServiceVersions } from '../sources/platform';
import { type Workload } from '../sources/workload';
import { mustGatherImage, versionWith } from './operatorVersion';
import { quote } from './words';

const REASONS = ['succeeded', 'inProgress', 'requirementsNotMet', 'failed', 'leaving', 'none', 'otherPhase'] as const;
type Result = Finding<(typeof REASONS)[number]>;

const requirementRows = ({ status }: ClusterServiceVersion) => {
  const unmet = (status?.requirementStatus ?? []).filter((one) => one.status !== 'Present');
  return unmet.length === 0 ? [] : [{
    of: 'table' as const,
    columns: [msg('Requirement'), msg('Name'), msg('Status'), msg('Message')],
    rows: unmet.map((one) => [one.kind ?? null, one.name ?? null, one.status ?? null, one.message ? quote(one.message) : null]),
  }];
};

/** The phases are those of operator-lifecycle-manager, `clusterserviceversion_types.go`. */
const about = (version: ClusterServiceVersion): Result => {
  const { metadata: { name, namespace }, status = {} } = version;
  const { phase = '', reason = '', message = '' } = status;
  const words = quote(message || reason);
  const details = {
    subjects: [{ kind: 'ClusterServiceVersion', group: 'operators.coreos.com', name, ...(namespace ? { namespace } : {}) }],
    expected: msg('Succeeded'), actual: msg('{{phase}}: {{reason}}', { phase, reason }),
  };
  switch (phase) {
    case 'Succeeded': return pass('succeeded', msg('Yes: {{name}} succeeded.', { name }), { ...details, actual: msg('Succeeded') });
    case 'Failed': return fail('failed', msg('OLM failed to install {{name}}: “{{words}}”', { name, words }), details);
    case 'Pending': return reason === 'NeedsReinstall'
      ? warn('inProgress', msg('OLM is about to install {{name}} again: “{{words}}”', { name, words }), details)
      : fail('requirementsNotMet', msg('OLM waits for what {{name}} requires: “{{words}}”', { name, words }), { ...details, rows: requirementRows(version) });
    case 'InstallReady': case 'Installing':
      return warn('inProgress', msg('OLM is installing {{name}}: “{{words}}”', { name, words }), details);
    case 'Replacing': case 'Deleting':
      return info('leaving', msg('{{name}} is being replaced or removed.', { name }), details);
    default: return unknown('otherPhase', msg('{{name}} is in the phase {{phase}}, which this page does not know.', { name, phase }), details);
  }
};

/** Does OLM consider the operator that brings this workload installed? Explains an absent Deployment. */
export const installation = (of: Workload) => step({
  id: 'installation',
  asks: msg('Is the operator that brings {{name}} installed completely?', { name: of.name }),
  why: msg('OLM makes the Deployment from the ClusterServiceVersion, and makes it again if it is deleted.'),
  reads: { versions: clusterServiceVersions(of.in) },
  required: false,
  reasons: REASONS,
  check: ({ versions: { items } }) => {
    const version = versionWith(items, of.name);
    return version ? about(version) : info('none', msg('No ClusterServiceVersion here brings {{name}}: it was installed without OLM, or uninstalled.', { name: of.name }));
  },
  out: {
    name: ({ versions }) => versionWith(versions.items, of.name)?.metadata.name,
    mustGatherImage: ({ versions }) => mustGatherImage(versionWith(versions.items, of.name)),
  },
});
