import { type Case } from './case';

/** Finding out what a cluster serves: how the product tells an API that is not installed from an object that is not there. */
export const discovery: readonly Case[] = [
  { area: 'discovery', name: 'versions of the core group', path: '/api' },
  { area: 'discovery', name: 'resources of the core group', path: '/api/v1', among: ['configmaps', 'endpoints', 'events', 'namespaces', 'nodes', 'persistentvolumeclaims', 'pods', 'pods/log', 'resourcequotas', 'secrets', 'services', 'serviceaccounts'] },
  { area: 'discovery', name: 'all groups', path: '/apis', among: ['apps', 'batch', 'coordination.k8s.io', 'rbac.authorization.k8s.io', 'kubevirt.io', 'nothing.example.com'] },
  { area: 'discovery', name: 'one group', path: '/apis/apps' },
  { area: 'discovery', name: 'resources of a built-in group', path: '/apis/apps/v1', among: ['daemonsets', 'deployments', 'deployments/scale', 'replicasets', 'statefulsets'] },
  { area: 'discovery', name: 'resources of a group of requests', path: '/apis/authorization.k8s.io/v1', among: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'] },
  { area: 'discovery', name: 'resources of a group of custom resources', path: '/apis/kubevirt.io/v1', among: ['kubevirts', 'virtualmachines', 'virtualmachineinstances'] },
  { area: 'discovery', name: 'a group that is not installed', path: '/apis/nothing.example.com' },
  { area: 'discovery', name: 'a group version that is not installed', path: '/apis/nothing.example.com/v1' },
  { area: 'discovery', name: 'a version that a built-in group does not have', path: '/apis/apps/v9' },
  { area: 'discovery', name: 'a version that a custom group does not have', path: '/apis/kubevirt.io/v9' },
  { area: 'discovery', name: 'everybody who is logged in may ask', path: '/apis/coordination.k8s.io/v1', among: ['leases'], as: 'nobody' },
  { area: 'discovery', name: 'a path that nobody serves', path: '/no/such/path' },
  { area: 'discovery', name: 'a path that nobody serves, as nobody', path: '/no/such/path', as: 'nobody' },
  { area: 'discovery', name: 'the health of the server', path: '/readyz' },
];
