import { cause } from '../engine/cause';
import { msg } from '../engine/message';
import { deleteFailedInstances, deleteFailedLaunchers, talkToTenant, waitForCollection } from '../mitigations/launcherCleanup';
import { bringKvmBack, closeUnreadyNode, giveMoreMemory, inspectNode, isolateNode, readFailedLog, readPendingEvents, relieveNode } from '../mitigations/launcherRepair';
import { launcherEnds } from '../steps/launcherEnds';
import { launcherEvents, launcherPendingEvents } from '../steps/launcherEvents';
import { launcherHandlerLog } from '../steps/launcherHandlerLog';
import { launcherInfrastructure } from '../steps/launcherInfrastructure';
import { launcherLog } from '../steps/launcherLog';
import { launcherNodes } from '../steps/launcherNodes';
import { launcherOwners } from '../steps/launcherOwners';
import { launcherReasons } from '../steps/launcherReasons';
import { launcherTenant } from '../steps/launcherTenant';
import { launchersFailed } from '../steps/launchersFailed';
import { launchersPending } from '../steps/launchersPending';

/** Pods that successful migrations left behind. */
export const migrationResidue = cause({
  id: 'migration-residue',
  says: msg('Successful migrations left these pods behind: the VMs run elsewhere.'),
  confirmedBy: launcherEnds.is('migratedAway'),
  supportedBy: launcherEnds.is('consoleLog'),
  mitigations: [deleteFailedLaunchers],
});

/** Pods of long ago that nobody cleaned up. */
export const oldLeftovers = cause({
  id: 'old-leftovers',
  says: msg('These pods failed long ago and nobody cleaned up. Nothing new fails.'),
  confirmedBy: launcherEnds.is('longAgo'),
  supportedBy: [...launchersFailed.is('flat'), ...launcherOwners.is('gone')],
  refutedBy: launchersFailed.is('growing'),
  mitigations: [deleteFailedLaunchers, waitForCollection],
});

/** VM processes that end with an error. */
export const launchersCrash = cause({
  id: 'launchers-crash',
  says: msg('The VM process or virt-launcher ends with an error, on several nodes.'),
  confirmedBy: launcherEnds.is('crashed'),
  supportedBy: launcherLog.is('noSpace', 'imageLocked'),
  mitigations: [readFailedLog, deleteFailedLaunchers],
});

/** VM processes killed at the memory limit. */
export const launchersOutOfMemory = cause({
  id: 'launchers-out-of-memory',
  says: msg('The VM processes are killed at the memory limit of their pods.'),
  confirmedBy: launcherEnds.is('outOfMemory'),
  supportedBy: launcherReasons.is('outOfMemory'),
  mitigations: [giveMoreMemory, deleteFailedLaunchers],
});

/** Pods that the kubelet evicted. */
export const launchersEvicted = cause({
  id: 'launchers-evicted',
  says: msg('The kubelet evicts VMs because nodes run out of memory or disk.'),
  confirmedBy: launcherEnds.is('evicted'),
  supportedBy: [...launcherReasons.is('evicted'), ...launcherNodes.is('pressure')],
  mitigations: [relieveNode, deleteFailedLaunchers],
});

/** Pods that the kubelet did not take after a reboot. */
export const kubeletRefuses = cause({
  id: 'kubelet-refuses',
  says: msg('After a reboot the kubelet turns VMs away: a device or label that they need is not back yet.'),
  confirmedBy: launcherEnds.is('refused'),
  supportedBy: [...launcherReasons.is('refused'), ...launcherNodes.is('noKvm')],
  mitigations: [closeUnreadyNode, bringKvmBack, deleteFailedLaunchers],
});

/** Pods that ended with their node. */
export const nodesShutDown = cause({
  id: 'nodes-shut-down',
  says: msg('Nodes were shut down, rebooted or lost under their VMs.'),
  confirmedBy: launcherEnds.is('shutDown', 'nodeLost'),
  supportedBy: [...launcherReasons.is('shutDown', 'nodeLost'), ...launcherNodes.is('gone')],
  mitigations: [isolateNode, inspectNode, deleteFailedLaunchers],
});

/** One node on which VMs fail. */
export const badNode = cause({
  id: 'bad-node',
  says: msg('VMs of several owners fail on one node: the node or its virt-handler is sick.'),
  confirmedBy: launcherEnds.is('crashedOnOneNode'),
  supportedBy: [...launcherNodes.is('notReady', 'handlerMissing', 'handlerNotReady'), ...launcherHandlerLog.is('panic', 'noInotify', 'networkSetup', 'apiUnreachable'), ...launcherLog.is('noKvm')],
  mitigations: [isolateNode, inspectNode, deleteFailedLaunchers],
});

/** One tenant whose VM instances fail, over and over. */
export const tenantLoop = cause({
  id: 'tenant-loop',
  says: msg('One tenant creates VM instances in a loop, they fail, and nobody deletes them.'),
  confirmedBy: launcherTenant.is('failingInLoop'),
  supportedBy: [...launcherTenant.is('failedKept'), ...launcherEnds.is('instanceFailed'), ...launcherOwners.is('overWithoutController')],
  mitigations: [talkToTenant, deleteFailedInstances],
});

/** Company: what keeps launchers Pending cannot make this rule true. */
export const pendingImages = cause({
  id: 'pending-images',
  says: msg('Launcher pods wait for an image. That keeps them Pending and cannot raise this alert.'),
  confirmedBy: launchersPending.is('imagePull'),
  supportedBy: [...launcherEvents.is('image'), ...launcherPendingEvents.is('image')],
  mitigations: [readPendingEvents],
});

export const pendingNetwork = cause({
  id: 'pending-network',
  says: msg('Launcher pods wait for the network. That keeps them Pending and cannot raise this alert.'),
  confirmedBy: launcherPendingEvents.is('network'),
  supportedBy: [...launcherEvents.is('network'), ...launcherInfrastructure.is('network')],
  mitigations: [readPendingEvents],
});

export const pendingVolumes = cause({
  id: 'pending-volumes',
  says: msg('Launcher pods wait for a volume. That keeps them Pending and cannot raise this alert.'),
  confirmedBy: launcherPendingEvents.is('volume'),
  supportedBy: [...launcherEvents.is('volume'), ...launcherInfrastructure.is('storage')],
  mitigations: [readPendingEvents],
});
