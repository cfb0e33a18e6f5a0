import { type Late } from '../engine/late';
import { type Message, type ObjectRef, msg } from '../engine/message';
import { type ExecuteMitigation, execute } from '../engine/mitigation';
import { type Evidence } from '../engine/observation';
import { type Operation, type Plan, type Refusal, type VmCall, targetOf } from '../engine/operation';
import { type ApiSource } from '../engine/source';
import { type ReadStep } from '../engine/step';
import { kinds } from '../sources/kinds';
import { type VirtualMachine, type VirtualMachineInstance } from '../sources/objects';
import { vm as vmCalled, vmi as vmiCalled } from '../sources/virtualization';
import { isTrue } from '../steps/conditions';
import { machineState } from '../steps/machineState';
import { type Words } from './patchField';

/** The API that calls upon VMs: virt-api serves it. */
export const vmCalls = (): ApiSource => ({ kind: 'api', group: 'subresources.kubevirt.io', version: 'v1' });

/** Says that the cluster does not offer a call; undefined if it does. Older releases of KubeVirt lack some. */
export const isNotOffered = (api: Evidence<{ readonly resource: string }>, plural: 'virtualmachines' | 'virtualmachineinstances', call: VmCall): Message | undefined =>
  (api.items.some(({ resource }) => resource === `${plural}/${call}`) ? undefined : msg('This release of KubeVirt does not offer {{call}}: use the commands.', { call: `${plural}/${call}` }));

interface Seen {
  readonly vm: VirtualMachine;
  readonly vmi: VirtualMachineInstance | undefined;
}
type Call = Extract<VmCall, 'start' | 'stop' | 'restart' | 'pause' | 'unpause'>;

interface Row {
  readonly on: 'vm' | 'vmi';
  /** Why virt-api would refuse, or why it must not be. */
  readonly refuses: (seen: Seen) => Message | undefined;
  readonly expects: (seen: Seen) => NonNullable<Operation['expects']>;
  readonly sentence: (vm: ObjectRef) => Message;
  readonly effects: (seen: Seen) => readonly Message[];
  readonly vmsAffected: (vm: ObjectRef) => Message;
  readonly confirm: (name: string) => Plan['confirm'];
  readonly wanted: Parameters<typeof machineState>[0]['wanted'];
  readonly undo: { readonly call: Call; readonly says: Message; readonly expects: (seen: Seen) => NonNullable<Operation['expects']> } | { readonly says: Message };
}

// `running` is the older way to say two of the strategies: KubeVirt 1.8.4, core/v1/types.go, `RunStrategy()`.
const strategyOf = ({ spec }: VirtualMachine): string => spec?.runStrategy ?? (spec?.running ? 'Always' : 'Halted');
const isOver = (vmi: VirtualMachineInstance | undefined): boolean => vmi?.status?.phase === 'Failed' || vmi?.status?.phase === 'Succeeded';
const asSeen = ({ vm: { spec, status } }: Seen) => ({ '/spec/runStrategy': spec?.runStrategy, '/spec/running': spec?.running, '/status/stateChangeRequests': status?.stateChangeRequests });
/** What start and stop leave behind: of Always and Once the strategy is changed, of the others it stays. */
const becomes = (strategy: 'Always' | 'Halted') => ({ vm: { spec } }: Seen) =>
  (spec?.runStrategy === undefined ? { '/spec/running': strategy === 'Always' } : { '/spec/runStrategy': ['Manual', 'RerunOnFailure'].includes(spec.runStrategy) ? spec.runStrategy : strategy });

const underWay = ({ vm: { spec, status } }: Seen): Message | undefined => {
  if (status?.stateChangeRequests?.length) return msg('It is being stopped or started already. Wait until that is done.');
  if (status?.snapshotInProgress) return msg('A snapshot of it is being taken. Wait until that is done.');
  if (isTrue(status?.conditions, 'VolumesChange') || isTrue(status?.conditions, 'ManualRecoveryRequired')) return msg('A migration of its volumes is not finished: starting it anew could start it from a half-written disk.');
  return spec === undefined ? msg('What it is to do does not stand in it.') : undefined;
};

