import { timestamp } from '../clock';
import type { Cluster } from '../cluster';
import { apiVersionOf, type KindInfo } from '../kinds';
import type { ApiRequest, KubeObject } from '../types';
import { admit } from './admission';
import { noteManager } from './managedFields';
import { parseBody, patched } from './patch';
import type { Target } from './path';
import { read } from './read';
import { alreadyExists, type ApiError, badRequest, conflict, deleted, invalid, invalidOptions, notFound, staleConflict, unsupportedMediaType, type Status } from './status';
import { storageKey, storageWords } from './storage';
import { begun, isMadeByUpdate, validate } from './strategy';
import { copyOf, isSame } from '../structure';

/** What every write needs to know about its request. */
export interface Writer {
  cluster: Cluster;
  request: ApiRequest;
  query: URLSearchParams;
}

const OPTIONS: Readonly<Record<string, string>> = { POST: 'CreateOptions', PUT: 'UpdateOptions', PATCH: 'PatchOptions', DELETE: 'DeleteOptions' };

/** Whether the request only asks what would happen; throws 422 for a value the server does not know. */
export function isDryRun({ query, request }: Writer): boolean {
  const values = query.getAll('dryRun');
  if (values.some((value) => value !== 'All')) throw invalidOptions(OPTIONS[request.method] ?? '', 'dryRun', `Unsupported value: ${JSON.stringify(values)}: supported values: "All"`);
  return values.length > 0;
}

/** The manager the server would note: the one named, else the client's name from its user agent. */
export function managerOf({ request, query }: Writer): string {
  return query.get('fieldManager') || (request.headers['user-agent'] ?? 'unknown').split('/')[0] || 'unknown';
}

/** What the server takes besides JSON, which the world does not. */
const TAKEN = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf'];

function objectIn(request: ApiRequest, info: KindInfo): KubeObject {
  const contentType = request.headers['content-type'] ?? 'application/json';
  if (!contentType.startsWith('application/json')) throw unsupportedMediaType(TAKEN);
  const body = parseBody(request.body, info.kind);
  const object = body as KubeObject | null;
  if (typeof object !== 'object' || object === null || typeof object.metadata !== 'object') throw badRequest('the object provided is unrecognized (must be of type Object)');
  const apiVersion = apiVersionOf(info);
  if ((object.kind ?? info.kind) !== info.kind || (object.apiVersion ?? apiVersion) !== apiVersion) {
    const version = (object.apiVersion ?? '').split('/').at(-1) ?? '';
    throw badRequest(`${object.kind} in version "${version}" cannot be handled as a ${info.kind}: no kind "${object.kind}" is registered for version "${object.apiVersion}" in scheme "pkg/runtime/scheme.go:111"`);
  }
  return { ...object, kind: info.kind, apiVersion };
}

/** POST on a collection. Throws what the server would refuse. */
export function create(writer: Writer, { info, namespace }: Target): KubeObject {
  const { cluster, request } = writer;
  const dryRun = isDryRun(writer);
  const given = objectIn(request, info);
  if (info.namespaced && !cluster.get('Namespace', undefined, namespace ?? '')) throw notFound({ group: '', plural: 'namespaces' }, namespace ?? '');
  if (info.namespaced && given.metadata.namespace !== undefined && given.metadata.namespace !== namespace) {
    throw badRequest(`the namespace of the provided object does not match the namespace sent on the request`);
  }
  const name = given.metadata.name ?? (given.metadata.generateName === undefined ? undefined : given.metadata.generateName + cluster.random.letters(5));
  if (!name) throw invalid(info.kind, info.group, '', 'metadata.name', 'Required value: name or generateName is required');
  const { uid: _uid, resourceVersion: _version, creationTimestamp: _created, ...metadata } = given.metadata;
  const object: KubeObject = { ...given, metadata: { ...metadata, name, ...(info.namespaced && namespace !== undefined ? { namespace } : {}) } };
  const admitted = admit(cluster, { operation: 'CREATE', object: begun(info, object), dryRun });
  validate(info, admitted);
  if (cluster.get(info.kind, namespace, name)) throw alreadyExists(info, name);
  const noted: KubeObject = copyOf(admitted);
  noteManager(undefined, noted, { manager: managerOf(writer), time: timestamp(cluster.now()) });
  if (!dryRun) return cluster.create(noted);
  return { ...noted, metadata: { ...noted.metadata, uid: cluster.random.uid(), creationTimestamp: timestamp(cluster.now()) } };
}

