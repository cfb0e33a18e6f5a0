import type { KindInfo } from '../kinds';

/** Built-in kinds that the API server keeps under another name than their own (k8s.io/kubernetes pkg/registry/core/rest). */
const KEPT_AS: Readonly<Record<string, string>> = { nodes: 'minions', services: 'services/specs', endpoints: 'services/endpoints' };

/** Groups that keep even built-in kinds below their own name. */
const BELOW_GROUP = ['apiextensions.k8s.io', 'apiregistration.k8s.io'];

/** The key in etcd under which an API server keeps an object: `/registry/pods/default/web`. */
export function storageKey(info: Pick<KindInfo, 'group' | 'plural' | 'servedBy'>, namespace: string | undefined, name: string): string {
  const below = info.servedBy !== 'apiserver' || BELOW_GROUP.includes(info.group);
  const kind = below ? `${info.group}/${info.plural}` : (KEPT_AS[info.plural] ?? info.plural);
  return ['/registry', kind, ...(namespace === undefined ? [] : [namespace]), name].join('/');
}

/** How the server's own messages call the Go type of a list: `core.PodList`. */
export const listTypeOf = (info: Pick<KindInfo, 'group' | 'kind' | 'servedBy'>): string =>
  (info.servedBy === 'crd' ? 'unstructured.UnstructuredList' : `${info.group === '' ? 'core' : (info.group.split('.')[0] ?? '')}.${info.kind}List`);

/** What a conflict says that only the storage noticed: an update that names another uid. */
export const storageWords = (key: string, wanted: string, found: string): string =>
  `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: ${wanted}, UID in object meta: ${found}`;
