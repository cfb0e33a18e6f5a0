import { type Cell, type Finding, fail, info, notApplicable, pass, unknown } from '../engine/finding';
import { msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { step } from '../engine/step';
import { type Role } from '../sources/objects';
import { type Workload } from '../sources/workload';
import { type Right, type accountRoles, allows } from './accountRoles';
import { clusterRolesNamed, rolesNamed } from './leaseReadings';
import { type RefusedCall, type restCalls } from './restCalls';
import { type restAccount } from './restAccount';
import { shippedTo } from './shippedRights';

const REASONS = ['notNeeded', 'allowed', 'missing', 'notShipped', 'notAllRead'] as const;

interface Found {
  readonly roles: Evidence<Role>;
  readonly clusterRoles: Evidence<Role>;
}

/** Does this right stand behind that call? The counter knows neither group nor subresource. */
const standsBehind = ({ resource, verb }: Right) => (call: RefusedCall): boolean =>
  resource.split('/')[0] === call.resource && (verb === '*' || verb === call.verb.toLowerCase());

/** What KubeVirt ships for the refused calls, each right once and with the verb of the call. */
const wantedFor = (name: string, refused: readonly RefusedCall[]): readonly Right[] => {
  const { everywhere, own } = shippedTo(name);
  const all = refused.flatMap((call) => [...everywhere, ...own].filter((right) => standsBehind(right)(call)).map((right) => ({ ...right, verb: call.verb.toLowerCase() })));
  return [...new Map(all.map((right) => [`${right.verb} ${written(right)}`, right])).values()];
};

const written = ({ resource, group }: Right): string => (group === '' ? resource : `${resource.split('/')[0]}.${group}${resource.includes('/') ? `/${resource.split('/')[1]}` : ''}`);

// A role of the namespace gives what it gives there, which is where the right that it ships is used.
const missingOf = ({ roles, clusterRoles }: Found, wanted: readonly Right[]): readonly Right[] => {
  const rules = [...roles.items, ...clusterRoles.items].flatMap((role) => role.rules ?? []);
  return wanted.filter((right) => !rules.some((rule) => allows(rule, right)));
};

const conclude = ({ name }: Workload, found: Found, { refused, account }: { refused: readonly RefusedCall[]; account: string }): Finding<(typeof REASONS)[number]> => {
  if (refused.length === 0) return notApplicable('notNeeded', msg('Not needed: no call is answered 403.'));
  const wanted = wantedFor(name, refused);
  const calls = refused.slice(0, 5).map(({ verb, resource }) => `${verb.toLowerCase()} ${resource}`);
  if (wanted.length === 0) return info('notShipped', msg('KubeVirt 1.8.4 gives {{name}} no right to {{calls}}. Another release may; or somebody else’s admission refuses it.', { name, calls: { list: calls } }));
  const missing = missingOf(found, wanted);
  const rows = [{
    of: 'table' as const, columns: [msg('Right that KubeVirt ships'), msg('Given by the roles')],
    rows: wanted.map((right): readonly Cell[] => [`${right.verb} ${written(right)}`, { message: missing.includes(right) ? msg('no') : msg('yes') }]),
  }];
  const details = { rows, expected: msg('{{wanted}} rights', { wanted: wanted.length }), actual: msg('{{given}} of them', { given: wanted.length - missing.length }) };
  const [first] = missing;
  if (!first) return pass('allowed', msg('Yes. Its roles allow these calls, so what refuses them is no missing right but a webhook or a policy.'), details);
  if (!found.roles.complete || !found.clusterRoles.complete) return unknown('notAllRead', msg('Not in the roles that could be read.'), details);
  return fail('missing', msg('No. {{account}} may not {{right}}, which KubeVirt gives it.', { account, right: `${first.verb} ${written(first)}` }), details);
};

/** May the account of the pods make the calls that are answered 403, and does KubeVirt mean it to? */
export const restRights = (of: Workload, calls: ReturnType<typeof restCalls>, account: ReturnType<typeof restAccount>, bindings: ReturnType<typeof accountRoles>) => step({
  id: 'rest-rights',
  asks: msg('Has {{name}} the rights that KubeVirt gives it?', { name: of.name }),
  why: msg('Each call that is answered 403 is held against the rights that KubeVirt 1.8.4 ships and those that the roles give.'),
  reads: { roles: rolesNamed(bindings.out.roles, of.in), clusterRoles: clusterRolesNamed(bindings.out.clusterRoles) },
  inputs: { refused: calls.out.refused, account: account.out.account },
  required: false,
  reasons: REASONS,
  check: (found, { inputs }) => conclude(of, found, inputs),
  out: {
    /** Verbs that are missing for one resource, as `oc create clusterrole --verb` takes them. */
    verbs: (found, { inputs: { refused } }: { inputs: { refused: readonly RefusedCall[] } }) => {
      const missing = missingOf(found, wantedFor(of.name, refused));
      return missing[0] && missing.filter((right) => written(right) === written(missing[0] as Right)).map(({ verb }) => verb).join(',');
    },
    /** The kind of binding that gives as much as KubeVirt's own and no more: of one namespace, if its right is. */
    binding: (found, { inputs: { refused } }: { inputs: { refused: readonly RefusedCall[] } }) => {
      const [first] = missingOf(found, wantedFor(of.name, refused));
      return first && (shippedTo(of.name).everywhere.some(({ group, resource }) => group === first.group && resource === first.resource) ? 'clusterrolebinding' : 'rolebinding');
    },
    /** One of these verbs. */
    verb: (found, { inputs: { refused } }: { inputs: { refused: readonly RefusedCall[] } }) => missingOf(found, wantedFor(of.name, refused))[0]?.verb,
    /** That resource, as `--resource` takes it. */
    resource: (found, { inputs: { refused } }: { inputs: { refused: readonly RefusedCall[] } }) => {
      const [first] = missingOf(found, wantedFor(of.name, refused));
      return first && written(first);
    },
  },
});
