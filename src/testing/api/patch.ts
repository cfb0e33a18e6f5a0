import jsonpatch, { type Operation } from 'fast-json-patch';
import type { KindInfo } from '../kinds';
import { ApiError, badRequest, unprocessable, unsupportedMediaType } from './status';
import { copyOf } from '../structure';

/** Any JSON value. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
type JsonObject = Record<string, Json>;

const JSON_PATCH = 'application/json-patch+json';
const MERGE_PATCH = 'application/merge-patch+json';
const STRATEGIC_PATCH = 'application/strategic-merge-patch+json';
/** Server-side apply: named as accepted, but not done here, because nothing of ours sends it. */
const APPLY_PATCH = 'application/apply-patch+yaml';

/** Parses the body of a request about a kind; throws 400 unless it is JSON. */
export function parseBody(body: string | undefined, kind = 'Object'): Json {
  try {
    return JSON.parse(body ?? '') as Json;
  } catch {
    throw badRequest(`the object provided is unrecognized (must be of type ${kind}): couldn't get version/kind; json parse error: unexpected end of JSON input (${(body ?? '').slice(0, 80)})`);
  }
}

const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Applies a patch of the given content type to a copy. Throws 415, 400 or 422 as the server does. */
export function patched<T extends object>(before: T, contentType: string, body: string | undefined, info: KindInfo): T {
  const type = contentType.split(';')[0]?.trim() ?? '';
  const accepted = info.servedBy === 'crd' ? [JSON_PATCH, MERGE_PATCH] : [JSON_PATCH, MERGE_PATCH, STRATEGIC_PATCH];
  if (!accepted.includes(type)) {
    // What serves built-in kinds refuses before anybody looks at the patch.
    throw info.servedBy === 'crd' ? unsupportedMediaType([...accepted, APPLY_PATCH]) : new ApiError(415, 'UnsupportedMediaType', '415: Unsupported Media Type');
  }
  const copy: T = copyOf(before);
  if (type === JSON_PATCH) return applyJsonPatch(copy, operationsIn(body));
  const patch = parseBody(body);
  if (!isObject(patch)) throw badRequest('the patch must be an object');
  return merged(copy as Json, patch, type === STRATEGIC_PATCH) as T;
}

function operationsIn(body: string | undefined): Json[] {
  let patch: Json;
  try {
    patch = JSON.parse(body ?? '') as Json;
  } catch {
    throw badRequest('error decoding patch: unexpected end of JSON input');
  }
  if (!Array.isArray(patch)) throw badRequest('error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp');
  return patch;
}

function applyJsonPatch<T>(copy: T, patch: Json[]): T {
  try {
    return jsonpatch.applyPatch(copy, patch as unknown as Operation[], true).newDocument;
  } catch (error) {
    // The server tells the client nothing but that it did not work.
    if (error instanceof jsonpatch.JsonPatchError) throw unprocessable();
    throw error;
  }
}

/** Lists that strategic patches merge by a key (`patchMergeKey` in k8s.io/api); every other list is replaced. */
const MERGE_KEYS: Readonly<Record<string, string>> = {
  containers: 'name',
  initContainers: 'name',
  env: 'name',
  volumes: 'name',
  volumeMounts: 'mountPath',
  ports: 'containerPort',
  imagePullSecrets: 'name',
  conditions: 'type',
  ownerReferences: 'uid',
};

/** RFC 7386, with `strategic` also lists merged by key and `$patch: delete`, which is as much of it as kubectl's own commands send. */
function merged(target: Json, patch: JsonObject, strategic: boolean): JsonObject {
  const result: JsonObject = isObject(target) ? target : {};
  for (const [name, value] of Object.entries(patch)) {
    if (strategic && name.startsWith('$')) continue;
    const key = strategic ? MERGE_KEYS[name] : undefined;
    const before = result[name];
    if (value === null) delete result[name];
    else if (isObject(value)) result[name] = merged(before ?? {}, value, strategic);
    else if (key !== undefined && Array.isArray(value)) result[name] = mergedList(Array.isArray(before) ? before : [], value, key);
    else result[name] = value;
  }
  return result;
}

function mergedList(before: Json[], patch: Json[], key: string): Json[] {
  const result = [...before];
  for (const element of patch) {
    if (!isObject(element)) continue;
    const index = result.findIndex((candidate) => isObject(candidate) && candidate[key] === element[key]);
    if (element['$patch'] === 'delete') result.splice(index, index === -1 ? 0 : 1);
    else if (index === -1) result.push(element);
    else result[index] = merged(result[index] ?? {}, element, true);
  }
  return result;
}
