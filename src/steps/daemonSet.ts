import { type Finding, fail, pass } from '../engine/finding';
import { msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { step } from '../engine/step';
import { nodes } from '../sources/nodes';
import { type DaemonSet, type Node, type PodSpec, type Taint } from '../sources/objects';
import { type Workload } from '../sources/workload';
import { type WorkloadObject, workloadObject } from '../sources/workloadObjects';
import { isTrouble, keptOffBy, mayHost, removalOf } from './hosts';

const REASONS = ['wanted', 'excludedByLabels', 'excludedByTaints', 'nodesDown', 'noneWanted', 'absent'] as const;

/** Taints that the cluster puts on nodes by itself: they come and go with the state of the node. */
const isOfState = ({ key }: Taint): boolean => isTrouble(key) || key === 'node.kubernetes.io/unschedulable';

/** Taints that somebody put on a node and that keep the pods of a DaemonSet off it. */
export const barringTaints = (spec: PodSpec, node: Node): readonly Taint[] => keptOffBy(spec, node).filter((taint) => !isOfState(taint));

/**
 * Is a node left out because it does not report? The pods of a DaemonSet stay on it and it is not counted among the wanted ones: they tolerate these taints
 * with NoExecute and not with NoSchedule (kubernetes 1.35, pkg/controller/daemon NodeShouldRunDaemonPod and util AddOrUpdateDaemonPodTolerations).
 */
const isSilent = ({ spec }: Node): boolean => spec?.taints?.some(({ key, effect }) => effect === 'NoSchedule' && /^node\.kubernetes\.io\/(not-ready|unreachable)$/.test(key)) ?? false;

/** A taint that goes with the role of a node is meant: it is not to be removed. */
const isOfRole = ({ key }: Taint): boolean => key.startsWith('node-role.kubernetes.io/');

/** The pod template of a DaemonSet; nothing if it is not there. */
export const templateOf = (of: WorkloadObject | undefined): PodSpec | undefined => (of as DaemonSet | undefined)?.spec?.template?.spec;

interface Seen {
  readonly set: Evidence<WorkloadObject>;
  readonly nodes: Evidence<Node>;
}

/** Nodes whose labels fit, with the taints in the way; those whose role keeps VMs off only if there are no others. */
const hostsOf = ({ set: { items: [set] }, nodes: { items } }: Seen) => {
  const spec = templateOf(set) ?? {};
  return items.filter((node) => mayHost(spec, node)).map((node) => ({ node, taints: barringTaints(spec, node) }));
};

const barred = (seen: Seen) => {
  const all = hostsOf(seen).filter(({ taints }) => taints.length > 0);
  const others = all.filter(({ taints }) => !taints.some(isOfRole));
  return others.length > 0 ? others : all;
};

const asked = (spec: PodSpec | undefined): string => Object.entries(spec?.nodeSelector ?? {}).map(([key, value]) => `${key}=${value}`).join(', ');

const conclude = (name: string, seen: Seen): Finding<(typeof REASONS)[number]> => {
  const set = seen.set.items[0] as DaemonSet | undefined;
  if (!set) return fail('absent', msg('There is no DaemonSet {{name}}, and virt-operator has not made it again.', { name }), { actual: msg('no DaemonSet') });
  const { namespace } = set.metadata;
  const { desiredNumberScheduled: desired = 0, numberReady: ready = 0, numberMisscheduled: astray = 0 } = set.status ?? {};
  const subjects = [{ kind: 'DaemonSet', group: 'apps', name, ...(namespace ? { namespace } : {}) }];
  const expected = msg('1 pod or more wanted');
  const actual = msg('{{desired}} wanted, {{ready}} ready, {{astray}} on nodes where none is wanted now', { desired, ready, astray });
  if (desired > 0) return pass('wanted', msg('Yes. {{name}} is wanted on {{desired}} nodes.', { name, desired }), { subjects, expected, actual });
  const silent = hostsOf(seen).filter(({ node, taints }) => taints.length === 0 && isSilent(node));
  if (silent.length > 0) return fail('nodesDown', msg('It wants 0 pods, because the nodes that it could run on are not ready.'), { subjects, expected, actual });
  const inTheWay = barred(seen);
  if (inTheWay.length > 0) {
    return fail('excludedByTaints', msg('It wants 0 pods: every node that its placement allows carries a taint that it does not tolerate.'), {
      subjects, expected, actual,
      rows: [{ of: 'table', columns: [msg('Node'), msg('Taints that they do not tolerate')], rows: inTheWay.map(({ node, taints }) => [{ object: { kind: 'Node', name: node.metadata.name } }, { list: taints.map((taint) => removalOf(taint).slice(0, -1)) }]) }],
    });
  }
  return seen.nodes.items.length > 0
    ? fail('excludedByLabels', msg('It wants 0 pods: none of {{nodes}} nodes has what its placement asks for: {{labels}}', { nodes: seen.nodes.items.length, labels: asked(templateOf(set)) }), { subjects, expected, actual })
    : fail('noneWanted', msg('It wants 0 pods. Why cannot be told without the nodes.'), { subjects, expected, actual });
};

/** Is the DaemonSet there, and does it want pods? If not: is it labels or taints that leave no node? */
export const daemonSet = (of: Workload) => step({
  id: 'daemon-set',
  asks: msg('Is there a {{name}} DaemonSet, and does it want pods?', { name: of.name }),
  why: msg('A DaemonSet has no replicas: it wants one pod on every node that its placement and the taints of the nodes allow.'),
  reads: { set: workloadObject(of), nodes: nodes() },
  optional: ['nodes'],
  reasons: REASONS,
  check: (seen) => conclude(of.name, seen),
  out: {
    /** A node that could take a pod but for a taint. */
    taintedNode: (seen) => barred(seen)[0]?.node.metadata.name,
    /** That taint, as `oc adm taint` removes it. */
    taintRemoval: (seen) => {
      const taint = barred(seen)[0]?.taints[0];
      return taint && removalOf(taint);
    },
  },
});
