import type { K8sModel } from '@openshift-console/dynamic-plugin-sdk';

type Row = [kind: string, plural: string, abbr: string, namespaced: boolean];

const model = (apiGroup: string | undefined, apiVersion: string, [kind, plural, abbr, namespaced]: Row): K8sModel => ({
  kind,
  plural,
  abbr,
  namespaced,
  apiVersion,
  label: kind,
  labelPlural: `${kind}s`,
  id: kind.toLowerCase(),
  ...(apiGroup === undefined ? {} : { apiGroup }),
});

const rows = (apiGroup: string | undefined, apiVersion: string, list: Row[]): K8sModel[] =>
  list.map((row) => model(apiGroup, apiVersion, row));

/**
 * The kinds that the console knows by itself, of those we meet. Their pages have the plural in the address
 * (`/k8s/ns/x/pods/y`); those of all other kinds have `group~version~Kind`.
 */
export const staticModels: readonly K8sModel[] = [
  ...rows(undefined, 'v1', [
    ['ConfigMap', 'configmaps', 'CM', true],
    ['Event', 'events', 'E', true],
    ['Namespace', 'namespaces', 'NS', false],
    ['Node', 'nodes', 'N', false],
    ['PersistentVolume', 'persistentvolumes', 'PV', false],
    ['PersistentVolumeClaim', 'persistentvolumeclaims', 'PVC', true],
    ['Pod', 'pods', 'P', true],
    ['ResourceQuota', 'resourcequotas', 'RQ', true],
    ['Secret', 'secrets', 'S', true],
    ['Service', 'services', 'S', true],
    ['ServiceAccount', 'serviceaccounts', 'SA', true],
  ]),
  ...rows('apps', 'v1', [
    ['DaemonSet', 'daemonsets', 'DS', true],
    ['Deployment', 'deployments', 'D', true],
    ['ReplicaSet', 'replicasets', 'RS', true],
    ['StatefulSet', 'statefulsets', 'SS', true],
  ]),
  ...rows('batch', 'v1', [
    ['CronJob', 'cronjobs', 'CJ', true],
    ['Job', 'jobs', 'J', true],
  ]),
  ...rows('policy', 'v1', [['PodDisruptionBudget', 'poddisruptionbudgets', 'PDB', true]]),
  ...rows('project.openshift.io', 'v1', [['Project', 'projects', 'PR', false]]),
  ...rows('rbac.authorization.k8s.io', 'v1', [
    ['ClusterRole', 'clusterroles', 'CR', false],
    ['ClusterRoleBinding', 'clusterrolebindings', 'CRB', false],
    ['Role', 'roles', 'R', true],
    ['RoleBinding', 'rolebindings', 'RB', true],
  ]),
  ...rows('storage.k8s.io', 'v1', [['StorageClass', 'storageclasses', 'SC', false]]),
];
