import type { Cluster } from '../cluster';
import { apiVersionOf, type KindInfo } from '../kinds';
import { fieldSelector, labelSelector, type Selector } from '../selectors';
import type { KubeObject, User } from '../types';
import type { Target } from './path';
import { mayUser } from './rights';
import { listTypeOf } from './storage';
import { badRequest, expired, notAcceptable, notFound } from './status';

/** How a client wants objects: whole, or their metadata alone. */
export type Form = 'full' | 'metadata' | 'metadataList';

const FORMS: Readonly<Record<string, Form>> = { PartialObjectMetadata: 'metadata', PartialObjectMetadataList: 'metadataList' };

/** Reads Accept: the first media type that can be served wins; Table is skipped, clients then fall back to plain JSON. Throws 406. */
export function formOf(accept: string | undefined): Form {
  for (const clause of (accept ?? '*/*').split(',')) {
    const [type, ...parameters] = clause.split(';').map((part) => part.trim());
    const as = parameters.find((parameter) => parameter.startsWith('as='))?.slice(3);
    if (type !== 'application/json' && type !== '*/*' && type !== 'application/*') continue;
    if (as === undefined) return 'full';
    const form = FORMS[as];
    if (form && parameters.includes('g=meta.k8s.io') && parameters.includes('v=v1')) return form;
  }
  throw notAcceptable();
}

/** One object in the form asked for. */
export function inForm(object: KubeObject, form: Form): KubeObject {
  return form === 'full' ? object : { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata };
}

/** The object at `target`; throws 404. */
export function read(cluster: Cluster, { info, namespace, name = '' }: Target): KubeObject {
  const object = cluster.get(info.kind, namespace, name);
  if (!object) throw notFound(info, name);
  return object;
}

/** Both selectors of a request as one predicate; throws 400 for what the server cannot parse. */
export function selectorOf(info: KindInfo, query: URLSearchParams): Selector<KubeObject> {
  const labelText = query.get('labelSelector') ?? '';
  const labels = labelSelector(labelText);
  if (!labels) throw badRequest(`unable to parse requirement: invalid label selector ${JSON.stringify(labelText)}`);
  const fields = fieldSelector(query.get('fieldSelector') ?? '', info.kind);
  if (typeof fields !== 'function') throw badRequest(fields.refused);
  return (object) => labels(object.metadata.labels) && fields(object);
}

/** What a user sees of a kind: everything, but of projects only their own. */
export function visibleTo(user: User, info: KindInfo): Selector<KubeObject> {
  if (info.kind !== 'Project') return () => true;
  return (object) => mayUser(user, { verb: 'get', group: '', resource: 'namespaces', namespace: object.metadata.name });
}

interface Continue {
  resourceVersion: number;
  after: string;
}

const keyOf = (object: KubeObject): string => `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
/** A token as the API server makes it, so that its own are understood (k8s.io/apiserver pkg/storage/continue.go). */
const encode = ({ resourceVersion, after }: Continue): string =>
  btoa(JSON.stringify({ v: 'meta.k8s.io/v1', rv: resourceVersion, start: `${after}\u0000` })).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');

const TOO_OLD = 'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.';

function decode(cluster: Cluster, text: string): Continue {
  const token = parsed(text);
  if (!token) throw badRequest('invalid continue token: continue key is not valid: invalid character');
  if (cluster.changesSince(token.resourceVersion) === undefined) throw expired(TOO_OLD);
  return token;
}

function parsed(text: string): Continue | undefined {
  try {
    const { rv, start } = JSON.parse(atob(text.replaceAll('-', '+').replaceAll('_', '/'))) as { rv?: unknown; start?: unknown };
    return typeof rv === 'number' && typeof start === 'string' ? { resourceVersion: rv, after: start.endsWith('\u0000') ? start.slice(0, -1) : start } : undefined;
  } catch {
    return undefined;
  }
}

function limitOf(query: URLSearchParams): number {
  const limit = Number(query.get('limit') ?? '0');
  if (!Number.isInteger(limit) || limit < 0) throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(query.get('limit') ?? '')}: invalid syntax`);
  return limit === 0 ? Infinity : limit;
}

/**
 * A list as the server sends it: at most `limit` items, `continue` and, without selectors, `remainingItemCount`. Items of
 * built-in kinds carry no kind and apiVersion, items of custom resources do. Unlike etcd's, a continued list is not a snapshot:
 * later pages hold what exists when they are read.
 */
export function list(cluster: Cluster, target: Target, query: URLSearchParams, form: Form, user: User): unknown {
  const { info, namespace } = target;
  if (form === 'metadata') throw notAcceptable(`you requested PartialObjectMetadata, but the requested object is a list (*${listTypeOf(info)})`);
  const selected = selectorOf(info, query);
  const visible = visibleTo(user, info);
  const limit = limitOf(query);
  const token = query.get('continue');
  const from = token === null || token === '' ? undefined : decode(cluster, token);
  const matching = cluster.list(info.kind, namespace).filter((object) => visible(object) && selected(object) && (from === undefined || keyOf(object) > from.after));
  const items = matching.slice(0, limit);
  const left = matching.length - items.length;
  const last = items.at(-1);
  const resourceVersion = from?.resourceVersion ?? Number(cluster.resourceVersion);
  const selective = query.get('labelSelector') || query.get('fieldSelector');
  const metadata = {
    resourceVersion: String(resourceVersion),
    ...(left > 0 && last ? { continue: encode({ resourceVersion, after: keyOf(last) }) } : {}),
    ...(left > 0 && !selective ? { remainingItemCount: left } : {}),
  };
  if (form === 'metadataList') return { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', metadata, items: items.map((object) => inForm(object, 'metadata')) };
  return { kind: `${info.kind}List`, apiVersion: apiVersionOf(info), metadata, items: info.servedBy === 'crd' ? items : items.map(withoutType) };
}

const withoutType = ({ kind: _kind, apiVersion: _apiVersion, ...rest }: KubeObject): Record<string, unknown> => rest;
