import { sh } from '../engine/command';
import { msg } from '../engine/message';
import { navigate } from '../engine/mitigation';
import { kinds } from '../sources/kinds';
import { type Workload } from '../sources/workload';
import { type podsRunning } from '../steps/podsRunning';

/** Opens the events of a pod that has a node and does not start. */
export const seePodEvents = (of: Workload, running: ReturnType<typeof podsRunning>) => navigate({
  id: 'see-pod-events',
  title: msg('Remove what keeps the pod from starting'),
  summary: msg('Opens the events of the pod. They name what is missing: a secret or config map, a volume, an address from the pod network, room for the container on the node.'),
  risk: 'none',
  vms: msg('Nothing.'),
  undo: msg('Not needed: nothing is changed.'),
  place: { page: 'object', of: kinds.Pod, namespace: of.in, name: running.out.unwell, tab: 'events' },
  commands: [
    sh`oc describe pod -n ${of.in} ${running.out.unwell}`,
    sh`oc get secrets,configmaps -n ${of.in}`,
  ],
});
