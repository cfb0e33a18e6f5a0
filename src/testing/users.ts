import { TENANTS } from './builders/names';
import type { User, UserRule } from './types';

const READ = ['get', 'list', 'watch'];
const WRITE = ['create', 'update', 'patch', 'delete', 'deletecollection'];
const AUTHENTICATED = ['system:authenticated'];
const TENANT = TENANTS[3];

/** What may be read in a namespace with the ClusterRole `view`: no leases, no secrets, no roles. KubeVirt's own view role is part of it. */
const viewOf = (namespace: string): UserRule[] => [
  { verbs: READ, apiGroups: [''], resources: ['pods', 'pods/log', 'events', 'services', 'endpoints', 'configmaps', 'serviceaccounts', 'persistentvolumeclaims', 'resourcequotas'], namespaces: [namespace] },
  { verbs: READ, apiGroups: [''], resources: ['namespaces'], namespaces: [namespace] },
  { verbs: READ, apiGroups: ['apps', 'batch', 'discovery.k8s.io'], resources: ['deployments', 'deployments/scale', 'replicasets', 'statefulsets', 'daemonsets', 'jobs', 'endpointslices'], namespaces: [namespace] },
  { verbs: READ, apiGroups: ['kubevirt.io', 'pool.kubevirt.io'], resources: ['virtualmachines', 'virtualmachineinstances', 'virtualmachineinstancemigrations', 'virtualmachineinstancereplicasets', 'virtualmachinepools'], namespaces: [namespace] },
  { verbs: READ, apiGroups: ['operators.coreos.com'], resources: ['clusterserviceversions', 'subscriptions', 'installplans'], namespaces: [namespace] },
];

/** What `admin` of a namespace adds. Migrations stay readable only: creating them is `kubevirt.io:migrate`, which nothing aggregates. */
const adminOf = (namespace: string): UserRule[] => [
  ...viewOf(namespace),
  { verbs: [...READ, ...WRITE], apiGroups: [''], resources: ['pods', 'services', 'configmaps', 'secrets', 'serviceaccounts', 'persistentvolumeclaims'], namespaces: [namespace] },
  { verbs: [...READ, ...WRITE], apiGroups: ['apps', 'batch'], resources: ['deployments', 'deployments/scale', 'replicasets', 'statefulsets', 'daemonsets', 'jobs'], namespaces: [namespace] },
  { verbs: [...READ, ...WRITE], apiGroups: ['coordination.k8s.io', 'rbac.authorization.k8s.io'], resources: ['leases', 'roles', 'rolebindings'], namespaces: [namespace] },
  { verbs: [...READ, ...WRITE], apiGroups: ['kubevirt.io', 'pool.kubevirt.io'], resources: ['virtualmachines', 'virtualmachineinstances', 'virtualmachineinstancereplicasets', 'virtualmachinepools'], namespaces: [namespace] },
  // Of the nested one only the whole, as KubeVirt grants it: the API server asks for its first part, and refuses.
  {
    verbs: ['update'], apiGroups: ['subresources.kubevirt.io'], namespaces: [namespace],
    resources: [...['start', 'stop', 'restart', 'evacuate/cancel'].map((name) => `virtualmachines/${name}`), ...['pause', 'unpause', 'evacuate/cancel'].map((name) => `virtualmachineinstances/${name}`)],
  },
  { verbs: READ, apiGroups: ['monitoring.coreos.com'], resources: ['prometheusrules', 'servicemonitors'], namespaces: [namespace] },
];

/** What everybody who is logged in has where KubeVirt is (ClusterRole kubevirt.io:default, bound to system:authenticated by virt-operator). */
const EVERYBODY: UserRule = { verbs: ['get', 'list'], apiGroups: ['kubevirt.io'], resources: ['kubevirts'] };

/** May do everything. */
export const clusterAdmin: User = {
  name: 'kubeadmin',
  groups: ['system:cluster-admins', ...AUTHENTICATED],
  rules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
};

/** May read everything but secrets, ask Prometheus too, and change nothing: cluster-reader together with cluster-monitoring-view. */
export const clusterReader: User = {
  name: 'auditor',
  groups: AUTHENTICATED,
  rules: [
    {
      verbs: READ,
      apiGroups: [''],
      resources: ['pods', 'pods/log', 'events', 'nodes', 'namespaces', 'services', 'endpoints', 'configmaps', 'serviceaccounts', 'persistentvolumeclaims', 'resourcequotas'],
    },
    {
      verbs: READ,
      apiGroups: [
        'admissionregistration.k8s.io', 'apiextensions.k8s.io', 'apiregistration.k8s.io', 'apps', 'batch', 'coordination.k8s.io', 'discovery.k8s.io', 'rbac.authorization.k8s.io', 'scheduling.k8s.io', 'config.openshift.io',
        'machineconfiguration.openshift.io', 'monitoring.coreos.com', 'operators.coreos.com', 'operator.openshift.io', 'project.openshift.io', 'hco.kubevirt.io', 'kubevirt.io', 'pool.kubevirt.io',
      ],
      resources: ['*'],
    },
  ],
};

/** Admin of one tenant's namespace: no nodes, nothing of the platform, no rules of Prometheus but their own. */
export const namespaceAdmin: User = { name: 'shop-owner', groups: AUTHENTICATED, rules: [EVERYBODY, ...adminOf(TENANT)] };

/** May look at one tenant's namespace. */
export const namespaceViewer: User = { name: 'shop-intern', groups: AUTHENTICATED, rules: [EVERYBODY, ...viewOf(TENANT)] };

/** May ask Prometheus about everything (`cluster-monitoring-view`), and knows namespaces by name; no objects. */
export const monitoringViewer: User = {
  name: 'night-watch',
  groups: AUTHENTICATED,
  rules: [
    EVERYBODY,
    { verbs: READ, apiGroups: [''], resources: ['namespaces'] },
    { verbs: READ, apiGroups: ['monitoring.coreos.com'], resources: ['prometheusrules', 'prometheuses/api'] },
    { verbs: ['create'], apiGroups: ['monitoring.coreos.com'], resources: ['prometheuses/api'] },
  ],
};

/** May log in. */
export const nobody: User = { name: 'guest', groups: AUTHENTICATED, rules: [EVERYBODY] };

/** Everybody of the world. */
export const users: readonly User[] = [clusterAdmin, clusterReader, namespaceAdmin, namespaceViewer, monitoringViewer, nobody];

/** The user of that name, or undefined. */
export function userCalled(name: string): User | undefined {
  return users.find((user) => user.name === name);
}
