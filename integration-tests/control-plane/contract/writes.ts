import { type Case, JSON_PATCH, MERGE_PATCH, STRATEGIC_PATCH, deployments, kubevirts, leases, marksOf, pods } from './case';
import { NODE, deployment, lease, made, pod } from './fixture';

const deploymentCalled = (name: string, replicas = 2) => made(deployments(), deployment(name, replicas));
const leaseCalled = (name: string) => made(leases(), lease(name));
const options = (body: Readonly<Record<string, unknown>>) => ({ kind: 'DeleteOptions', apiVersion: 'v1', ...body });
const JSON_BODY = { 'content-type': 'application/json' };

const patch = (name: string, path: string, body: unknown, rest: Partial<Case> = {}): Case => ({ area: 'patch', name, method: 'PATCH', path, headers: JSON_PATCH, body, shows: ['spec.replicas', 'metadata.labels'], ...rest });

const patches: readonly Case[] = [
  patch('test that holds', deployments('patch-a'), [{ op: 'test', path: '/metadata/uid', value: '{{uid}}' }, { op: 'test', path: '/spec/replicas', value: 2 }, { op: 'replace', path: '/spec/replicas', value: 3 }],
    { given: [deploymentCalled('patch-a')], takes: marksOf(deployments('patch-a')), then: [{ path: deployments('patch-a'), shows: ['spec.replicas', 'metadata.generation'] }] }),
  patch('test of a value that differs', deployments('patch-b'), [{ op: 'test', path: '/spec/replicas', value: 5 }, { op: 'replace', path: '/spec/replicas', value: 3 }],
    { given: [deploymentCalled('patch-b')], then: [{ path: deployments('patch-b'), shows: ['spec.replicas'] }] }),
  patch('test of another uid', deployments('web'), [{ op: 'test', path: '/metadata/uid', value: '0e3f9d1c-7d3b-4d41-9b40-3c1c1f6ad001' }, { op: 'replace', path: '/spec/replicas', value: 3 }]),
  patch('test of an old resourceVersion', deployments('web'), [{ op: 'test', path: '/metadata/resourceVersion', value: '1' }, { op: 'replace', path: '/spec/replicas', value: 3 }]),
  patch('test of a field that is not there', deployments('web'), [{ op: 'test', path: '/spec/nothing', value: 1 }]),
  patch('removal of a field that is not there', deployments('web'), [{ op: 'remove', path: '/metadata/annotations/nothing' }]),
  patch('operation that is none', deployments('web'), [{ op: 'increase', path: '/spec/replicas', value: 1 }]),
  patch('not a list', deployments('web'), { op: 'replace' }),
  patch('not JSON', deployments('web'), '[{'),
  patch('value that the kind does not allow', deployments('web'), [{ op: 'replace', path: '/spec/replicas', value: -1 }]),
  patch('of an object that does not exist', deployments('gone'), [{ op: 'replace', path: '/spec/replicas', value: 3 }]),
  patch('of a custom object', kubevirts('kubevirt'), [{ op: 'test', path: '/metadata/labels/contract', value: 'yes' }, { op: 'add', path: '/metadata/labels/again', value: 'yes' }], { shows: ['metadata.labels', 'metadata.generation'] }),
  patch('that merges', deployments('patch-c'), { metadata: { labels: { app: null, fresh: 'yes' } } }, { headers: MERGE_PATCH, given: [deploymentCalled('patch-c')] }),
  patch('that merges, made from an old copy', deployments('web'), { metadata: { resourceVersion: '1', labels: { fresh: 'yes' } } }, { headers: MERGE_PATCH }),
  patch('that merges, made for another object of the name', deployments('web'), { metadata: { uid: '0e3f9d1c-7d3b-4d41-9b40-3c1c1f6ad001', labels: { fresh: 'yes' } } }, { headers: MERGE_PATCH }),
  patch('that knows lists', deployments('patch-d'), { spec: { template: { spec: { containers: [{ name: 'main', image: 'registry.example.com/nothing:2' }] } } } },
    { headers: STRATEGIC_PATCH, given: [deploymentCalled('patch-d')], shows: ['spec.template.spec.containers.0.image', 'spec.template.spec.containers.0.name', 'metadata.generation'] }),
  patch('that knows lists, of a custom object', kubevirts('kubevirt'), { metadata: { labels: { more: 'yes' } } }, { headers: STRATEGIC_PATCH }),
  patch('of a content type that is none', deployments('web'), '{}', { headers: { 'content-type': 'text/plain' } }),
  patch('names its program', `${deployments('patch-e')}?fieldManager=virt-runbooks-plugin`, [{ op: 'replace', path: '/spec/replicas', value: 1 }], {
    given: [deploymentCalled('patch-e')], takes: marksOf(deployments('patch-e')), shows: ['spec.replicas'], then: [{ path: deployments('patch-e'), shows: ['managers'] }],
  }),
];

