import { type Option } from '../engine/choice';
import { type Late } from '../engine/late';
import { msg } from '../engine/message';
import { kinds } from '../sources/kinds';
import { node as nodeCalled } from '../sources/nodes';
import { type Node } from '../sources/objects';
import { type WorkloadObject, workloadObject } from '../sources/workloadObjects';
import { daemonSet, templateOf } from '../steps/daemonSet';
import { handlerNodes } from '../steps/handlerNodes';
import { virtHandler } from '../steps/workloads';
import { annotate } from './annotate';
import { deletePods } from './deletePods';
import { evictPod } from './evictPods';

/** Labels that virt-handler asks for and the node does not have, as `key=value`. */
const missingLabels = ({ metadata: { labels = {} } }: Node, set: WorkloadObject | undefined): readonly string[] =>
  Object.entries(templateOf(set)?.nodeSelector ?? {}).filter(([key, value]) => labels[key] !== value).map(([key, value]) => `${key}=${value}`);

const optionOf = (pair: string): Option => ({ value: pair, label: msg('{{label}}', { label: pair }) });

/** Gives a node the label that the placement of workloads asks for, so that virt-handler comes back to it. */
export const labelNode = (node: Late<string>) => annotate<Node, { readonly set: ReturnType<typeof workloadObject> }>({
  id: 'label-node',
  title: msg('Give the node the label that the placement asks for'),
  summary: msg('virt-handler starts on the node within seconds, and its VMs are managed again. Choose it if the node is meant to carry VMs. It is safe while VMs run; a change of the placement is not.'),
  risk: 'low',
  vms: msg('Those on the node are managed again. New VMs may be placed there.'),
  undo: msg('Take the label off again. virt-handler leaves the node with it.'),
  of: kinds.Node, object: nodeCalled(node), also: { set: workloadObject(virtHandler) }, where: 'labels',
  choices: (found, { set: { items: [set] } }) => {
    const [first, ...rest] = missingLabels(found, set).map(optionOf);
    return first ? [{ id: 'label', kind: 'one', asks: msg('Which label?'), options: [first, ...rest] }] : [];
  },
  key: ({ label = '' }) => label.split('=')[0] ?? '',
  value: ({ label = '' }) => label.split('=')[1] ?? '',
  refuses: (found, { set: { items: [set] } }) => (missingLabels(found, set).length > 0 ? undefined
    : msg('The node has every label that virt-handler asks for by its node selector. If an affinity rule leaves it out, change that in HyperConverged.')),
  says: (found, { set: { items: [set] } }) => ({
    effects: [
      msg('The DaemonSet makes a virt-handler on the node within seconds.'),
      ...(missingLabels(found, set).length > 1 ? [msg('virt-handler asks for {{count}} labels that the node does not have: this sets one of them.', { count: missingLabels(found, set).length })] : []),
      msg('Whatever else selects nodes by this label sees the node from then on.'),
    ],
    vmsAffected: msg('Those on the node are managed again.'),
  }),
  verify: [daemonSet(virtHandler), handlerNodes],
});

/** Evicts somebody else's pod from a node, so that virt-handler finds room. */
export const makeRoomByEviction = (node: Late<string>) => evictPod({
  id: 'evict-for-virt-handler', node,
  title: msg('Evict a pod that can run elsewhere'),
  summary: msg('Makes room on the node by evicting one pod that its controller makes again on another. Disruption budgets hold. Launcher pods, static pods and those of DaemonSets are not offered.'),
  risk: 'medium',
  vms: msg('Nothing.'),
  undo: msg('Not possible, and not needed: its controller makes a new one.'),
  effects: [msg('virt-handler starts as soon as the room is free, if it is enough: look at what it asks for first.')],
});

/** Replaces pods of virt-handler, one after the other. */
export const replaceHandlers = deletePods({
  id: 'replace-virt-handler', of: virtHandler,
  title: msg('Replace the virt-handler pod'),
  summary: msg('Deletes the pods that you pick, one after the other; the DaemonSet makes new ones on the same nodes. Choose it for a pod that hangs after the way to the API server is open again. It does not help against a cause that the next pod meets again.'),
});
