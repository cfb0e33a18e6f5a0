import { holdsResources, quotaUse } from '../api/admission';
import type { Cluster } from '../cluster';
import { quantityText } from '../quantity';
import { terminate } from './termination';

/** OpenShift's API server forgets events after three hours. */
const EVENT_HOURS = 3;

/** Drops events that are too old. */
export function expireEvents(cluster: Cluster): void {
  const oldest = cluster.now().getTime() - EVENT_HOURS * 3_600_000;
  for (const event of cluster.list('Event')) {
    if (new Date(event.lastTimestamp).getTime() < oldest) cluster.remove('Event', event.metadata.namespace, event.metadata.name);
  }
}

/** Kinds whose garbage the world collects. VMs are left out: scenarios are about what stays behind of them. */
const OWNERS = ['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'ClusterServiceVersion', 'VirtualMachineInstance'];

/** Deletes what lost its owner. */
export function collectGarbage(cluster: Cluster): void {
  for (const kind of ['Deployment', 'ReplicaSet', 'Pod'] as const) {
    for (const object of cluster.list(kind)) {
      const owners = (object.metadata.ownerReferences ?? []).filter((reference) => OWNERS.includes(reference.kind));
      const orphaned = owners.length > 0 && owners.every(({ kind: ownerKind, name, uid }) => cluster.get(ownerKind, object.metadata.namespace, name)?.metadata.uid !== uid);
      if (!orphaned) continue;
      if (object.kind === 'Pod') terminate(cluster, cluster.need('Pod', object.metadata.namespace, object.metadata.name));
      else cluster.remove(kind, object.metadata.namespace, object.metadata.name);
    }
  }
}

/** Keeps what quotas say is used in step with the pods. */
export function countQuotas(cluster: Cluster): void {
  for (const quota of cluster.list('ResourceQuota')) {
    const pods = cluster.list('Pod', quota.metadata.namespace).filter(holdsResources);
    const used = Object.fromEntries(Object.keys(quota.spec.hard).map((resource) => [resource, quantityText(resource, pods.reduce((sum, pod) => sum + quotaUse(pod, resource), 0))]));
    cluster.assign('ResourceQuota', quota.metadata.namespace, quota.metadata.name, { status: { hard: quota.spec.hard, used } });
  }
}
