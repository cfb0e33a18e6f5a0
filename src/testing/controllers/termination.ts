import { timestamp } from '../clock';
import type { Cluster } from '../cluster';
import type { Pod } from '../objects';

/** Deletes a pod as controllers do: marked for the kubelet if one has it, gone at once otherwise. */
export function terminate(cluster: Cluster, pod: Pod): void {
  const { namespace, name, deletionTimestamp } = pod.metadata;
  if (deletionTimestamp !== undefined) return;
  if (pod.spec.nodeName === undefined || pod.status.phase === 'Failed' || pod.status.phase === 'Succeeded') {
    cluster.remove('Pod', namespace, name);
    return;
  }
  const grace = Number(pod.spec['terminationGracePeriodSeconds'] ?? 30);
  cluster.update('Pod', namespace, name, (draft) => {
    draft.metadata.deletionTimestamp = timestamp(new Date(cluster.now().getTime() + grace * 1000));
    draft.metadata['deletionGracePeriodSeconds'] = grace;
  });
}
