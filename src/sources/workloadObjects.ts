import { type ObjectSource } from '../engine/source';
import { kinds } from './kinds';
import { type DaemonSet, type Deployment } from './objects';
import { type Workload } from './workload';

/** The object that makes the pods of a workload. */
export type WorkloadObject = Deployment | DaemonSet;

/** The Deployment or DaemonSet of a workload, watched. */
export const workloadObject = (of: Pick<Workload, 'kind' | 'in' | 'name'>): ObjectSource<WorkloadObject> =>
  ({ kind: 'object', of: kinds[of.kind], in: of.in, name: of.name, part: 'full', live: true });

// The API always writes these numbers into the status of a DaemonSet, 0 too (k8s.io/api/apps/v1 DaemonSetStatus, no omitempty).
const isDaemonSet = (of: WorkloadObject): of is DaemonSet => of.status !== undefined && 'desiredNumberScheduled' in of.status;

/** How many pods are wanted: the replicas, of a DaemonSet the nodes that it should run on. Undefined while nobody has counted them. */
export const wantedBy = (of: WorkloadObject): number | undefined =>
  (isDaemonSet(of) ? of.status?.desiredNumberScheduled : (of as Deployment).spec?.replicas);

/** How many pods there are, of those that are wanted. */
export const madeOf = (of: WorkloadObject): number =>
  (isDaemonSet(of) ? of.status?.currentNumberScheduled : (of as Deployment).status?.replicas) ?? 0;
