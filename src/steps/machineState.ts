import { type Finding, fail, pass } from '../engine/finding';
import { type Message, msg } from '../engine/message';
import { step } from '../engine/step';
import { type VirtualMachineInstance } from '../sources/objects';
import { vmi } from '../sources/virtualization';
import { isTrue } from './conditions';

const REASONS = ['asWanted', 'notYet'] as const;

const runs = (instance: VirtualMachineInstance | undefined): boolean => instance?.status?.phase === 'Running';
const isOver = (instance: VirtualMachineInstance | undefined): boolean => instance?.status?.phase === 'Failed' || instance?.status?.phase === 'Succeeded';
const isPaused = (instance: VirtualMachineInstance | undefined): boolean => isTrue(instance?.status?.conditions, 'Paused') !== undefined;

/** What a VM may be wanted to be; `not` is the uid of an instance that has to be another one by then. */
type Wanted = 'running' | 'stopped' | 'paused' | 'resumed';

const IS: Readonly<Record<Wanted, (instance: VirtualMachineInstance | undefined, not: string | undefined) => boolean>> = {
  running: (instance, not) => runs(instance) && instance?.metadata.uid !== not,
  stopped: (instance) => instance === undefined || isOver(instance),
  paused: (instance) => runs(instance) && isPaused(instance),
  resumed: (instance) => runs(instance) && !isPaused(instance),
};

const EXPECTED: Readonly<Record<Wanted, Message>> = {
  running: msg('an instance that runs, begun since'), stopped: msg('no instance that runs'), paused: msg('paused'), resumed: msg('running, not paused'),
};

const shown = (instance: VirtualMachineInstance | undefined): Message => {
  if (!instance) return msg('no instance');
  return isPaused(instance) ? msg('paused') : msg('{{phase}}', { phase: instance.status?.phase ?? '–' });
};

/** Has a VM come to be what it was asked to be? Seen after a mitigation, until it has. */
export const machineState = ({ namespace, name, wanted, not }: { readonly namespace: string; readonly name: string; readonly wanted: Wanted; readonly not?: string }) => step({
  id: `machine-state:${namespace}/${name}:${wanted}`,
  asks: msg('Is VM {{name}} what it was asked to be?', { name }),
  reads: { instance: vmi({ in: namespace, name }) },
  reasons: REASONS,
  scope: 'workload',
  check: ({ instance: { items: [instance] } }): Finding<(typeof REASONS)[number]> => {
    const details = { expected: EXPECTED[wanted], actual: shown(instance) };
    return IS[wanted](instance, not) ? pass('asWanted', msg('Yes. VM {{name}}: {{state}}.', { name, state: { message: shown(instance) } }), details)
      : fail('notYet', msg('Not yet. VM {{name}}: {{state}}. A guest takes its time to shut down and to start.', { name, state: { message: shown(instance) } }), details);
  },
});
