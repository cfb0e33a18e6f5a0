import { type KubeObject, type UserRule } from '../../../src/testing/types';

const GROUP = 'rbac.authorization.k8s.io';
const API = `${GROUP}/v1`;

/** One rule of a role. */
export interface Rule {
  readonly verbs: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
}

/** Where an object of RBAC is created. */
export const pathOf = ({ kind, metadata: { namespace } }: KubeObject): string => `/apis/${API}${namespace === undefined ? '' : `/namespaces/${namespace}`}/${kind.toLowerCase()}s`;

/** A role of that name: cluster-wide, or of one namespace. */
export const roleOf = (name: string, rules: readonly Rule[], namespace?: string): KubeObject =>
  ({ apiVersion: API, kind: namespace === undefined ? 'ClusterRole' : 'Role', metadata: { name, ...(namespace === undefined ? {} : { namespace }) }, rules });

/** Binds a role to a user: everywhere, or in one namespace. */
export const bindingOf = (user: string, { kind, name }: { readonly kind: string; readonly name: string }, namespace?: string): KubeObject => ({
  apiVersion: API, kind: namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding',
  metadata: { name: `${user}:${name}`.replaceAll('/', '-'), ...(namespace === undefined ? {} : { namespace }) },
  subjects: [{ apiGroup: GROUP, kind: 'User', name: user }], roleRef: { apiGroup: GROUP, kind, name },
});

const everything = ({ verbs, apiGroups, resources }: UserRule): boolean => [verbs, apiGroups, resources].every((list) => list.includes('*'));

/** The roles and bindings that give a user of the world the same rights on a real API server. */
export const grantsOf = ({ name, rules }: { readonly name: string; readonly rules: readonly UserRule[] }): readonly KubeObject[] => rules.flatMap((rule, i) => {
  const { verbs, apiGroups, resources, namespaces } = rule;
  const called = `${name}-${i}`;
  // As cluster-admin has it, who may do everything may also read every path.
  const given: readonly Rule[] = [{ verbs, apiGroups, resources }, ...(everything(rule) ? [{ verbs, nonResourceURLs: ['*'] }] : [])];
  const places: readonly (string | undefined)[] = namespaces ?? [undefined];
  return places.flatMap((place) => {
    const role = roleOf(called, given, place);
    return [role, bindingOf(name, { kind: role.kind, name: called }, place)];
  });
});
