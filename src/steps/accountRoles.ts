import { type Cell, fail, info, unknown } from '../engine/finding';
import { type Late } from '../engine/late';
import { type Message, msg } from '../engine/message';
import { step } from '../engine/step';
import { type PolicyRule, type RoleBinding } from '../sources/objects';
import { type Workload } from '../sources/workload';
import { type Named, clusterRoleBindings, roleBindings } from './leaseReadings';

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

/** Which roles are bound to the account of a workload? Their names differ by how it was installed, so bindings are read. */
export const accountRoles = ({ id, of, account, why }: { readonly id: string; readonly of: Workload; readonly account: Late<string>; readonly why: Message }) => step({
  id,
  asks: msg('Which roles does the account of {{name}} have?', { name: of.name }),
  why,
  reads: { inNamespace: roleBindings(of.in), everywhere: clusterRoleBindings() },
  inputs: { account, namespace: of.in },
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

/** One thing that may be allowed: as RBAC writes it, the resource with its subresource. `name`: of one object; absent, of any. */
export interface Right {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly name?: string;
}

/** RBAC as the API server reads it: a rule with names never allows `create`, because the name is not known then. */
export const allows = (rule: PolicyRule, { verb, group, resource, name }: Right): boolean => {
  const subresource = resource.split('/')[1];
  return covers(rule.verbs, verb) && covers(rule.apiGroups, group) &&
    (covers(rule.resources, resource) || (subresource !== undefined && (rule.resources ?? []).includes(`*/${subresource}`))) &&
    ((rule.resourceNames ?? []).length === 0 || (verb !== 'create' && name !== undefined && (rule.resourceNames ?? []).includes(name)));
};
