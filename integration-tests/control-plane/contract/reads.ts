import { type Case, PLACE, at, deployments, kubevirts, leases, pods } from './case';

const METADATA = { accept: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1' };
const METADATA_LIST = { accept: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1' };
const list = (name: string, path: string, rest: Partial<Case> = {}): Case => ({ area: 'list', name, path, ...rest });
const get = (name: string, path: string, rest: Partial<Case> = {}): Case => ({ area: 'get', name, path, ...rest });
const labels = (selector: string): string => `labelSelector=${encodeURIComponent(selector)}`;
const fields = (selector: string): string => `fieldSelector=${encodeURIComponent(selector)}`;

/** A continue token as the server makes them, of a list nobody ever began: k8s.io/apiserver pkg/storage/continue.go. */
const tokenOf = (revision: number): string => Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: revision, start: `${PLACE}/placed.1\u0000` })).toString('base64url');

/** Lists: selectors, pages, and what is said about those that cannot be read. */
const lists: readonly Case[] = [
  list('of a built-in kind', `${deployments()}`, { shows: ['kind', 'apiVersion', 'spec.replicas', 'metadata.labels'] }),
  list('of a custom kind', kubevirts(), { shows: ['kind', 'apiVersion', 'spec.workloadUpdateStrategy'] }),
  list('label equals', `${deployments()}?${labels('tier=front')}`),
  list('label differs', `${deployments()}?${labels('tier!=front')}`),
  list('label in a set', `${leases()}?${labels('page in (a,c)')}`),
  list('label not in a set', `${leases()}?${labels('of=pages,page notin (a, b, c)')}`),
  list('label is there', `${leases()}?${labels('election')}`),
  list('label is not there', `${leases()}?${labels('!of')}`),
  list('two terms', `${pods()}?${labels('kubevirt.io=virt-launcher,state=placed')}`),
  list('of labels that cannot be parsed', `${pods()}?${labels('a in b')}`),
  list('of labels with an operator that is none', `${pods()}?${labels('a=>b')}`),
  list('name of the object', `${leases()}?${fields('metadata.name=election')}`),
  list('phase of a pod', `${pods()}?${fields('status.phase=Failed')}`, { shows: ['status.phase', 'status.reason'] }),
  list('not a phase of a pod', `${pods()}?${fields('status.phase!=Failed')}`),
  list('node of a pod', `${pods()}?${fields('spec.nodeName=contract-node')}`),
  list('two fields', `${pods()}?${fields('spec.nodeName=contract-node,status.phase=Failed')}`),
  list('name of a custom resource', `${kubevirts()}?${fields('metadata.name=kubevirt')}`),
  list('network of a pod', `${pods()}?${fields('spec.hostNetwork=true')}`),
  list('a field that pods do not offer', `${pods()}?${fields('spec.containers=a')}`),
  list('a field that events do not offer', `${at('v1', 'events')}?${fields('message=a')}`),
  list('a field that nodes do not offer', `/api/v1/nodes?${fields('status.phase=a')}`),
  list('a field that namespaces do not offer', `/api/v1/namespaces?${fields('spec.phase=a')}`),
  list('a field that Deployments do not offer', `${deployments()}?${fields('spec.replicas=2')}`),
  list('a field that ReplicaSets do not offer', `${at('apps/v1', 'replicasets')}?${fields('spec.replicas=2')}`),
  list('a field that Jobs do not offer', `${at('batch/v1', 'jobs')}?${fields('spec.replicas=2')}`),
  list('a field that a custom resource does not offer', `${kubevirts()}?${fields('status.phase=Deployed')}`),
  list('a field selector that cannot be parsed', `${pods()}?${fields('metadata.name')}`),
  list('nothing matches', `${leases()}?${labels('nobody=has')}`),
  list('first page', `${leases()}?limit=2`),
  list('next page', `${leases()}?limit=2&continue={{next}}`, { takes: { next: { path: `${leases()}?limit=2`, field: 'metadata.continue' } } }),
  list('last page', `${leases()}?limit=5&continue={{next}}`, { takes: { next: { path: `${leases()}?limit=2`, field: 'metadata.continue' } } }),
  list('page of a selection tells no number of remaining items', `${leases()}?limit=2&${labels('of=pages')}`),
  list('limit that is reached exactly', `${leases()}?limit=6`),
  list('limit that is no number', `${leases()}?limit=many`),
  list('continue that is no token', `${leases()}?limit=2&continue=garbage`),
  // Of events, because a server that has just started remembers all of the other kinds.
  list('continue from a past that is forgotten', `${at('v1', 'events')}?limit=2&continue=${tokenOf(1)}`),
  list('in a namespace that does not exist', '/api/v1/namespaces/nowhere/pods'),
  list('in all namespaces', `/apis/kubevirt.io/v1/kubevirts?${labels('contract=yes')}`),
  list('of the cluster', `/api/v1/namespaces?${labels('contract=yes')}`, { shows: ['status.phase'] }),
  list('from the cache', `${deployments()}?resourceVersion=0`),
  list('as a table, with JSON as the second choice', deployments(), { headers: { accept: 'application/json;as=Table;v=v9;g=nothing.example.com,application/json' } }),
];

