import type { Cluster } from '../cluster';
import { apiVersionOf, type KindInfo } from '../kinds';
import { hasEndpoints } from './endpoints';
import { isBuiltIn, servedKinds } from './path';
import { ApiError, noSuchPath, noSuchResource } from './status';

interface Resource {
  name: string;
  singularName: string;
  namespaced: boolean;
  kind: string;
  group?: string;
  version?: string;
  verbs: string[] | null;
  shortNames?: string[];
  categories?: string[];
}

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const SCALE = { kind: 'Scale', group: 'autoscaling', version: 'v1', verbs: ['get', 'patch', 'update'] };

/** Groups that hold only requests, not objects. */
const REVIEWS: Readonly<Record<string, Resource[]>> = {
  'authorization.k8s.io/v1': [
    { name: 'selfsubjectaccessreviews', singularName: 'selfsubjectaccessreview', namespaced: false, kind: 'SelfSubjectAccessReview', verbs: ['create'] },
    { name: 'selfsubjectrulesreviews', singularName: 'selfsubjectrulesreview', namespaced: false, kind: 'SelfSubjectRulesReview', verbs: ['create'] },
  ],
};

/**
 * Served by virt-api, which names neither kind nor verbs (kubevirt/kubevirt v1.8.4 pkg/virt-api/api.go). Its expand-vm-spec and
 * SEV rows are left out: nothing here asks for them.
 */
const SUBRESOURCES = 'subresources.kubevirt.io/v1';
const KUBEVIRT_SUBRESOURCES: Resource[] = [
  ...['start', 'stop', 'restart', 'migrate', 'expand-spec', 'objectgraph', 'evacuate/cancel'].map((name) => `virtualmachines/${name}`),
  ...['vnc', 'vnc/screenshot', 'console', 'portforward', 'backup', 'redefine-checkpoint', 'pause', 'unpause', 'freeze', 'unfreeze', 'reset', 'softreboot',
    'guestosinfo', 'userlist', 'filesystemlist', 'addvolume', 'removevolume', 'objectgraph', 'evacuate/cancel'].map((name) => `virtualmachineinstances/${name}`),
].map((name) => ({ name, singularName: '', namespaced: true, kind: '', verbs: null }));

/** Deprecated versions whose resources are listed when asked for; nothing else of them is told, their objects are those of the current one. */
const OLD_VERSIONS: Readonly<Record<string, string>> = { 'kubevirt.io/v1alpha3': 'v1' };

function resourcesOf(info: KindInfo): Resource[] {
  const own: Resource = {
    name: info.plural,
    singularName: info.kind.toLowerCase(),
    namespaced: info.namespaced,
    kind: info.kind,
    // All namespaces at once cannot be deleted.
    verbs: info.kind === 'Namespace' ? VERBS.filter((verb) => verb !== 'deletecollection') : VERBS,
    ...(info.shortNames.length > 0 ? { shortNames: [...info.shortNames] } : {}),
  };
  const below: Resource[] = [];
  if (info.kind === 'Pod') {
    below.push({ name: 'pods/log', singularName: '', namespaced: true, kind: 'Pod', verbs: ['get'] });
    below.push({ name: 'pods/eviction', singularName: '', namespaced: true, kind: 'Eviction', group: 'policy', version: 'v1', verbs: ['create'] });
  }
  if (info.kind === 'Deployment') below.push({ name: 'deployments/scale', singularName: '', namespaced: true, ...SCALE });
  return [own, ...below];
}

function groupsOf(cluster: Cluster): Map<string, Set<string>> {
  const groups = new Map<string, Set<string>>();
  const versions = [
    ...servedKinds(cluster).filter((info) => info.group !== '').map(apiVersionOf),
    ...Object.keys(REVIEWS),
    ...cluster.list('APIService').filter((service) => service.spec.service).map((service) => `${service.spec.group}/${service.spec.version}`),
  ];
  for (const groupVersion of versions) {
    const [group = '', version = ''] = groupVersion.split('/');
    groups.set(group, (groups.get(group) ?? new Set()).add(version));
  }
  return groups;
}

function apiGroup(name: string, versions: ReadonlySet<string>): Record<string, unknown> {
  // Stable versions before betas before alphas, as the server prefers them.
  const ordered = [...versions].sort((a, b) => Number(a.length > 2) - Number(b.length > 2) || b.localeCompare(a)).map((version) => ({ groupVersion: `${name}/${version}`, version }));
  return { name, versions: ordered, preferredVersion: ordered[0] };
}

/** Answers `/api`, `/apis` and everything of two or three parts below them; undefined for other paths. Throws 404 for an API that is not there. */
export function discovery(cluster: Cluster, pathname: string): unknown {
  const [root, group, version, ...more] = pathname.split('/').filter((part) => part !== '');
  if (pathname === '/version') return VERSION;
  if (root === 'api' && group === undefined) return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: 'simulated:6443' }] };
  if (root === 'api' && group === 'v1' && version === undefined) return resourceList('v1', servedKinds(cluster).filter((info) => info.group === '').flatMap(resourcesOf));
  if (root !== 'apis' || more.length > 0) return undefined;
  const groups = groupsOf(cluster);
  if (group === undefined) return { kind: 'APIGroupList', apiVersion: 'v1', groups: [...groups].map(([name, versions]) => apiGroup(name, versions)) };
  const versions = groups.get(group);
  if (!versions) throw noSuchPath();
  if (version === undefined) return { kind: 'APIGroup', apiVersion: 'v1', ...apiGroup(group, versions) };
  const current = OLD_VERSIONS[`${group}/${version}`];
  if (current !== undefined) return resourceList(`${group}/${version}`, groupResources(cluster, group, current));
  if (!versions.has(version)) throw isBuiltIn(group) ? noSuchResource() : noSuchPath();
  return resourceList(`${group}/${version}`, groupResources(cluster, group, version));
}

function groupResources(cluster: Cluster, group: string, version: string): Resource[] {
  const groupVersion = `${group}/${version}`;
  const service = cluster.get('APIService', undefined, `${version}.${group}`)?.spec.service;
  if (service && !hasEndpoints(cluster, service)) throw new ApiError(503, 'ServiceUnavailable', 'service unavailable');
  if (groupVersion === SUBRESOURCES) return KUBEVIRT_SUBRESOURCES;
  return REVIEWS[groupVersion] ?? servedKinds(cluster).filter((info) => info.group === group && info.version === version).flatMap(resourcesOf);
}

const resourceList = (groupVersion: string, resources: Resource[]): unknown => ({ kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources });

/** OpenShift 4.22 is Kubernetes 1.35. */
const VERSION = { major: '1', minor: '35', gitVersion: 'v1.35.4', gitCommit: 'simulated', gitTreeState: 'clean', buildDate: '2026-04-15T18:01:22Z', goVersion: 'go1.25.9', compiler: 'gc', platform: 'linux/amd64' };
