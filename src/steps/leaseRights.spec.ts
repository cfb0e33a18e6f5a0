import { type PolicyRule, type Role, type RoleBinding } from '../sources/objects';
import { evidence, unread } from '../testing/evidence';
import { testStep } from '../testing/testStep';
import { leaderCandidates } from './leaderCandidates';
import { operatorElection } from './leaderElection';
import { leaseBindings, leaseRights } from './leaseRights';

const candidates = leaderCandidates(operatorElection);
const bindings = leaseBindings(operatorElection, candidates);
const inputs = { account: 'kubevirt-operator', namespace: 'openshift-cnv' };

const binding = (name: string, kind: string, role: string, subject: NonNullable<RoleBinding['subjects']>[number]): RoleBinding =>
  ({ metadata: { name, uid: name, resourceVersion: '1', ...(kind === 'Role' ? { namespace: 'openshift-cnv' } : {}) }, roleRef: { kind, name: role }, subjects: [subject] });
const OWN = { kind: 'ServiceAccount', name: 'kubevirt-operator', namespace: 'openshift-cnv' };
const everybody = binding('basic-user', 'ClusterRole', 'basic-user', { kind: 'Group', name: 'system:authenticated' });

testStep(bindings, {
  'two roles are bound to it, and one to everybody': {
    given: {
      inNamespace: evidence([binding('one', 'Role', 'generated-x7', OWN), binding('other', 'Role', 'handler', { ...OWN, name: 'kubevirt-handler' })]),
      everywhere: evidence([binding('all', 'ClusterRole', 'generated-y9', OWN), everybody]),
    },
    inputs, finds: ['info', 'bound'],
    out: { roles: [{ name: 'generated-x7' }], clusterRoles: [{ name: 'generated-y9' }, { name: 'basic-user' }] },
  },
  'it is bound by its user name and by that alone': {
    given: { inNamespace: evidence([binding('one', 'Role', 'x', { kind: 'User', name: 'system:serviceaccount:openshift-cnv:kubevirt-operator' })]), everywhere: evidence<RoleBinding>([]) },
    inputs, finds: ['fail', 'unbound'], out: { roles: [{ name: 'x' }], clusterRoles: [] },
  },
  'an account of that name in another namespace is bound': {
    given: { inNamespace: evidence([binding('one', 'Role', 'x', { ...OWN, namespace: 'default' })]), everywhere: evidence([everybody]) }, inputs, finds: ['fail', 'unbound'],
  },
  'the bindings of the cluster may not be read': { given: { inNamespace: evidence<RoleBinding>([]), everywhere: unread('everywhere') }, inputs, finds: ['unknown', 'unbound'] },
});

const role = (name: string, ...rules: readonly PolicyRule[]): Role => ({ metadata: { name, namespace: 'openshift-cnv', uid: name, resourceVersion: '1' }, rules });
const leases = (verbs: readonly string[], more: PolicyRule = {}): PolicyRule => ({ apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs, ...more });
const named = { account: 'kubevirt-operator', roles: [{ name: 'x' }], clusterRoles: [{ name: 'y' }] };
const clusterRoles = evidence([{ ...role('y', { apiGroups: [''], resources: ['pods'], verbs: ['get'] }) }]);

testStep(leaseRights(operatorElection, candidates, bindings), {
  'its role gives all verbs': { given: { roles: evidence([role('x', leases(['get', 'list', 'watch', 'create', 'update', 'patch', 'delete']))]), clusterRoles }, inputs: named, finds: ['pass', 'allowed'] },
  'a cluster role gives everything': { given: { roles: evidence([role('x')]), clusterRoles: evidence([role('y', { apiGroups: ['*'], resources: ['*'], verbs: ['*'] })]) }, inputs: named, finds: ['pass', 'allowed'] },
  'two roles give it together': { given: { roles: evidence([role('x', leases(['get', 'update'], { resourceNames: ['virt-operator'] }), leases(['create']))]), clusterRoles }, inputs: named, finds: ['pass', 'allowed'] },
  'somebody took `update` out': { given: { roles: evidence([role('x', leases(['get', 'create']))]), clusterRoles }, inputs: named, finds: ['fail', 'missing'], says: 'update leases' },
  'it may create only by name, which is never': { given: { roles: evidence([role('x', leases(['*'], { resourceNames: ['virt-operator'] }))]), clusterRoles }, inputs: named, finds: ['fail', 'missing'], says: 'create' },
  'the right is for another lease': { given: { roles: evidence([role('x', leases(['*'], { resourceNames: ['virt-controller'] }))]), clusterRoles }, inputs: named, finds: ['fail', 'missing'] },
  'its role is gone': { given: { roles: evidence<Role>([]), clusterRoles }, inputs: named, finds: ['fail', 'missing'], says: '1 of 2 do not exist' },
  'a role has no rules': { given: { roles: evidence([{ ...role('x'), rules: null }]), clusterRoles }, inputs: named, finds: ['fail', 'missing'] },
  'the roles may not be read': { given: { roles: unread('roles'), clusterRoles }, inputs: named, finds: ['unknown', 'notAllRead'] },
});
