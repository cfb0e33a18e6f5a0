import { type KubeObject } from '../../../src/testing/types';
import { READER_ROLE } from '../../../src/runbooks/readerRoles';
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
  /** Reads namespaces of their own alone: the platform is somebody else's. */
  readonly isTenant: boolean;
}

const tenants: readonly Person[] = (['view', 'edit', 'admin'] as const).flatMap((role): readonly Person[] => [
  { name: `tenant-${role}`, says: `${role} of a namespace`, roles: [[role, TENANT]], isTenant: true },
  { name: `tenant-${role}-migrate`, says: `${role} of a namespace, with kubevirt.io:migrate`, roles: [[role, TENANT], ['kubevirt.io:migrate', TENANT]], isTenant: true },
]);

/** Whoever looks at a report. */
export const PEOPLE: readonly Person[] = [
  ...tenants,
  { name: 'kubevirt-view', says: 'kubevirt.io:view alone, of a namespace', roles: [['kubevirt.io:view', TENANT]], isTenant: true },
  { name: 'cluster-reader', says: 'cluster-reader of OpenShift', roles: [['cluster-reader']], isTenant: false },
  { name: 'monitoring', says: 'cluster-monitoring-view alone', roles: [['cluster-monitoring-view']], isTenant: false },
  { name: 'cluster-admin', says: 'cluster-admin', roles: [['cluster-admin']], isTenant: false },
  { name: 'nobody', says: 'no role but those of everybody', roles: [], isTenant: true },
];

/** Whoever has just the roles that `virt-runbooks needs` prints. */
export const READER = READER_ROLE;

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
