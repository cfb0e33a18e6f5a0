import { type Choice, type Option, type Picked } from '../engine/choice';
import { type Message, msg } from '../engine/message';
import { type ExecuteMitigation, execute } from '../engine/mitigation';
import { type Manifest, type Operation, type Plan, type Refusal, targetToBe } from '../engine/operation';
import { type Kind, type ListSource, type ObjectSource } from '../engine/source';
import { kinds } from '../sources/kinds';
import { vmNodes } from '../sources/nodes';
import { type Node, type VirtualMachineInstance, type VirtualMachineInstanceMigration } from '../sources/objects';
import { isTrue } from '../steps/conditions';
import { migrationEnded } from '../steps/migrationEnded';
import { type Words } from './patchField';

/**
 * The creation of one object, and the undo that deletes it again. Its name is the plan's own, never the server's: so a second one is refused,
 * and a lost answer can be read back. `whileUnused`: what has to stand in it for the undo.
 */
export const creation = (id: string, of: Kind, object: Manifest, whileUnused: NonNullable<Operation['expects']>): { readonly operation: Operation; readonly undo: Operation } => {
  const target = targetToBe(of, object);
  return {
    operation: { id, verb: 'create', object, target },
    undo: { id: `${id}-back`, undoes: id, verb: 'delete', target, expects: whileUnused },
  };
};

/** A name that nobody else chooses: after what it is about, and the second in which it was planned. At most 63 characters, as it becomes a label. */
export const nameFor = (about: string, now: number): string => `${about.slice(0, 50)}-${Math.floor(now / 1000).toString(36)}`;

const keyOf = ({ metadata: { namespace, name } }: VirtualMachineInstance): string => `${namespace}/${name}`;
const isOver = ({ status }: VirtualMachineInstanceMigration): boolean => status?.phase === 'Succeeded' || status?.phase === 'Failed';

interface Read {
  readonly vmis: readonly VirtualMachineInstance[];
  readonly migrations: readonly VirtualMachineInstanceMigration[];
  readonly nodes: readonly Node[];
}

/** Why one instance cannot be migrated now; undefined if it can. virt-api refuses the same: KubeVirt 1.8.4, admitters/migration-create-admitter.go. */
const obstacle = (vmi: VirtualMachineInstance, { migrations, nodes }: Read): Message | undefined => {
  const { metadata: { name, namespace }, status } = vmi;
  if (vmi.metadata.deletionTimestamp) return msg('{{name}} is being deleted.', { name });
  if (status?.phase !== 'Running') return msg('{{name}} does not run.', { name });
  const migratable = status.conditions?.find(({ type }) => type === 'LiveMigratable');
  if (migratable?.status !== 'True') return msg('{{name}} cannot be migrated: {{why}}', { name, why: migratable?.message ?? migratable?.reason ?? '–' });
  if (migrations.some((one) => !isOver(one) && one.metadata.namespace === namespace && one.spec?.vmiName === name)) return msg('A migration of {{name}} is under way already.', { name });
  const free = nodes.filter((node) => node.metadata.name !== status.nodeName && !node.spec?.unschedulable && isTrue(node.status?.conditions, 'Ready'));
  return free.length > 0 ? undefined : msg('No other node takes VMs.');
};

const migrationOf = ({ metadata: { name, namespace = '' } }: VirtualMachineInstance, now: number): Manifest =>
  ({ apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachineInstanceMigration', metadata: { name: nameFor(name, now), namespace }, spec: { vmiName: name } });

const choicesOf = (read: Read): readonly Choice[] => {
  const options = read.vmis.filter((vmi) => !obstacle(vmi, read)).map((vmi): Option => ({ value: keyOf(vmi), label: msg('{{vm}}', { vm: keyOf(vmi) }) }));
  return options.length > 1 ? [{ id: 'vms', kind: 'some', asks: msg('Which VMs are to move?'), hint: msg('KubeVirt moves only a few at once; the others wait.'), options, picked: options.slice(0, 1).map(({ value }) => value) }] : [];
};

const planFor = (read: Read, now: number, { vms }: Picked): Plan | Refusal => {
  const [first] = read.vmis;
  if (!first) return { refused: msg('There is no VM that runs there.') };
  const able = read.vmis.filter((vmi) => !obstacle(vmi, read));
  const moving = vms === undefined ? able.slice(0, 1) : able.filter((vmi) => vms.split(',').includes(keyOf(vmi)));
  if (moving.length === 0) return { refused: obstacle(first, read) ?? msg('None of them can be migrated now.') };
  const made = moving.map((vmi) => ({ vmi, object: migrationOf(vmi, now) }));
  const writes = made.map(({ vmi, object }) => creation(`migrate-${vmi.metadata.uid}`, kinds.VirtualMachineInstanceMigration, object, { '/status/phase': 'Pending' }));
  return {
    sentence: moving.length === 1
      ? msg('Live-migrate VM {{vm}} away from node {{node}}.', { vm: { object: { kind: 'VirtualMachineInstance', group: 'kubevirt.io', name: moving[0]?.metadata.name ?? '', namespace: moving[0]?.metadata.namespace ?? '' } }, node: moving[0]?.status?.nodeName ?? '–' })
      : msg('Live-migrate {{count}} VMs.', { count: moving.length }),
    operations: writes.map(({ operation }) => operation),
    effects: [
      msg('The scheduler chooses the node. The memory of the guest goes over the network; a busy guest may be slowed down until it has gone.'),
      msg('Creating migrations needs the ClusterRole kubevirt.io:migrate, which no other role includes.'),
    ],
    vmsAffected: msg('{{count}} VMs: each pauses for less than a second when it changes over.', { count: moving.length }),
    owner: msg('virt-controller carries it out, and keeps the newest 5 migrations of a VM.'),
    confirm: { kind: 'button' }, verify: made.map(({ object: { metadata: { name, namespace = '' } } }) => migrationEnded({ namespace, name })),
    undo: { possible: true, says: msg('Cancel the migrations that still wait for their turn.'), vmsAffected: msg('None. They stay where they run.'), operations: writes.map(({ undo }) => undo) },
  };
};

/** Live-migrates VMs of a source: the one, or those that are picked. Only such as can be migrated, and are not already. */
export const migrateVms = ({ vmis, migrations, ...words }: Words & {
  readonly vmis: ObjectSource<VirtualMachineInstance> | ListSource<VirtualMachineInstance>;
  /** Those of the namespaces in which the VMs are. */
  readonly migrations: ListSource<VirtualMachineInstanceMigration>;
}): ExecuteMitigation => execute({
  ...words, reads: { vmis: { ...vmis }, migrations, nodes: vmNodes() },
  choices: (read) => choicesOf(itemsOf(read)),
  plan: (read, { now }, picked) => planFor(itemsOf(read), now, picked),
});

const itemsOf = (read: { readonly vmis: { readonly items: readonly unknown[] }; readonly migrations: { readonly items: readonly unknown[] }; readonly nodes: { readonly items: readonly unknown[] } }): Read =>
  ({ vmis: read.vmis.items, migrations: read.migrations.items, nodes: read.nodes.items }) as Read;
