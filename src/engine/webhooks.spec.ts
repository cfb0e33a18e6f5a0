import { type Operation, targetOf } from './operation';
import { type Kind } from './source';
import { type WebhookConfiguration, webhooksOf } from './webhooks';

const metadata = { name: 'a', namespace: 'red', uid: 'u', resourceVersion: '1' };
const kind = (name: string, group: string, version = 'v1'): Kind => ({ kind: name, plural: `${name.toLowerCase()}s`, group, versions: [version], namespaced: true });
const Vm = targetOf(kind('VirtualMachine', 'kubevirt.io'), { metadata });
const Pod = targetOf(kind('Pod', ''), { metadata });
const write = (verb: 'patch' | 'delete' | 'evict' | 'create' | 'call', target = Vm): Operation =>
  ({ id: verb, verb, target, patch: [], object: {}, ...(verb === 'call' ? { subresource: 'restart' } : {}) }) as unknown as Operation;

const webhook = (name: string, rule: object, rest: object = {}): WebhookConfiguration =>
  ({ metadata: { name }, webhooks: [{ name, failurePolicy: 'Fail', rules: [{ apiGroups: ['kubevirt.io'], apiVersions: ['v1'], operations: ['UPDATE'], resources: ['virtualmachines'], ...rule }], clientConfig: { service: { namespace: 'openshift-cnv', name: 'virt-api' } }, ...rest }] });

it.each<[string, Operation, object, boolean]>([
  ['a change', write('patch'), {}, true],
  ['a deletion, which it does not watch', write('delete'), {}, false],
  ['a deletion', write('delete'), { operations: ['*'] }, true],
  ['a creation', write('create'), { operations: ['CREATE'] }, true],
  ['another group', write('patch'), { apiGroups: ['cdi.kubevirt.io'] }, false],
  ['another version', write('patch'), { apiVersions: ['v1alpha3'] }, false],
  ['every resource', write('patch'), { resources: ['*'] }, true],
  ['every resource and subresource', write('patch'), { resources: ['*/*'] }, true],
  ['an eviction', write('evict', Pod), { apiGroups: [''], operations: ['CREATE'], resources: ['pods/eviction'] }, true],
  ['an eviction, by all subresources of pods', write('evict', Pod), { apiGroups: [''], operations: ['*'], resources: ['pods/*'] }, true],
  ['an eviction, which all resources do not cover', write('evict', Pod), { apiGroups: [''], operations: ['*'], resources: ['*'] }, false],
  ['a pod, which its eviction does not cover', write('delete', Pod), { apiGroups: [''], operations: ['*'], resources: ['pods/eviction'] }, false],
  ['a call, which virt-api serves itself', write('call'), { apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*/*'] }, false],
])('sees whether a webhook is passed by %s', (_, operation, rule, isPassed) => {
  expect(webhooksOf([operation], [webhook('w', rule)])).toEqual(isPassed ? [{ name: 'w', mustAnswer: true, service: 'openshift-cnv/virt-api' }] : []);
});

it('names those that must answer first, and those outside the cluster without a service', () => {
  const all = [webhook('b', {}, { failurePolicy: 'Ignore' }), webhook('c', {}, { clientConfig: {} }), webhook('a', {}), { metadata: { name: 'empty' } }];
  expect(webhooksOf([write('patch')], all)).toEqual([
    { name: 'a', mustAnswer: true, service: 'openshift-cnv/virt-api' }, { name: 'c', mustAnswer: true }, { name: 'b', mustAnswer: false, service: 'openshift-cnv/virt-api' },
  ]);
});
