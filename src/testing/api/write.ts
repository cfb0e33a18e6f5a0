import { timestamp } from '../clock';
import type { Cluster } from '../cluster';
import { apiVersionOf, type KindInfo } from '../kinds';
import type { ApiRequest, KubeObject } from '../types';
import { admit } from './admission';
import { noteManager } from './managedFields';
import { parseBody, patched } from './patch';
import type { Target } from './path';
import { read } from './read';
import { alreadyExists, badRequest, conflict, deleted, invalid, staleConflict, unsupportedMediaType, type Status } from './status';
import { copyOf } from '../structure';

/** What every write needs to know about its request. */
export interface Writer {
  cluster: Cluster;
  request: ApiRequest;
  query: URLSearchParams;
}

/** Whether the request only asks what would happen; throws 400 for a value the server does not know. */
export function isDryRun(query: URLSearchParams): boolean {
  const values = query.getAll('dryRun');
  if (values.some((value) => value !== 'All')) throw badRequest(`dryRun: Unsupported value: ${JSON.stringify(values)}: supported values: "All"`);
  return values.length > 0;
}

/** The manager the server would note: the one named, else the client's name from its user agent. */
export function managerOf({ request, query }: Writer): string {
  return query.get('fieldManager') || (request.headers['user-agent'] ?? 'unknown').split('/')[0] || 'unknown';
}

function objectIn(request: ApiRequest, info: KindInfo): KubeObject {
  const contentType = request.headers['content-type'] ?? 'application/json';
  if (!contentType.startsWith('application/json')) throw unsupportedMediaType(['application/json']);
  const body = parseBody(request.body);
  const object = body as KubeObject | null;
  if (typeof object !== 'object' || object === null || typeof object.metadata !== 'object') throw badRequest('the object provided is unrecognized (must be of type Object)');
  const apiVersion = apiVersionOf(info);
  if ((object.kind ?? info.kind) !== info.kind || (object.apiVersion ?? apiVersion) !== apiVersion) {
    throw badRequest(`${object.kind} in version "${object.apiVersion}" cannot be handled as a ${info.kind}: no kind "${object.kind}" is registered`);
  }
  return { ...object, kind: info.kind, apiVersion };
}

/** POST on a collection. Throws what the server would refuse. */
export function create(writer: Writer, { info, namespace }: Target): KubeObject {
  const { cluster, request, query } = writer;
  const dryRun = isDryRun(query);
  const given = objectIn(request, info);
  if (info.namespaced && given.metadata.namespace !== undefined && given.metadata.namespace !== namespace) {
    throw badRequest(`the namespace of the provided object does not match the namespace sent on the request`);
  }
  const name = given.metadata.name ?? (given.metadata.generateName === undefined ? undefined : given.metadata.generateName + cluster.random.letters(5));
  if (!name) throw invalid(info.kind, info.group, '', 'metadata.name', 'Required value: name or generateName is required');
  const { uid: _uid, resourceVersion: _version, creationTimestamp: _created, ...metadata } = given.metadata;
  const object: KubeObject = { ...given, metadata: { ...metadata, name, ...(info.namespaced && namespace !== undefined ? { namespace } : {}) } };
  const admitted = admit(cluster, { operation: 'CREATE', object });
  if (cluster.get(info.kind, namespace, name)) throw alreadyExists(info, name);
  const noted: KubeObject = copyOf(admitted);
  noteManager(undefined, noted, { manager: managerOf(writer), time: timestamp(cluster.now()) });
  if (!dryRun) return cluster.create(noted);
  return { ...noted, metadata: { ...noted.metadata, uid: cluster.random.uid(), creationTimestamp: timestamp(cluster.now()) } };
}

/** PUT on an object. */
export function update(writer: Writer, target: Target): KubeObject {
  const { cluster, request } = writer;
  const before = read(cluster, target);
  const given = objectIn(request, target.info);
  if (given.metadata.name !== target.name) throw badRequest(`the name of the object (${given.metadata.name}) does not match the name on the URL (${target.name ?? ''})`);
  if (target.info.servedBy === 'crd' && given.metadata.resourceVersion === undefined) {
    throw invalid(target.info.kind, target.info.group, given.metadata.name, 'metadata.resourceVersion', 'Invalid value: 0x0: must be specified for an update');
  }
  return store(writer, target.info, before, given);
}

/** PATCH on an object. */
export function patch(writer: Writer, target: Target): KubeObject {
  const before = read(writer.cluster, target);
  return store(writer, target.info, before, patched(before, writer.request.headers['content-type'] ?? '', writer.request.body, target.info));
}

/**
 * Stores what became of `before`: checks the preconditions inside the object, keeps what a client may not change, admits,
 * notes the manager. With dryRun nothing is stored and the answer is what would have been.
 */
export function store(writer: Writer, info: KindInfo, before: KubeObject, after: KubeObject, subresource?: string): KubeObject {
  const { cluster, query } = writer;
  const { name } = before.metadata;
  const dryRun = isDryRun(query);
  if (after.metadata.resourceVersion && after.metadata.resourceVersion !== before.metadata.resourceVersion) throw staleConflict(info, name);
  if (after.metadata.uid && after.metadata.uid !== before.metadata.uid) {
    throw conflict(info, name, `Precondition failed: UID in precondition: ${after.metadata.uid}, UID in object meta: ${before.metadata.uid ?? ''}`);
  }
  const next: KubeObject = copyOf({ ...after, metadata: { ...after.metadata, ...keptMetadata(before) } });
  if (info.statusSubresource) next['status'] = before['status'];
  const admitted: KubeObject = copyOf(admit(cluster, { operation: 'UPDATE', object: next, subresource }));
  noteManager(before, admitted, { manager: managerOf(writer), time: timestamp(cluster.now()), subresource });
  if (dryRun) return admitted;
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

interface DeleteOptions {
  preconditions?: { uid?: string; resourceVersion?: string };
  gracePeriodSeconds?: number;
  dryRun?: string[];
}

/** DELETE on an object, with its options in the body or the query. A pod that runs, or an object with finalizers, is only marked. */
export function remove({ cluster, request, query }: Writer, target: Target): KubeObject | Status {
  const { info, namespace, name = '' } = target;
  const before = read(cluster, target);
  const options = (request.body ? parseBody(request.body) : {}) as DeleteOptions;
  checkPreconditions(info, before, options);
  for (const value of options.dryRun ?? []) query.append('dryRun', value);
  const dryRun = isDryRun(query);
  admit(cluster, { operation: 'DELETE', object: before });
  const grace = graceOf(before, options.gracePeriodSeconds ?? (query.has('gracePeriodSeconds') ? Number(query.get('gracePeriodSeconds')) : undefined));
  const stays = grace > 0 || (before.metadata.finalizers ?? []).length > 0;
  if (dryRun) return stays ? before : deleted(info, name, before.metadata.uid);
  if (!stays) {
    cluster.remove(info.kind, namespace, name);
    return info.kind === 'Pod' ? before : deleted(info, name, before.metadata.uid);
  }
  const marked = cluster.update(info.kind, namespace, name, (draft) => {
    draft.metadata.deletionTimestamp ??= timestamp(new Date(cluster.now().getTime() + grace * 1000));
    if (info.kind === 'Pod') draft.metadata['deletionGracePeriodSeconds'] ??= grace;
  });
  return marked ?? before;
}

function checkPreconditions(info: KindInfo, { metadata }: KubeObject, { preconditions }: DeleteOptions): void {
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
