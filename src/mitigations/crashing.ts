import { sh } from '../engine/command';
import { msg } from '../engine/message';
import { navigate } from '../engine/mitigation';
import { kinds } from '../sources/kinds';
import { type Workload } from '../sources/workload';
import { type podsRunning } from '../steps/podsRunning';

/** Opens the log of a container that does not stay up, and gives the commands for the one before it. */
export const readLastWords = (of: Workload, running: ReturnType<typeof podsRunning>) => navigate({
  id: 'read-last-words',
  title: msg('Remove what makes the container end'),
  summary: msg('Opens the log of the pod. The previous log ends with the reason: a right that is missing, an API server that does not answer, a certificate, too little memory on the node. A restart of the pod does not change any of them.'),
  risk: 'none',
  vms: msg('Nothing.'),
  undo: msg('Not needed: nothing is changed.'),
  place: { page: 'object', of: kinds.Pod, namespace: of.in, name: running.out.unwell, tab: 'logs' },
  commands: [
    sh`oc logs -n ${of.in} ${running.out.unwell} -c ${of.container} --previous --tail=100`,
    sh`oc describe pod -n ${of.in} ${running.out.unwell}`,
  ],
});
