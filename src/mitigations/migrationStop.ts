import { sh } from '../engine/command';
import { msg } from '../engine/message';
import { commands, manual } from '../engine/mitigation';
import { installed } from '../steps/installed';
import { migrationDemand } from '../steps/migrationDemand';

const { node, pool, descheduler, deschedulerNamespace } = migrationDemand.out;

/** Which VMs are marked to leave the node. */
const marked = sh`oc get vmi -A -o jsonpath='{range .items[*]}{.metadata.namespace} {.metadata.name} {.status.evacuationNodeName}{"\\n"}{end}' | awk -v node=${node} '$3 == node'`;

/**
 * Takes the mark off each of them. KubeVirt v1.8.4 `pkg/virt-api/rest/evacuate_cancel.go` wants to be told the node that is
 * evacuated; `virtctl evacuate-cancel` of the same release sends none (`pkg/virtctl/vm/evacuate_cancel.go`), so its call fails.
 */
const cancelEvacuation = sh`oc get vmi -A -o jsonpath='{range .items[*]}{.metadata.namespace} {.metadata.name} {.status.evacuationNodeName}{"\\n"}{end}' | awk -v node=${node} '$3 == node' | while read -r ns vm from; do printf '{"evacuationNodeName":"%s"}' "$from" | oc replace --raw "/apis/subresources.kubevirt.io/v1/namespaces/$ns/virtualmachineinstances/$vm/evacuate/cancel" -f -; done`;

/** Ends a drain: the node takes pods again, the VMs are no longer marked to leave. */
export const stopDrain = commands({
  id: 'stop-drain',
  title: msg('Stop the drain'),
  summary: msg('End the running drain first: Ctrl-C in its shell, or pause the tool that runs it. Uncordoning alone does not end the evacuation: the VM stays marked until that is cancelled too.'),
  risk: 'low',
  vms: msg('None. They stay on the node, and its maintenance waits.'),
  undo: msg('Drain the node again.'),
  commands: [sh`oc adm uncordon ${node}`, marked, cancelEvacuation],
});

/** Holds back a machine config update that drains nodes. */
export const pausePool = commands({
  id: 'pause-pool',
  title: msg('Pause the machine config pool'),
  summary: msg('The update of the nodes stops after the one that is being drained. Until the pool is resumed, certificates of the nodes are not renewed either: resume it within days.'),
  risk: 'medium',
  vms: msg('None. They stay where they are.'),
  undo: msg('Resume the pool: the same command with false.'),
  commands: [
    sh`oc patch machineconfigpool ${pool} --type merge -p '{"spec":{"paused":true}}'`,
    sh`oc adm uncordon ${node}`,
    cancelEvacuation,
  ],
});

/** Takes the mark of an evacuation off a VM when nobody wants it any more. */
export const cancelStaleEvacuation = commands({
  id: 'cancel-evacuation',
  title: msg('Cancel the evacuation'),
  summary: msg('Clears the mark that makes KubeVirt migrate these VMs again and again. The command names the node because virtctl evacuate-cancel of KubeVirt 1.8.4 does not, and is refused.'),
  risk: 'low',
  vms: msg('None. They stay where they run.'),
  undo: msg('Drain the node again: that sets the mark anew.'),
  commands: [marked, cancelEvacuation],
});

/** Lets the descheduler only say what it would evict. */
export const calmDescheduler = commands({
  id: 'calm-descheduler',
  title: msg('Let the descheduler only predict'),
  summary: msg('In mode Predictive it reports what it would evict and evicts nothing. Then read its profiles: for VMs, HCO expects KubeVirtRelieveAndMigrate and raises the alert HCOMisconfiguredDescheduler if it finds none that suits VMs.'),
  risk: 'low',
  vms: msg('None. Nodes stay as unbalanced as they are.'),
  undo: msg('Set the mode back to Automatic.'),
  commands: [
    sh`oc patch kubedescheduler ${descheduler} -n ${deschedulerNamespace} --type merge -p '{"spec":{"mode":"Predictive"}}'`,
    sh`oc get kubedescheduler ${descheduler} -n ${deschedulerNamespace} -o yaml`,
    cancelEvacuation,
  ],
});

/**
 * Stops the automatic update of running VMs, at the object that owns the setting. HCO 1.18 serves v1 too and `oc` would take that, where the
 * field stands below spec.virtualization: the version is named.
 */
export const stopWorkloadUpdates = commands({
  id: 'stop-workload-updates',
  title: msg('Stop moving VMs to the new release'),
  summary: msg('Empties the update methods at the HyperConverged object, which owns them: KubeVirt’s own object would be set back. VMs keep running the old virt-launcher until it is resumed. Note the present methods first.'),
  risk: 'low',
  vms: msg('None. They keep the old virt-launcher.'),
  undo: msg('Put the noted methods back.'),
  commands: [
    sh`oc get hyperconvergeds.v1beta1.hco.kubevirt.io kubevirt-hyperconverged -n ${installed.out.namespace} -o jsonpath='{.spec.workloadUpdateStrategy}'`,
    sh`oc patch hyperconvergeds.v1beta1.hco.kubevirt.io kubevirt-hyperconverged -n ${installed.out.namespace} --type merge -p '{"spec":{"workloadUpdateStrategy":{"workloadUpdateMethods":[]}}}'`,
  ],
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
