import { info } from '../engine/finding';
import { text } from '../engine/late';
import { msg } from '../engine/message';
import { each } from '../engine/source';
import { step } from '../engine/step';
import { type VirtualMachineInstance } from '../sources/objects';
import { vmis } from '../sources/virtualization';
import { handlerNodes } from './handlerNodes';

/** Nodes whose VMs are listed, and VMs of each that are read. */
const NODES = 20;
const VMS = 200;

const isActive = ({ status }: VirtualMachineInstance): boolean => status?.phase !== 'Succeeded' && status?.phase !== 'Failed';

/** Which VMs run on nodes without a ready virt-handler: they go on, and nobody manages them. */
export const unmanagedVms = step({
  id: 'affected-vms',
  asks: msg('Which VMs notice?'),
  reads: { instances: each(handlerNodes.out.unserved, { atMost: NODES }, ({ node }) => vmis({ in: 'all namespaces', labels: text`kubevirt.io/nodeName=${node}`, atMost: VMS })) },
  inputs: { unserved: handlerNodes.out.unserved },
  required: false,
  reasons: ['none', 'unmanaged'],
  check: ({ instances }, { inputs: { unserved } }) => {
    const active = instances.items.filter(isActive);
    if (unserved.length === 0) return info('none', msg('None: every node has a virt-handler that is ready.'));
    if (active.length === 0) return info('none', msg('None: no VM runs on the {{nodes}} nodes without a ready virt-handler.', { nodes: unserved.length }));
    return info('unmanaged', msg('{{count}} VMs on {{nodes}} nodes run on without a virt-handler: they cannot be started, stopped, migrated or changed there, and their state is no longer reported.', { count: active.length, nodes: unserved.length }), {
      rows: [{
        of: 'table', columns: [msg('VM'), msg('Node'), msg('Phase, as last reported')],
        rows: active.map(({ metadata: { name, namespace }, status }) => [
          { object: { kind: 'VirtualMachineInstance', group: 'kubevirt.io', name, ...(namespace ? { namespace } : {}) } }, status?.nodeName ?? null, status?.phase ?? null,
        ]),
      }],
    });
  },
});
