import { type Late } from '../engine/late';
import { sh } from '../engine/command';
import { msg } from '../engine/message';
import { commands, manual, navigate } from '../engine/mitigation';
import { kinds } from '../sources/kinds';
import { virtHandler, virtOperator } from '../steps/workloads';

const LOOKS = { risk: 'none', vms: msg('Nothing.'), undo: msg('Not needed: nothing is changed.') } as const;

/** Lets the node watch more files: what every virt-handler start needs. `node`: one that has run out. */
export const raiseInotifyLimits = (node: Late<string>) => commands({
  id: 'raise-inotify-limits',
  title: msg('Give the nodes more file watches'),
  summary: msg('Shows the limits of the node and who uses them, then raises fs.inotify.max_user_instances and max_user_watches on all workers through the Node Tuning Operator, without a restart of the node. virt-handler follows at its next start, within 5 minutes.'),
  risk: 'low',
  vms: msg('Nothing.'),
  undo: msg('Delete the Tuned object again; the limits go back to what they were.'),
  commands: [
    sh`oc debug node/${node} -- chroot /host sysctl fs.inotify.max_user_instances fs.inotify.max_user_watches`,
    sh`oc debug node/${node} -- chroot /host sh -c 'find /proc/[0-9]*/fd -lname "anon_inode:inotify" 2>/dev/null | cut -d/ -f3 | sort | uniq -c | sort -rn | head'`,
    sh`printf '%s\\n' 'apiVersion: tuned.openshift.io/v1' 'kind: Tuned' 'metadata: {name: inotify-for-virtualization, namespace: openshift-cluster-node-tuning-operator}' 'spec:' '  profile:' '  - name: inotify-for-virtualization' '    data: |' '      [main]' '      include=openshift-node' '      [sysctl]' '      fs.inotify.max_user_instances=8192' '      fs.inotify.max_user_watches=524288' '  recommend:' '  - {match: [{label: node-role.kubernetes.io/worker}], priority: 20, profile: inotify-for-virtualization}' | oc apply -f -`,
    sh`oc get profiles.tuned.openshift.io -n openshift-cluster-node-tuning-operator`,
  ],
});

/** Brings a node back by ordinary means, the gentlest first. Nothing here touches its VMs. */
export const recoverNode = (node: Late<string>) => navigate({
  id: 'recover-node',
  title: msg('Bring the node back'),
  summary: msg('Opens the node with its conditions and events. Look first whether the machine has power and network, then at its kubelet, then at certificate requests that wait. While the node does not report, its VMs may well go on running: leave its pods, its VMs and the Node object alone.'),
  risk: 'medium',
  vms: msg('Nothing new. VMs on this node stay as they are until the machine is restarted.'),
  undo: msg('Not needed.'),
  place: { page: 'object', of: kinds.Node, name: node, tab: 'events' },
  commands: [
    sh`oc describe node ${node}`,
    sh`oc get machines -n openshift-machine-api -o wide | grep -F ${node}`,
    sh`oc get baremetalhosts -A`,
    sh`oc adm node-logs ${node} -u kubelet --tail=100`,
    sh`oc get certificatesigningrequests | grep Pending`,
  ],
});

/**
 * Declares a node dead, so that its VMs start elsewhere. Kubernetes' own way, "Non-graceful node shutdown" (kubernetes.io/docs/concepts/cluster-administration/node-shutdown):
 * the taint deletes the pods and releases their volumes. Two copies of a VM on one disk if the machine lives.
 */
