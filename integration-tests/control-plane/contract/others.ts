import { type Ask, type Case, JSON_PATCH, MERGE_PATCH, PLACE, at, deployments, kubevirts, leases, pods } from './case';
import { NODE, deployment, lease, made, pod } from './fixture';

const JSON_BODY = { 'content-type': 'application/json' };
const label = (name: string, labels: Readonly<Record<string, string | null>>): Ask => ({ method: 'PATCH', path: leases(name), headers: MERGE_PATCH, body: { metadata: { labels } } });
const drop = (name: string): Ask => ({ method: 'DELETE', path: leases(name) });
const from = (path: string) => ({ start: { path, field: 'metadata.resourceVersion' } });
const watch = (name: string, path: string, rest: Partial<Case> = {}): Case => ({ area: 'watch', name, path, ...rest });
const selected = (what: string): string => `labelSelector=${encodeURIComponent(`watched=${what}`)}`;

/** Watches: what is sent while something happens, and how they begin and are refused. */
const watches: readonly Case[] = [
  watch('begins with what there is', `${leases()}?watch=true&labelSelector=of%3Dpages`),
  watch('what is created, changed and deleted', `${leases()}?watch=true&${selected('a')}&resourceVersion={{start}}`,
    { takes: from(leases()), during: [made(leases(), lease('watched-a', { watched: 'a' })), label('watched-a', { more: 'yes' }), drop('watched-a')], shows: ['metadata.labels'] }),
  watch('what leaves the selector and comes back', `${leases()}?watch=true&${selected('b')}&resourceVersion={{start}}`,
    { takes: from(leases()), during: [made(leases(), lease('watched-b', { watched: 'b' })), label('watched-b', { watched: 'no' }), label('watched-b', { watched: 'b' }), drop('watched-b')], shows: ['metadata.labels'] }),
  watch('one object by its name', `${leases()}?watch=true&fieldSelector=metadata.name%3Dwatched-c&resourceVersion={{start}}`,
    { takes: from(leases()), during: [made(leases(), lease('watched-c')), made(leases(), lease('watched-d')), label('watched-c', { more: 'yes' })] }),
  watch('what happened since is replayed', `${leases()}?watch=true&${selected('e')}&resourceVersion={{start}}`,
    { given: [made(leases(), lease('watched-e', { watched: 'e' })), label('watched-e', { more: 'yes' })], takes: from(leases('election')) }),
  watch('metadata alone', `${leases()}?watch=true&labelSelector=election`, { headers: { accept: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1' }, shows: ['kind', 'apiVersion', 'spec', 'metadata.labels'] }),
  watch('a custom kind', `${kubevirts()}?watch=true&labelSelector=contract`, { shows: ['spec.workloadUpdateStrategy'] }),
  watch('a pod that is deleted is marked first', `${pods()}?watch=true&${selected('f')}&resourceVersion={{start}}`,
    { takes: from(pods()), during: [made(pods(), pod('watched-f', { nodeName: NODE }, { labels: { watched: 'f' } })), { method: 'DELETE', path: pods('watched-f') }], shows: ['marks'] }),
  watch('a past that is forgotten', `${at('v1', 'events')}?watch=true&resourceVersion=1`),
  watch('a resourceVersion that is none', `${leases()}?watch=true&resourceVersion=none`),
  watch('a field that is not indexed', `${leases()}?watch=true&fieldSelector=spec.holderIdentity%3Da`),
  watch('an API that is not installed', `${at('nothing.example.com/v1', 'gadgets')}?watch=true`),
  watch('as nobody', `${leases()}?watch=true`, { as: 'nobody' }),
];

const log = (name: string, pod: string, query: string, rest: Partial<Case> = {}): Case => ({ area: 'logs', name, path: `${pods(pod)}/log?${query}`, headers: { accept: 'text/plain, */*' }, ...rest });

/** Logs: what the API server refuses itself, and how it passes on what a kubelet says. The kubelet is simulated. */
const logs: readonly Case[] = [
  log('whole', 'steady', 'tailLines=10&timestamps=true&limitBytes=5000'),
  log('of a named container', 'steady', 'tailLines=10&container=main'),
  log('its end', 'steady', 'tailLines=1'),
  log('cut short', 'steady', 'limitBytes=5'),
  log('since an instant', 'steady', 'sinceTime=2026-09-14T07:01:30Z'),
  log('of the last seconds, in which nothing was written', 'steady', 'sinceSeconds=5&tailLines=10'),
  log('before the last restart', 'crashing', 'previous=true&tailLines=10'),
  log('of a container that waits to be restarted', 'crashing', 'tailLines=10'),
  log('before a restart that never was', 'steady', 'previous=true&tailLines=10'),
  log('of a container that never started', 'placed', 'tailLines=10'),
  log('of no seconds', 'placed', 'sinceSeconds=0'),
  log('of a pod that no node has', 'waiting', 'tailLines=10&timestamps=true&limitBytes=5000'),
  log('of a container that the pod does not have', 'placed', 'tailLines=10&container=other'),
  log('of one of several containers, not named', 'twins', 'tailLines=10'),
  log('of one of several containers, wrongly named', 'twins', 'tailLines=10&container=third'),
  log('of a pod that does not exist', 'gone', 'tailLines=10'),
  log('of a number of lines that is none', 'placed', 'tailLines=few'),
  log('of fewer than no lines', 'placed', 'tailLines=-1'),
  log('of no bytes', 'placed', 'limitBytes=0'),
  log('of seconds and an instant at once', 'placed', 'sinceSeconds=5&sinceTime=2026-09-14T08:00:00Z'),
  log('as nobody', 'placed', 'tailLines=10', { as: 'nobody' }),
  log('as who may read pods but not logs', 'placed', 'tailLines=10', { as: 'reader' }),
];

const events: readonly Case[] = [
  { area: 'events', name: 'about one pod', path: `${at('v1', 'events')}?fieldSelector=${encodeURIComponent('involvedObject.kind=Pod,involvedObject.name=placed')}`, shows: ['reason', 'type', 'count', 'message', 'lastTimestamp', 'source', 'involvedObject.name'] },
  { area: 'events', name: 'of one type', path: `${at('v1', 'events')}?fieldSelector=type%3DWarning`, shows: ['reason'] },
  { area: 'events', name: 'of one reason', path: `${at('v1', 'events')}?fieldSelector=reason%3DPulled`, shows: ['reason'] },
  { area: 'events', name: 'of one reporter', path: `${at('v1', 'events')}?fieldSelector=source%3Dkubelet` },
  { area: 'events', name: 'of what nothing is written about', path: `${at('v1', 'events')}?fieldSelector=involvedObject.name%3Dgone` },
];

const review = (name: string, attributes: Readonly<Record<string, string>>, as: Case['as'] = 'reader'): Case => ({
  area: 'access review', name, method: 'POST', path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', headers: JSON_BODY, as, shows: ['status.allowed'],
  body: { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: { resourceAttributes: attributes } },
});

const reviews: readonly Case[] = [
  review('what is granted in the namespace', { verb: 'list', group: '', resource: 'pods', namespace: PLACE }),
  review('the same in another namespace', { verb: 'list', group: '', resource: 'pods', namespace: 'kube-system' }),
  review('the same in all namespaces', { verb: 'list', group: '', resource: 'pods' }),
  review('what is granted everywhere', { verb: 'list', group: 'kubevirt.io', resource: 'virtualmachines', namespace: 'kube-system' }),
  review('a subresource', { verb: 'get', group: 'apps', resource: 'deployments', subresource: 'scale', namespace: PLACE, name: 'web' }),
  review('a subresource that is not granted', { verb: 'get', group: '', resource: 'pods', subresource: 'log', namespace: PLACE, name: 'placed' }),
  review('a verb that is not granted', { verb: 'delete', group: '', resource: 'pods', namespace: PLACE, name: 'placed' }),
  review('as nobody', { verb: 'get', group: '', resource: 'pods', namespace: PLACE }, 'nobody'),
  review('as an admin, of a kind that does not exist', { verb: 'get', group: 'nothing.example.com', resource: 'gadgets' }, 'admin'),
  { ...review('about nothing', {}), body: { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: {} } },
];

const refused = (name: string, path: string, rest: Partial<Case> = {}): Case => ({ area: 'refusals', name, path, as: 'nobody', ...rest });
const post = (name: string, path: string, body: unknown, rest: Partial<Case> = {}): Case => ({ area: 'refusals', name, method: 'POST', path, headers: JSON_BODY, body, ...rest });

/** What is refused, in the server's own words: the page shows them. */
const refusals: readonly Case[] = [
  refused('list in a namespace', pods()),
  refused('list in all namespaces', '/api/v1/pods'),
  refused('list of the cluster', '/api/v1/nodes'),
  refused('list of a custom kind', kubevirts()),
  refused('object', deployments('web')),
  refused('object that does not exist', deployments('gone')),
  refused('object of the cluster', `/api/v1/nodes/${NODE}`),
  refused('namespace', `/api/v1/namespaces/${PLACE}`),
  refused('patch', deployments('web'), { method: 'PATCH', headers: JSON_PATCH, body: [] }),
  refused('patch of scale', `${deployments('web')}/scale`, { method: 'PATCH', headers: JSON_PATCH, body: [] }),
  refused('deletion', leases('election'), { method: 'DELETE' }),
  refused('deletion of a collection', leases(), { method: 'DELETE' }),
  refused('creation', leases(), { method: 'POST', headers: JSON_BODY, body: lease('forbidden') }),
  refused('list of a group that is not installed', at('nothing.example.com/v1', 'gadgets')),
  refused('list of a kind that a group does not have', at('apps/v1', 'gadgets')),
  post('of another kind', leases(), { ...(lease('wrong') as object), kind: 'Deployment' }),
  post('of another version', leases(), { ...(lease('wrong') as object), apiVersion: 'coordination.k8s.io/v9' }),
  post('without a name', leases(), { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: {}, spec: {} }),
  post('with a name that cannot be one', leases(), lease('Not_A_Name')),
  post('for another namespace', leases(), { ...(lease('wrong') as object), metadata: { name: 'wrong', namespace: 'default' } }),
  post('in a namespace that does not exist', '/apis/coordination.k8s.io/v1/namespaces/nowhere/leases', lease('wrong')),
  post('with a value that the kind does not allow', deployments(), deployment('wrong', -1)),
  post('not JSON', leases(), '{"kind":'),
  post('of a content type that is none', leases(), 'kind: Lease', { headers: { 'content-type': 'text/plain' } }),
  post('to an object', leases('election'), lease('election')),
  { area: 'refusals', name: 'a method that a path does not have', method: 'PUT', path: leases(), headers: JSON_BODY, body: lease('wrong') },
];

const container = (memory: string) => [{ name: 'main', image: 'registry.example.com/nothing:1', resources: { requests: { cpu: '10m', memory }, limits: { memory } } }];
const webhook = {
  apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingWebhookConfiguration', metadata: { name: 'contract.example.com' },
  webhooks: [{
    name: 'contract.example.com', admissionReviewVersions: ['v1'], sideEffects: 'None', failurePolicy: 'Fail', timeoutSeconds: 5,
    clientConfig: { service: { namespace: PLACE, name: 'guard', path: '/validate', port: 443 } },
    rules: [{ apiGroups: ['coordination.k8s.io'], apiVersions: ['v1'], resources: ['leases'], operations: ['CREATE', 'UPDATE'] }], objectSelector: { matchLabels: { guarded: 'yes' } },
  }],
};
const quota = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'compute' }, spec: { hard: { 'requests.memory': '64Mi' } } };

/** What admission says, in the words that ReplicaSets pass on and steps look for. */
const admissions: readonly Case[] = [
  post('a PriorityClass that is missing', pods(), pod('classless', { priorityClassName: 'gone' }), { area: 'admission' }),
  post('a quota that is used up', pods(), pod('greedy', { containers: container('128Mi') }), {
    area: 'admission', then: [{ path: at('v1', 'resourcequotas', 'compute'), shows: ['spec.hard'] }],
    given: [made(at('v1', 'resourcequotas'), quota), { method: 'PATCH', path: `${at('v1', 'resourcequotas', 'compute')}/status`, headers: MERGE_PATCH, body: { status: { hard: { 'requests.memory': '64Mi' }, used: { 'requests.memory': '0' } } } }],
  }),
  post('a webhook whose service does not answer', leases(), lease('guarded', { guarded: 'yes' }), {
    area: 'admission', given: [made(at('v1', 'services'), { apiVersion: 'v1', kind: 'Service', metadata: { name: 'guard' }, spec: { ports: [{ port: 443 }] } }), made('/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations', webhook)],
  }),
  post('the same webhook, not concerned', leases(), lease('unguarded'), { area: 'admission' }),
];

export const others: readonly Case[] = [...watches, ...logs, ...events, ...reviews, ...refusals, ...admissions];
