import { type Late } from '../engine/late';
import { type Command, sh } from '../engine/command';
import { msg } from '../engine/message';
import { commands, manual } from '../engine/mitigation';
import { launcherSpread } from '../steps/launcherSpread';
import { launcherTenant } from '../steps/launcherTenant';

/** Writes the failed pods of a namespace and the last lines of the newest 20 into files: deleting them destroys this evidence. */
const save = (namespace: Late<string>): readonly Command[] => [
  sh`oc get pods -n ${namespace} -l kubevirt.io=virt-launcher --field-selector=status.phase=Failed -o yaml > failed-launchers.yaml`,
  sh`oc get pods -n ${namespace} -l kubevirt.io=virt-launcher --field-selector=status.phase=Failed -o jsonpath='{range .items[*]}{.metadata.creationTimestamp} {.metadata.name}{"\\n"}{end}' | sort -r | head -n 20 | awk '{print $2}' | xargs -r -I POD oc logs -n ${namespace} POD -c compute --tail=200 --prefix > failed-launchers.log`,
];

/**
 * Deletes each by its own name: pods that are being deleted or have a running container have a third word on their line and
 * are left out, and so are the newest 20. A selector alone would let the server delete the collection.
 */
const deleteFailed = (namespace: Late<string>): Command =>
  sh`oc get pods -n ${namespace} -l kubevirt.io=virt-launcher --field-selector=status.phase=Failed -o jsonpath='{range .items[*]}{.metadata.creationTimestamp} {.metadata.name} {.metadata.deletionTimestamp} {.status.containerStatuses[*].state.running.startedAt}{"\\n"}{end}' | awk 'NF == 2' | sort -r | tail -n +21 | awk '{print $2}' | xargs -r -n 50 oc delete pods -n ${namespace} --wait=false`;

/** Saves the evidence and deletes the failed pods of the worst namespace, all but the newest 20. */
export const deleteFailedLaunchers = commands({
  id: 'delete-failed-launchers',
  title: msg('Delete the failed launcher pods'),
  summary: msg('Saves the pods and their last lines first, then deletes all but the newest 20 in the worst namespace, each by its name. Repeat for other namespaces. If the count still rises, stop the source first: they come back.'),
  risk: 'low',
  vms: msg('None. A failed pod runs no VM.'),
  undo: msg('Not possible: pods and their logs are gone, except for what the first two commands saved.'),
  commands: [
    ...save(launcherSpread.out.namespace),
    deleteFailed(launcherSpread.out.namespace),
    sh`oc get pods -A -l kubevirt.io=virt-launcher --field-selector=status.phase=Failed --no-headers | awk '{print $1}' | sort | uniq -c | sort -rn`,
  ],
});

/** Deletes failed VM instances that nothing controls; their pods go with them. On the line of a controlled one stands a third word. */
export const deleteFailedInstances = commands({
  id: 'delete-failed-instances',
  title: msg('Delete the failed VM instances'),
  summary: msg('Their pods go with them. Only instances of this namespace in phase Failed that no VM, replica set or pool controls are selected.'),
  risk: 'medium',
  vms: msg('None that runs. Disks that lived only inside a failed instance are lost with it.'),
  undo: msg('Not possible. The first command saves their definitions.'),
  commands: [
    sh`oc get vmi -n ${launcherTenant.out.namespace} -o yaml > failed-instances.yaml`,
    sh`oc get vmi -n ${launcherTenant.out.namespace} -o jsonpath='{range .items[*]}{.metadata.name} {.status.phase} {.metadata.ownerReferences[*].kind}{"\\n"}{end}' | awk 'NF == 2 && $2 == "Failed" {print $1}' | xargs -r -n 20 oc delete vmi -n ${launcherTenant.out.namespace} --wait=false`,
  ],
  safeWhen: msg('The owner of these VM instances agrees.'),
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
