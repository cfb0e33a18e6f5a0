import { type Late } from '../engine/late';
import { type Message, msg } from '../engine/message';
import { type ExecuteMitigation, execute } from '../engine/mitigation';
import { type ReadStep } from '../engine/step';
import { kinds } from '../sources/kinds';
import { node as nodeCalled, vmNodes } from '../sources/nodes';
import { type Node } from '../sources/objects';
import { isTrue } from '../steps/conditions';
import { lastWriter } from '../steps/writers';
import { fieldPlan, onlyOne } from './patchField';

const PATH = '/spec/unschedulable';

/** What the machine config operator writes on nodes: openshift/machine-config-operator, pkg/daemon/constants. */
const MACHINE_CONFIG = 'machineconfiguration.openshift.io';

/** Says that a machine config update is at work on a node, which closes and opens it by itself; undefined if none is. */
export const updateAtWork = ({ metadata: { name, annotations = {} } }: Node): Message | undefined => {
  const [state, current, desired, drain] = ['state', 'currentConfig', 'desiredConfig', 'desiredDrain'].map((key) => annotations[`${MACHINE_CONFIG}/${key}`]);
  const isAtWork = current !== desired || drain?.startsWith('drain-') || (state !== undefined && state !== 'Done');
  return isAtWork ? msg('A machine config update is at work on node {{name}}, state {{state}}: it opens the node when it is done, and would close it again before.', { name, state: state ?? '–' }) : undefined;
};

const isReady = ({ status }: Node): boolean => isTrue(status?.conditions, 'Ready') !== undefined;
const takesPods = (node: Node): boolean => isReady(node) && !node.spec?.unschedulable;

const closedBy = ({ metadata }: Node): readonly Message[] => {
  const { manager, time } = lastWriter(metadata, 'spec', 'unschedulable') ?? {};
  return manager && time ? [msg('The program {{manager}} closed it {{time}}. If it still wants that, it may close it again.', { manager, time: { instant: time } })] : [];
};

/** Words of a mitigation that closes or opens a node, where the usual ones do not fit. */
interface NodeWords {
  readonly id: string;
  readonly node: Late<string>;
  readonly title?: Message;
  readonly summary?: Message;
  /** What else is to be known of it. */
  readonly effects?: readonly Message[];
  readonly verify?: readonly ReadStep[];
}

const NOT_TOUCHED = msg('None. VMs that run there are not touched.');

/** Opens a cordoned node. Refused while a machine config update is at work on it. */
export const uncordonNode = ({ id, node, title, summary, effects = [], verify = [] }: NodeWords): ExecuteMitigation => execute({
  id, risk: 'low',
  title: title ?? msg('Uncordon the node'),
  summary: summary ?? msg('Lets the scheduler use the node again. Choose it once its maintenance is over.'),
  vms: msg('Nothing. New pods and VMs may land on the node.'),
  undo: msg('Cordon the node again; what landed there stays.'),
  reads: { node: nodeCalled(node) },
  plan: ({ node: seen }) => {
    const one = onlyOne(kinds.Node, seen);
    if ('refused' in one) return one;
    const { found } = one;
    const why = updateAtWork(found);
    if (why) return { refused: why };
    if (!found.spec?.unschedulable) return { refused: msg('Nothing to do: node {{name}} takes pods.', { name: found.metadata.name }) };
    return fieldPlan(kinds.Node, found, {
      path: PATH, to: undefined, isLively: true, verify,
      says: {
        effects: [
          ...closedBy(found), ...(isReady(found) ? [] : [msg('It is not ready: nothing starts there before it is.')]),
          msg('What waits for a node may land there within seconds.'), ...effects,
        ],
        vmsAffected: NOT_TOUCHED,
      },
    });
  },
});

/** Closes a node to new pods. Refused if no other node takes VMs. */
export const cordonNode = ({ id, node, title, summary, effects = [], verify = [] }: NodeWords): ExecuteMitigation => execute({
  id, risk: 'low',
  title: title ?? msg('Cordon the node'),
  summary: summary ?? msg('Keeps new pods and VMs off the node. What runs there goes on.'),
  vms: msg('None. No new VM starts on that node until it is uncordoned, and none migrates to it.'),
  undo: msg('Uncordon the node.'),
  reads: { node: nodeCalled(node), others: vmNodes() },
  plan: ({ node: seen, others }) => {
    const one = onlyOne(kinds.Node, seen);
    if ('refused' in one) return one;
    const { found } = one;
    if (found.spec?.unschedulable) return { refused: msg('Nothing to do: node {{name}} is cordoned already.', { name: found.metadata.name }) };
    const rest = others.items.filter((other) => other.metadata.uid !== found.metadata.uid && takesPods(other));
    if (rest.length === 0) return { refused: msg('No other node takes VMs: with node {{name}} closed, none could start or migrate at all.', { name: found.metadata.name }) };
    return fieldPlan(kinds.Node, found, {
      path: PATH, to: true, isLively: true, verify,
      says: {
        effects: [msg('{{count}} other nodes take VMs.', { count: rest.length }), msg('It stays closed until somebody opens it: the undo of this does.'), ...effects],
        vmsAffected: NOT_TOUCHED,
      },
    });
  },
});
