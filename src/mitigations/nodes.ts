import { sh } from '../engine/command';
import { msg } from '../engine/message';
import { commands, navigate } from '../engine/mitigation';
import { kinds } from '../sources/kinds';
import { type Workload } from '../sources/workload';
import { type nodesHealthy } from '../steps/nodesHealthy';

/** Brings a node back that is not ready or runs out of something. Never by deleting it. */
export const repairNode = (healthy: ReturnType<typeof nodesHealthy>) => navigate({
  id: 'repair-node',
  title: msg('Bring the node back'),
  summary: msg('Opens the node with its conditions and events. Look at power, network and disk of the machine, then at its kubelet. Certificate requests that wait for approval keep a kubelet out after a long pause.'),
  risk: 'medium',
  vms: msg('Nothing new: VMs on this node are in the same trouble already.'),
  undo: msg('Not needed.'),
  place: { page: 'object', of: kinds.Node, name: healthy.out.troubledNode, tab: 'events' },
  commands: [
    sh`oc describe node ${healthy.out.troubledNode}`,
    sh`oc adm node-logs ${healthy.out.troubledNode} -u kubelet --tail=100`,
    sh`oc get certificatesigningrequests | grep Pending`,
    sh`oc get machines -n openshift-machine-api -o wide`,
  ],
});

/** Clears away pods that failed, after showing why. */
export const clearFailedPods = (of: Workload) => commands({
  id: 'clear-failed-pods',
  title: msg('Clear away the failed pods'),
  summary: msg('Shows why each pod failed and deletes those in the phase Failed. What made them has replaced them or does so now. As long as the reason lasts, the next ones fail too: a node that evicts needs memory or disk first.'),
  risk: 'low',
  vms: msg('Nothing.'),
  undo: msg('Not possible, and not needed. Their logs go with them.'),
  commands: [
    sh`oc get pods -n ${of.in} -l ${of.labels} -o custom-columns=NAME:.metadata.name,PHASE:.status.phase,REASON:.status.reason,NODE:.spec.nodeName,MESSAGE:.status.message`,
    sh`oc delete pods -n ${of.in} -l ${of.labels} --field-selector=status.phase=Failed`,
  ],
});
