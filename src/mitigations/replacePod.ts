import { type Late } from '../engine/late';
import { msg } from '../engine/message';
import { execute } from '../engine/mitigation';
import { targetOf } from '../engine/operation';
import { kinds } from '../sources/kinds';
import { podsOf } from '../sources/pods';
import { type Workload } from '../sources/workload';
import { controllerOf } from '../steps/launcherReadings';
import { podsRunning } from '../steps/podsRunning';

/** What the loss of one pod means until the next one is ready. */
const MEANWHILE = {
  Deployment: msg('If this pod holds the leader lease, another one takes over within a minute.'),
  DaemonSet: msg('Until the new pod is ready, VMs on that node run on, and none of them can be started, stopped or migrated there.'),
} as const;

/** Deletes the one pod that a step singled out, by its uid; whoever made it makes the next. Never more than this one. */
export const replacePod = (of: Workload, pod: Late<string>) => execute({
  id: 'replace-pod',
  title: msg('Replace the one pod that fails'),
  summary: msg('Deletes the pod of {{name}} that fails where its peers do not; a new one starts with a new token and new connections. Of no use if all pods fail: then every restart only adds calls.', { name: of.name }),
  risk: 'low',
  vms: MEANWHILE[of.kind],
  undo: msg('Not possible, and not needed: a new pod is made.'),
  reads: { pods: podsOf(of) },
  inputs: { pod },
  plan: ({ pods: { items } }, { inputs: { pod: chosen } }) => {
    const { name } = of;
    const found = items.find(({ metadata }) => metadata.name === chosen);
    if (!found || found.metadata.deletionTimestamp !== undefined) return { refused: msg('The pod {{pod}} is gone already. Wait until its successor has made calls for 5 minutes.', { pod: String(chosen) }) };
    if (!controllerOf(found)) return { refused: msg('Nothing would make {{pod}} anew: it has no owner.', { pod: found.metadata.name }) };
    const { namespace = '' } = found.metadata;
    return {
      sentence: msg('Delete the pod {{pod}} in {{namespace}}.', { pod: found.metadata.name, namespace }),
      // Its state may go on changing: only that it is this very pod matters.
      operations: [{ id: 'delete', verb: 'delete', uidOnly: true, target: targetOf(kinds.Pod, found) }],
      effects: [
        msg('A new pod is made within seconds, on the same node if it is a virt-handler.'),
        MEANWHILE[of.kind],
        msg('Its log goes with it. Save it first if you may need it.'),
      ],
      vmsAffected: msg('None. Running VMs do not notice.'),
      owner: msg('{{name}} is not changed; its owner sees a pod come and go.', { name }),
      confirm: { kind: 'acknowledge', says: msg('The other pods of {{name}} make the same calls without failing.', { name }) },
      verify: [podsRunning(of)],
      undo: { possible: false, says: msg('A deleted pod does not come back. A new one is made.') },
    };
  },
});
