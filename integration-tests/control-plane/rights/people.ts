import { type KubeObject } from '../../../src/testing/types';
import { CLUSTER_ROLES, EVERYBODYS } from './clusterRoles';
import { bindingOf } from './roles';

/** The tenant's namespace; it has VMs. */
const TENANT = 'web-shop';

/** Somebody with roles, as an administrator would give them. */
export interface Person {
  readonly name: string;
  readonly says: string;
  /** Cluster roles, and the namespace they are given in; absent: everywhere. */
  readonly roles: readonly (readonly [role: string, namespace?: string])[];
  /** `tenant`: the platform is somebody else's. `metrics`: of the platform only what Prometheus says. */
  readonly sees: 'everything' | 'metrics' | 'tenant';
}

const tenants: readonly Person[] = (['view', 'edit', 'admin'] as const).flatMap((role): readonly Person[] => [
  { name: `tenant-${role}`, says: `${role} of a namespace`, roles: [[role, TENANT]], sees: 'tenant' },
  { name: `tenant-${role}-migrate`, says: `${role} of a namespace, with kubevirt.io:migrate`, roles: [[role, TENANT], ['kubevirt.io:migrate', TENANT]], sees: 'tenant' },
]);

/** Whoever looks at a report. */
export const PEOPLE: readonly Person[] = [
  ...tenants,
  { name: 'kubevirt-view', says: 'kubevirt.io:view alone, of a namespace', roles: [['kubevirt.io:view', TENANT]], sees: 'tenant' },
  { name: 'cluster-reader', says: 'cluster-reader of OpenShift', roles: [['cluster-reader']], sees: 'everything' },
  { name: 'monitoring', says: 'cluster-monitoring-view alone', roles: [['cluster-monitoring-view']], sees: 'metrics' },
  { name: 'cluster-admin', says: 'cluster-admin', roles: [['cluster-admin']], sees: 'everything' },
  { name: 'nobody', says: 'no role but those of everybody', roles: [], sees: 'tenant' },
];

const EVERYBODY = (role: string): KubeObject => ({
  ...bindingOf('everybody', { kind: 'ClusterRole', name: role }),
  subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'system:authenticated' }],
});

/** Everything of RBAC that the people need, in the order in which it is created. Namespaces have to be there. */
export const grants = (): readonly KubeObject[] => [
  ...CLUSTER_ROLES,
  ...EVERYBODYS.map(EVERYBODY),
  ...PEOPLE.flatMap(({ name, roles }) => roles.map(([role, namespace]) => bindingOf(name, { kind: 'ClusterRole', name: role }, namespace))),
];
