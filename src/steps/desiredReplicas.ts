import { type Finding, fail, pass, warn } from '../engine/finding';
import { type Message, msg } from '../engine/message';
import { step } from '../engine/step';
import { deployment } from '../sources/deployments';
import { type ClusterServiceVersion, type Deployment } from '../sources/objects';
import { clusterServiceVersions } from '../sources/platform';
import { type DeploymentWorkload } from '../sources/workload';
import { replicasOf, versionWith } from './operatorVersion';
import { lastWriter } from './writers';

const REASONS = ['wanted', 'fewer', 'scaledToZero', 'absent'] as const;
type Result = Finding<(typeof REASONS)[number]>;

/** What the Deployment wants; the API's default is one. */
const wantedBy = (of: Deployment): number => of.spec?.replicas ?? 1;

const expectedPods = (recorded: number | undefined): Message =>
  (recorded === undefined ? msg('1 pod or more') : msg('{{pods}} pods, as the ClusterServiceVersion says', { pods: recorded }));

const writerRows = (of: Deployment) => {
  const writer = lastWriter(of.metadata, 'spec', 'replicas');
  return writer
    ? [{
      of: 'table' as const,
      columns: [msg('Replicas last set by'), msg('Through'), msg('At')],
      rows: [[writer.manager ?? null, writer.subresource ?? writer.operation ?? null, writer.time ? { instant: writer.time } : null]],
    }]
    : [];
};

const zeroSays = (of: Deployment): Message => {
  const { manager, time } = lastWriter(of.metadata, 'spec', 'replicas') ?? {};
  return manager !== undefined && time !== undefined
    ? msg('It wants 0 pods. The program {{manager}} set that {{time}}.', { manager, time: { instant: time } })
    : msg('It wants 0 pods. The Deployment does not record who set that.');
};

const about = (of: Deployment, recorded: number | undefined): Result => {
  const { name, namespace } = of.metadata;
  const wanted = wantedBy(of);
  const details = {
    subjects: [{ kind: 'Deployment', group: 'apps', name, ...(namespace ? { namespace } : {}) }],
    expected: expectedPods(recorded), actual: msg('{{pods}} pods wanted', { pods: wanted }), rows: writerRows(of),
  };
  if (wanted === 0) return fail('scaledToZero', zeroSays(of), details);
  return recorded !== undefined && wanted < recorded
    ? warn('fewer', msg('{{name}} wants {{wanted}} pods, {{recorded}} are recorded in the ClusterServiceVersion.', { name, wanted, recorded }), details)
    : pass('wanted', msg('Yes. {{name}} wants {{wanted}} pods.', { name, wanted }), { ...details, rows: [] });
};

const recordedIn = (versions: readonly ClusterServiceVersion[], name: string) => replicasOf(versionWith(versions, name), name);

/** Is the Deployment there, and does it want pods? If not: who set that, and what the operator's package wants. */
export const desiredReplicas = (of: DeploymentWorkload) => step({
  id: 'desired-replicas',
  asks: msg('Is there a {{name}} Deployment, and does it want pods?', { name: of.name }),
  why: msg('A Deployment that is gone or scaled to 0 starts nothing, and OLM does not undo a scaling.'),
  reads: { deployment: deployment(of), versions: clusterServiceVersions(of.in) },
  optional: ['versions'],
  reasons: REASONS,
  check: ({ deployment: { items: [found] }, versions }) => {
    const recorded = recordedIn(versions.items, of.name);
    return found
      ? about(found, recorded)
      : fail('absent', msg('There is no Deployment {{name}}.', { name: of.name }), { expected: expectedPods(recorded), actual: msg('no Deployment') });
  },
  out: {
    replicas: ({ deployment: { items: [found] } }) => found && wantedBy(found),
    recorded: ({ versions }) => recordedIn(versions.items, of.name),
  },
});
