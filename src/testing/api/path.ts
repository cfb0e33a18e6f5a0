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

/** Reads `/api/v1/…` and `/apis/<group>/<version>/…`; undefined if no served resource has that path. */
export function targetOf(cluster: Cluster, pathname: string): Target | undefined {
  const [root, ...rest] = pathname.split('/').filter((part) => part !== '').map(decodeURIComponent);
  if (root !== 'api' && root !== 'apis') return undefined;
  const [group, version, ...parts] = root === 'api' ? ['', ...rest] : rest;
  const resource = (plural: string | undefined, namespaced: boolean): KindInfo | undefined =>
    KINDS.find((info) => info.group === group && info.version === version && info.plural === plural && (info.namespaced || !namespaced) && isServed(cluster, info));

  if (parts[0] === 'namespaces' && parts.length > 2) {
    const [, namespace, plural, name, subresource, ...more] = parts;
    const info = resource(plural, true);
    return info && more.length === 0 ? { info, namespace, name, subresource } : undefined;
  }
  const [plural, name, subresource, ...more] = parts;
  const info = resource(plural, false);
  if (!info || more.length > 0 || (info.namespaced && name !== undefined)) return undefined;
  return { info, namespace: undefined, name, subresource };
}
