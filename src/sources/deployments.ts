import { type Late } from '../engine/late';
import { type ListSource, type ObjectSource } from '../engine/source';
import { kinds } from './kinds';
import { type DaemonSet, type Deployment, type ReplicaSet } from './objects';
import { type Workload } from './workload';

/** One Deployment, watched. */
export const deployment = (of: Pick<Workload, 'in' | 'name'>): ObjectSource<Deployment> =>
  ({ kind: 'object', of: kinds.Deployment, in: of.in, name: of.name, part: 'full', live: true });

/** One DaemonSet, watched. */
export const daemonSet = (of: Pick<Workload, 'in' | 'name'>): ObjectSource<DaemonSet> =>
  ({ kind: 'object', of: kinds.DaemonSet, in: of.in, name: of.name, part: 'full', live: true });

/** The ReplicaSets of a Deployment: old ones stay, so there may be up to eleven (revisionHistoryLimit 10). */
export const replicaSets = ({ in: namespace, labels }: { readonly in: Late<string>; readonly labels: string }): ListSource<ReplicaSet> =>
  ({ kind: 'list', of: kinds.ReplicaSet, in: namespace, labels, part: 'full', atMost: 50 });
