import { msg } from '../engine/message';
import { manual } from '../engine/mitigation';
import { type SaveFirst } from '../engine/operation';
import { kinds } from '../sources/kinds';
import { type KubeObject, type VirtualMachineInstance } from '../sources/objects';
import { podIdentities } from '../sources/pods';
import { FAILED_LIMIT, LAUNCHER, MIGRATION_UID, controllerOf, vmisIn } from '../steps/launcherReadings';
import { launcherSpread } from '../steps/launcherSpread';
import { creatorOf } from '../steps/launcherTenant';
import { doesGrow, failedOverHour, launchersFailed } from '../steps/launchersFailed';
import { type SelectionSpec, deleteSelection } from './deleteSelection';

/** Of each VM the end of one log, of so many VMs at most. */
const LOGS = 50;
/** Lines. */
const TAIL = 200;
/** Failed launchers that one cluster may have, as far as they are read: 10,000 VMs with 5 each. */
const MOST = 50_000;
/** Failed pods or instances that are kept as evidence at most, half of what the alert takes. */
const KEPT = FAILED_LIMIT / 2;

const trend: SelectionSpec<KubeObject>['trend'] = {
  source: failedOverHour, grows: doesGrow,
  stopFirst: msg('The causes of this runbook say who creates them: a drain, an update, the descheduler, a tool, a tenant.'),
};

const vmOf = (pod: KubeObject): string => controllerOf(pod)?.uid ?? pod.metadata.name;

/** The newest of each VM: what happened there last. */
const newestLogs = (pods: readonly KubeObject[]): SaveFirst => {
  const seen = new Set<string>();
  const newest = pods.filter((pod) => !seen.has(vmOf(pod)) && seen.add(vmOf(pod)));
  return {
    logs: newest.slice(0, LOGS).map(({ metadata: { name, namespace = '' } }) => ({ kind: 'log', in: namespace, pod: name, container: 'compute', tail: TAIL })),
    leftOut: Math.max(0, newest.length - LOGS),
  };
};

/**
 * Deletes failed launchers, of the worst namespace or of all. Phase Failed says that every container has ended and none will start again
 * (kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle); the deletion carries the resourceVersion, so it still does when it goes.
 */
export const deleteFailedLaunchers = deleteSelection<KubeObject>({
  id: 'delete-failed-launchers',
  title: msg('Delete the failed launcher pods'),
  summary: msg('Keeps the newest of each VM where there are not too many, reads the ends of their logs into the record, then deletes the others, each by its own name. If the count still rises, stop the source first: they come back.'),
  risk: 'low',
  vms: msg('None. A failed pod runs no VM.'),
  undo: msg('Not possible: pods and their logs are gone, except for what the record holds.'),
  of: kinds.Pod,
  source: podIdentities({ in: 'all namespaces', labels: LAUNCHER, fields: 'status.phase=Failed', atMost: MOST }),
  what: msg('failed virt-launcher pods'),
  parts: { asks: msg('In which namespace?'), of: ({ metadata: { namespace = '' } }) => namespace, all: msg('All namespaces'), usual: 'largest' },
  keep: {
    asks: msg('How many are kept of each VM?'), groups: msg('VM, targets of migrations apart'), unit: msg('newest pods'), most: KEPT,
    groupOf: (pod) => `${vmOf(pod)} ${MIGRATION_UID in (pod.metadata.labels ?? {}) ? 'target' : 'own'}`,
  },
  trend,
  saveFirst: newestLogs,
  effects: (_, left) => [
    left < FAILED_LIMIT
      ? msg('Then {{left}} are left: the alert clears at its next evaluation after Prometheus has seen that, within two minutes or so.', { left })
      : msg('Then {{left}} are left. The alert goes on until there are fewer than {{limit}}.', { left, limit: FAILED_LIMIT }),
  ],
  vmsAffected: msg('None. A failed pod runs no VM.'),
  owner: msg('The VM instances stay. Kubernetes would collect these pods with their instances; whoever still fails in a loop makes new ones.'),
  verify: [launchersFailed],
});

const programOf = (one: VirtualMachineInstance): string => creatorOf(one) ?? 'unknown';

/** Deletes VM instances in phase Failed that nothing controls; their pods go with them. */
export const deleteFailedInstances = deleteSelection<VirtualMachineInstance>({
  id: 'delete-failed-instances',
  title: msg('Delete the failed VM instances'),
  summary: msg('Their pods go with them. Only instances of this namespace in phase Failed that no VM, replica set or pool controls are selected. Choose it once their owner agrees.'),
  risk: 'medium',
  vms: msg('None that runs. Disks that lived only inside a failed instance are lost with it.'),
  undo: msg('Not possible: the instance and its pod are gone. Whoever created it can create it again.'),
  of: kinds.VirtualMachineInstance,
  source: { ...vmisIn(launcherSpread.out.namespace), atMost: 2_000 },
  fits: (one) => one.status?.phase === 'Failed' && !controllerOf(one),
  what: msg('failed VM instances that nothing controls'),
  parts: { asks: msg('Created by which program?'), of: programOf, all: msg('Any program'), usual: 'all' },
  keep: { asks: msg('How many are kept of each program?'), groups: msg('program'), unit: msg('newest instances'), most: KEPT, groupOf: programOf },
  trend: { ...trend, stopFirst: msg('Ask the owner of the namespace to pause the program that creates them.') },
  effects: (deleted) => [
    msg('The pods of these {{count}} instances go with them, and their logs.', { count: deleted.length }),
    msg('virt-controller has to let each of them go: while it is down, they stay marked as being deleted.'),
    msg('The alert clears once fewer than {{limit}} failed pods are left and Prometheus has seen that.', { limit: FAILED_LIMIT }),
  ],
  vmsAffected: msg('None that runs. Container disks and empty disks of these instances are lost.'),
  owner: msg('Nothing controls them, so nothing makes them anew but the program that created them.'),
  agreed: msg('The owner of these VM instances agrees.'),
  verify: [launchersFailed],
});

/** Nothing to delete: the garbage collector does. */
export const waitForCollection = manual({
  id: 'wait-for-collection',
  title: msg('Let the garbage collector finish'),
  summary: msg('The VM instances are gone, so Kubernetes deletes their pods by itself, usually within minutes.'),
  risk: 'none',
  vms: msg('None.'),
  undo: msg('Nothing is changed.'),
  todo: [
    msg('Watch the count for 10 minutes. It should fall.'),
    msg('If it does not, look for a stuck kube-controller-manager or an API group that does not answer: the collector waits for all of them.'),
  ],
});

/** Asks the tenant who creates failing instances to stop. */
export const talkToTenant = manual({
  id: 'talk-to-tenant',
  title: msg('Ask the owner of the namespace to stop'),
  summary: msg('A pipeline or a script creates VM instances, they fail, and it creates more. Only its owner can pause it without breaking what it is for.'),
  risk: 'none',
  vms: msg('None.'),
  undo: msg('The owner starts it again.'),
  todo: [
    msg('Tell the owner of the namespace which program creates the instances: the evidence names it.'),
    msg('Ask for the program to be paused, and to use VMs or to delete instances that failed.'),
    msg('If nobody answers and the API server suffers, limit the namespace with a quota on pods (count/pods) and tell the owner.'),
    msg('Then delete the failed instances.'),
  ],
});
