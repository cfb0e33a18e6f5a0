import { fail, pass } from '../engine/finding';
import { msg } from '../engine/message';
import { step } from '../engine/step';
import { kinds } from '../sources/kinds';

/** Has one migration succeeded? Seen after a mitigation, until it has ended. */
export const migrationEnded = ({ namespace, name }: { readonly namespace: string; readonly name: string }) => step({
  id: `migration-ended:${namespace}/${name}`,
  asks: msg('Has the migration {{name}} succeeded?', { name }),
  reads: { migration: { kind: 'object', of: kinds.VirtualMachineInstanceMigration, in: namespace, name, part: 'full' } },
  reasons: ['succeeded', 'failed', 'gone', 'notYet'],
  scope: 'workload',
  check: ({ migration: { items: [migration] } }) => {
    const phase = migration?.status?.phase ?? '';
    const details = { expected: msg('Succeeded'), actual: msg('{{phase}}', { phase: phase || '–' }) };
    // KubeVirt keeps the newest 5 of a VM; a migration that was cancelled goes at once.
    if (!migration) return fail('gone', msg('No. The migration {{name}} does not exist any more: somebody cancelled it.', { name }), details);
    if (phase === 'Succeeded') return pass('succeeded', msg('Yes. The migration {{name}} succeeded.', { name }), details);
    return phase === 'Failed'
      ? fail('failed', msg('No. The migration {{name}} failed ({{why}}). The VM stays where it runs.', { name, why: migration.status?.migrationState?.failureReason ?? '–' }), details)
      : fail('notYet', msg('Not yet. The migration {{name}} is under way; a large or busy guest takes minutes.', { name }), details);
  },
});
