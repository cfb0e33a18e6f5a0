import { type Finding, fail, notApplicable } from '../engine/finding';
import { type Message, msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { type Given, step } from '../engine/step';
import { nodes } from '../sources/nodes';
import { type Node, type Pod } from '../sources/objects';
import { podsOf } from '../sources/pods';
import { type Workload } from '../sources/workload';
import { keptOffBy, mayHost, removalOf } from './hosts';
import { judge } from './podState';
import { type Count, OBSTACLES, type Obstacle, obstaclesIn, ofTaint, withoutPreemption } from './scheduler';
import { quote } from './words';

const REASONS = ['notNeeded', ...OBSTACLES] as const;
type Reason = (typeof REASONS)[number];

interface Seen {
  readonly pods: Evidence<Pod>;
  readonly nodes: Evidence<Node>;
}

/** A scheduler that no longer names the taint (from 1.35 on) leaves it to be found on the nodes that could take the pod. */
const named = (counts: readonly Count[], { spec = {} }: Pod, all: readonly Node[]): readonly Count[] => {
  const taints = all.filter((node) => mayHost(spec, node)).flatMap((node) => keptOffBy(spec, node).slice(0, 1));
  return counts.flatMap((one) => (one.obstacle === 'taint' && taints.length > 0
    ? taints.map(({ key }) => ({ nodes: 1, obstacle: ofTaint(key) })) : [one]));
};

/** Most telling first. Nodes that the pod may not use anyway count only if there are no others. */
const ranked = (counts: readonly Count[]): readonly Obstacle[] => {
  const telling = counts.filter(({ obstacle }) => obstacle !== 'selector');
  const sums = new Map<Obstacle, number>();
  for (const { obstacle, nodes: count } of telling.length > 0 ? telling : counts) sums.set(obstacle, (sums.get(obstacle) ?? 0) + count);
  return [...sums].sort(([a, m], [b, n]) => n - m || OBSTACLES.indexOf(a) - OBSTACLES.indexOf(b)).map(([obstacle]) => obstacle);
};

const SAYS: Readonly<Record<Obstacle, (words: string) => Message>> = {
  nodeTrouble: (words) => msg('The nodes that could take them are in trouble: “{{words}}”', { words }),
  cordoned: (words) => msg('The nodes that could take them are cordoned: “{{words}}”', { words }),
  taint: (words) => msg('The nodes that could take them carry a taint that the pods do not tolerate: “{{words}}”', { words }),
  selector: (words) => msg('No node has the labels that the pods ask for: “{{words}}”', { words }),
  memory: (words) => msg('The nodes that could take them have no memory left to request: “{{words}}”', { words }),
  cpu: (words) => msg('The nodes that could take them have no CPU left to request: “{{words}}”', { words }),
  tooManyPods: (words) => msg('The nodes that could take them run as many pods as they may: “{{words}}”', { words }),
  affinity: (words) => msg('Rules about which pods may stand beside each other leave no node: “{{words}}”', { words }),
  volume: (words) => msg('A volume of the pods binds them to nodes that cannot take them: “{{words}}”', { words }),
  otherwise: (words) => msg('The scheduler says: “{{words}}”', { words }),
};

const unplaced = (pods: readonly Pod[], now: number) => pods.map((pod) => judge(pod, now)).find(({ state }) => state === 'unschedulable');

const hostsOf = ({ pods, nodes: all }: Seen, now: number) => {
  const spec = unplaced(pods.items, now)?.pod.spec;
  return spec ? all.items.filter((node) => mayHost(spec, node)).map((node) => ({ node, taints: keptOffBy(spec, node) })) : [];
};

const hostRows = (hosts: ReturnType<typeof hostsOf>) => (hosts.length === 0 ? [] : [{
  of: 'table' as const,
  columns: [msg('Node that may run them'), msg('Cordoned'), msg('Taints that they do not tolerate')],
  rows: hosts.map(({ node, taints }) => [
    { object: { kind: 'Node', name: node.metadata.name } }, { message: node.spec?.unschedulable ? msg('yes') : msg('no') },
    { list: taints.map(({ key, value, effect }) => `${key}${value ? `=${value}` : ''}:${effect}`) },
  ]),
}]);

const plainTaint = (seen: Seen, now: number) =>
  hostsOf(seen, now).flatMap(({ node, taints }) => taints.filter(({ key }) => ofTaint(key) === 'taint').map((taint) => ({ node, taint })))[0];

/** Why does no node take the pods? */
export const placement = (of: Workload) => step({
  id: 'placement',
  asks: msg('Why does no node take the pods?'),
  reads: { pods: podsOf(of), nodes: nodes() },
  optional: ['nodes'],
  required: false,
  reasons: REASONS,
  check: (seen, { now }): Finding<Reason> => {
    const one = unplaced(seen.pods.items, now);
    if (!one) return notApplicable('notNeeded', msg('Not needed: no pod waits for a node.'));
    const words = one.message ?? '';
    const [first = 'otherwise', ...others] = ranked(named(obstaclesIn(words), one.pod, seen.nodes.items));
    const hosts = hostsOf(seen, now);
    return fail(first, SAYS[first](quote(withoutPreemption(words))), {
      also: others, subjects: hosts.map(({ node }) => ({ kind: 'Node', name: node.metadata.name })), rows: hostRows(hosts),
    });
  },
  out: {
    /** A node that could take the pods but for a taint that somebody put there. */
    taintedNode: (seen, { now }: Given) => plainTaint(seen, now)?.node.metadata.name,
    /** That taint, as `oc adm taint` removes it. */
    taintRemoval: (seen, { now }: Given) => {
      const taint = plainTaint(seen, now)?.taint;
      return taint && removalOf(taint);
    },
  },
});
