import { type ConsolePlace, type Kind, type ObjectRef, queryText } from '../engine';
import { paths } from './address';

// The console addresses custom resources and the groups' newer kinds by group, version and kind, the core ones by plural.
const resourceOf = ({ group, kind, plural, versions }: Pick<Kind, 'group' | 'kind' | 'plural' | 'versions'>): string =>
  (group === '' || group === 'apps' || group === 'batch' ? plural : `${group}~${versions[0]}~${kind}`);

// Longest of the names that Kubernetes takes, and what all of them are made of: no slash, no percent sign, no two dots in a row
// (apimachinery, pkg/api/validation/path/name.go, narrowed). What is called otherwise is no object: its page would send the
// console to another address of the API.
const NAME = /^(?!.*\.\.)[A-Za-z0-9]([-A-Za-z0-9_.:]{0,251}[A-Za-z0-9])?$/;

/** Can an object, or a namespace, be called so? */
const isName = (text: string): boolean => NAME.test(text);

const where = (namespaced: boolean, namespace: string | undefined): string =>
  (!namespaced ? 'cluster' : namespace === undefined ? 'all-namespaces' : `ns/${encodeURIComponent(namespace)}`);

/** The console address of a place, or undefined while its object is not known. `from` is the namespace of our own page, `labels` those of the alert. */
export const placeHref = (place: ConsolePlace, from: string | undefined, labels: Readonly<Record<string, string>> = {}): string | undefined => {
  const known = (value: unknown): value is string | undefined => value === undefined || typeof value === 'string';
  switch (place.page) {
    case 'object': {
      if (!known(place.namespace) || typeof place.name !== 'string' || ![place.namespace ?? 'all', place.name].every(isName)) return undefined;
      const path = `/k8s/${where(place.of.namespaced, place.namespace)}/${resourceOf(place.of)}/${encodeURIComponent(place.name)}`;
      return place.tab ? `${path}/${place.tab}` : path;
    }
    case 'list': {
      if (!known(place.namespace) || !isName(place.namespace ?? 'all')) return undefined;
      return `/k8s/${where(place.of.namespaced, place.namespace)}/${resourceOf(place.of)}${place.labels ? `?labels=${encodeURIComponent(place.labels)}` : ''}`;
    }
    case 'runbook': return paths.runbook(from, place.alert);
    case 'clusterSettings': return '/settings/cluster';
    case 'metrics': return place.query.values.every((value) => typeof value === 'string')
      ? `/monitoring/query-browser?${new URLSearchParams({ query0: queryText(place.query as { parts: readonly string[]; values: readonly string[] }) })}` : undefined;
    case 'silence': return `/monitoring/silences/~new?${new URLSearchParams(labels)}`;
    case 'targets': return '/monitoring/targets';
    case 'alerts': return '/monitoring/alerts';
    default: return place satisfies never;
  }
};

// What names an object may come from anybody who can write an event: only names of kinds that we know lead anywhere.
const BUILT_IN: ReadonlyMap<string, string> = new Map(Object.entries({
  Pod: 'pods', Node: 'nodes', Deployment: 'deployments', ReplicaSet: 'replicasets', DaemonSet: 'daemonsets', Job: 'jobs',
  Namespace: 'namespaces', Service: 'services', ConfigMap: 'configmaps', ResourceQuota: 'resourcequotas', ServiceAccount: 'serviceaccounts',
}));
// Findings name these kinds with or without their group.
const BUILT_IN_GROUPS: ReadonlySet<string> = new Set(['', 'apps', 'batch']);
const VERSIONS: ReadonlyMap<string, string> = new Map(Object.entries({
  'kubevirt.io': 'v1', 'hco.kubevirt.io': 'v1beta1', 'operators.coreos.com': 'v1alpha1', 'config.openshift.io': 'v1',
  'machineconfiguration.openshift.io': 'v1', 'coordination.k8s.io': 'v1', 'rbac.authorization.k8s.io': 'v1', 'scheduling.k8s.io': 'v1',
  'admissionregistration.k8s.io': 'v1', 'monitoring.coreos.com': 'v1', 'apiregistration.k8s.io': 'v1',
}));
const KIND = /^[A-Z][A-Za-z0-9]*$/;

const resourceNamed = (kind: string, group: string): string | undefined => {
  if (BUILT_IN_GROUPS.has(group)) return BUILT_IN.get(kind);
  const version = VERSIONS.get(group);
  return version !== undefined && KIND.test(kind) ? `${group}~${version}~${kind}` : undefined;
};

/** The console address of an object, or undefined if we do not know its page or no object can have this name. */
export const objectHref = ({ kind, group = '', namespace, name }: ObjectRef): string | undefined => {
  const resource = [name, namespace ?? 'all'].every(isName) ? resourceNamed(kind, group) : undefined;
  return resource && `/k8s/${namespace === undefined ? 'cluster' : `ns/${encodeURIComponent(namespace)}`}/${resource}/${encodeURIComponent(name)}`;
};

/**
 * Where the console offers OpenShift Virtualization for installing: the Software Catalog, which took the place of the page
 * OperatorHub (openshift/console release-4.22, frontend/packages/operator-lifecycle-manager/console-extensions.json).
 */
export const INSTALL_VIRTUALIZATION = '/catalog?catalogType=operator&keyword=virtualization';
