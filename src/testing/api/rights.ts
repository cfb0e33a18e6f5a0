import type { PolicyRule } from '../objects';
import type { User, UserRule } from '../types';
import type { Cluster } from '../cluster';
import { type Asked, type Target, askedOf, isBuiltIn, targetOf } from './path';
import { ApiError, forbidden, noSuchPath, noSuchResource } from './status';

/** What is asked for: `resource` with its subresource (`pods/log`), `namespace` absent for everything or cluster scope. */
export interface Attributes {
  verb: string;
  group: string;
  resource: string;
  namespace?: string | undefined;
}

type Granting = Pick<UserRule, 'verbs' | 'apiGroups' | 'resources'>;

/** Whether one RBAC rule grants it; a star, also before a slash and a subresource, is understood as Kubernetes does. */
export function grants(rule: Granting, { verb, group, resource }: Attributes): boolean {
  const has = (list: readonly string[], value: string): boolean => list.includes('*') || list.includes(value);
  const subresource = resource.split('/')[1];
  return has(rule.verbs, verb) && has(rule.apiGroups, group) && (has(rule.resources, resource) || (subresource !== undefined && rule.resources.includes(['*', subresource].join('/'))));
}

/** Whether a user may: the one answer behind refusals and access reviews. */
export function mayUser(user: User, attributes: Attributes): boolean {
  return user.rules.some((rule) => grants(rule, attributes) && (rule.namespaces === undefined || (attributes.namespace !== undefined && rule.namespaces.includes(attributes.namespace))));
}

/** What a request asks for. As the API server has it, the namespace of a namespace is itself. */
function attributesOf({ group, plural, namespace, name, subresource }: Asked, verb: string): Attributes {
  const ownNamespace = plural === 'namespaces' || plural === 'projects' ? name : undefined;
  return { verb, group, resource: subresource === undefined ? plural : `${plural}/${subresource}`, namespace: namespace ?? ownNamespace };
}

/** Paths outside of resources that everybody who is logged in may read (ClusterRoles system:discovery and system:public-info-viewer). */
const OPEN_PATHS = /^\/(api|apis|version|healthz|livez|readyz|openapi)(\/|$)/;

/** Whether a user may read a path that is about no resource. */
export const mayRead = (user: User, pathname: string): boolean => OPEN_PATHS.test(pathname) || mayUser(user, { verb: '*', group: '*', resource: '*' });

/**
 * The resource that a request is about; throws the server's 403 unless the user may, else its 404 if nothing serves it. In this
 * order: who may not read a kind is not told whether there is one.
 */
export function reach(cluster: Cluster, user: User, pathname: string, verbOf: (asked: Asked) => string): Target {
  const asked = askedOf(pathname);
  if (!asked) {
    if (!mayRead(user, pathname)) throw new ApiError(403, 'Forbidden', `forbidden: User "${user.name}" cannot get path "${pathname}"`);
    throw noSuchPath();
  }
  authorize(user, asked, verbOf(asked));
  const target = targetOf(cluster, asked);
  if (target) return target;
  throw isBuiltIn(asked.group) ? noSuchResource() : noSuchPath();
}

/** Throws the server's 403 unless the user may do that. */
export function authorize(user: User, asked: Asked, verb: string): void {
  const { group, plural, name } = asked;
  const attributes = attributesOf(asked, verb);
  // Everybody who is logged in may list projects; the answer holds their own only (OpenShift's basic-user).
  if (plural === 'projects' && name === undefined && (verb === 'list' || verb === 'watch')) return;
  if (mayUser(user, attributes)) return;
  throw forbidden({ group, plural }, name, refusal(user.name, attributes));
}

/** The second half of a 403's message (k8s.io/apiserver pkg/endpoints/handlers/responsewriters). */
export function refusal(user: string, { verb, resource, group, namespace }: Attributes): string {
  const where = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  return `User "${user}" cannot ${verb} resource "${resource}" in API group "${group}" ${where}`;
}

/** Whether a service account may, read from the Roles, ClusterRoles and bindings that are in the cluster. */
export function mayServiceAccount(cluster: Cluster, account: { namespace: string; name: string }, attributes: Attributes): boolean {
  const isSubject = (subject: { kind: string; name: string; namespace?: string }): boolean =>
    subject.kind === 'ServiceAccount' && subject.name === account.name && subject.namespace === account.namespace;
  // A rule about paths has no groups; the roles that groups have grant nothing the world asks about.
  const granted = (rules: readonly PolicyRule[] | undefined): boolean => (rules ?? []).some((rule) => rule.resourceNames === undefined && grants(rule, attributes));
  const everywhere = cluster.list('ClusterRoleBinding').some((binding) => binding.subjects.some(isSubject) && granted(cluster.get('ClusterRole', undefined, binding.roleRef.name)?.rules));
  if (everywhere || attributes.namespace === undefined) return everywhere;
  return cluster.list('RoleBinding', attributes.namespace).some((binding) => {
    const role = binding.roleRef.kind === 'ClusterRole' ? cluster.get('ClusterRole', undefined, binding.roleRef.name) : cluster.get('Role', attributes.namespace, binding.roleRef.name);
    return binding.subjects.some(isSubject) && granted(role?.rules);
  });
}
