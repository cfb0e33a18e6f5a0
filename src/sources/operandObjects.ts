import { type ObjectSource, type ListSource } from '../engine/source';
import { type Late } from '../engine/late';
import { kinds } from './kinds';
import { type ApiService, type ConfigMap } from './objects';

/** The registrations of the APIs that virt-api serves: `v1.subresources.kubevirt.io` and its older versions. Watched. */
export const apiServices = (): ListSource<ApiService> =>
  ({ kind: 'list', of: kinds.APIService, in: 'the cluster', part: 'full', atMost: 500, live: true });

/** One ConfigMap by name. */
export const configMap = (of: { readonly in: Late<string>; readonly name: Late<string> }): ObjectSource<ConfigMap> =>
  ({ kind: 'object', of: kinds.ConfigMap, part: 'full', ...of });
