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

const ALERTS = ['VirtOperatorDown', 'NoLeadingVirtOperator', 'VirtLauncherPodsStuckFailed'];

/** Waits until two operators are ready, one of them leads, the metrics know it, and no alert with a runbook fires. */
export async function untilHealthy({ plane, monitoring }: Scene): Promise<void> {
  await until('KubeVirt is as healthy as before', 240, async () => {
    const ready = await readyOperators(plane);
    const holder = await holderOf(plane, 'virt-operator');
    if (ready.length < 2 || !ready.some(({ metadata }) => metadata.name === holder)) return undefined;
    return !(await monitoring.firing()).some((alert) => ALERTS.includes(alert)) || undefined;
  }, async () => `${await plane.kubectl('-n', NAMESPACE, 'get', 'pods')}holder: ${String(await holderOf(plane, 'virt-operator'))}, firing: ${(await monitoring.firing()).join(', ')}`);
}
