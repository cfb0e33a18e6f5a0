import { type Finding, fail, notApplicable, pass, unknown, warn } from '../engine/finding';
import { text } from '../engine/late';
import { type Message, msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { type ListSource, each } from '../engine/source';
import { step } from '../engine/step';
import { kinds } from '../sources/kinds';
import { type Node, type Pod } from '../sources/objects';
import { pods } from '../sources/pods';
import { launcherSpread } from './launcherSpread';
import { judge } from './podState';
import { virtHandler } from './workloads';

/** The device that every VM needs; virt-handler's device plugin offers it (KubeVirt v1.8.4 `pkg/virt-handler/device-manager`). */
const KVM = 'devices.kubevirt.io/kvm';

const REASONS = ['notNeeded', 'notReady', 'pressure', 'handlerMissing', 'handlerNotReady', 'noKvm', 'cordoned', 'healthy', 'gone', 'notReadable'] as const;
type Code = (typeof REASONS)[number];

/** Conditions that are good when True or when False; others are no judgement (kubernetes `core/v1` NodeConditionType). */
const PRESSURES = ['MemoryPressure', 'DiskPressure', 'PIDPressure'];

const conditionOf = ({ status }: Node, type: string): string | undefined => status?.conditions?.find((one) => one.type === type)?.status;

interface Judged {
  readonly name: string;
  readonly node: Node | undefined;
  readonly handler: Pod | undefined;
  readonly codes: readonly Code[];
}

const judgeNode = (name: string, node: Node | undefined, handler: Pod | undefined, now: number): Judged => {
  if (!node) return { name, node, handler, codes: ['gone'] };
  const codes: Code[] = [];
  if (conditionOf(node, 'Ready') !== 'True') codes.push('notReady');
  if (PRESSURES.some((type) => conditionOf(node, type) === 'True')) codes.push('pressure');
  if (!handler) codes.push('handlerMissing');
  else if (judge(handler, now).state !== 'ready') codes.push('handlerNotReady');
  if ((node.status?.allocatable?.[KVM] ?? '0') === '0') codes.push('noKvm');
  if (node.spec?.unschedulable) codes.push('cordoned');
  return { name, node, handler, codes };
};

const SAYS: Readonly<Record<Exclude<Code, 'notNeeded' | 'healthy' | 'notReadable'>, Message>> = {
  notReady: msg('The node is not Ready.'),
  pressure: msg('The node is short of memory, disk or processes.'),
  handlerMissing: msg('No virt-handler runs on the node.'),
  handlerNotReady: msg('virt-handler on the node is not ready.'),
  noKvm: msg('The node offers no devices.kubevirt.io/kvm: its device plugin is not ready, so the kubelet turns launchers away.'),
  cordoned: msg('The node is cordoned.'),
  gone: msg('The node does not exist any more.'),
};
const FAILS: readonly Code[] = ['notReady', 'handlerMissing', 'handlerNotReady', 'noKvm'];

interface Read {
  readonly nodes: Evidence<Node>;
  readonly handlers: Evidence<Pod>;
}

const about = (shares: readonly { readonly node: string; readonly count: number }[], read: Read, now: number): Finding<Code> => {
  const judged = shares.flatMap(({ node: name }) => {
    const node = read.nodes.items.find(({ metadata }) => metadata.name === name);
    // A node that could not be read is not a node that is gone.
    if (!node && read.nodes.missing.length > 0) return [];
    return [judgeNode(name, node, read.handlers.items.find(({ spec }) => spec?.nodeName === name), now)];
  });
  if (judged.length === 0) return unknown('notReadable', msg('None of these nodes could be read.'));
  const found = REASONS.filter((code) => judged.some(({ codes }) => codes.includes(code)));
  const details = {
    expected: msg('Ready, no pressure, virt-handler ready, devices.kubevirt.io/kvm above 0'),
    subjects: judged.map(({ name }) => ({ kind: 'Node', name })),
    rows: [{
      of: 'table' as const,
      columns: [msg('Node'), msg('Failed pods'), msg('Ready'), msg('virt-handler'), msg('kvm devices'), msg('Cordoned')],
      rows: judged.map(({ name, node, handler }) => [
        { object: { kind: 'Node', name } }, shares.find((share) => share.node === name)?.count ?? null, (node && conditionOf(node, 'Ready')) ?? null,
        handler ? judge(handler, now).state : null, node?.status?.allocatable?.[KVM] ?? null, node?.spec?.unschedulable ? 'true' : 'false',
      ]),
    }],
  };
  const [first, ...also] = found;
  if (first === undefined) return pass('healthy', msg('Nodes with many failed pods: {{count}}. All of them are healthy now.', { count: judged.length }), { ...details, actual: msg('all of it') });
  const where = judged.filter(({ codes }) => codes.includes(first)).map(({ name }) => name);
  const says = msg('On {{nodes}}: {{trouble}}', { nodes: { list: where }, trouble: { message: SAYS[first as keyof typeof SAYS] } });
  return (FAILS.includes(first) ? fail : warn)<Code>(first, says, { ...details, also, actual: SAYS[first as keyof typeof SAYS] });
};

const oneNode = (name: ListSource<Node>['fields']): ListSource<Node> =>
  ({ kind: 'list', of: kinds.Node, in: 'the cluster', fields: name, part: 'full', atMost: 1 });

/** Are the nodes that hold many failed launchers healthy, and can they run VMs? */
export const launcherNodes = step({
  id: 'launcher-nodes',
  asks: msg('Are the nodes with many failed pods healthy, and can they run VMs?'),
  why: msg('After a reboot the kubelet turns VMs away until virt-handler has offered /dev/kvm again.'),
  reads: {
    nodes: each(launcherSpread.out.nodes, { atMost: 3 }, ({ node }) => oneNode(text`metadata.name=${node}`)),
    handlers: each(launcherSpread.out.nodes, { atMost: 3 }, ({ node }) => pods({ in: virtHandler.in, labels: virtHandler.labels, fields: text`spec.nodeName=${node}`, atMost: 2 })),
  },
  inputs: { shares: launcherSpread.out.nodes },
  reasons: REASONS,
  check: (read, { inputs: { shares }, now }) =>
    (shares.length === 0 ? notApplicable('notNeeded', msg('Not needed: no node has many of them.')) : about(shares, read, now)),
  out: {
    /** The worst of them. */
    node: (_, { inputs: { shares } }) => shares[0]?.node,
    /** virt-handler's pod there. */
    handler: ({ handlers }, { inputs: { shares } }) =>
      handlers.items.find(({ spec }) => spec?.nodeName === shares[0]?.node)?.metadata.name,
    /** virt-handler's containers on all of them. */
    handlers: ({ handlers }) => handlers.items.map(({ metadata }) => ({ pod: metadata.name, container: virtHandler.container })),
  },
});
