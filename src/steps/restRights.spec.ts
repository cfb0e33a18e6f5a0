import { type PolicyRule, type Role } from '../sources/objects';
import { evidence, unread } from '../testing/evidence';
import { testStep } from '../testing/testStep';
import { msg } from '../engine/message';
import { accountRoles } from './accountRoles';
import { restAccount } from './restAccount';
import { restCalls } from './restCalls';
import { burstOf } from './restReadings';
import { restRights } from './restRights';
import { virtController } from './workloads';

const account = restAccount(virtController);
const bindings = accountRoles({ id: 'rest-bindings', of: virtController, account: account.out.account, why: msg('.') });
const role = (name: string, ...rules: readonly PolicyRule[]): Role => ({ metadata: { name, uid: name, resourceVersion: '1' }, rules });
const given = (...rules: readonly PolicyRule[]) => ({ roles: evidence<Role>([]), clusterRoles: evidence([role('kubevirt-controller', ...rules)]) });
const asked = (...refused: readonly (readonly [string, string])[]) => ({ account: 'kubevirt-controller', refused: refused.map(([verb, resource]) => ({ verb, resource })) });

testStep(restRights(virtController, restCalls(burstOf(virtController)), account, bindings), {
  'no call is refused': { given: given(), inputs: asked(), finds: ['notApplicable', 'notNeeded'] },
  'what is refused is what is missing': {
    given: given({ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] }), inputs: asked(['CREATE', 'pods'], ['LIST', 'pods']), finds: ['fail', 'missing'], says: 'may not create pods',
    out: { verbs: 'create', verb: 'create', resource: 'pods', binding: 'clusterrolebinding' },
  },
  'a subresource is missing where the resource is allowed': {
    given: given({ apiGroups: [''], resources: ['pods'], verbs: ['*'] }), inputs: asked(['CREATE', 'pods']), finds: ['fail', 'missing'], says: 'create pods/eviction', out: { resource: 'pods/eviction' },
  },
  'a kind of KubeVirt is missing': {
    given: given(), inputs: asked(['UPDATE', 'virtualmachineinstances'], ['PATCH', 'virtualmachineinstances']), finds: ['fail', 'missing'], out: { verbs: 'update,patch', resource: 'virtualmachineinstances.kubevirt.io' },
  },
  'leases are given in the namespace alone': { given: given(), inputs: asked(['UPDATE', 'leases']), finds: ['fail', 'missing'], out: { resource: 'leases.coordination.k8s.io', binding: 'rolebinding' } },
  'the roles allow it all': { given: given({ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }), inputs: asked(['CREATE', 'pods']), finds: ['pass', 'allowed'] },
  'KubeVirt never gives that right': { given: given(), inputs: asked(['DELETE', 'nodes']), finds: ['info', 'notShipped'], says: 'delete nodes' },
  'the roles may not be read': { given: { roles: unread('roles'), clusterRoles: evidence<Role>([]) }, inputs: asked(['CREATE', 'pods']), finds: ['unknown', 'notAllRead'] },
});
