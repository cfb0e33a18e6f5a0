import { cause } from '../engine/cause';
import { msg } from '../engine/message';
import { cancelDrainMigrations, cancelUpdateMigrations, cancelWaitingMigrations } from '../mitigations/cancelMigrations';
import { cancelStaleEvacuation, stopDrain } from '../mitigations/evacuation';
import { deleteFailedLaunchers } from '../mitigations/launcherCleanup';
import { keepNodeOut, restartInWindow, updateVirtualization } from '../mitigations/launcherRepair';
import { calmDescheduler, pausePool, pauseRequests, stopWorkloadUpdates } from '../mitigations/migrationSources';
import { launcherLog } from '../steps/launcherLog';
import { launchersPerVm } from '../steps/launchersPerVm';
import { migrationDemand } from '../steps/migrationDemand';
import { type migrationNetworkState } from '../steps/migrationNetworkState';
import { migrationTargets } from '../steps/migrationTargets';

/** kubevirt#18087: each target that dies leaves state behind that kills the next. */
export const endlessTargets = (state: ReturnType<typeof migrationNetworkState>) => cause({
  id: 'endless-migration-targets',
  says: msg('A known bug lets every migration of one VM to one node fail: kubevirt#18087.'),
  confirmedBy: state.is('staleNetwork'),
  supportedBy: [...migrationTargets.is('many'), ...state.is('staleThoughRepaired'), ...launcherLog.is('staleNetwork'), ...migrationDemand.is('deadNode')],
  refutedBy: [...state.is('clean'), ...launchersPerVm.is('none')],
  explains: ['migration-loop-drain', 'migration-loop-machine-config', 'migration-loop-descheduler', 'migration-loop-workload-update', 'migration-loop-request', 'migration-loop-never-cancelled'],
  mitigations: [keepNodeOut, restartInWindow, updateVirtualization, deleteFailedLaunchers],
});

/** A drain that empties a node. */
export const drainLoop = cause({
  id: 'migration-loop-drain',
  says: msg('A node is being drained, and the migrations away from it fail again and again.'),
  confirmedBy: migrationDemand.is('drain'),
  supportedBy: migrationDemand.is('evacuation'),
  mitigations: [stopDrain, cancelDrainMigrations, deleteFailedLaunchers],
});

/** A machine config update that empties nodes one after the other. */
export const machineConfigLoop = cause({
  id: 'migration-loop-machine-config',
  says: msg('A machine config update drains a node, and the migrations away from it fail again and again.'),
  confirmedBy: migrationDemand.is('machineConfig'),
  supportedBy: migrationDemand.is('evacuation'),
  mitigations: [pausePool, cancelDrainMigrations, deleteFailedLaunchers],
});

/** The descheduler that evicts what cannot move. */
export const deschedulerLoop = cause({
  id: 'migration-loop-descheduler',
  says: msg('The descheduler evicts VMs whose migrations fail again and again.'),
  confirmedBy: migrationDemand.is('descheduler'),
  supportedBy: migrationDemand.is('evacuation'),
  mitigations: [calmDescheduler, cancelStaleEvacuation, cancelDrainMigrations, deleteFailedLaunchers],
});

/** An evacuation that outlived its drain: kubevirt#9585. */
export const neverCancelled = cause({
  id: 'migration-loop-never-cancelled',
  says: msg('VMs are marked to leave a node that takes pods, and nobody cancelled that, so KubeVirt keeps migrating them.'),
  confirmedBy: migrationDemand.is('neverCancelled'),
  supportedBy: migrationDemand.is('evacuation'),
  mitigations: [cancelStaleEvacuation, cancelDrainMigrations, deleteFailedLaunchers],
});

/** The move of running VMs to the new release. */
export const workloadUpdateLoop = cause({
  id: 'migration-loop-workload-update',
  says: msg('After an update KubeVirt moves VMs to the new virt-launcher, and these migrations fail again and again.'),
  confirmedBy: migrationDemand.is('workloadUpdate'),
  mitigations: [stopWorkloadUpdates, cancelUpdateMigrations, deleteFailedLaunchers],
});

/** A person or a tool. */
export const requestLoop = cause({
  id: 'migration-loop-request',
  says: msg('A user or a tool asks for migrations that fail again and again.'),
  confirmedBy: migrationDemand.is('request'),
  mitigations: [pauseRequests, cancelWaitingMigrations, deleteFailedLaunchers],
});
