import { type Cell, type Finding, fail, info, pass, warn } from '../engine/finding';
import { type Message, msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { type Given, step } from '../engine/step';
import { nodes } from '../sources/nodes';
import { type Node, type Pod } from '../sources/objects';
import { podsOf } from '../sources/pods';
import { type WorkloadObject, workloadObject } from '../sources/workloadObjects';
import { barringTaints, templateOf } from './daemonSet';
import { mayHost } from './hosts';
import { type Judged, judge } from './podState';
import { virtHandler } from './workloads';

/** What is wrong with virt-handler on a node, most telling first. */
const TROUBLES = ['nodeDown', 'handlerIll', 'handlerMissing', 'tainted', 'excluded'] as const;
type Trouble = (typeof TROUBLES)[number];
const REASONS = [...TROUBLES, 'allReady', 'noNodes'] as const;

/** Written by virt-handler, and left behind by it: KubeVirt v1.8.4 pkg/virt-handler/heartbeat, api core/v1 VirtHandlerHeartbeat. */
const HEARTBEAT = 'kubevirt.io/heartbeat';

interface Seen {
  readonly nodes: Evidence<Node>;
  readonly pods: Evidence<Pod>;
  readonly set: Evidence<WorkloadObject>;
}

interface Served {
  readonly node: Node;
  readonly handler?: Judged;
  readonly trouble?: Trouble;
}

const isReady = ({ status }: Node): boolean => status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') ?? false;

/** The node that a pod of a DaemonSet is on, or waits for. */
export const hostOf = ({ spec }: Pod): string | undefined => spec?.nodeName ??
  spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms?.flatMap(({ matchFields = [] }) => matchFields.flatMap(({ values = [] }) => values))[0];

/** Why a node has no pod of virt-handler although it could or once did. */
const missing = (set: WorkloadObject | undefined, node: Node): Trouble => {
  const spec = templateOf(set);
  if (spec === undefined) return 'handlerMissing';
  if (!mayHost(spec, node)) return 'excluded';
  return barringTaints(spec, node).length > 0 ? 'tainted' : 'handlerMissing';
};

const troubleOn = (set: WorkloadObject | undefined, node: Node, handler: Judged | undefined): Trouble | undefined => {
  if (handler?.state === 'ready') return undefined;
  if (!handler) return isReady(node) ? missing(set, node) : 'nodeDown';
  return isReady(node) ? 'handlerIll' : 'nodeDown';
};

/** Every node that virt-handler should be on, and every node that it has been on. */
const servedBy = ({ nodes: { items }, pods, set: { items: [set] } }: Seen, now: number): readonly Served[] => {
  const spec = templateOf(set);
  return items.flatMap((node) => {
    const all = pods.items.filter((pod) => hostOf(pod) === node.metadata.name).map((pod) => judge(pod, now));
    const handler = all.find(({ state }) => state === 'ready') ?? all[0];
    const isMeant = spec !== undefined && mayHost(spec, node) && barringTaints(spec, node).length === 0;
    if (!handler && !isMeant && node.metadata.annotations?.[HEARTBEAT] === undefined) return [];
    const trouble = troubleOn(set, node, handler);
    return [{ node, ...(handler ? { handler } : {}), ...(trouble ? { trouble } : {}) }];
  });
};

const ill = (seen: Seen, now: number) => {
  const all = servedBy(seen, now).flatMap((one) => (one.trouble ? [{ ...one, trouble: one.trouble }] : []));
  return all.toSorted((a, b) => TROUBLES.indexOf(a.trouble) - TROUBLES.indexOf(b.trouble));
};

const SAYS: Readonly<Record<Trouble, (nodes: readonly string[]) => Message>> = {
  nodeDown: (list) => msg('The node itself is not ready: {{nodes}}', { nodes: { list } }),
  handlerIll: (list) => msg('The node is ready and its virt-handler is not: {{nodes}}', { nodes: { list } }),
  handlerMissing: (list) => msg('The node should have a virt-handler and has none: {{nodes}}', { nodes: { list } }),
  tainted: (list) => msg('A taint keeps virt-handler off a node that it used to run on: {{nodes}}', { nodes: { list } }),
  excluded: (list) => msg('The placement leaves out a node that virt-handler used to run on: {{nodes}}', { nodes: { list } }),
};
const OUTCOMES = { nodeDown: fail, handlerIll: fail, handlerMissing: fail, tainted: warn, excluded: info } as const;

const row = ({ node, handler, trouble }: Served): readonly Cell[] => [
  { object: { kind: 'Node', name: node.metadata.name } }, { message: isReady(node) ? msg('ready') : msg('not ready') },
  handler?.pod.metadata.name ?? { message: msg('none') }, handler?.reason ?? handler?.state ?? trouble ?? null,
  node.metadata.annotations?.[HEARTBEAT] ? { instant: node.metadata.annotations[HEARTBEAT] } : null,
];

const conclude = (seen: Seen, now: number): Finding<(typeof REASONS)[number]> => {
  const all = servedBy(seen, now);
  const bad = ill(seen, now);
  const [first] = bad;
  if (all.length === 0) return fail('noNodes', msg('There is no node that virt-handler is meant to run on, or has run on.'));
  const details = {
    expected: msg('{{of}} of {{of}} nodes served', { of: all.length }), actual: msg('{{served}} of {{of}}', { served: all.length - bad.length, of: all.length }),
    subjects: bad.map(({ node }) => ({ kind: 'Node', name: node.metadata.name })),
    rows: bad.length === 0 ? [] : [{ of: 'table' as const, columns: [msg('Node'), msg('State'), msg('virt-handler'), msg('Reason'), msg('Last heartbeat')], rows: bad.map(row) }],
  };
  if (!first) return pass('allReady', msg('None. All {{count}} nodes have one that is ready.', { count: all.length }), details);
  const where = bad.filter(({ trouble }) => trouble === first.trouble).map(({ node }) => node.metadata.name);
  const also = TROUBLES.filter((one) => one !== first.trouble && bad.some(({ trouble }) => trouble === one));
  return OUTCOMES[first.trouble](first.trouble, SAYS[first.trouble](where), { ...details, also });
};

/** Which nodes have no virt-handler that is ready, and why? Node by node: VMs there are on their own. */
export const handlerNodes = step({
  id: 'handler-nodes',
  asks: msg('Which nodes have no virt-handler that is ready, and why?'),
  why: msg('Each virt-handler serves the VMs of its own node and nobody else does. A node without one takes no new VMs after 5 minutes.'),
  reads: { nodes: nodes(), pods: podsOf(virtHandler), set: workloadObject(virtHandler) },
  optional: ['set'],
  reasons: REASONS,
  check: (seen, { now }) => conclude(seen, now),
  out: {
    /** Nodes without a ready virt-handler, the worst first. */
    unserved: (seen, { now }: Given) => ill(seen, now).map(({ node }) => ({ node: node.metadata.name })),
    /** The worst of them, for commands. */
    node: (seen, { now }: Given) => ill(seen, now)[0]?.node.metadata.name,
  },
});
