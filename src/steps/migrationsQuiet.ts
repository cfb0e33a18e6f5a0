import { fail, pass, warn } from '../engine/finding';
import { msg } from '../engine/message';
import { type ListSource } from '../engine/source';
import { step } from '../engine/step';
import { type VirtualMachineInstanceMigration as Migration } from '../sources/objects';
import { secondsSince, vmiRef } from './launcherReadings';

/** Seconds without a new migration after which nobody seems to ask for them any more. */
const QUIET = 300;

/**
 * Phases in which nothing is copied yet: KubeVirt v1.8.4 staging/src/kubevirt.io/api/core/v1/types.go. Synchronizing and WaitingForSync belong to
 * migrations between clusters, of which the other half is not to be seen here.
 */
const WAITING: readonly string[] = ['', 'Pending', 'Scheduling', 'Scheduled', 'PreparingTarget', 'TargetReady'];

/** Has it not begun to move anything, and is nobody cancelling it? */
export const isWaiting = ({ metadata, status }: Migration): boolean => !metadata.deletionTimestamp && WAITING.includes(status?.phase ?? '');

const isGoing = ({ metadata }: Migration): boolean => metadata.deletionTimestamp !== undefined;

const vmsOf = (items: readonly Migration[]) => [...new Map(items.map(({ metadata, spec }) => {
  const of = { name: spec?.vmiName ?? '', namespace: metadata.namespace ?? '' };
  return [`${of.namespace}/${of.name}`, vmiRef(of)];
})).values()];

/** Have these migrations gone, and does nobody ask for new ones? `among`: which of those that are read it is about. */
export const migrationsQuiet = (source: ListSource<Migration>, among: (migration: Migration) => boolean) => step({
  id: 'migrations-quiet',
  asks: msg('Are the migrations gone, and do no new ones come?'),
  reads: { migrations: source },
  reasons: ['quiet', 'waiting', 'going', 'comeBack'],
  check: ({ migrations: { items } }, { now }) => {
    const ours = items.filter(among);
    const waiting = ours.filter(isWaiting);
    const young = ours.filter(({ metadata }) => (secondsSince(metadata.creationTimestamp, now) ?? QUIET) < QUIET);
    const going = ours.filter(isGoing);
    if (waiting.length > 0) return fail('waiting', msg('No. Migrations that wait: {{count}}. Whoever asks for them may still do so.', { count: waiting.length }), { subjects: vmsOf(waiting) });
    if (going.length > 0) return warn('going', msg('Not yet. Migrations that are being cancelled: {{count}}. virt-controller lets them go.', { count: going.length }), { subjects: vmsOf(going) });
    return young.length > 0
      ? warn('comeBack', msg('Not yet. Migrations that were created within the last {{quiet}}: {{count}}. If they keep coming, stop who asks for them.', { quiet: { duration: QUIET }, count: young.length }), { subjects: vmsOf(young) })
      : pass('quiet', msg('Yes. None waits, and none was created within the last {{quiet}}.', { quiet: { duration: QUIET } }));
  },
});
