import { type Finding, notApplicable, pass, warn } from '../engine/finding';
import { text } from '../engine/late';
import { msg } from '../engine/message';
import { each } from '../engine/source';
import { step } from '../engine/step';
import { pods } from '../sources/pods';
import { launchersPerVm } from './launchersPerVm';
import { judge } from './podState';
import { virtHandler } from './workloads';

/** Which virt-handler prepares migration targets where many of one VM die? */
export const migrationHandler = step({
  id: 'migration-handler',
  asks: msg('Does virt-handler run on the node where one VM has many failed pods?'),
  why: msg('It prepares the targets of migrations there, and its log tells why they die.'),
  reads: { handlers: each(launchersPerVm.out.worst, { atMost: 1 }, ({ node }) => pods({ in: virtHandler.in, labels: virtHandler.labels, fields: text`spec.nodeName=${node}`, atMost: 2 })) },
  inputs: { spots: launchersPerVm.out.worst },
  reasons: ['notNeeded', 'missing', 'notReady', 'ready'],
  check: ({ handlers }, { inputs: { spots: [spot] }, now }): Finding<'notNeeded' | 'missing' | 'notReady' | 'ready'> => {
    if (!spot) return notApplicable('notNeeded', msg('Not needed: no VM has many failed pods on one node.'));
    const [handler] = handlers.items.map((pod) => judge(pod, now));
    const expected = msg('1 virt-handler, ready');
    if (!handler) return warn('missing', msg('No virt-handler runs on {{node}}.', { node: spot.node }), { expected, actual: msg('none') });
    return handler.state === 'ready'
      ? pass('ready', msg('Yes, and it is ready.'), { expected, actual: expected })
      : warn('notReady', msg('virt-handler on {{node}} is not ready.', { node: spot.node }), { expected, actual: msg('not ready') });
  },
  out: {
    /** Its container, as a list of none or one; unknown to who may not see pods there. */
    handlers: ({ handlers }) => (handlers.items.length === 0 && handlers.missing.length > 0 ? undefined : handlers.items.slice(0, 1).map(({ metadata }) => ({ pod: metadata.name, container: virtHandler.container }))),
  },
});
