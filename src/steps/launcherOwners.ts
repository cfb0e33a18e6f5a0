import { type Finding, info, notApplicable, warn } from '../engine/finding';
import { type Message, msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { each } from '../engine/source';
import { step } from '../engine/step';
import { type VirtualMachineInstance } from '../sources/objects';
import { vmi } from '../sources/virtualization';
import { controllerOf, isOver, tally, vmiRef } from './launcherReadings';
import { type LauncherOwner, launcherSample } from './launcherSample';

/** The VM instances that the sampled pods belong to. One description: steps that ask for it share one reading. */
export const sampledVmis = each(launcherSample.out.owners, { atMost: 20 }, ({ namespace, name }) => vmi({ in: namespace, name }));

const REASONS = ['noOwners', 'runsElsewhere', 'overWithoutController', 'overWithController', 'gone', 'notReadable'] as const;
type Code = (typeof REASONS)[number];

/** The VM instance of that name, if it is the same one and not a successor. */
export const instanceOf = (owner: LauncherOwner, vmis: Evidence<VirtualMachineInstance>): VirtualMachineInstance | undefined =>
  vmis.items.find(({ metadata }) => metadata.uid === owner.uid);

const stateOf = (owner: LauncherOwner, vmis: Evidence<VirtualMachineInstance>): Exclude<Code, 'noOwners'> => {
  const one = instanceOf(owner, vmis);
  if (!one) return vmis.missing.length > 0 ? 'notReadable' : 'gone';
  if (!isOver(one)) return 'runsElsewhere';
  return controllerOf(one) ? 'overWithController' : 'overWithoutController';
};

const MEANS: Readonly<Record<Exclude<Code, 'noOwners'>, Message>> = {
  runsElsewhere: msg('The VM runs in another pod: these are left from migrations, and no VM is harmed by deleting them.'),
  overWithoutController: msg('The VM instance has failed and nobody retries it: its pods stay until the instance is deleted, which is for its owner to decide.'),
  overWithController: msg('The VM instance is over and its VM does not retry it (run strategy Manual, Once or Halted): its pods go with the next start or with the instance.'),
  gone: msg('The VM instance is gone: the garbage collector takes its pods, soon unless it is stuck.'),
  notReadable: msg('The VM instance could not be read.'),
};

const SHORT: Readonly<Record<Exclude<Code, 'noOwners'>, Message>> = {
  runsElsewhere: msg('running elsewhere'),
  overWithoutController: msg('failed, without a VM'),
  overWithController: msg('over, not retried'),
  gone: msg('gone'),
  notReadable: msg('not readable'),
};

const about = (owners: readonly LauncherOwner[], vmis: Evidence<VirtualMachineInstance>): Finding<Code> => {
  const states = owners.map((owner) => ({ owner, state: stateOf(owner, vmis), one: instanceOf(owner, vmis) }));
  const [first = ['gone', 0] as const, ...others] = tally(states.map(({ state }) => state));
  const details = {
    actual: msg('{{count}} of {{total}}: {{state}}', { count: first[1], total: owners.length, state: { message: SHORT[first[0]] } }),
    also: others.map(([state]) => state),
    subjects: owners.map(vmiRef),
    rows: [{
      of: 'table' as const,
      columns: [msg('VM instance'), msg('Phase'), msg('Node'), msg('Controlled by'), msg('What that means')],
      rows: states.map(({ owner, state, one }) => {
        const controller = one && controllerOf(one);
        return [{ object: vmiRef(owner) }, one?.status?.phase ?? null, one?.status?.nodeName ?? null, controller ? `${controller.kind} ${controller.name}` : null, { message: MEANS[state] }];
      }),
    }],
  };
  const says = msg('This holds for {{count}} of {{total}} VM instances: {{means}}', { count: first[1], total: owners.length, means: { message: MEANS[first[0]] } });
  return first[0] === 'runsElsewhere' ? info<Code>('runsElsewhere', says, details) : warn<Code>(first[0], says, details);
};

/** Whose pods they are. What may be done with a failed pod follows from what became of its VM. */
export const launcherOwners = step({
  id: 'launcher-owners',
  asks: msg('What became of the VMs whose pods failed?'),
  why: msg('A crash-looping VM does not pile up pods: each retry deletes the instance and its pods with it. What stays belongs to a VM that lives on elsewhere, or to one that nobody retries.'),
  reads: { vmis: sampledVmis },
  inputs: { owners: launcherSample.out.owners },
  reasons: REASONS,
  check: ({ vmis }, { inputs: { owners } }) =>
    (owners.length === 0 ? notApplicable('noOwners', msg('No failed pod of the sample belongs to a VM.')) : about(owners, vmis)),
});
