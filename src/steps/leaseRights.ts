import { type Cell, type Finding, fail, info, pass, unknown } from '../engine/finding';
import { msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { step } from '../engine/step';
import { type PolicyRule, type Role, type RoleBinding } from '../sources/objects';
import { type leaderCandidates } from './leaderCandidates';
import { type Election } from './leaderElection';
import { type Named, clusterRoleBindings, clusterRolesNamed, roleBindings, rolesNamed } from './leaseReadings';

/** What client-go does with a lease: `tools/leaderelection/resourcelock/leaselock.go`. */
const VERBS = ['get', 'create', 'update'] as const;
type Verb = (typeof VERBS)[number];

interface Subject {
  readonly account: string;
  readonly namespace: string;
}

/** Is the account meant, by its own name, its user name, or a group that every such account is in? */
const binds = ({ subjects = [], metadata }: RoleBinding, { account, namespace }: Subject): boolean => subjects.some(({ kind, name, namespace: of }) => {
  if (kind === 'ServiceAccount') return name === account && (of ?? metadata.namespace) === namespace;
  if (kind === 'User') return name === `system:serviceaccount:${namespace}:${account}`;
  return kind === 'Group' && ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'].includes(name ?? '');
});

const bound = (bindings: readonly RoleBinding[], to: Subject, kind: 'Role' | 'ClusterRole'): readonly Named[] =>
  [...new Set(bindings.filter((binding) => binding.roleRef?.kind === kind && binds(binding, to)).map(({ roleRef }) => roleRef?.name ?? ''))]
    .filter((name) => name !== '').map((name) => ({ name }));

/** Which roles are bound to the account of the candidates? Their names differ by how the operator was installed, so bindings are read. */
export const leaseBindings = ({ of }: Election, candidates: ReturnType<typeof leaderCandidates>) => step({
  id: 'lease-bindings',
  asks: msg('Which roles does the account of {{name}} have?', { name: of.name }),
  why: msg('OLM and KubeVirt’s own manifest name their roles differently.'),
  reads: { inNamespace: roleBindings(of.in), everywhere: clusterRoleBindings() },
  inputs: { account: candidates.out.account, namespace: of.in },
  required: false,
  reasons: ['bound', 'unbound'],
  check: ({ inNamespace, everywhere }, { inputs }) => {
    const all = [...inNamespace.items, ...everywhere.items].filter((binding) => binds(binding, inputs));
    const rows = [{
      of: 'table' as const, columns: [msg('Role'), msg('Name'), msg('Bound by')],
      rows: all.map(({ roleRef, metadata }): readonly Cell[] => [roleRef?.kind ?? null, roleRef?.name ?? null, metadata.name]),
    }];
    const own = all.filter(({ subjects = [] }) => subjects.some(({ kind, name }) => kind === 'ServiceAccount' && name === inputs.account));
    if (own.length > 0) return info('bound', msg('Roles bound to {{account}}: {{count}}.', { count: own.length, account: inputs.account }), { rows });
    return inNamespace.complete && everywhere.complete
      ? fail('unbound', msg('None. Nothing is bound to {{account}} in {{namespace}}.', inputs), { rows, expected: msg('at least 1'), actual: msg('none') })
      : unknown('unbound', msg('None in the part that could be read.'));
  },
  out: {
    roles: ({ inNamespace }, { inputs }: { inputs: Subject }) => bound(inNamespace.items, inputs, 'Role'),
    clusterRoles: ({ inNamespace, everywhere }, { inputs }: { inputs: Subject }) => bound([...inNamespace.items, ...everywhere.items], inputs, 'ClusterRole'),
  },
});

const covers = (words: readonly string[] | undefined, word: string): boolean => words?.some((one) => one === '*' || one === word) ?? false;

/** RBAC as the API server reads it: a rule with names never allows `create`, because the name is not known then. */
const allows = (rule: PolicyRule, verb: Verb, lease: string): boolean =>
  covers(rule.verbs, verb) && covers(rule.apiGroups, 'coordination.k8s.io') && covers(rule.resources, 'leases') &&
  ((rule.resourceNames ?? []).length === 0 || (verb !== 'create' && rule.resourceNames?.includes(lease) === true));

interface Found {
  readonly roles: Evidence<Role>;
  readonly clusterRoles: Evidence<Role>;
}

const conclude = (lease: string, { roles, clusterRoles }: Found, { account, named }: { account: string; named: number }): Finding<'allowed' | 'missing' | 'notAllRead'> => {
  const all = [...roles.items, ...clusterRoles.items];
  const giving = all.filter(({ rules }) => rules?.some((rule) => VERBS.some((verb) => allows(rule, verb, lease))));
  const missing = VERBS.filter((verb) => !giving.some(({ rules }) => rules?.some((rule) => allows(rule, verb, lease))));
  const allowed = VERBS.filter((verb) => !missing.includes(verb));
  const details = {
    expected: msg('{{verbs}} on leases.coordination.k8s.io', { verbs: { list: VERBS } }),
    actual: allowed.length === 0 ? msg('nothing') : msg('{{verbs}}', { verbs: { list: allowed } }),
    subjects: giving.map(({ metadata: { name, namespace } }) => ({
      kind: namespace ? 'Role' : 'ClusterRole', group: 'rbac.authorization.k8s.io', name, ...(namespace ? { namespace } : {}),
    })),
  };
  if (missing.length === 0) return pass('allowed', msg('Yes.'), details);
  if (!roles.complete || !clusterRoles.complete) return unknown('notAllRead', msg('Not in the roles that could be read.'), details);
  const gone = named - all.length;
  return gone > 0
    ? fail('missing', msg('No. {{account}} may not {{verbs}} leases. Of the roles bound to it, {{gone}} of {{named}} do not exist.', { account, verbs: { list: missing }, gone, named }), details)
    : fail('missing', msg('No. {{account}} may not {{verbs}} leases: 0 of {{named}} roles bound to it allow that.', { account, verbs: { list: missing }, named }), details);
};

/** May the candidates read, create and update the lease? */
export const leaseRights = ({ of }: Election, candidates: ReturnType<typeof leaderCandidates>, bindings: ReturnType<typeof leaseBindings>) => step({
  id: 'lease-rights',
  asks: msg('May {{name}} use the lease?', { name: of.name }),
  why: msg('Without these rights nobody can be elected, however healthy the pods are.'),
  reads: { roles: rolesNamed(bindings.out.roles, of.in), clusterRoles: clusterRolesNamed(bindings.out.clusterRoles) },
  inputs: { account: candidates.out.account, roles: bindings.out.roles, clusterRoles: bindings.out.clusterRoles },
  reasons: ['allowed', 'missing', 'notAllRead'],
  check: (found, { inputs: { account, roles, clusterRoles } }) => conclude(of.name, found, { account, named: roles.length + clusterRoles.length }),
});