export const fenceNode = (node: Late<string>) => commands({
  id: 'fence-node',
  title: msg('Give the node up, once its power is off'),
  summary: msg('For a machine that will not come back soon. In this order: cordon it, cut its power, see with your own eyes that it is off, and only then declare it out of service. Kubernetes removes its pods and releases its disks, and VMs with the run strategy Always or RerunOnFailure start on other nodes. If the machine is alive, they run twice and destroy their disks. Never force-delete launcher pods, VMs or the Node instead.'),
  risk: 'high',
  vms: msg('All VMs of this node are restarted elsewhere, or stay off if their run strategy says so. What they had in memory is lost.'),
  undo: msg('Not possible for the VMs. Once the machine is repaired and restarted, remove the taint: the last command.'),
  commands: [
    sh`oc adm cordon ${node}`,
    sh`oc get baremetalhosts -A -o custom-columns=HOST:.metadata.name,MACHINE:.spec.consumerRef.name,POWERED:.status.poweredOn`,
    sh`oc adm taint nodes ${node} node.kubernetes.io/out-of-service=nodeshutdown:NoExecute`,
    sh`oc get vmis -A -l kubevirt.io/nodeName=${node} -w`,
    sh`oc adm taint nodes ${node} node.kubernetes.io/out-of-service=nodeshutdown:NoExecute- && oc adm uncordon ${node}`,
  ],
  safeWhen: msg('I have seen that this machine has no power.'),
});

/** Removes a taint that keeps virt-handler off a node, or lets virt-handler tolerate it. */
export const admitHandler = (taint: { readonly node: Late<string>; readonly removal: Late<string> }) => commands({
  id: 'admit-virt-handler',
  title: msg('Let virt-handler onto the tainted node'),
  summary: msg('Shows the taint and removes it: virt-handler starts there within seconds. If the taint sets the node apart for good, give workloads a toleration in HyperConverged instead; then VMs may go there too.'),
  risk: 'low',
  vms: msg('VMs that run there are managed again.'),
  undo: msg('Put the taint back: the same command without the minus at the end.'),
  commands: [
    sh`oc get node ${taint.node} -o jsonpath='{.spec.taints}'`,
    sh`oc adm taint nodes ${taint.node} ${taint.removal}`,
    sh`oc get pods -n ${virtHandler.in} -l ${virtHandler.labels} --field-selector spec.nodeName=${taint.node}`,
  ],
});

/** Makes the placement of workloads and the labels of nodes fit each other. */
export const correctPlacement = commands({
  id: 'correct-placement',
  title: msg('Make placement and nodes fit each other'),
  summary: msg('Shows the placement of workloads and the labels of the nodes. Label a node that carries VMs so that it fits: that is safe at any time. Change the placement itself only in HyperConverged, and only while no VM runs on nodes that it leaves out: virt-handler is taken away from under them.'),
  risk: 'medium',
  vms: msg('With a label: VMs there are managed again. With a narrower placement: VMs left out are no longer managed.'),
  undo: msg('Remove the label, or write the placement back that the first command showed.'),
  commands: [
    sh`oc get hyperconvergeds.v1beta1.hco.kubevirt.io -A -o jsonpath='{.items[*].spec.workloads.nodePlacement}'`,
    sh`oc get daemonset ${virtHandler.name} -n ${virtHandler.in} -o jsonpath='{.spec.template.spec.nodeSelector} {.spec.template.spec.affinity.nodeAffinity}'`,
    sh`oc get nodes --show-labels`,
    sh`oc get vmis -A -o custom-columns=NODE:.status.nodeName --no-headers | sort | uniq -c`,
  ],
});

/** Frees room for virt-handler on one node, without touching a VM. */
export const makeRoomForHandler = (node: Late<string>) => commands({
  id: 'make-room-for-virt-handler',
  title: msg('Make room on the node for virt-handler'),
  summary: msg('Shows what virt-handler asks for and what is requested on the node, without launcher pods. Evict a pod that a Deployment makes again elsewhere. Never delete a launcher pod, which stops its VM, nor a pod without a controller, which nobody makes again. virt-handler has a high priority: whatever keeps it out has a higher one.'),
  risk: 'medium',
  vms: msg('Nothing, as long as no launcher pod is among what you evict.'),
  undo: msg('Not needed: an evicted pod is made again on another node.'),
  commands: [
    sh`oc get daemonset ${virtHandler.name} -n ${virtHandler.in} -o jsonpath='{.spec.template.spec.containers[*].resources.requests}'`,
    sh`oc describe node ${node} | grep -A 12 'Allocated resources:'`,
    sh`oc get pods -A --field-selector spec.nodeName=${node} -l 'kubevirt.io!=virt-launcher' -o custom-columns=NAMESPACE:.metadata.namespace,NAME:.metadata.name,OWNER:.metadata.ownerReferences[*].kind,PRIORITY:.spec.priority,CPU:.spec.containers[*].resources.requests.cpu,MEMORY:.spec.containers[*].resources.requests.memory`,
  ],
});