/** Metadata alone: what the product reads where it needs no spec. */
const metadataOnly: readonly Case[] = [
  { area: 'metadata only', name: 'list', path: `${pods()}?${labels('kubevirt.io=virt-launcher')}`, headers: METADATA_LIST, shows: ['kind', 'apiVersion', 'metadata.labels', 'spec', 'status'] },
  { area: 'metadata only', name: 'page of a list', path: `${leases()}?limit=2`, headers: METADATA_LIST },
  { area: 'metadata only', name: 'list of a custom kind', path: kubevirts(), headers: METADATA_LIST, shows: ['kind', 'apiVersion', 'metadata.labels', 'spec'] },
  { area: 'metadata only', name: 'object', path: deployments('web'), headers: METADATA, shows: ['metadata.labels', 'metadata.generation', 'spec', 'status'] },
  { area: 'metadata only', name: 'object of a custom kind', path: kubevirts('kubevirt'), headers: METADATA, shows: ['metadata.labels', 'spec'] },
  { area: 'metadata only', name: 'object that does not exist', path: deployments('gone'), headers: METADATA },
  { area: 'metadata only', name: 'list asked for as if it were an object', path: pods(), headers: METADATA },
  { area: 'metadata only', name: 'a media type that nobody serves', path: pods(), headers: { accept: 'text/html' } },
];

/** One object by name, and the ways in which it is not there. */
const gets: readonly Case[] = [
  get('object', deployments('web'), { shows: ['spec.replicas', 'spec.selector', 'metadata.generation', 'metadata.labels', 'metadata.namespace'] }),
  get('object of a custom kind', kubevirts('kubevirt'), { shows: ['spec.workloadUpdateStrategy', 'metadata.generation'] }),
  get('object of the cluster', `/api/v1/namespaces/${PLACE}`, { shows: ['status.phase', 'metadata.labels'] }),
  get('lease', leases('election'), { shows: ['spec.holderIdentity', 'spec.leaseDurationSeconds', 'spec.renewTime', 'spec.leaseTransitions'] }),
  get('pod that ended', pods('over'), { shows: ['status.phase', 'status.reason', 'status.message', 'spec.nodeName'] }),
  get('object that does not exist', deployments('gone')),
  get('pod that does not exist', pods('gone')),
  get('custom object that does not exist', kubevirts('gone')),
  get('object of the cluster that does not exist', '/apis/scheduling.k8s.io/v1/priorityclasses/gone'),
  get('object in a namespace that does not exist', '/apis/apps/v1/namespaces/nowhere/deployments/web'),
  get('kind that a built-in group does not have', at('apps/v1', 'gadgets', 'one')),
  get('kind that the core group does not have', at('v1', 'gadgets', 'one')),
  get('kind that a custom group does not have', at('kubevirt.io/v1', 'gadgets', 'one')),
  get('kind of a group that is not installed', at('nothing.example.com/v1', 'gadgets', 'one')),
  get('namespaced kind without a namespace', '/apis/apps/v1/deployments/web'),
  get('kind of the cluster inside a namespace', `/apis/scheduling.k8s.io/v1/namespaces/${PLACE}/priorityclasses/gone`),
  get('subresource that the kind does not have', `${leases('election')}/scale`),
  get('subresource that a custom kind does not have', `${kubevirts('kubevirt')}/scale`),
];

export const reads: readonly Case[] = [...lists, ...metadataOnly, ...gets];