const goesDown = ({ vmi }: Seen): readonly Message[] => {
  const grace = vmi?.spec?.terminationGracePeriodSeconds;
  return [
    grace === undefined ? msg('The guest is asked to shut down; if it does not in time, it is switched off.') : msg('The guest is asked to shut down; after {{grace}} it is switched off.', { grace: { duration: grace } }),
    ...(vmi?.status?.migrationState && !vmi.status.migrationState.completed ? [msg('A migration of it is under way. It ends with the instance.')] : []),
  ];
};
const isGone = ({ vmi }: Seen): Message | undefined => (!vmi || isOver(vmi) ? msg('It does not run.') : undefined);
const isNotRunning = ({ vmi }: Seen): Message | undefined => (vmi?.status?.phase === 'Running' ? undefined : msg('It does not run.'));
const isPaused = ({ vmi }: Seen): boolean => isTrue(vmi?.status?.conditions, 'Paused') !== undefined;
const whileRunning = () => ({ '/status/phase': 'Running' });
const BUTTON: Plan['confirm'] = { kind: 'button' };
const agreed = (name: string): Plan['confirm'] => ({ kind: 'acknowledge', says: msg('The owner of {{name}} agrees to that now.', { name }) });

/** What virt-api takes and refuses: KubeVirt 1.8.4, pkg/virt-api/rest/lifecycle.go. */
const CALLS: Readonly<Record<Call, Row>> = {
  start: {
    on: 'vm', wanted: 'running', expects: asSeen,
    refuses: (seen) => underWay(seen) ?? (isGone(seen) ? undefined : msg('It runs.')) ?? (['Always', 'Once'].includes(strategyOf(seen.vm)) ? msg('Its run strategy is {{strategy}}: virt-controller starts it by itself, and nobody else can.', { strategy: strategyOf(seen.vm) }) : undefined)
      ?? (strategyOf(seen.vm) === 'RerunOnFailure' && seen.vmi?.status?.phase === 'Failed' ? msg('It failed, and its run strategy RerunOnFailure starts it by itself.') : undefined),
    sentence: (vm) => msg('Start VM {{vm}}.', { vm: { object: vm } }),
    effects: ({ vm }) => (strategyOf(vm) === 'Halted' ? [msg('Its run strategy becomes Always: it is also started again after it ends by itself.')] : []),
    vmsAffected: (vm) => msg('1 VM: {{vm}} starts.', { vm: { object: vm } }), confirm: () => BUTTON,
    undo: { call: 'stop', says: msg('Stop the VM again.'), expects: becomes('Always') },
  },
  stop: {
    on: 'vm', wanted: 'stopped', expects: asSeen,
    refuses: (seen) => underWay(seen) ?? isGone(seen) ?? (strategyOf(seen.vm) === 'Halted' ? msg('It is to stop already, and has not yet. What holds it is on its node.') : undefined),
    sentence: (vm) => msg('Stop VM {{vm}}.', { vm: { object: vm } }),
    effects: (seen) => [...goesDown(seen), ...(['Always', 'Once'].includes(strategyOf(seen.vm)) ? [msg('Its run strategy becomes Halted. Starting it again makes that Always; now it is {{strategy}}.', { strategy: strategyOf(seen.vm) })] : [])],
    vmsAffected: (vm) => msg('1 VM: {{vm}} is shut down and stays off.', { vm: { object: vm } }), confirm: agreed,
    undo: { call: 'start', says: msg('Start the VM again.'), expects: becomes('Halted') },
  },
  restart: {
    on: 'vm', wanted: 'running', expects: asSeen,
    refuses: (seen) => underWay(seen) ?? (seen.vmi ? undefined : msg('It has no instance to restart: start it.')) ?? (['Halted', 'Once'].includes(strategyOf(seen.vm)) ? msg('Its run strategy is {{strategy}}: KubeVirt restarts none of these.', { strategy: strategyOf(seen.vm) }) : undefined),
    sentence: (vm) => msg('Restart VM {{vm}}.', { vm: { object: vm } }),
    effects: (seen) => [...goesDown(seen), msg('Then a new instance starts, on any node that takes it, with all that was changed in the VM since.')],
    vmsAffected: (vm) => msg('1 VM: {{vm}} is shut down and started again.', { vm: { object: vm } }), confirm: agreed,
    undo: { says: msg('Not possible: the guest has restarted.') },
  },
  pause: {
    on: 'vmi', wanted: 'paused', expects: whileRunning,
    refuses: (seen) => isNotRunning(seen) ?? (isPaused(seen) ? msg('It is paused already.') : undefined)
      ?? (seen.vmi?.spec?.livenessProbe && !seen.vmi.spec.livenessProbe.guestAgentPing ? msg('It has a liveness probe, which would fail while it is paused.') : undefined),
    sentence: (vm) => msg('Pause VM {{vm}}.', { vm: { object: vm } }), effects: () => [msg('Its guest stands still until it is resumed, and answers nobody. Its memory stays in use.')],
    vmsAffected: (vm) => msg('1 VM: {{vm}} is paused.', { vm: { object: vm } }), confirm: agreed,
    undo: { call: 'unpause', says: msg('Resume the VM.'), expects: whileRunning },
  },
  unpause: {
    on: 'vmi', wanted: 'resumed', expects: whileRunning,
    refuses: (seen) => isNotRunning(seen) ?? (isPaused(seen) ? undefined : msg('It is not paused.')) ?? (seen.vm.status?.snapshotInProgress ? msg('A snapshot of it is being taken. Wait until that is done.') : undefined),
    sentence: (vm) => msg('Resume VM {{vm}}.', { vm: { object: vm } }), effects: () => [msg('If KubeVirt paused it because its disk gave errors, it is paused again at once unless the disk is well.')],
    vmsAffected: (vm) => msg('1 VM: {{vm}} goes on.', { vm: { object: vm } }), confirm: () => BUTTON,
    undo: { call: 'pause', says: msg('Pause the VM again.'), expects: whileRunning },
  },
};

