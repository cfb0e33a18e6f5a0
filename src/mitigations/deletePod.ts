import { msg } from '../engine/message';
import { execute } from '../engine/mitigation';
import { targetOf } from '../engine/operation';
import { kinds } from '../sources/kinds';
import { podsOf } from '../sources/pods';
import { type DeploymentWorkload } from '../sources/workload';
import { type Judged, POD_STATES, judge } from '../steps/podState';
import { podsRunning } from '../steps/podsRunning';

/** The pod whose loss hurts least: the one in the worst state, between equals the oldest. */
const leastLoss = (pods: readonly Judged[]): Judged | undefined => pods.filter(({ state }) => state !== 'terminating').toSorted((a, b) =>
  POD_STATES.indexOf(a.state) - POD_STATES.indexOf(b.state) || (a.pod.metadata.creationTimestamp ?? '').localeCompare(b.pod.metadata.creationTimestamp ?? ''))[0];

/** Deletes one pod of an operator, the one in the worst state, and waits for its replacement. */
export const deleteOperatorPod = (of: DeploymentWorkload) => execute({
  id: 'delete-operator-pod',
  title: msg('Replace one pod of {{name}}', { name: of.name }),
  summary: msg('Deletes the pod in the worst state; the ReplicaSet makes a new one. Choose it for a pod that hangs. It does not help against a cause that the next pod meets again.'),
  risk: 'low',
  vms: msg('Nothing.'),
  undo: msg('Not possible, and not needed: the ReplicaSet makes a new pod.'),
  reads: { pods: podsOf(of) },
  plan: ({ pods: { items } }, { now }) => {
    const { name } = of;
    const chosen = leastLoss(items.map((pod) => judge(pod, now)));
    if (!chosen) return { refused: msg('There is no pod of {{name}} to delete.', { name }) };
    const { pod, state } = chosen;
    const { namespace } = pod.metadata;
    const ready = state === 'ready';
    return {
      sentence: msg('Delete the pod {{pod}} in {{namespace}}.', { pod: pod.metadata.name, namespace: namespace ?? '' }),
      // Its state may go on changing, as that of a crashing pod does: only that it is this very pod matters.
      operations: [{ id: 'delete', verb: 'delete', uidOnly: true, target: targetOf(kinds.Pod, pod) }],
      effects: [
        msg('The ReplicaSet makes a new pod within seconds.'),
        msg('The log of the deleted pod goes with it. Save it first if you may need it.'),
        ...(ready ? [msg('This pod is ready. If it holds the leader lease, another pod takes over within a minute.')] : []),
      ],
      vmsAffected: msg('None. Running VMs do not notice.'),
      owner: msg('OLM and the Deployment stay as they are.'),
      confirm: ready ? { kind: 'acknowledge', says: msg('Every pod of {{name}} is ready. I want to replace one all the same.', { name }) } : { kind: 'button' },
      verify: [podsRunning(of)],
      undo: { possible: false, says: msg('A deleted pod does not come back. The ReplicaSet makes a new one.') },
    };
  },
});
