import { type Cell, type Finding, fail, info, pass, unknown, warn } from '../engine/finding';
import { text } from '../engine/late';
import { type Message, msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { step } from '../engine/step';
import { node } from '../sources/nodes';
import { type Node, type Pod, type VirtualMachineInstance } from '../sources/objects';
import { vmis } from '../sources/virtualization';
import { alertNode } from './alertNode';
import { handlerHere } from './handlerHere';
import { isOver } from './launcherReadings';
import { isFinished, launchersThere } from './launchersHere';
import { isNodeReady } from './nodeHere';

/** VMs of one node that are read. */
const MOST = 300;

const READS = {
  instances: vmis({ in: 'all namespaces', labels: text`kubevirt.io/nodeName=${alertNode}`, atMost: MOST }),
  launchers: launchersThere,
  node: node(alertNode),
};

/** What can be said of a guest from here. */
type Guest = 'runs' | 'unknown' | 'ended';

const WORDS: Readonly<Record<Guest, Message>> = {
  runs: msg('runs, says the kubelet'), unknown: msg('nobody knows: the node does not report'), ended: msg('ended: its launcher pod is over or gone'),
};

interface Seen {
  readonly instances: Evidence<VirtualMachineInstance>;
  readonly launchers: Evidence<Pod>;
  readonly node: Evidence<Node>;
}

const guestsIn = ({ instances, launchers, node: { items: [found] } }: Seen) => instances.items.filter((one) => !isOver(one)).map((instance) => {
  const pod = launchers.items.find((one) => one.metadata.labels?.['kubevirt.io/created-by'] === instance.metadata.uid && !isFinished(one));
  const guest: Guest = !found || !isNodeReady(found) ? 'unknown' : pod ? 'runs' : 'ended';
  return { instance, pod, guest };
});

const rowsOf = (guests: ReturnType<typeof guestsIn>) => (guests.length === 0 ? [] : [{
  of: 'table' as const, columns: [msg('VM'), msg('Guest'), msg('Phase, as last reported'), msg('Launcher pod')],
  rows: guests.map(({ instance: { metadata: { name, namespace }, status }, pod, guest }): readonly Cell[] => [
    { object: { kind: 'VirtualMachineInstance', group: 'kubevirt.io', name, ...(namespace ? { namespace } : {}) } }, { message: WORDS[guest] }, status?.phase ?? null, pod?.metadata.name ?? null,
  ]),
}]);

const REASONS = ['running', 'unknown', 'ended', 'managed', 'none', 'notReadable'] as const;

const conclude = (seen: Seen, name: string, served: boolean): Finding<(typeof REASONS)[number]> => {
  const guests = guestsIn(seen);
  const count = (wanted: Guest): number => guests.filter(({ guest }) => guest === wanted).length;
  const rows = rowsOf(guests);
  if (guests.length === 0) return pass('none', msg('No VM is placed on {{name}}.', { name }));
  if (served) return pass('managed', msg('Yes, and virt-handler manages all {{count}} of them.', { count: guests.length }));
  if (seen.node.items.length === 0 && !seen.node.absent) return unknown('notReadable', msg('The node {{name}} could not be read.', { name }));
  if (count('unknown') > 0) {
    return fail('unknown', msg('Nobody knows. {{count}} VMs were placed on {{name}}, which does not report. As long as its machine may have power, take them for running.', { count: guests.length, name }), { rows });
  }
  return count('runs') > 0
    ? warn('running', msg('Yes: {{runs}} of {{count}} VMs on {{name}} run, and nobody manages them.', { runs: count('runs'), count: guests.length, name }), { rows })
    : warn('ended', msg('No. The launcher pods of {{count}} VMs on {{name}} have ended, and KubeVirt does not know it yet.', { count: guests.length, name }), { rows });
};

/** Are the guests of the node still running? The console cannot tell: their state is reported by virt-handler alone. */
export const guestsHere = step({
  id: 'guests-here',
  asks: msg('Do the guests on this node still run?'),
  why: msg('Without virt-handler the state of a VM stays as it was. Only its launcher pod and its node can tell.'),
  reads: READS,
  inputs: { name: alertNode, served: handlerHere.out.served },
  reasons: REASONS,
  check: (seen, { inputs: { name, served } }) => conclude(seen, name, served),
});

/** The same VMs, as the answer to who notices. */
export const vmsHere = step({
  id: 'affected-vms',
  asks: msg('Which VMs notice?'),
  reads: READS,
  inputs: { name: alertNode, served: handlerHere.out.served },
  required: false,
  reasons: ['none', 'unmanaged'],
  check: (seen, { inputs: { name, served } }) => {
    const guests = guestsIn(seen);
    if (served) return info('none', msg('None: virt-handler is ready on {{name}}.', { name }));
    return guests.length === 0
      ? info('none', msg('None: no VM is placed on {{name}}.', { name }))
      : info('unmanaged', msg('{{count}} VMs on {{name}}: they cannot be started, stopped, migrated or changed, and what is shown of them is old.', { count: guests.length, name }), { rows: rowsOf(guests) });
  },
});
