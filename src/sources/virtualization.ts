import { type Late } from '../engine/late';
import { type ApiSource, type ListSource, type ObjectSource, type Where } from '../engine/source';
import { kinds } from './kinds';
import { type HyperConverged, type KubeVirt, type Lease, type VirtualMachine, type VirtualMachineInstance, type VirtualMachineInstanceMigration } from './objects';

/** All KubeVirt objects, watched by whoever may. There should be exactly one. */
export const kubeVirts = (): ListSource<KubeVirt> =>
  ({ kind: 'list', of: kinds.KubeVirt, in: 'all namespaces', part: 'full', atMost: 20, live: true });

/** Is KubeVirt's API served at all? */
export const kubeVirtApi = (): ApiSource => ({ kind: 'api', group: 'kubevirt.io', version: 'v1' });

/** HCO's own object; there is one per cluster. */
export const hyperConvergeds = (where: Where): ListSource<HyperConverged> =>
  ({ kind: 'list', of: kinds.HyperConverged, in: where, part: 'full', atMost: 5, live: true });

/** One lease, watched: a living leader writes it every few seconds. */
export const lease = (of: { readonly in: Late<string>; readonly name: Late<string> }): ObjectSource<Lease> =>
  ({ kind: 'object', of: kinds.Lease, part: 'full', live: true, ...of });

/** One VM by name. */
export const vm = (of: { readonly in: Late<string>; readonly name: Late<string> }): ObjectSource<VirtualMachine> =>
  ({ kind: 'object', of: kinds.VirtualMachine, part: 'full', ...of });

/** One VM instance by name. */
export const vmi = (of: { readonly in: Late<string>; readonly name: Late<string> }): ObjectSource<VirtualMachineInstance> =>
  ({ kind: 'object', of: kinds.VirtualMachineInstance, part: 'full', ...of });

/** VM instances by selectors, read once: the author says how many at most. */
export const vmis = (of: { readonly in: Where; readonly labels?: Late<string>; readonly atMost: number }): ListSource<VirtualMachineInstance> =>
  ({ kind: 'list', of: kinds.VirtualMachineInstance, part: 'full', ...of });

/** Migrations; a finished one stays until it is collected, so there may be many. */
export const migrations = (of: { readonly in: Where; readonly labels?: Late<string>; readonly atMost: number }): ListSource<VirtualMachineInstanceMigration> =>
  ({ kind: 'list', of: kinds.VirtualMachineInstanceMigration, part: 'full', ...of });
