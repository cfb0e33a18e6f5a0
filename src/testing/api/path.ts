import type { Cluster } from '../cluster';
import { KINDS, type KindInfo } from '../kinds';

/** What a resource path points at. */
export interface Target {
  info: KindInfo;
  namespace: string | undefined;
  name: string | undefined;
  subresource: string | undefined;
}

/** Whether the API server serves the kind now: a custom one needs its definition, an aggregated one its APIService. */
export function isServed(cluster: Cluster, info: KindInfo): boolean {
  if (info.servedBy === 'crd') return cluster.get('CustomResourceDefinition', undefined, `${info.plural}.${info.group}`) !== undefined;
  if (info.servedBy === 'aggregated') return cluster.get('APIService', undefined, `${info.version}.${info.group}`) !== undefined;
  return true;
}

/** The kinds of one group and version that are served now. */
export function servedKinds(cluster: Cluster): readonly KindInfo[] {
  return KINDS.filter((info) => isServed(cluster, info));
}

/** What a path asks for, whether or not anything serves it: rights are looked at before (k8s.io/apiserver pkg/endpoints/request). */
export interface Asked {
  /** Empty for the core group. */
  group: string;
  version: string;
  plural: string;
  namespace: string | undefined;
  name: string | undefined;
  subresource: string | undefined;
  /** Parts of the path that nothing can have. */
  more: number;
}

/** Below a namespace these are parts of the namespace itself, not kinds in it. */
const OF_NAMESPACE = ['status', 'finalize'];

/** Reads `/api/v1/…` and `/apis/<group>/<version>/…`; undefined for paths that are about no resource. */
export function askedOf(pathname: string): Asked | undefined {
  const [root, ...rest] = pathname.split('/').filter((part) => part !== '').map(decodeURIComponent);
  if (root !== 'api' && root !== 'apis') return undefined;
  const [group = '', version = '', ...parts] = root === 'api' ? ['', ...rest] : rest;
  if (parts.length === 0) return undefined;
  if (parts[0] === 'namespaces' && parts.length > 2 && !OF_NAMESPACE.includes(parts[2] ?? '')) {
    const [, namespace, plural = '', name, subresource, ...more] = parts;
    return { group, version, plural, namespace, name, subresource, more: more.length };
  }
  const [plural = '', name, subresource, ...more] = parts;
  return { group, version, plural, namespace: undefined, name, subresource, more: more.length };
}

/** The served resource that is asked for; undefined if there is none. */
export function targetOf(cluster: Cluster, { group, version, plural, namespace, name, subresource, more }: Asked): Target | undefined {
  const info = KINDS.find((one) => one.group === group && one.version === version && one.plural === plural && isServed(cluster, one));
  if (!info || more > 0 || (namespace !== undefined && !info.namespaced)) return undefined;
  return info.namespaced && namespace === undefined && name !== undefined ? undefined : { info, namespace, name, subresource };
}

/** Whether the API server itself knows a group, as it does not know those of custom resources. */
export const isBuiltIn = (group: string): boolean => group === 'authorization.k8s.io' || KINDS.some((info) => info.group === group && info.servedBy === 'apiserver');