const dryRuns: readonly Case[] = [
  { area: 'dry run', name: 'creation', method: 'POST', path: `${leases()}?dryRun=All`, headers: JSON_BODY, body: lease('dry-a'), shows: ['spec.holderIdentity'], then: [{ path: leases('dry-a') }] },
  { area: 'dry run', name: 'creation of what exists', method: 'POST', path: `${leases()}?dryRun=All`, headers: JSON_BODY, body: lease('election') },
  { area: 'dry run', name: 'patch', method: 'PATCH', path: `${deployments('web')}?dryRun=All`, headers: JSON_PATCH, body: [{ op: 'replace', path: '/spec/replicas', value: 7 }], shows: ['spec.replicas', 'metadata.generation'], then: [{ path: deployments('web'), shows: ['spec.replicas', 'metadata.generation'] }] },
  { area: 'dry run', name: 'patch whose test fails', method: 'PATCH', path: `${deployments('web')}?dryRun=All`, headers: JSON_PATCH, body: [{ op: 'test', path: '/spec/replicas', value: 5 }] },
  { area: 'dry run', name: 'deletion', method: 'DELETE', path: leases('election'), headers: JSON_BODY, body: options({ dryRun: ['All'] }), then: [{ path: leases('election'), shows: ['metadata.deletionTimestamp'] }] },
  { area: 'dry run', name: 'deletion of a running pod', method: 'DELETE', path: pods('placed'), headers: JSON_BODY, body: options({ dryRun: ['All'] }), shows: ['metadata.deletionGracePeriodSeconds'], then: [{ path: pods('placed'), shows: ['metadata.deletionGracePeriodSeconds'] }] },
  { area: 'dry run', name: 'deletion against another uid', method: 'DELETE', path: leases('election'), headers: JSON_BODY, body: options({ dryRun: ['All'], preconditions: { uid: '0e3f9d1c-7d3b-4d41-9b40-3c1c1f6ad001' } }) },
  { area: 'dry run', name: 'a value that is none', method: 'PATCH', path: `${deployments('web')}?dryRun=Some`, headers: JSON_PATCH, body: [] },
  { area: 'dry run', name: 'a value that is none, in a deletion', method: 'DELETE', path: leases('election'), headers: JSON_BODY, body: options({ dryRun: ['Some'] }) },
];

const remove = (name: string, path: string, body: Readonly<Record<string, unknown>>, rest: Partial<Case> = {}): Case => ({ area: 'preconditions', name, method: 'DELETE', path, headers: JSON_BODY, body: options(body), ...rest });
const OTHER = '0e3f9d1c-7d3b-4d41-9b40-3c1c1f6ad001';

const preconditions: readonly Case[] = [
  remove('uid and resourceVersion hold', leases('drop-a'), { preconditions: { uid: '{{uid}}', resourceVersion: '{{version}}' } }, { given: [leaseCalled('drop-a')], takes: marksOf(leases('drop-a')), then: [{ path: leases('drop-a') }] }),
  remove('another uid', leases('election'), { preconditions: { uid: OTHER } }, { then: [{ path: leases('election') }] }),
  remove('an old resourceVersion', leases('election'), { preconditions: { resourceVersion: '1' } }),
  remove('both differ', leases('election'), { preconditions: { uid: OTHER, resourceVersion: '1' } }),
  remove('uid of a custom object', kubevirts('kubevirt'), { preconditions: { uid: OTHER } }),
  remove('uid of a running pod', pods('drop-b'), { preconditions: { uid: '{{uid}}' } },
    { given: [made(pods(), pod('drop-b', { nodeName: NODE }))], takes: marksOf(pods('drop-b')), shows: ['metadata.deletionGracePeriodSeconds', 'marks'], then: [{ path: pods('drop-b'), shows: ['marks', 'metadata.deletionGracePeriodSeconds'] }] }),
  remove('another uid of a running pod', pods('placed'), { preconditions: { uid: OTHER } }),
  remove('no precondition, of what does not exist', leases('gone'), {}),
  remove('a pod that no node has goes at once', pods('drop-c'), {}, { given: [made(pods(), pod('drop-c'))], shows: ['metadata.deletionGracePeriodSeconds'], then: [{ path: pods('drop-c') }] }),
  remove('an object with a finalizer is only marked', leases('drop-d'), {}, {
    given: [made(leases(), { ...(lease('drop-d') as object), metadata: { name: 'drop-d', finalizers: ['example.com/wait'] } })], shows: ['metadata.finalizers', 'marks'], then: [{ path: leases('drop-d'), shows: ['marks'] }],
  }),
  remove('options that are none', leases('election'), { preconditions: 'none' }),
];

