import { sh } from '../engine/command';
import { msg } from '../engine/message';
import { navigate } from '../engine/mitigation';
import { kinds } from '../sources/kinds';
import { type KubeObject } from '../sources/objects';
import { podIdentities } from '../sources/pods';
import { type Workload } from '../sources/workload';
import { type nodesHealthy } from '../steps/nodesHealthy';
import { podsRunning } from '../steps/podsRunning';
import { deleteSelection } from './deleteSelection';

/** Logs that are read into the record at most. */
const LOGS = 50;

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

/** Clears away pods of a workload that failed, all but the newest. */
export const clearFailedPods = (of: Workload) => deleteSelection<KubeObject>({
  id: 'clear-failed-pods',
  title: msg('Clear away the failed pods'),
  summary: msg('Deletes the pods in the phase Failed; the evidence says why each failed. The ReplicaSet has replaced them or does so now. As long as the reason lasts, the next ones fail too: a node that evicts needs memory or disk first.'),
  risk: 'low',
  vms: msg('Nothing.'),
  undo: msg('Not possible, and not needed. Their logs go with them.'),
  of: kinds.Pod,
  source: podIdentities({ in: of.in, labels: of.labels, fields: 'status.phase=Failed', atMost: 500 }),
  what: msg('failed pods of {{name}}', { name: of.name }),
  parts: { asks: msg('In which namespace?'), of: ({ metadata: { namespace = '' } }) => namespace, all: msg('All namespaces'), usual: 'all' },
  keep: { asks: msg('How many are kept?'), groups: msg('workload'), unit: msg('newest pods'), most: 1, groupOf: () => of.name },
  saveFirst: (deleted) => ({
    logs: deleted.slice(0, LOGS).map(({ metadata: { name, namespace = '' } }) => ({ kind: 'log', in: namespace, pod: name, container: of.container, tail: 200 })),
    leftOut: Math.max(0, deleted.length - LOGS),
  }),
  effects: () => [msg('This makes the list shorter; it brings no pod back. The alert goes by the pods that run.')],
  vmsAffected: msg('None. A pod that has failed does nothing any more.'),
  owner: msg('{{name}} stays as it is: failed pods do not count for it.', { name: of.name }),
  verify: [podsRunning(of)],
});
