import { type Finding, fail, pass, unknown } from '../engine/finding';
import { msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { step } from '../engine/step';
import { type Role } from '../sources/objects';
import { type Right, accountRoles, allows } from './accountRoles';
import { type leaderCandidates } from './leaderCandidates';
import { type Election } from './leaderElection';
import { clusterRolesNamed, rolesNamed } from './leaseReadings';

/** What client-go does with a lease: `tools/leaderelection/resourcelock/leaselock.go`. */
const VERBS = ['get', 'create', 'update'] as const;
type Verb = (typeof VERBS)[number];

/** Which roles are bound to the account of the candidates? */
export const leaseBindings = ({ of }: Election, candidates: ReturnType<typeof leaderCandidates>) =>
  accountRoles({ id: 'lease-bindings', of, account: candidates.out.account, why: msg('What an account may do is the sum of its roles. Their names differ by who installed them.') });

const lease = (verb: Verb, name: string): Right => ({ verb, group: 'coordination.k8s.io', resource: 'leases', name });

interface Found {
  readonly roles: Evidence<Role>;
  readonly clusterRoles: Evidence<Role>;
}

const conclude = (of: string, { roles, clusterRoles }: Found, { account, named }: { account: string; named: number }): Finding<'allowed' | 'missing' | 'notAllRead'> => {
  const all = [...roles.items, ...clusterRoles.items];
  const giving = all.filter(({ rules }) => rules?.some((rule) => VERBS.some((verb) => allows(rule, lease(verb, of)))));
  const missing = VERBS.filter((verb) => !giving.some(({ rules }) => rules?.some((rule) => allows(rule, lease(verb, of)))));
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
