import { type Finding, notApplicable, pass, warn } from '../engine/finding';
import { msg } from '../engine/message';
import { each } from '../engine/source';
import { step } from '../engine/step';
import { type VirtualMachineInstance } from '../sources/objects';
import { controllerOf, secondsSince, tally, vmiRef, vmisIn } from './launcherReadings';
import { launcherSpread } from './launcherSpread';

const REASONS = ['notNeeded', 'failingInLoop', 'failedKept', 'few'] as const;
type Code = (typeof REASONS)[number];

// Ten failed instances that nobody controls are no accident, and one that is younger than an hour means that they become more.
const MANY = 10;
const YOUNG = 3600;

/** Failed instances that no VM, replica set or pool stands behind. */
const bare = (vmis: readonly VirtualMachineInstance[]): readonly VirtualMachineInstance[] =>
  vmis.filter((vmi) => vmi.status?.phase === 'Failed' && !controllerOf(vmi))
    .toSorted((a, b) => (b.metadata.creationTimestamp ?? '').localeCompare(a.metadata.creationTimestamp ?? ''));

/** The program that created an object: the first entry of its field records that KubeVirt itself did not write. */
export const creatorOf = ({ metadata }: VirtualMachineInstance): string | undefined =>
  (metadata.managedFields ?? []).filter(({ manager }) => manager !== undefined && !manager.startsWith('virt-'))
    .toSorted((a, b) => (a.time ?? '').localeCompare(b.time ?? ''))[0]?.manager;

const about = (namespace: string, vmis: readonly VirtualMachineInstance[], now: number): Finding<Code> => {
  const failed = bare(vmis);
  const creator = tally(failed.flatMap((vmi) => creatorOf(vmi) ?? []))[0]?.[0];
  const details = {
    expected: msg('fewer than {{many}} failed instances without a VM', { many: MANY }),
    actual: msg('{{count}} in {{namespace}}', { count: failed.length, namespace }),
    subjects: failed.map((vmi) => vmiRef({ name: vmi.metadata.name, namespace })),
    rows: [{
      of: 'table' as const,
      columns: [msg('VM instance'), msg('Created'), msg('Created by')],
      rows: failed.slice(0, 20).map((vmi) => [
        { object: vmiRef({ name: vmi.metadata.name, namespace }) }, vmi.metadata.creationTimestamp ? { instant: vmi.metadata.creationTimestamp } : null, creatorOf(vmi) ?? null,
      ]),
      more: Math.max(0, failed.length - 20),
    }],
  };
  if (failed.length < MANY) {
    return pass('few', msg('Failed VM instances without a VM in {{namespace}}: {{count}}. Nobody there creates them in a loop.', { namespace, count: failed.length }), details);
  }
  const age = secondsSince(failed[0]?.metadata.creationTimestamp, now) ?? Number.POSITIVE_INFINITY;
  return age < YOUNG
    ? warn<Code>('failingInLoop', msg('In {{namespace}}, {{creator}} creates VM instances that fail, the last one {{age}} ago. Nothing deletes them.', { namespace, creator: creator ?? msgNobody, age: { duration: age } }), details)
    : warn<Code>('failedKept', msg('Failed VM instances kept in {{namespace}}: {{count}}. The last one was created {{age}} ago.', { count: failed.length, namespace, age: { duration: age } }), details);
};

const msgNobody = { message: msg('somebody') };

/** Does one tenant create VM instances that fail, over and over? */
export const launcherTenant = step({
  id: 'launcher-tenant',
  asks: msg('Does somebody in that namespace create VM instances that fail in a loop?'),
  why: msg('An instance without a VM is deleted by nobody when it fails, and its pod stays with it.'),
  reads: { vmis: each(launcherSpread.out.tenants, { atMost: 1 }, ({ namespace }) => vmisIn(namespace)) },
  inputs: { tenants: launcherSpread.out.tenants },
  reasons: REASONS,
  check: ({ vmis }, { inputs: { tenants: [tenant] }, now }) =>
    (tenant ? about(tenant.namespace, vmis.items, now) : notApplicable('notNeeded', msg('Not needed: the failed pods are not in one namespace.'))),
  out: {
    namespace: (_, { inputs }) => inputs.tenants[0]?.namespace,
    /** The program that creates them. */
    creator: ({ vmis }) => tally(bare(vmis.items).flatMap((vmi) => creatorOf(vmi) ?? []))[0]?.[0],
  },
});
