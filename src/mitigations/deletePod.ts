import { msg } from '../engine/message';
import { type Workload } from '../sources/workload';
import { deletePods } from './deletePods';

/** Replaces pods of an operator: those in a bad state, or one that hangs although it is ready. */
export const deleteOperatorPod = (of: Workload) => deletePods({
  id: 'delete-operator-pod', of,
  title: msg('Replace pods of {{name}}', { name: of.name }),
  summary: msg('Deletes pods one after the other, those in the worst state first; the ReplicaSet makes new ones. Choose it for a pod that hangs. It does not help against a cause that the next pod meets again.'),
  alone: msg('The only ready pod of {{name}} goes. Until the next one is ready nobody does its work; running VMs do not notice.', { name: of.name }),
});
