import { type Choice, type Option, type Picked } from '../engine/choice';
import { text } from '../engine/late';
import { type Message, msg } from '../engine/message';
import { execute } from '../engine/mitigation';
import { type Evidence } from '../engine/observation';
import { type Operation, type Plan, type Refusal, targetOf } from '../engine/operation';
import { kinds } from '../sources/kinds';
import { node as nodeCalled } from '../sources/nodes';
import { type Node, type VirtualMachineInstance } from '../sources/objects';
import { vmis } from '../sources/virtualization';
import { evacuationsGone } from '../steps/evacuationsGone';
import { migrationDemand } from '../steps/migrationDemand';
import { isNotOffered, vmCalls } from './callSubresource';
import { updateAtWork } from './cordon';
import { fieldPlan } from './patchField';

const { node } = migrationDemand.out;

/** Set by virt-api when the descheduler asked: KubeVirt 1.8.4, pkg/virt-api/webhooks/validating-webhook/admitters/pod-eviction-admitter.go. */
const SOURCE = 'kubevirt.io/eviction-source';

const reads = {
  api: vmCalls(), node: nodeCalled(node),
  vmis: vmis({ in: 'all namespaces', labels: text`kubevirt.io/nodeName=${node}`, atMost: 500 }),
};

interface Read {
  readonly api: Evidence<{ readonly resource: string }>;
  readonly node: Evidence<Node>;
  readonly vmis: Evidence<VirtualMachineInstance>;
}

const keyOf = ({ metadata: { namespace, name } }: VirtualMachineInstance): string => `${namespace}/${name}`;
/** The instances that are marked to leave the node on which they run. */
const markedIn = ({ vmis: { items } }: Read): readonly VirtualMachineInstance[] =>
  items.filter(({ status }) => status?.evacuationNodeName !== undefined && status.evacuationNodeName === status.nodeName);

const choice = (read: Read): readonly Choice[] => {
  const options = markedIn(read).map((vmi): Option => ({
    value: keyOf(vmi), label: msg('{{vm}}', { vm: keyOf(vmi) }),
    ...(vmi.metadata.annotations?.[SOURCE] === 'descheduler' ? { hint: msg('The descheduler asked for it.') } : {}),
  }));
  return options.length > 1 ? [{ id: 'vms', kind: 'some', asks: msg('Which VMs are to stay?'), options, picked: options.map(({ value }) => value) }] : [];
};

const chosen = (read: Read, { vms }: Picked): readonly VirtualMachineInstance[] => {
  const wanted = vms?.split(',');
  return markedIn(read).filter((vmi) => wanted?.includes(keyOf(vmi)) ?? true);
};

/**
 * Takes the mark off one instance. KubeVirt 1.8.4, pkg/virt-api/rest/evacuate_cancel.go, wants to be told the node that is evacuated and tests it;
 * `virtctl evacuate-cancel` of that release tells none (pkg/virtctl/vm/evacuate_cancel.go), so its call is refused.
 */
const call = (vmi: VirtualMachineInstance): Operation => {
  const { evacuationNodeName } = vmi.status ?? {};
  return {
    id: `cancel-${vmi.metadata.uid}`, verb: 'call', subresource: 'evacuate/cancel', target: targetOf(kinds.VirtualMachineInstance, vmi),
    body: { evacuationNodeName }, expects: { '/status/evacuationNodeName': evacuationNodeName },
  };
};

const STAY: Pick<Plan, 'vmsAffected' | 'owner'> = {
  vmsAffected: msg('None. They stay where they run.'),
  owner: msg('virt-controller creates no more migrations for them. One that has begun goes on.'),
};
const RIGHTS = msg('KubeVirt’s own roles grant this call only in part: the API server also asks for the right to update virtualmachineinstances/evacuate.');

const nothingToCancel = (read: Read): Message | undefined =>
  isNotOffered(read.api, 'virtualmachineinstances', 'evacuate/cancel') ?? (markedIn(read).length > 0 ? undefined : msg('Nothing to do: no VM is marked to leave the node on which it runs.'));

const planCancel = (read: Read, picked: Picked): Plan | Refusal => {
  const why = nothingToCancel(read);
  if (why) return { refused: why };
  const [on] = read.node.items;
  const marked = chosen(read, picked);
  const from = marked[0]?.status?.evacuationNodeName ?? '';
  if (on?.spec?.unschedulable) return { refused: updateAtWork(on) ?? msg('Node {{node}} is cordoned: a drain may be at work and would mark them again. Stop the drain instead.', { node: from }) };
  return {
    sentence: msg('Cancel the evacuation of {{count}} VMs from node {{node}}.', { count: marked.length, node: from }),
    operations: marked.map(call), effects: [msg('Whoever asked for the evacuation can ask again: a drain, the descheduler. Stop that first.'), RIGHTS], ...STAY,
    confirm: { kind: 'button' }, verify: [evacuationsGone({ node: from, names: marked.map(keyOf) })],
    undo: { possible: false, says: msg('Drain the node again: that marks them anew.') },
  };
};

/** Takes the mark of an evacuation off VMs when nobody wants it any more. */
export const cancelStaleEvacuation = execute({
  id: 'cancel-evacuation',
  title: msg('Cancel the evacuation'),
  summary: msg('Clears the mark that makes KubeVirt migrate these VMs again and again. It names the node, which virtctl evacuate-cancel of KubeVirt 1.8.4 does not: that is refused.'),
  risk: 'low',
  vms: msg('None. They stay where they run.'),
  undo: msg('Drain the node again: that sets the mark anew.'),
  reads,
  choices: choice,
  plan: (read, _, picked) => planCancel(read, picked),
});

/** Ends a drain: the node takes pods again, then the VMs are no longer marked to leave. */
export const stopDrain = execute({
  id: 'stop-drain',
  title: msg('Stop the drain'),
  summary: msg('Opens the node and cancels the evacuation of its VMs. End the running drain first: Ctrl-C in its shell, or pause the tool that runs it. Uncordoning alone does not end the evacuation.'),
  risk: 'low',
  vms: msg('None. They stay on the node, and its maintenance waits.'),
  undo: msg('Drain the node again.'),
  reads,
  plan: (read) => {
    const [on] = read.node.items;
    if (!on) return { refused: msg('The node does not exist any more.') };
    const { name } = on.metadata;
    const why = updateAtWork(on) ?? (on.spec?.unschedulable ? isNotOffered(read.api, 'virtualmachineinstances', 'evacuate/cancel') : msg('Node {{name}} takes pods already. Cancel the evacuation instead.', { name }));
    if (why) return { refused: why };
    const marked = markedIn(read);
    const open = fieldPlan(kinds.Node, on, { path: '/spec/unschedulable', to: undefined, isLively: true, says: { effects: [], ...STAY } });
    if ('refused' in open) return open;
    return {
      ...open, ...STAY, pace: 'inOrder',
      sentence: msg('Open node {{name}}, then cancel the evacuation of {{count}} VMs.', { name, count: marked.length }),
      operations: [...open.operations, ...marked.map(call)],
      effects: [msg('A drain that still runs closes the node again and marks the VMs again.'), msg('Pods and VMs that wait may land on the node within seconds.'), RIGHTS],
      confirm: { kind: 'acknowledge', says: msg('The drain of {{name}} is ended: nobody’s shell and no tool goes on with it.', { name }) },
      verify: [...open.verify, evacuationsGone({ node: name, names: marked.map(keyOf) })],
      undo: open.undo.possible ? { ...open.undo, says: msg('Close node {{name}} again. Draining it again marks its VMs anew.', { name }) } : open.undo,
    };
  },
});
