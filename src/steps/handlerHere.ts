import { type Finding, fail, notApplicable, pass, unknown, warn } from '../engine/finding';
import { type Message, msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { type Given, step } from '../engine/step';
import { type LoggedContainer } from '../sources/logs';
import { node } from '../sources/nodes';
import { type Node, type Pod } from '../sources/objects';
import { podsOf } from '../sources/pods';
import { type WorkloadObject, workloadObject } from '../sources/workloadObjects';
import { alertNode } from './alertNode';
import { barringTaints, templateOf } from './daemonSet';
import { hostOf } from './handlerNodes';
import { mayHost, removalOf } from './hosts';
import { launchersHere } from './launchersHere';
import { isNodeReady } from './nodeHere';
import { type Judged, type PodState, containersOf, judge } from './podState';
import { quote } from './words';
import { virtHandler } from './workloads';

const REASONS = ['notNeeded', 'ready', 'nodeDown', 'notReady', 'ends', 'noImage', 'unplaced', 'notStarted', 'failed', 'starting', 'missing', 'excluded', 'tainted', 'noDaemonSet', 'notReadable'] as const;
type Reason = (typeof REASONS)[number];

/** What the state of the pod says about the node. */
const OF_STATE: Readonly<Record<Exclude<PodState, 'ready'>, Reason>> = {
  imagePull: 'noImage', configError: 'notStarted', crashLoop: 'ends', unschedulable: 'unplaced', stuckStarting: 'notStarted', failed: 'failed',
  lost: 'nodeDown', notReady: 'notReady', starting: 'starting', terminating: 'starting', finished: 'failed',
};

const SAYS: Readonly<Record<Exclude<Reason, 'notNeeded' | 'ready' | 'notReadable'>, (name: string, why: string) => Message>> = {
  nodeDown: (name) => msg('No. {{name}} itself is not ready, and virt-handler with it.', { name }),
  notReady: (name) => msg('No. virt-handler runs on {{name}} and is not ready.', { name }),
  ends: (name) => msg('No. virt-handler starts and ends again and again on {{name}}.', { name }),
  noImage: (name) => msg('No. {{name}} does not get the image of virt-handler.', { name }),
  unplaced: (name, why) => msg('No. virt-handler waits for room on {{name}}: “{{why}}”', { name, why }),
  notStarted: (name, why) => msg('No. virt-handler is on {{name}} and cannot start: {{why}}', { name, why }),
  failed: (name, why) => msg('No. virt-handler ended on {{name}}: {{why}}', { name, why }),
  starting: (name) => msg('Not yet. virt-handler is starting or ending on {{name}}.', { name }),
  missing: (name) => msg('No. {{name}} should have a virt-handler and has none.', { name }),
  excluded: (name) => msg('No. The placement of workloads leaves {{name}} out: its labels do not fit.', { name }),
  tainted: (name) => msg('No. A taint of {{name}} keeps virt-handler off.', { name }),
  noDaemonSet: () => msg('No. There is no DaemonSet virt-handler at all.'),
};

interface Seen {
  readonly pods: Evidence<Pod>;
  readonly set: Evidence<WorkloadObject>;
  readonly node: Evidence<Node>;
}

const handlerOn = ({ pods }: Seen, name: string, now: number): Judged | undefined => {
  const all = pods.items.filter((pod) => hostOf(pod) === name).map((pod) => judge(pod, now));
  return all.find(({ state }) => state === 'ready') ?? all.find(({ state }) => state !== 'failed') ?? all[0];
};

const taintsOn = ({ set, node: { items: [found] } }: Seen) => {
  const spec = templateOf(set.items[0]);
  return spec && found ? barringTaints(spec, found) : [];
};

const withoutPod = (seen: Seen, found: Node): Reason => {
  const spec = templateOf(seen.set.items[0]);
  if (!spec) return 'noDaemonSet';
  if (!mayHost(spec, found)) return 'excluded';
  return taintsOn(seen).length > 0 ? 'tainted' : 'missing';
};

const reasonOf = (seen: Seen, handler: Judged | undefined): Reason => {
  const [found] = seen.node.items;
  if (handler?.state === 'ready') return 'ready';
  // A node that could not be read is not a node that is gone.
  if (!found) return seen.node.absent ? 'nodeDown' : 'notReadable';
  if (!isNodeReady(found)) return 'nodeDown';
  return handler ? OF_STATE[handler.state as Exclude<PodState, 'ready'>] : withoutPod(seen, found);
};

const conclude = (seen: Seen, name: string, active: number, now: number): Finding<Reason> => {
  if (active === 0) return notApplicable('notNeeded', msg('Not needed: no launcher pod on {{name}} is alive.', { name }));
  const handler = handlerOn(seen, name, now);
  const reason = reasonOf(seen, handler);
  const details = {
    expected: msg('1 virt-handler, ready'), actual: reason === 'nodeDown' ? msg('node not ready') : handler ? msg('{{pod}}: {{state}}', { pod: handler.pod.metadata.name, state: handler.reason ?? handler.state }) : msg('no pod'),
    subjects: [{ kind: 'Node', name }, ...(handler ? [{ kind: 'Pod', name: handler.pod.metadata.name, namespace: handler.pod.metadata.namespace ?? '' }] : [])],
    rows: reason !== 'tainted' ? [] : [{ of: 'table' as const, columns: [msg('Taints that virt-handler does not tolerate')], rows: taintsOn(seen).map((taint) => [removalOf(taint).slice(0, -1)]) }],
  };
  if (reason === 'ready' || reason === 'notNeeded') return pass('ready', msg('Yes. virt-handler is ready on {{name}}.', { name }), details);
  if (reason === 'notReadable') return unknown('notReadable', msg('The node {{name}} could not be read.', { name }));
  const why = quote([handler?.reason, handler?.message].filter(Boolean).join(', '));
  return (reason === 'starting' ? warn : fail)(reason, SAYS[reason](name, why), details);
};

const logged = (seen: Seen, name: string, keep: (one: Judged) => boolean, now: number): readonly LoggedContainer[] =>
  [handlerOn(seen, name, now)].flatMap((one) => (one && keep(one) ? [{ pod: one.pod.metadata.name, container: virtHandler.container }] : []));

/** Has the node of the alert a ready virt-handler, and if not: what keeps it away? */
export const handlerHere = step({
  id: 'handler-here',
  asks: msg('Is virt-handler ready on this node, and if not, what keeps it away?'),
  why: msg('Nobody else can manage the VMs of a node. What keeps it away decides what is to be done: a taint, the placement, the node itself, or its own pod.'),
  reads: { pods: podsOf(virtHandler), set: workloadObject(virtHandler), node: node(alertNode) },
  inputs: { name: alertNode, active: launchersHere.out.active },
  reasons: REASONS,
  check: (seen, { inputs: { name, active }, now }) => conclude(seen, name, active, now),
  out: {
    /** Its container there, if it ended and was started again. */
    crashing: (seen, { inputs: { name }, now }: Given<{ name: string }>) => logged(seen, name, ({ state }) => state === 'crashLoop', now),
    /** Its container there, if it runs. */
    running: (seen, { inputs: { name }, now }: Given<{ name: string }>) => logged(seen, name, ({ pod }) => containersOf(pod).some(({ state }) => state?.running !== undefined), now),
    /** Is it ready there? */
    served: (seen, { inputs: { name }, now }: Given<{ name: string }>) => handlerOn(seen, name, now)?.state === 'ready',
    /** Its pod there. */
    pod: (seen, { inputs: { name }, now }: Given<{ name: string }>) => handlerOn(seen, name, now)?.pod.metadata.name,
    /** A taint that keeps it off, as `oc adm taint` removes it. */
    taintRemoval: (seen) => {
      const [taint] = taintsOn(seen);
      return taint && removalOf(taint);
    },
  },
});
