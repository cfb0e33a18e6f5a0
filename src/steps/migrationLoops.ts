import { type Finding, info, pass, warn } from '../engine/finding';
import { type Message, msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { each } from '../engine/source';
import { step } from '../engine/step';
import { metric } from '../sources/metrics';
import { type VirtualMachineInstanceMigration as Migration } from '../sources/objects';
import { migrations } from '../sources/virtualization';
import { query, secondsSince, tally, valueOf, vmiRef } from './launcherReadings';
import { launcherSpread } from './launcherSpread';

/** Who asked for a migration. */
export type Asker = 'evacuation' | 'workloadUpdate' | 'request';

/** A VM whose migrations fail one after the other. */
export interface MigrationLoop {
  readonly namespace: string;
  readonly vm: string;
  readonly asker: Asker;
  /** The program that created the newest of its migrations, as the object records it. */
  readonly by?: string;
  readonly failed: number;
}

// virt-controller keeps the 5 newest finished migrations of a VM (KubeVirt v1.8.4 pkg/virt-controller/watch/migration/migration.go,
// garbageCollectFinalizedMigrations): three failures among them, one of the last hour, is a loop and not bad luck.
const FAILURES = 3;
const LATELY = 3600;

/** The marks of KubeVirt's own migrations: `pkg/virt-controller/watch/drain/evacuation` and `watch/workload-updater`; names are generated from the same prefixes. */
export const askerOf = ({ metadata: { name, annotations = {} } }: Migration): Asker => {
  if ('kubevirt.io/evacuationMigration' in annotations || name.startsWith('kubevirt-evacuation-')) return 'evacuation';
  return 'kubevirt.io/workloadUpdateMigration' in annotations || name.startsWith('kubevirt-workload-update-') ? 'workloadUpdate' : 'request';
};

/** The first program in the field records: it created the object. */
export const creatorOf = ({ metadata: { managedFields = [] } }: Migration): string | undefined =>
  managedFields.filter(({ manager }) => manager !== undefined && manager !== 'virt-controller').toSorted((a, b) => (a.time ?? '').localeCompare(b.time ?? ''))[0]?.manager;

const created = ({ metadata }: Migration): string => metadata.creationTimestamp ?? '';

/** The migrations of each VM, newest first. */
const byVm = (items: readonly Migration[]): readonly (readonly Migration[])[] => {
  const vms = new Map<string, Migration[]>();
  for (const one of items) {
    const { spec, metadata } = one;
    if (spec?.vmiName) vms.set(`${metadata.namespace}/${spec.vmiName}`, [...(vms.get(`${metadata.namespace}/${spec.vmiName}`) ?? []), one]);
  }
  return [...vms.values()].map((of) => of.toSorted((a, b) => created(b).localeCompare(created(a))));
};

const loopsIn = (items: readonly Migration[], now: number): readonly MigrationLoop[] => byVm(items).flatMap((of) => {
  const [newest] = of;
  const failed = of.filter(({ status }) => status?.phase === 'Failed').length;
  if (!newest || failed < FAILURES || (secondsSince(newest.metadata.creationTimestamp, now) ?? LATELY) >= LATELY) return [];
  const by = creatorOf(newest);
  return [{ namespace: newest.metadata.namespace ?? '', vm: newest.spec?.vmiName ?? '', asker: askerOf(newest), failed, ...(by ? { by } : {}) }];
}).toSorted((a, b) => b.failed - a.failed);

const REASONS = ['none', 'single', 'evacuations', 'workloadUpdates', 'requests'] as const;
type Code = (typeof REASONS)[number];
const CODES: Readonly<Record<Asker, Code>> = { evacuation: 'evacuations', workloadUpdate: 'workloadUpdates', request: 'requests' };

const SAYS: Readonly<Record<Asker, Message>> = {
  evacuation: msg('virt-controller creates them to empty a node: a drain, a machine config update or the descheduler asked for it.'),
  workloadUpdate: msg('virt-controller creates them to move VMs to the new virt-launcher after an update.'),
  request: msg('A user or a tool creates them.'),
};

const about = (items: readonly Migration[], waiting: number | undefined, now: number): Finding<Code> => {
  const loops = loopsIn(items, now);
  const phases = tally(items.map(({ status }) => status?.phase ?? 'Pending'));
  const rows = [
    { of: 'table' as const, columns: [msg('Phase'), msg('Migrations')], rows: [...phases.map(([phase, times]) => [phase, times]), ...(waiting === undefined ? [] : [[{ message: msg('Unfinished in the whole cluster') }, waiting]])] },
    ...(loops.length === 0 ? [] : [{
      of: 'table' as const,
      columns: [msg('VM'), msg('Failed and kept'), msg('Asked for by'), msg('Created by')],
      rows: loops.map(({ namespace, vm, asker, by, failed }) => [{ object: vmiRef({ name: vm, namespace }) }, failed, asker, by ?? null]),
    }]),
  ];
  const [[asker] = [undefined], ...others] = tally(loops.map((loop) => loop.asker));
  const expected = msg('no VM with {{failures}} failed migrations and a new one', { failures: FAILURES });
  if (!asker) {
    return items.length === 0
      ? pass('none', msg('There are no migrations in the namespaces with failed pods.'), { expected, actual: msg('none'), rows })
      : info('single', msg('No VM migrates in a loop. Migrations kept: {{count}}, none of which repeats a failure within the last hour.', { count: items.length }), { expected, actual: msg('none'), rows });
  }
  return warn<Code>(CODES[asker], msg('VMs whose migrations fail again and again: {{count}}. {{who}}', { count: loops.length, who: { message: SAYS[asker] } }), {
    also: others.map(([one]) => CODES[one]), expected, actual: msg('{{count}} VMs', { count: loops.length }),
    subjects: loops.map(({ namespace, vm }) => vmiRef({ name: vm, namespace })), rows,
  });
};

type Read = { readonly migrations: Evidence<Migration> };

/** Are VMs migrated in a loop, and whose migrations are they? */
export const migrationLoops = step({
  id: 'migration-loops',
  asks: msg('Are VMs migrated again and again, and who asks for it?'),
  why: msg('Each failed attempt leaves one failed pod. The name and the marks of a migration tell who created it.'),
  reads: {
    migrations: each(launcherSpread.out.namespaces, { atMost: 5 }, ({ namespace }) => migrations({ in: namespace, atMost: 200 })),
    // Both replicas of virt-controller may report: the larger value is the leader's.
    waiting: metric(query('sum(max by (__name__) ({__name__=~"kubevirt_vmi_migrations_in_(pending|scheduling|running)_phase"}))')),
  },
  optional: ['waiting'],
  reasons: REASONS,
  check: (read, { now }) => about(read.migrations.items, read.waiting.items[0] && valueOf(read.waiting.items[0]), now),
  out: {
    /** Worst first. */
    loops: ({ migrations: read }: Read, { now }: { readonly now: number }) => (read.items.length === 0 && read.missing.length > 0 ? undefined : loopsIn(read.items, now)),
    namespace: ({ migrations: read }: Read, { now }: { readonly now: number }) => loopsIn(read.items, now)[0]?.namespace,
    vm: ({ migrations: read }: Read, { now }: { readonly now: number }) => loopsIn(read.items, now)[0]?.vm,
    /** The program that asks for them, where it is not KubeVirt itself. */
    by: ({ migrations: read }: Read, { now }: { readonly now: number }) => loopsIn(read.items, now).find(({ asker }) => asker === 'request')?.by,
  },
});
