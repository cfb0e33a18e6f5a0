import { ADMIN } from '../launch/users';
import { type ControlPlane } from '../plane/controlPlane';
import { NAMESPACE } from '../plane/kubevirt';
import { type ApiObject, list, merge, write } from '../plane/objects';
import { until } from '../plane/wait';

/** Something that is broken in the real control plane, and put right again. */
export interface Fault {
  id: string;
  /** What is done. */
  title: string;
  /** The alert that it raises. */
  alert: 'VirtOperatorDown' | 'NoLeadingVirtOperator' | 'VirtLauncherPodsStuckFailed';
  /** The one cause that the runbook of the alert confirms. */
  cause: string;
  /**
   * How long it takes, in seconds from the fault, until the runbook is certain. In a cluster the alert waits for ten minutes, which
   * is longer than any of it; here the alert fires before.
   */
  certainAfter?: number;
  begin(plane: ControlPlane): Promise<void>;
  end(plane: ControlPlane): Promise<void>;
}

/** The Deployment that nobody heals. */
export const OPERATOR = `/apis/apps/v1/namespaces/${NAMESPACE}/deployments/virt-operator`;
/** Pods in the namespace of KubeVirt. */
export const PODS = `/api/v1/namespaces/${NAMESPACE}/pods`;
const OPERATOR_PODS = `${PODS}?labelSelector=kubevirt.io%3Dvirt-operator`;

/** The pods of virt-operator. */
export const operatorPods = ({ server }: ControlPlane): Promise<readonly ApiObject[]> => list(server.as(ADMIN.name), OPERATOR_PODS);

/** Sets the replicas of virt-operator's Deployment. */
export const scaleOperator = ({ server }: ControlPlane, replicas: number): Promise<void> => merge(server.as(ADMIN.name), `${OPERATOR}/scale`, { spec: { replicas } });

/** Ends virt-operator by its Deployment, and waits until its processes are gone. */
export async function stopOperator(plane: ControlPlane): Promise<void> {
  await scaleOperator(plane, 0);
  await until('virt-operator has ended', 120, async () => (await operatorPods(plane)).length === 0 || undefined);
}

/** Deletes the pods, so that the ReplicaSet must make new ones. */
export async function replaceOperatorPods({ server, ...plane }: ControlPlane): Promise<void> {
  for (const { metadata } of await operatorPods({ server, ...plane })) await write(server.as(ADMIN.name), 'DELETE', `${PODS}/${metadata.name}`);
}

/** Refused once, the ReplicaSet tries again after longer and longer pauses; a new one tries at once. */
export async function restartOperator(plane: ControlPlane): Promise<void> {
  await scaleOperator(plane, 0);
  await scaleOperator(plane, 2);
}