const planFor = (call: Call, seen: Seen, effects: readonly Message[], verify: readonly ReadStep[]): Plan | Refusal => {
  const row = CALLS[call];
  const { vm, vmi } = seen;
  const { name, namespace = '' } = vm.metadata;
  const why = vm.metadata.deletionTimestamp ? msg('The VM is being deleted.') : row.refuses(seen);
  if (why) return { refused: msg('Not for VM {{name}}: {{why}}', { name, why: { message: why } }) };
  const ref: ObjectRef = { kind: 'VirtualMachine', group: 'kubevirt.io', name, namespace };
  const target = row.on === 'vm' ? targetOf(kinds.VirtualMachine, vm) : targetOf(kinds.VirtualMachineInstance, vmi as VirtualMachineInstance);
  return {
    sentence: row.sentence(ref), effects: [...row.effects(seen), ...effects], vmsAffected: row.vmsAffected(ref), confirm: row.confirm(name),
    owner: msg('virt-controller carries it out. What happens to the VM between the last look and the call is not guarded: this API takes no precondition.'),
    operations: [{ id: call, verb: 'call', subresource: call, target, expects: row.expects(seen) }],
    verify: [machineState({ namespace, name, wanted: row.wanted, ...(vmi && call === 'restart' ? { not: vmi.metadata.uid } : {}) }), ...verify],
    undo: 'call' in row.undo
      ? { possible: true, says: row.undo.says, vmsAffected: CALLS[row.undo.call].vmsAffected(ref), operations: [{ id: row.undo.call, undoes: call, verb: 'call', subresource: row.undo.call, target, expects: row.undo.expects(seen) }] }
      : { possible: false, says: row.undo.says },
  };
};

/** Starts, stops, restarts, pauses or resumes one VM through KubeVirt's own API, which is never told a grace period. */
export const callVm = (call: Call, { namespace, name, effects = [], verify = [], ...words }: Words & {
  readonly namespace: Late<string>; readonly name: Late<string>; readonly effects?: readonly Message[]; readonly verify?: readonly ReadStep[];
}): ExecuteMitigation => execute({
  ...words, reads: { api: vmCalls(), vm: vmCalled({ in: namespace, name }), vmi: vmiCalled({ in: namespace, name }) },
  plan: ({ api, vm: { items: [vm] }, vmi: { items: [vmi] } }) => {
    const why = isNotOffered(api, CALLS[call].on === 'vm' ? 'virtualmachines' : 'virtualmachineinstances', call);
    if (why) return { refused: why };
    return vm ? planFor(call, { vm, vmi }, effects, verify) : { refused: msg('There is no such VM. An instance without one is restarted by whoever created it.') };
  },
});
