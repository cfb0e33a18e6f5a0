import { sh } from '../engine/command';
import { label } from '../engine/late';
import { msg } from '../engine/message';
import { commands, manual, navigate } from '../engine/mitigation';
import { kinds } from '../sources/kinds';

const HARMLESS = { risk: 'none', vms: msg('Nothing.'), undo: msg('Not needed: nothing is changed.') } as const;
const the = { namespace: label('namespace'), pod: label('pod'), container: label('container'), node: label('node') };

/** The honest answer to most of these alerts. */
export const leaveRequest = manual({
  id: 'leave-request', ...HARMLESS,
  title: msg('Leave it as it is'),
  summary: msg('A component that uses more than it reserved is not ill. Later releases have no such rule. Updating ends the alert for good; a silence ends it until then.'),
  todo: [
    msg('Do not edit the Deployment or the DaemonSet: virt-operator puts it back within seconds.'),
    msg('Do not look for a field in HyperConverged: it has none for the requests of these components. What it has is for storage, and for the CPU of VMs.'),
  ],
});

/** Ends a leak for as long as it takes to come back. */
export const replaceLeakingPod = commands({
  id: 'replace-leaking-pod', risk: 'low',
  title: msg('Replace the pod before it is killed'),
  summary: msg('Saves the log, then deletes this one pod; the next one starts small. If that grows too, open a support case with the log and the chart of this page: only an update repairs a leak.'),
  vms: msg('Nothing. While virt-handler starts, the VMs of its node cannot be migrated or changed; while the only virt-api starts, no VM can.'),
  undo: msg('Not possible, and not needed: its owner makes a new pod.'),
  commands: [
    sh`oc -n ${the.namespace} logs ${the.pod} -c ${the.container} --timestamps > ${the.pod}.log`,
    sh`oc -n ${the.namespace} get pods -l kubevirt.io=${the.container} -o wide`,
    sh`oc -n ${the.namespace} delete pod ${the.pod}`,
  ],
});

/** Where load comes from: calls, and what they are answered with. */
export const findLoad = commands({
  id: 'find-load', ...HARMLESS,
  title: msg('See what it is busy with'),
  summary: msg('A spike of one component is mostly work: VMs that start together, a drain, an upgrade, or calls that fail and are tried again. The log and the events of the last hour say which.'),
  commands: [
    sh`oc -n ${the.namespace} logs ${the.pod} -c ${the.container} --since=1h | grep -oE '"msg":"[^"]{1,60}' | sort | uniq -c | sort -rn | head -20`,
    sh`oc get events -A --sort-by=.lastTimestamp | grep -i virtualmachine | tail -40`,
    sh`oc adm top pods -n ${the.namespace} --containers -l kubevirt.io=${the.container}`,
  ],
});

/** A patch is somebody's decision; it goes where it came from. */
export const takePatchBack = commands({
  id: 'take-patch-back', risk: 'low',
  title: msg('Take the patch back'),
  summary: msg('Shows the patch and where it comes from. On OpenShift it stands in an annotation of HyperConverged, which is not supported and raises an alert of its own: ask who set it, and remove it there. The last command takes back every patch of the annotation; edit it instead if others have to stay. What is removed from the KubeVirt object alone comes back.'),
  vms: msg('Nothing. virt-operator replaces the pods of the component, for virt-handler node by node.'),
  undo: msg('Set the annotation again, as the second command saved it.'),
  commands: [
    sh`oc get kubevirts -A -o jsonpath='{.items[*].spec.customizeComponents.patches}'`,
    sh`oc get hyperconvergeds -n ${the.namespace} -o yaml > hyperconverged.yaml`,
    sh`oc annotate hyperconvergeds kubevirt-hyperconverged -n ${the.namespace} kubevirt.kubevirt.io/jsonpatch-`,
  ],
});

/** A node under pressure is looked after before any component on it. */
export const relieveNode = navigate({
  id: 'relieve-node', ...HARMLESS,
  title: msg('Look at the node'),
  summary: msg('Find what fills it: pods without requests are the first to look at. Migrate VMs away from it, or keep new ones off it, before its kubelet starts to evict.'),
  place: { page: 'object', of: kinds.Node, name: the.node, tab: 'pods' },
  commands: [sh`oc adm top pods -A --sort-by=memory | head -20`, sh`oc describe node ${the.node}`],
});