/** PUT on an object; 201 where that made it. */
export function update(writer: Writer, target: Target): { code: number; object: KubeObject } {
  const { cluster, request } = writer;
  const given = objectIn(request, target.info);
  if (given.metadata.name !== target.name) throw badRequest(`the name of the object (${given.metadata.name}) does not match the name on the URL (${target.name ?? ''})`);
  if (isMadeByUpdate(target.info) && !cluster.get(target.info.kind, target.namespace, given.metadata.name)) return { code: 201, object: create(writer, target) };
  const before = read(cluster, target);
  const { uid = '' } = before.metadata;
  if (given.metadata.uid && given.metadata.uid !== uid) {
    throw conflict(target.info, given.metadata.name, storageWords(storageKey(target.info, target.namespace, given.metadata.name), given.metadata.uid, uid));
  }
  if (target.info.servedBy === 'crd' && given.metadata.resourceVersion === undefined) {
    throw invalid(target.info.plural, target.info.group, given.metadata.name, 'metadata.resourceVersion', 'Invalid value: 0: must be specified for an update');
  }
  return { code: 200, object: store(writer, target.info, before, given) };
}

/** PATCH on an object. */
export function patch(writer: Writer, target: Target): KubeObject {
  const before = read(writer.cluster, target);
  return store(writer, target.info, before, patched(before, writer.request.headers['content-type'] ?? '', writer.request.body, target.info));
}

/** The status subresource: GET, PUT, PATCH. A write changes the status and nothing else. */
export function statusOf(writer: Writer, target: Target): KubeObject {
  const { request } = writer;
  const before = read(writer.cluster, target);
  if (request.method === 'GET') return before;
  const after = request.method === 'PUT' ? objectIn(request, target.info) : patched(before, request.headers['content-type'] ?? '', request.body, target.info);
  const { resourceVersion, uid } = after.metadata;
  const marks = { ...(resourceVersion ? { resourceVersion } : {}), ...(uid ? { uid } : {}) };
  return store(writer, target.info, before, { ...before, metadata: { ...before.metadata, ...marks }, status: after['status'] }, 'status');
}

/** Two validations of the server look at the uid, and each says so. */
function saidTwice(error: ApiError): ApiError {
  error.status.details?.causes?.push(...error.status.details.causes);
  return error;
}

/**
 * Stores what became of `before`: checks the preconditions inside the object, keeps what a client may not change, admits,
 * notes the manager. With dryRun nothing is stored and the answer is what would have been.
 */
export function store(writer: Writer, info: KindInfo, before: KubeObject, after: KubeObject, subresource?: string): KubeObject {
  const { cluster } = writer;
  const { name } = before.metadata;
  const dryRun = isDryRun(writer);
  if (after.metadata.uid && after.metadata.uid !== before.metadata.uid) {
    throw saidTwice(invalid(info.kind, info.group, name, 'metadata.uid', `Invalid value: ${JSON.stringify(after.metadata.uid)}: field is immutable`));
  }
  if (after.metadata.resourceVersion && after.metadata.resourceVersion !== before.metadata.resourceVersion) throw staleConflict(info, name);
  const next: KubeObject = copyOf({ ...after, metadata: { ...after.metadata, ...keptMetadata(before) } });
  if (info.statusSubresource && subresource !== 'status') next['status'] = before['status'];
  validate(info, next);
  const admitted: KubeObject = copyOf(admit(cluster, { operation: 'UPDATE', object: next, subresource }));
  noteManager(before, admitted, { manager: managerOf(writer), time: timestamp(cluster.now()), subresource });
  if (dryRun) return info.generation && !isSame(before['spec'], admitted['spec']) ? { ...admitted, metadata: { ...admitted.metadata, generation: (before.metadata.generation ?? 1) + 1 } } : admitted;
  const stored = cluster.replace(admitted);
  const finished = stored.metadata.deletionTimestamp !== undefined && (stored.metadata.finalizers ?? []).length === 0 && info.kind !== 'Pod';
  if (finished) cluster.remove(info.kind, stored.metadata.namespace, name);
  return stored;
}

