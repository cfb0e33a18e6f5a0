import { type Choice, type Option } from '../engine/choice';
import { text } from '../engine/late';
import { type Message, msg } from '../engine/message';
import { type ExecuteMitigation, execute } from '../engine/mitigation';
import { type Plan, type Refusal, targetOf } from '../engine/operation';
import { type ListSource } from '../engine/source';
import { kinds } from '../sources/kinds';
import { type VirtualMachineInstance, type VirtualMachineInstanceMigration as Migration } from '../sources/objects';
import { migrations, vmi } from '../sources/virtualization';
import { tally, vmiRef } from '../steps/launcherReadings';
import { type Asker, askerOf, creatorOf, migrationLoops } from '../steps/migrationLoops';
import { isWaiting, migrationsQuiet } from '../steps/migrationsQuiet';
import { closedSelection, confirmationOf, whereOf } from './deleteSelection';

/** Migrations that one cluster may have: virt-controller keeps 5 finished ones of each VM. */
const MOST = 10_000;
/** On the migrations of an evacuation: the node that is left. KubeVirt v1.8.4 staging/src/kubevirt.io/api/core/v1/types.go. */
const LEAVES = 'kubevirt.io/evacuationMigration';
const WHAT = msg('migrations that have not begun');

const inCluster: ListSource<Migration> = migrations({ in: 'all namespaces', atMost: MOST });
const nodeOf = ({ metadata }: Migration): string => metadata.annotations?.[LEAVES] ?? '';

/** Which of the migrations that are read a mitigation is about, and what follows. */
interface About {
  readonly source: ListSource<Migration>;
  readonly among: (migration: Migration) => boolean;
  /** ISO 8601: when they were looked at. */
  readonly before: string;
  /** Who creates them, and would create them again. */
  readonly creator: Message;
  /** What waits as long as these VMs stay. */
  readonly stalls: Message;
}

const UNDO = msg('Start the migration again. Whoever asked for it does so by itself.');

const planFor = (waiting: readonly Migration[], { source, among, before, creator, stalls }: About): Plan | Refusal => {
  // What came within this very second cannot be told from what comes after the look.
  const chosen = waiting.filter(({ metadata: { creationTimestamp = '' } }) => creationTimestamp !== '' && creationTimestamp < before);
  if (chosen.length === 0) return { refused: msg('No migration waits: each has begun, has ended or is being cancelled.') };
  const [count, where] = [chosen.length, { message: whereOf(chosen) }];
  return {
    sentence: msg('Cancel {{count}} migrations that have not begun, in {{where}}.', { count, where }),
    ...closedSelection(kinds.VirtualMachineInstanceMigration, chosen, {
      says: msg('All of them in {{where}} that were created before {{before}} and have not begun to move anything. Running ones are left out: cancelling one in post-copy would lose the VM.', { where, before: { instant: before } }),
      before, errorLimit: 0,
    }),
    effects: [
      creator,
      msg('One that begins in the meantime is left alone: the server refuses to delete what has changed.'),
      stalls,
      msg('This ends no alert by itself. Delete the failed pods afterwards.'),
    ],
    vmsAffected: msg('None. {{vms}} VMs stay where they run.', { vms: new Set(chosen.map(({ metadata, spec }) => `${metadata.namespace}/${spec?.vmiName}`)).size }),
    owner: msg('virt-controller removes each with its target pod.'),
    confirm: confirmationOf(count, WHAT),
    verify: [migrationsQuiet(source, among)],
    undo: { possible: false, says: UNDO },
  };
};

const TEXTS = {
  risk: 'low', vms: msg('None. They stay where they run.'), undo: UNDO,
} as const;

const SAYS: Readonly<Record<Asker, (by: string) => Message>> = {
  evacuation: () => msg('virt-controller creates them to empty a node, and creates new ones while the VM is marked to leave it. Stop the drain and cancel the evacuation first.'),
  workloadUpdate: () => msg('virt-controller creates them to move the VM to the new virt-launcher, and creates new ones while the update methods say so. Stop the update of workloads first.'),
  request: (by) => msg('The program {{by}} asks for them. Pause it first, or they come back.', { by }),
};

const creatorIn = (items: readonly Migration[]): Message => {
  const newest = items.toSorted((a, b) => (b.metadata.creationTimestamp ?? '').localeCompare(a.metadata.creationTimestamp ?? ''))[0];
  return newest ? SAYS[askerOf(newest)](creatorOf(newest) ?? '–') : SAYS.request('–');
};

/**
 * Can a running migration be cancelled without losing the VM? Only where it is known that it is not in post-copy and cannot get there: the state
 * stands in the VM instance, so no precondition on the migration guards it.
 */
const isStoppable = ({ metadata, status }: Migration, instance: VirtualMachineInstance | undefined): boolean => {
  const state = instance?.status?.migrationState;
  return status?.phase === 'Running' && !metadata.deletionTimestamp && state?.migrationUid === metadata.uid && state.mode !== 'PostCopy' && state.migrationConfiguration?.allowPostCopy === false;
};