const put = (name: string, path: string, body: unknown, rest: Partial<Case> = {}): Case => ({ area: 'conflict', name, method: 'PUT', path, headers: JSON_BODY, body, ...rest });
const leaseWith = (name: string, metadata: Readonly<Record<string, unknown>>) => ({ ...(lease(name) as object), metadata: { name, ...metadata } });

const conflicts: readonly Case[] = [
  put('update from the newest copy', leases('put-a'), leaseWith('put-a', { resourceVersion: '{{version}}', labels: { fresh: 'yes' } }), { given: [leaseCalled('put-a')], takes: marksOf(leases('put-a')), shows: ['metadata.labels'] }),
  put('update from an old copy', leases('election'), leaseWith('election', { resourceVersion: '1' })),
  put('update of another object of the name', leases('election'), leaseWith('election', { uid: OTHER, resourceVersion: '{{version}}' }), { takes: marksOf(leases('election')) }),
  put('update under another name', leases('election'), leaseWith('other', {})),
  put('update of what does not exist, of a kind that is made by updates', leases('put-b'), leaseWith('put-b', {})),
  put('update of what does not exist', deployments('gone'), deployment('gone', 1)),
  put('update of a custom object from no copy', kubevirts('kubevirt'), { apiVersion: 'kubevirt.io/v1', kind: 'KubeVirt', metadata: { name: 'kubevirt' }, spec: {} }),
  { area: 'conflict', name: 'creation of what exists', method: 'POST', path: leases(), headers: JSON_BODY, body: lease('election') },
  { area: 'conflict', name: 'creation of a custom object that exists', method: 'POST', path: kubevirts(), headers: JSON_BODY, body: { apiVersion: 'kubevirt.io/v1', kind: 'KubeVirt', metadata: { name: 'kubevirt' }, spec: {} } },
];

const scaleOf = (name: string): string => `${deployments(name)}/scale`;
const SCALE = ['kind', 'apiVersion', 'spec', 'status', 'metadata.namespace'];
const scaling = (name: string, path: string, body: unknown, rest: Partial<Case> = {}): Case => ({ area: 'scale', name, method: 'PATCH', path, headers: JSON_PATCH, body, shows: SCALE, ...rest });

const scales: readonly Case[] = [
  { area: 'scale', name: 'get', path: scaleOf('web'), shows: SCALE },
  { area: 'scale', name: 'get at zero leaves the number out', path: scaleOf('idle'), shows: SCALE },
  { area: 'scale', name: 'get of what does not exist', path: scaleOf('gone') },
  scaling('up from zero, held against uid and resourceVersion', `${scaleOf('scale-a')}?fieldManager=virt-runbooks-plugin`, [{ op: 'test', path: '/metadata/uid', value: '{{uid}}' }, { op: 'test', path: '/metadata/resourceVersion', value: '{{version}}' }, { op: 'add', path: '/spec/replicas', value: 2 }],
    { given: [deploymentCalled('scale-a', 0)], takes: marksOf(deployments('scale-a')), then: [{ path: deployments('scale-a'), shows: ['spec.replicas', 'metadata.generation', 'managers'] }] }),
  scaling('against an old resourceVersion', scaleOf('web'), [{ op: 'test', path: '/metadata/resourceVersion', value: '1' }, { op: 'add', path: '/spec/replicas', value: 2 }]),
  scaling('test for a zero that is left out', scaleOf('idle'), [{ op: 'test', path: '/spec/replicas', value: 0 }, { op: 'replace', path: '/spec/replicas', value: 2 }]),
  scaling('test of the number', scaleOf('scale-b'), [{ op: 'test', path: '/spec/replicas', value: 2 }, { op: 'replace', path: '/spec/replicas', value: 0 }], { given: [deploymentCalled('scale-b')] }),
  scaling('test of a number that differs', scaleOf('web'), [{ op: 'test', path: '/spec/replicas', value: 9 }, { op: 'replace', path: '/spec/replicas', value: 0 }]),
  scaling('as a dry run', `${scaleOf('web')}?dryRun=All`, [{ op: 'replace', path: '/spec/replicas', value: 0 }], { then: [{ path: scaleOf('web'), shows: SCALE }] }),
  scaling('below zero', scaleOf('web'), [{ op: 'replace', path: '/spec/replicas', value: -1 }]),
  scaling('of what does not exist', scaleOf('gone'), [{ op: 'replace', path: '/spec/replicas', value: 1 }]),
  scaling('as who may only read', scaleOf('web'), [{ op: 'replace', path: '/spec/replicas', value: 1 }], { as: 'reader' }),
  { area: 'scale', name: 'get as who may only read', path: scaleOf('web'), shows: SCALE, as: 'reader' },
];

export const writes: readonly Case[] = [...patches, ...dryRuns, ...preconditions, ...conflicts, ...scales];