/** Finds out what keeps virt-handler from the API server: that is all that its readiness probe asks. */
export const openTheWay = (node: Late<string>) => commands({
  id: 'open-way-to-api',
  title: msg('Find what stands between virt-handler and the API server'),
  summary: msg('The readiness probe of virt-handler asks one thing: does it reach the API server? Look for a NetworkPolicy in its namespace, for the pod network of the node, and try the way from the node itself. A new pod meets the same obstacle.'),
  ...LOOKS,
  commands: [
    sh`oc get networkpolicies -n ${virtHandler.in}`,
    sh`oc get pods -n openshift-ovn-kubernetes --field-selector spec.nodeName=${node} -o wide`,
    sh`oc debug node/${node} -- curl -sk -m 5 https://kubernetes.default.svc/version`,
    sh`oc get events -n ${virtHandler.in} --field-selector reason=Unhealthy --sort-by=.lastTimestamp`,
  ],
});

/** Shows why a virt-handler container ends. `pod`: the one in the worst state. */
export const readHandlerLog = (pod: Late<string>) => navigate({
  id: 'read-virt-handler-log',
  title: msg('Remove what makes virt-handler end'),
  summary: msg('Opens the log of the pod. The previous log ends with the reason. If several nodes have the same reason, it is a right, a certificate or the release; if one has it, it is that node.'),
  ...LOOKS,
  place: { page: 'object', of: kinds.Pod, namespace: virtHandler.in, name: pod, tab: 'logs' },
  commands: [
    sh`oc logs -n ${virtHandler.in} ${pod} -c ${virtHandler.container} --previous --tail=100`,
    sh`oc describe pod -n ${virtHandler.in} ${pod}`,
  ],
});

/** Shows what takes the memory of a node on which virt-handler is killed. */
export const relieveMemory = (node: Late<string>) => commands({
  id: 'relieve-memory',
  title: msg('Give the node memory back'),
  summary: msg('virt-handler ships without a memory limit, so it is killed when its node has no memory left, or when somebody gave it a limit. Shows both. Shut down or move something that is not a VM first: live migration away from this node needs its virt-handler.'),
  ...LOOKS,
  commands: [
    sh`oc adm top pods -A --field-selector spec.nodeName=${node} --sort-by=memory`,
    sh`oc describe node ${node}`,
    sh`oc get daemonset ${virtHandler.name} -n ${virtHandler.in} -o jsonpath='{.spec.template.spec.containers[*].resources}'`,
    sh`oc get kubevirts -n ${virtHandler.in} -o jsonpath='{.items[*].spec.customizeComponents}'`,
  ],
});

/** Asks virt-operator why it does not make the DaemonSet again. */
export const readOperatorOnHandler = commands({
  id: 'read-operator-log',
  title: msg('Read why virt-operator leaves virt-handler as it is'),
  summary: msg('virt-operator makes a deleted DaemonSet again within seconds, unless it does not run, does not lead, or is refused. Its log and the KubeVirt object say which.'),
  ...LOOKS,
  commands: [
    sh`oc logs -n ${virtOperator.in} -l ${virtOperator.labels} --prefix --tail=500 | grep -E '"level":"(error|warning)"|daemonset'`,
    sh`oc get kubevirts -n ${virtHandler.in} -o jsonpath='{.items[*].status.conditions}'`,
  ],
});

/** Waits for the rollout of virt-handler, with an end. */
export const awaitHandlers = manual({
  id: 'await-rollout',
  title: msg('Wait for the rollout, with an end'),
  summary: msg('virt-operator replaces virt-handler on one node first, then on a tenth of the nodes at a time. Each pod may take 5 minutes to end.'),
  ...LOOKS,
  vms: msg('VMs of a node are unmanaged for the minutes in which its virt-handler is replaced.'),
  todo: [
    msg('Leave the pods alone while new ones become ready.'),
    msg('Look here again 15 minutes after the newest pod was made. If none has followed by then, the rollout stands still, and this page says on which nodes.'),
  ],
});
