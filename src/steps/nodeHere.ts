import { type Finding, fail, pass, warn } from '../engine/finding';
import { msg } from '../engine/message';
import { step } from '../engine/step';
import { node } from '../sources/nodes';
import { type Node } from '../sources/objects';
import { alertNode } from './alertNode';
import { quote } from './words';

const REASONS = ['ready', 'notReady', 'silent', 'pressed', 'gone'] as const;

/** Conditions of a node that are good when False: kubernetes core/v1 NodeConditionType. */
const PRESSURES = ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'NetworkUnavailable'];

const conditionOf = ({ status }: Node, type: string) => status?.conditions?.find((one) => one.type === type);

/** Does the node report that it is ready? */
export const isNodeReady = (of: Node): boolean => conditionOf(of, 'Ready')?.status === 'True';

/** Is the node of the alert well, and does it report at all? */
export const nodeHere = step({
  id: 'node-here',
  asks: msg('Is the node well?'),
  why: msg('If the node does not report, nobody can tell from here whether its VMs run. They may.'),
  reads: { node: node(alertNode) },
  inputs: { name: alertNode },
  reasons: REASONS,
  check: ({ node: { items: [found] } }, { inputs: { name } }): Finding<(typeof REASONS)[number]> => {
    if (!found) return fail('gone', msg('There is no node {{name}} any more. Its machine may run all the same.', { name }), { actual: msg('no Node') });
    const ready = conditionOf(found, 'Ready');
    const rows = [{
      of: 'table' as const, columns: [msg('Condition'), msg('Status'), msg('Since'), msg('Message')],
      rows: (found.status?.conditions ?? []).map(({ type, status, lastTransitionTime, message }) => [type, status, lastTransitionTime ? { instant: lastTransitionTime } : null, message ? quote(message) : null]),
    }];
    const details = { expected: msg('ready'), subjects: [{ kind: 'Node', name }], rows };
    const since = ready?.lastTransitionTime;
    if (ready?.status === 'Unknown') {
      return fail('silent', since ? msg('No. {{name}} has not reported since {{since}}.', { name, since: { instant: since } }) : msg('No. {{name}} does not report.', { name }), { ...details, actual: msg('silent') });
    }
    if (!isNodeReady(found)) return fail('notReady', msg('No. {{name}} reports that it is not ready: “{{words}}”', { name, words: quote(ready?.message ?? '') }), { ...details, actual: msg('not ready') });
    const pressed = (found.status?.conditions ?? []).filter(({ type, status }) => PRESSURES.includes(type) && status === 'True').map(({ type }) => type);
    return pressed.length > 0
      ? warn('pressed', msg('{{name}} is ready and reports {{pressures}}.', { name, pressures: { list: pressed } }), { ...details, actual: msg('under pressure') })
      : pass('ready', msg('Yes. {{name}} is ready.', { name }), { ...details, actual: msg('ready') });
  },
});
