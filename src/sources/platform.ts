import { type Late } from '../engine/late';
import { type ListSource, type ObjectSource } from '../engine/source';
import { kinds } from './kinds';
import { type ClusterServiceVersion, type ClusterVersion, type MachineConfigPool } from './objects';

/**
 * The operators installed in a namespace. OLM copies the ClusterServiceVersions of global operators into every namespace
 * and labels the copies: they are left out, because only the original owns anything.
 */
export const clusterServiceVersions = (namespace: Late<string>): ListSource<ClusterServiceVersion> =>
  ({ kind: 'list', of: kinds.ClusterServiceVersion, in: namespace, labels: '!olm.copiedFrom', part: 'full', atMost: 10 });

/** The one ClusterVersion of an OpenShift cluster. */
export const clusterVersion = (): ObjectSource<ClusterVersion> =>
  ({ kind: 'object', of: kinds.ClusterVersion, in: 'the cluster', name: 'version', part: 'full' });

/** All MachineConfigPools: usually two, rarely more than ten. */
export const machineConfigPools = (): ListSource<MachineConfigPool> =>
  ({ kind: 'list', of: kinds.MachineConfigPool, in: 'the cluster', part: 'full', atMost: 50 });