function keptMetadata({ metadata }: KubeObject): Partial<KubeObject['metadata']> {
  const { name, namespace, uid, resourceVersion, generation, creationTimestamp, deletionTimestamp } = metadata;
  const kept = { name, namespace, uid, resourceVersion, generation, creationTimestamp, deletionTimestamp };
  return Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
}

/** The options of a deletion, as far as the world knows them. */
export interface DeleteOptions {
  preconditions?: { uid?: string; resourceVersion?: string } | string;
  gracePeriodSeconds?: number;
  dryRun?: string[];
}

/** DELETE on an object, with its options in the body or the query. A pod that runs, or an object with finalizers, is only marked. */
export function remove(writer: Writer, target: Target): KubeObject | Status {
  const { cluster, request, query } = writer;
  const { info, namespace, name = '' } = target;
  const before = read(cluster, target);
  const options = (request.body ? parseBody(request.body) : {}) as DeleteOptions;
  for (const value of options.dryRun ?? []) query.append('dryRun', value);
  const dryRun = isDryRun(writer);
  checkPreconditions(info, before, options);
  admit(cluster, { operation: 'DELETE', object: before });
  const grace = graceOf(before, options.gracePeriodSeconds ?? (query.has('gracePeriodSeconds') ? Number(query.get('gracePeriodSeconds')) : undefined));
  const stays = grace > 0 || (before.metadata.finalizers ?? []).length > 0;
  const graceful: KubeObject = { ...before, metadata: { ...before.metadata, ...(info.kind === 'Pod' ? { deletionGracePeriodSeconds: grace } : {}) } };
  if (dryRun) return stays || info.kind === 'Pod' ? graceful : deleted(info, name, before.metadata.uid);
  if (!stays) {
    cluster.remove(info.kind, namespace, name);
    return info.kind === 'Pod' ? graceful : deleted(info, name, before.metadata.uid);
  }
  const marked = cluster.update(info.kind, namespace, name, (draft) => {
    draft.metadata.deletionTimestamp ??= timestamp(new Date(cluster.now().getTime() + grace * 1000));
    if (info.kind === 'Pod') draft.metadata['deletionGracePeriodSeconds'] ??= grace;
  });
  return marked ?? before;
}

function checkPreconditions(info: KindInfo, { metadata }: KubeObject, { preconditions }: DeleteOptions): void {
  if (typeof preconditions === 'string') throw badRequest('json: cannot unmarshal string into Go struct field DeleteOptions.preconditions of type v1.Preconditions');
  // The message names the kind where every other message names the resource (k8s.io/apiserver pkg/registry/rest/delete.go).
  const named = { group: info.group, plural: info.kind };
  if (preconditions?.uid !== undefined && preconditions.uid !== metadata.uid) {
    throw conflict(named, metadata.name, `the UID in the precondition (${preconditions.uid}) does not match the UID in record (${metadata.uid ?? ''}). The object might have been deleted and then recreated`);
  }
  if (preconditions?.resourceVersion !== undefined && preconditions.resourceVersion !== metadata.resourceVersion) {
    throw conflict(named, metadata.name, `the ResourceVersion in the precondition (${preconditions.resourceVersion}) does not match the ResourceVersion in record (${metadata.resourceVersion ?? ''}). The object might have been modified`);
  }
}

/** Seconds until the kubelet would have ended a pod; 0 for everything else, and for pods that no kubelet has or that have ended. */
function graceOf(object: KubeObject, wanted: number | undefined): number {
  if (object.kind !== 'Pod') return 0;
  const spec = object['spec'] as { nodeName?: string; terminationGracePeriodSeconds?: number };
  const phase = (object['status'] as { phase?: string } | undefined)?.phase;
  if (spec.nodeName === undefined || phase === 'Failed' || phase === 'Succeeded') return 0;
  return wanted ?? spec.terminationGracePeriodSeconds ?? 30;
}
