import { fail, pass } from '../engine/finding';
import { msg } from '../engine/message';
import { text } from '../engine/late';
import { step } from '../engine/step';
import { vmis } from '../sources/virtualization';

/** Are these VMs (`namespace/name`) no longer marked to leave a node? Seen after a mitigation. */
export const evacuationsGone = ({ node, names }: { readonly node: string; readonly names: readonly string[] }) => step({
  id: `evacuations-gone:${node}`,
  asks: msg('Is none of the VMs marked to leave node {{node}} any more?', { node }),
  reads: { vmis: vmis({ in: 'all namespaces', labels: text`kubevirt.io/nodeName=${node}`, atMost: 500 }) },
  reasons: ['gone', 'marked'],
  check: ({ vmis: { items } }) => {
    const marked = items.filter(({ metadata, status }) => status?.evacuationNodeName === node && names.includes(`${metadata.namespace}/${metadata.name}`));
    const details = { expected: msg('0 of {{all}} VMs marked', { all: names.length }), actual: msg('{{marked}} of {{all}}', { marked: marked.length, all: names.length }) };
    return marked.length === 0
      ? pass('gone', msg('Yes. Of {{all}} VMs none is marked to leave node {{node}} any more.', { all: names.length, node }), details)
      : fail('marked', msg('No. {{marked}} of {{all}} VMs are marked to leave node {{node}}. Somebody has asked for it again: a drain that still runs, or the descheduler.', { marked: marked.length, all: names.length, node }), {
        ...details, subjects: marked.map(({ metadata }) => ({ kind: 'VirtualMachineInstance', group: 'kubevirt.io', name: metadata.name, ...(metadata.namespace ? { namespace: metadata.namespace } : {}) })),
      });
  },
});