const runningPlan = (one: Migration, instance: VirtualMachineInstance | undefined, about: About): Plan => {
  const vm = one.spec?.vmiName ?? '';
  const { name, namespace = '' } = one.metadata;
  return {
    sentence: msg('Cancel the running migration {{name}} of {{vm}} in {{namespace}}.', { name, vm, namespace }),
    operations: [{ id: 'cancel', verb: 'delete', target: targetOf(kinds.VirtualMachineInstanceMigration, one) }],
    effects: [about.creator, msg('What was copied so far is thrown away. Post-copy is not allowed for this migration, so the VM is whole where it runs.'), about.stalls],
    vmsAffected: msg('{{vm}} stays on {{node}} and runs on.', { vm: { object: vmiRef({ name: vm, namespace }) }, node: instance?.status?.nodeName ?? '–' }),
    owner: msg('virt-handler aborts the copy, then virt-controller removes the migration.'),
    confirm: { kind: 'typed', name: vm, says: msg('The migration is running. I want to stop it all the same.') },
    verify: [migrationsQuiet(about.source, about.among)],
    undo: { possible: false, says: UNDO },
  };
};

const { namespace: namespaceOfWorst, vm: worst } = migrationLoops.out;
const ofWorst = migrations({ in: namespaceOfWorst, labels: text`kubevirt.io/vmi-name=${worst}`, atMost: 500 });
const WAIT = 'all that wait';

/** Cancels migrations of the worst VM that have not begun, or one that runs if that is known to be safe. */
export const cancelWaitingMigrations: ExecuteMitigation = execute({
  ...TEXTS,
  id: 'cancel-waiting-migrations',
  title: msg('Cancel the migrations that have not begun'),
  summary: msg('Deletes unfinished migrations of the worst VM, one by one. Running ones are left out: cancelling one in post-copy would lose the VM. Needs the ClusterRole kubevirt.io:migrate, which no other role includes. Stop who asks for them first, or they come back.'),
  reads: { migrations: ofWorst, vmi: vmi({ in: namespaceOfWorst, name: worst }) },
  // Without it only running migrations are not on offer.
  optional: ['vmi'],
  choices: ({ migrations: { items }, vmi: { items: [instance] } }): readonly Choice[] => {
    const running = items.filter((one) => isStoppable(one, instance));
    const all: Option = { value: WAIT, label: msg('Those that have not begun: {{count}}', { count: items.filter(isWaiting).length }) };
    return running.length === 0 ? [] : [{
      id: 'which', asks: msg('Which migrations?'), kind: 'one',
      options: [all, ...running.map(({ metadata: { name } }): Option => ({ value: name, label: msg('{{name}}, which is running', { name }), hint: msg('Not in post-copy, and not allowed to get there.') }))],
    }];
  },
  plan: ({ migrations: { items, readAt }, vmi: { items: [instance] } }, _, { which = WAIT }) => {
    const about: About = {
      source: ofWorst, among: () => true, before: new Date(readAt).toISOString(), creator: creatorIn(items),
      stalls: msg('Whatever these migrations are for waits: a drain, an update, a better balance.'),
    };
    const running = items.find((one) => one.metadata.name === which && isStoppable(one, instance));
    return running ? runningPlan(running, instance, about) : planFor(items.filter(isWaiting), about);
  },
});

/** Cancels migrations of all VMs that are to leave one node, as far as they have not begun. */
export const cancelDrainMigrations: ExecuteMitigation = execute({
  ...TEXTS,
  id: 'cancel-drain-migrations',
  title: msg('Cancel the migrations away from the node'),
  summary: msg('Deletes the unfinished migrations of all VMs that are to leave the node, one by one, without those that run. Needs the ClusterRole kubevirt.io:migrate, which no other role includes. End the drain first, or they come back.'),
  reads: { migrations: inCluster },
  choices: ({ migrations: { items } }): readonly Choice[] => {
    const [first, ...rest] = tally(items.filter(isWaiting).map(nodeOf).filter(Boolean)).map(([node, count]): Option => ({ value: node, label: msg('{{node}}: {{count}}', { node, count }) }));
    return first && rest.length > 0 ? [{ id: 'node', asks: msg('Away from which node?'), kind: 'one', options: [first, ...rest] }] : [];
  },
  plan: ({ migrations: { items, readAt } }, _, picked) => {
    const waiting = items.filter((one) => isWaiting(one) && nodeOf(one) !== '');
    const node = picked['node'] ?? (waiting[0] ? nodeOf(waiting[0]) : '');
    const among = (one: Migration): boolean => nodeOf(one) === node;
    return planFor(waiting.filter(among), {
      source: inCluster, among, before: new Date(readAt).toISOString(),
      creator: msg('virt-controller creates new ones while VMs are marked to leave {{node}}: end the drain, pause the update of the nodes or the descheduler, and cancel the evacuation first.', { node }),
      stalls: msg('{{node}} does not become empty: its drain, and an update that waits for it, stall.', { node }),
    });
  },
});

const isUpdate = (one: Migration): boolean => askerOf(one) === 'workloadUpdate';

/** Cancels migrations that move VMs to a new release, as far as they have not begun. */
export const cancelUpdateMigrations: ExecuteMitigation = execute({
  ...TEXTS,
  id: 'cancel-update-migrations',
  title: msg('Cancel the migrations to the new release'),
  summary: msg('Deletes the unfinished migrations that move VMs to the new virt-launcher, one by one, without those that run. Needs the ClusterRole kubevirt.io:migrate, which no other role includes. Stop the update of workloads first, or they come back.'),
  reads: { migrations: inCluster },
  plan: ({ migrations: { items, readAt } }) => planFor(items.filter((one) => isUpdate(one) && isWaiting(one)), {
    source: inCluster, among: isUpdate, before: new Date(readAt).toISOString(),
    creator: SAYS.workloadUpdate(''),
    stalls: msg('These VMs keep the old virt-launcher until they migrate or restart.'),
  }),
});
