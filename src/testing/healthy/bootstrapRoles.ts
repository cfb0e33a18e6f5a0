import type { Cluster } from '../cluster';
import type { Binding, Role } from '../objects';

const API = 'rbac.authorization.k8s.io';
const BUILT_IN = { labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' }, annotations: { 'rbac.authorization.kubernetes.io/autoupdate': 'true' } };

interface Everybodys {
  readonly name: string;
  readonly groups: readonly string[];
  readonly rules: readonly unknown[];
}

const paths = (...nonResourceURLs: string[]): unknown => ({ verbs: ['get'], nonResourceURLs });

/**
 * Roles that every API server gives to groups, service accounts among them (k8s.io/kubernetes 1.35,
 * plugin/pkg/auth/authorizer/rbac/bootstrappolicy): who counts the roles of an account counts these too.
 */
const EVERYBODYS: readonly Everybodys[] = [
  {
    name: 'system:basic-user', groups: ['system:authenticated'],
    rules: [
      { verbs: ['create'], apiGroups: ['authorization.k8s.io'], resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'] },
      { verbs: ['create'], apiGroups: ['authentication.k8s.io'], resources: ['selfsubjectreviews'] },
    ],
  },
  { name: 'system:discovery', groups: ['system:authenticated'], rules: [paths('/api', '/api/*', '/apis', '/apis/*', '/healthz', '/livez', '/openapi', '/openapi/*', '/readyz', '/version', '/version/')] },
  { name: 'system:public-info-viewer', groups: ['system:authenticated', 'system:unauthenticated'], rules: [paths('/healthz', '/livez', '/readyz', '/version', '/version/')] },
  { name: 'system:service-account-issuer-discovery', groups: ['system:serviceaccounts'], rules: [paths('/.well-known/openid-configuration', '/openid/v1/jwks')] },
];

/** Makes them, each bound to its groups by a binding of its name. */
export function installBootstrapRoles(cluster: Cluster): void {
  for (const { name, groups, rules } of EVERYBODYS) {
    cluster.create<Role>({ apiVersion: `${API}/v1`, kind: 'ClusterRole', metadata: { name, ...BUILT_IN }, rules: rules as Role['rules'] });
    cluster.create<Binding>({
      apiVersion: `${API}/v1`, kind: 'ClusterRoleBinding', metadata: { name, ...BUILT_IN },
      roleRef: { apiGroup: API, kind: 'ClusterRole', name }, subjects: groups.map((group) => ({ kind: 'Group', apiGroup: API, name: group })),
    });
  }
}
