import { ADMIN } from '../launch/users';
import { type ControlPlane } from '../plane/controlPlane';
import { NAMESPACE, conditionsOf } from '../plane/kubevirt';
import { type ApiObject, list, read } from '../plane/objects';
import { until } from '../plane/wait';
import { type Scene } from './look';

/** The pod that holds a lease of KubeVirt's namespace, and since when. */
export async function holderOf({ server }: ControlPlane, lease: string): Promise<string | undefined> {
  const { holderIdentity } = ((await read(server.as(ADMIN.name), `/apis/coordination.k8s.io/v1/namespaces/${NAMESPACE}/leases/${lease}`))?.['spec'] ?? {}) as { holderIdentity?: string };
  return holderIdentity;
}

/** Pods of virt-operator that are Ready by their own probe. */
export async function readyOperators({ server }: ControlPlane): Promise<readonly ApiObject[]> {
  const pods = await list(server.as(ADMIN.name), `/api/v1/namespaces/${NAMESPACE}/pods?labelSelector=kubevirt.io%3Dvirt-operator`);
  return pods.filter((pod) => pod.metadata.deletionTimestamp === undefined && conditionsOf(pod).some(({ type, status }) => type === 'Ready' && status === 'True'));
}

/** What the rules of the runbooks rest on: each is 1 or more while all is well. */
const SEEN = [
  'sum(kubevirt_virt_operator_leading_status)',
  'count(kube_pod_status_phase{pod=~"virt-operator-.*", phase="Running"} == 1)',
  // Rules have been evaluated since, too.
  'cluster:kubevirt_virt_operator_leading:sum',
  'cluster:kubevirt_virt_operator_pods_running:count',
];
/** Firing or about to. */
const ALERTS = 'count(ALERTS{alertname=~"VirtOperatorDown|NoLeadingVirtOperator|VirtLauncherPodsStuckFailed"}) or vector(0)';

/** Waits until two operators are ready, one of them leads, monitoring sees it, and no alert with a runbook is active. */
export async function untilHealthy({ plane, monitoring }: Scene): Promise<void> {
  await until('KubeVirt is as healthy as before', 240, async () => {
    const ready = await readyOperators(plane);
    const holder = await holderOf(plane, 'virt-operator');
    if (ready.length < 2 || !ready.some(({ metadata }) => metadata.name === holder)) return undefined;
    for (const query of SEEN) if ((await monitoring.value(query) ?? 0) < 1) return undefined;
    return (await monitoring.value(ALERTS)) === 0 || undefined;
  }, async () => `${await plane.kubectl('-n', NAMESPACE, 'get', 'pods')}holder: ${String(await holderOf(plane, 'virt-operator'))}, firing: ${(await monitoring.firing()).join(', ')}`);
}
