import { type Cell, type Finding, info, pass } from '../engine/finding';
import { type Message, type ObjectRef, msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { type LoadedRule, type Source } from '../engine/source';
import { type Given, step } from '../engine/step';
import { nodes } from '../sources/nodes';
import { type KubeObject, type Node } from '../sources/objects';
import { clusterServiceVersions } from '../sources/platform';
import { hyperConvergeds, kubeVirts } from '../sources/virtualization';
import { type Workload } from '../sources/workload';
import { workloadObject } from '../sources/workloadObjects';
import { installed } from './installed';

/** What is looked at: two hours before the alert began and two after, or the last two while it does not fire. Milliseconds. */
const WINDOW = 2 * 60 * 60 * 1000;

const REASONS = ['nothing', 'changes'] as const;
type Reason = (typeof REASONS)[number];

interface Change {
  /** ISO 8601. */
  readonly at: string;
  readonly cells: readonly Cell[];
}

const isNear = ({ now, activeAt }: Pick<Given, 'now' | 'activeAt'>) => (at: string | null | undefined): at is string => {
  const time = Date.parse(at ?? '');
  return activeAt === undefined ? time >= now - WINDOW : Math.abs(time - activeAt) <= WINDOW;
};

/** Newest last: one reads what led to what from top to bottom. */
const listed = (changes: readonly Change[], columns: readonly Message[], nothing: Message): Finding<Reason> => {
  if (changes.length === 0) return pass('nothing', nothing);
  const rows = changes.toSorted((a, b) => a.at.localeCompare(b.at)).map(({ at, cells }): readonly Cell[] => [{ instant: at }, ...cells]);
  return info('changes', msg('{{count}} changes.', { count: changes.length }), { rows: [{ of: 'table', columns: [msg('When'), ...columns], rows }] });
};

const named = (kind: string, group: string, { metadata: { name, namespace } }: KubeObject): ObjectRef =>
  ({ kind, group, name, ...(namespace ? { namespace } : {}) });

/** Which nodes changed their state? */
export const nodeChanges = step({
  id: 'node-changes',
  asks: msg('Which nodes changed?'),
  reads: { nodes: nodes() },
  required: false,
  reasons: REASONS,
  check: ({ nodes: seen }: { nodes: Evidence<Node> }, given) => {
    const near = isNear(given);
    return listed(seen.items.flatMap((node) => (node.status?.conditions ?? []).flatMap(({ type, status, lastTransitionTime, reason }) =>
      (near(lastTransitionTime) ? [{ at: lastTransitionTime, cells: [{ object: named('Node', '', node) }, `${type}=${status}`, reason ?? null] }] : []))),
    [msg('Node'), msg('Condition'), msg('Reason')], msg('No node changed its state.'));
  },
});

const edits = (kind: string, group: string, objects: readonly KubeObject[], near: ReturnType<typeof isNear>): readonly Change[] =>
  objects.flatMap((object) => (object.metadata.managedFields ?? []).flatMap(({ manager, operation, subresource, time }) =>
    // What a controller writes into a status is its answer to a change, not the change.
    (near(time) && subresource !== 'status'
      ? [{ at: time, cells: [{ object: named(kind, group, object) }, manager ?? null, [operation, subresource].filter(Boolean).join(' ')] }] : [])));

/** Who wrote what into the objects that decide over a component? */
export const editsOf = (of: Workload) => step({
  id: 'edits',
  asks: msg('Who changed the configuration?'),
  why: msg('The objects record the program that wrote last, not the person. The audit log of the API server knows both.'),
  reads: {
    workload: workloadObject(of), kubevirts: kubeVirts(), hyperConvergeds: hyperConvergeds('all namespaces'),
    versions: clusterServiceVersions(installed.out.namespace),
  },
  optional: ['hyperConvergeds', 'versions'],
  required: false,
  reasons: REASONS,
  check: ({ workload, kubevirts, hyperConvergeds: hcos, versions }, given) => {
    const near = isNear(given);
    return listed([
      ...edits(of.kind, 'apps', workload.items, near), ...edits('KubeVirt', 'kubevirt.io', kubevirts.items, near),
      ...edits('HyperConverged', 'hco.kubevirt.io', hcos.items, near), ...edits('ClusterServiceVersion', 'operators.coreos.com', versions.items, near),
    ], [msg('Object'), msg('Written by'), msg('How')], msg('Nobody wrote into the objects that configure this component.'));
  },
});

const RULES = { kind: 'rules' } as const satisfies Source;

/** In which order did alerts begin? */
export const alertOrder = step({
  id: 'alert-order',
  asks: msg('In which order did alerts begin?'),
  why: msg('What began first is more often the cause than what began last.'),
  reads: { rules: RULES },
  required: false,
  reasons: REASONS,
  check: ({ rules }: { rules: Evidence<LoadedRule> }, given) => {
    const near = isNear(given);
    return listed(rules.items.flatMap(({ alert, labels, alerts }) => alerts.flatMap(({ state, activeAt, labels: own }) =>
      (state !== 'inactive' && near(activeAt) ? [{ at: activeAt, cells: [alert, own['severity'] ?? labels['severity'] ?? null, own['namespace'] ?? null] }] : []))),
    [msg('Alert'), msg('Severity'), msg('Namespace')], msg('No alert began in this time.'));
  },
});
