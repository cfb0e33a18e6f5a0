import { msg } from '../engine/message';
import { manual } from '../engine/mitigation';
import { kinds } from '../sources/kinds';
import { type KubeDescheduler, type MachineConfigPool } from '../sources/objects';
import { migrationDemand } from '../steps/migrationDemand';
import { workloadUpdatesOff } from '../steps/workloadUpdates';
import { patchField } from './patchField';
import { patchHyperConverged } from './patchHyperConverged';

const { pool, descheduler, deschedulerNamespace } = migrationDemand.out;

const STAY = msg('None. They stay where they run.');

/** Holds back a machine config update that drains nodes. */
export const pausePool = patchField<MachineConfigPool>({
  id: 'pause-pool', risk: 'medium',
  title: msg('Pause the machine config pool'),
  summary: msg('The update of the nodes stops after the one that is being drained. Until the pool is resumed, certificates of the nodes are not renewed either: resume it within days.'),
  vms: msg('None. They stay where they are.'),
  undo: msg('Resume the pool.'),
  of: kinds.MachineConfigPool, object: { kind: 'object', of: kinds.MachineConfigPool, in: 'the cluster', name: pool, part: 'full' },
  path: '/spec/paused', to: () => true,
  says: ({ metadata: { name } }) => ({
    effects: [
      msg('The node that is being drained now goes on with it until it is done or gives up. No further node begins.'),
      msg('While it is paused, the nodes of {{name}} get no new configuration, and no new certificates.', { name }),
    ],
    vmsAffected: STAY, owner: msg('The machine config operator goes on as soon as the pool is resumed.'),
  }),
});

/** Lets the descheduler only say what it would evict. */
export const calmDescheduler = patchField<KubeDescheduler>({
  id: 'calm-descheduler', risk: 'low',
  title: msg('Let the descheduler only predict'),
  summary: msg('In mode Predictive it reports what it would evict and evicts nothing. Then read its profiles: for VMs, HCO expects KubeVirtRelieveAndMigrate and raises the alert HCOMisconfiguredDescheduler if it finds none that suits VMs.'),
  vms: msg('None. Nodes stay as unbalanced as they are.'),
  undo: msg('Set the mode back.'),
  of: kinds.KubeDescheduler, object: { kind: 'object', of: kinds.KubeDescheduler, in: deschedulerNamespace, name: descheduler, part: 'full' },
  path: '/spec/mode', to: () => 'Predictive',
  says: () => ({
    effects: [msg('It evicts nothing from its next round on. VMs that it has marked to leave stay marked: cancel their evacuation next.')],
    vmsAffected: STAY, owner: msg('Nobody sets it back, unless a tool keeps this object as it was.'),
  }),
});

/**
 * Stops the automatic update of running VMs, at the object that owns the setting: KubeVirt's own would be set back.
 */
export const stopWorkloadUpdates = patchHyperConverged({
  id: 'stop-workload-updates', risk: 'low',
  title: msg('Stop moving VMs to the new release'),
  summary: msg('Empties the update methods at the HyperConverged object, which owns them: KubeVirt’s own object would be set back. VMs keep running the old virt-launcher until it is resumed.'),
  vms: msg('None. They keep the old virt-launcher.'),
  undo: msg('Put the methods back that stood there.'),
  field: 'workloadUpdateMethods', to: () => [],
  says: () => ({
    effects: [
      msg('No VM is moved or shut down any more because its virt-launcher is of an older release. The alert OutdatedVirtualMachineInstanceWorkloads may follow.'),
      msg('Migrations that wait already stay: cancel those next.'),
    ],
    vmsAffected: STAY,
  }),
  verify: [workloadUpdatesOff],
});

/** Asks the person or pauses the tool that creates the migrations. */
export const pauseRequests = manual({
  id: 'pause-requests',
  title: msg('Ask who migrates these VMs to pause'),
  summary: msg('Neither a drain nor KubeVirt asks for them. The field records of a migration name the program that created it.'),
  risk: 'none',
  vms: msg('None.'),
  undo: msg('The owner resumes it.'),
  todo: [
    msg('Read in the evidence which program created the newest of these migrations.'),
    msg('If it is a migration plan or a load balancer of VMs, pause it there.'),
    msg('If it is a person, the audit log of the API server has the user name.'),
    msg('Then cancel the migrations that have not begun.'),
  ],
});
