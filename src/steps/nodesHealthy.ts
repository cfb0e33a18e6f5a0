import { type Cell, type Finding, fail, pass, warn } from '../engine/finding';
import { type Message, msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { step } from '../engine/step';
import { nodes } from '../sources/nodes';
import { type Condition, type Node } from '../sources/objects';
import { type Workload } from '../sources/workload';
import { type WorkloadObject, workloadObject } from '../sources/workloadObjects';
import { mayHost } from './hosts';

const REASONS = ['healthy', 'hostsDown', 'hostsPressed', 'hostsCordoned', 'noHost', 'someDown', 'somePressed', 'someCordoned'] as const;

/**
 * The value that each condition of a node should have. A condition that is not in this table says neither good nor bad.
 * Kubernetes 1.35, k8s.io/api/core/v1 NodeConditionType.
 */
const HEALTHY: Readonly<Record<string, string>> = {
  Ready: 'True', MemoryPressure: 'False', DiskPressure: 'False', PIDPressure: 'False', NetworkUnavailable: 'False',
};

const wrong = ({ status }: Node): readonly Condition[] =>
  (status?.conditions ?? []).filter(({ type, status: is }) => HEALTHY[type] !== undefined && HEALTHY[type] !== is);
const isDown = (node: Node): boolean => wrong(node).some(({ type }) => type === 'Ready') || !node.status?.conditions?.some(({ type }) => type === 'Ready');
const isPressed = (node: Node): boolean => !isDown(node) && wrong(node).length > 0;
const isCordoned = ({ spec }: Node): boolean => spec?.unschedulable === true;

const row = (node: Node): readonly Cell[] => {
  const [first] = wrong(node);
  return [
    { object: { kind: 'Node', name: node.metadata.name } },
    isDown(node) ? msgCell(msg('not ready')) : first ? first.type : msgCell(msg('cordoned')),
    first?.message ?? null, first?.lastTransitionTime ? { instant: first.lastTransitionTime } : null,
  ];
};
const msgCell = (message: Message): Cell => ({ message });

interface Seen {
  readonly nodes: Evidence<Node>;
  readonly workload: Evidence<WorkloadObject>;
}

/** The nodes that the pods may run on; all of them if it is not known what the pods ask for. */
const hostsOf = ({ nodes: { items }, workload: { items: [of] } }: Seen): readonly Node[] => {
  const spec = of?.spec?.template?.spec;
  return spec ? items.filter((node) => mayHost(spec, node)) : items;
};

/** Everybody in trouble among some. */
const all = (some: readonly Node[], is: (node: Node) => boolean): boolean => some.length > 0 && some.every(is);

const conclude = (name: string, seen: Seen): Finding<(typeof REASONS)[number]> => {
  const { items } = seen.nodes;
  const hosts = hostsOf(seen);
  const down = items.filter(isDown);
  const pressed = items.filter(isPressed);
  const cordoned = items.filter((node) => isCordoned(node) && !isDown(node) && !isPressed(node));
  const troubled = [...down, ...pressed, ...cordoned];
  const well = hosts.filter((node) => !troubled.includes(node)).length;
  const details = {
    expected: msg('{{hosts}} of {{hosts}} nodes that may run {{name}} healthy', { hosts: hosts.length, name }),
    actual: msg('{{well}} of {{hosts}}', { well, hosts: hosts.length }),
    subjects: troubled.map(({ metadata }) => ({ kind: 'Node', name: metadata.name })),
    rows: troubled.length === 0 ? [] : [{
      of: 'table' as const, columns: [msg('Node'), msg('State'), msg('Message'), msg('Since')], rows: troubled.map(row),
    }],
  };
  if (hosts.length === 0) {
    return fail('noHost', msg('None of {{nodes}} nodes has the labels that {{name}} asks for.', { nodes: items.length, name }), {
      ...details, expected: msg('1 node or more that may run {{name}}', { name }), actual: msg('0 of {{nodes}}', { nodes: items.length }),
    });
  }
  if (all(hosts, isDown)) return fail('hostsDown', msg('None of the {{hosts}} nodes that may run {{name}} is ready.', { hosts: hosts.length, name }), details);
  if (all(hosts, (node) => isDown(node) || isPressed(node))) {
    return fail('hostsPressed', msg('All {{hosts}} nodes that may run {{name}} are out of memory, disk or process ids, or not ready.', { hosts: hosts.length, name }), details);
  }
  if (all(hosts, (node) => troubled.includes(node))) {
    return fail('hostsCordoned', msg('All {{hosts}} nodes that may run {{name}} are cordoned or in trouble.', { hosts: hosts.length, name }), details);
  }
  if (down.length > 0) return warn('someDown', msg('{{down}} of {{nodes}} nodes are not ready. {{well}} of {{hosts}} that may run {{name}} are well.', { down: down.length, nodes: items.length, well, hosts: hosts.length, name }), details);
  if (pressed.length > 0) return warn('somePressed', msg('{{pressed}} of {{nodes}} nodes run out of memory, disk or process ids.', { pressed: pressed.length, nodes: items.length }), details);
  if (cordoned.length > 0) return warn('someCordoned', msg('{{cordoned}} of {{nodes}} nodes are cordoned.', { cordoned: cordoned.length, nodes: items.length }), details);
  return pass('healthy', msg('Yes. All {{nodes}} nodes are ready.', { nodes: items.length }), details);
};

/** Are the nodes well, above all those that may run this workload? */
export const nodesHealthy = (of: Workload) => step({
  id: 'nodes-healthy',
  asks: msg('Are the nodes healthy?'),
  why: msg('{{name}} runs only on nodes with certain labels. If those are gone, it is gone.', { name: of.name }),
  reads: { nodes: nodes(), workload: workloadObject(of) },
  optional: ['workload'],
  reasons: REASONS,
  check: (seen) => conclude(of.name, seen),
  out: {
    /** A node that is not ready or under pressure. */
    troubledNode: ({ nodes: { items } }) => items.find((node) => isDown(node) || isPressed(node))?.metadata.name,
    /** A cordoned node that may run the pods. */
    cordonedNode: (seen) => hostsOf(seen).find(isCordoned)?.metadata.name,
  },
});
