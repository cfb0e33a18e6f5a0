import type { Cluster } from './cluster';
import { discovery } from './api/discovery';
import { evict } from './api/eviction';
import type { Asked, Target } from './api/path';
import { podLog } from './api/podLog';
import { formOf, inForm, list, read } from './api/read';
import { review } from './api/reviews';
import { reach } from './api/rights';
import { scale } from './api/scale';
import { ApiError, methodNotAllowed, noSuchResource, notFound, PlainError } from './api/status';
import { callMachine, isCall } from './api/subresources';
import { create, patch, remove, statusOf, update, type Writer } from './api/write';
import type { ApiAnswer, ApiRequest } from './types';

/**
 * Answers one request as the cluster's API server would: discovery, reads, writes, logs, access reviews, errors as Status
 * objects. The specs call it in process, the sandbox over HTTP. Never throws for a bad request. Watches are not requests with
 * an answer: `sandbox/apiserver` serves them from the cluster's history.
 */
export function answer(cluster: Cluster, request: ApiRequest): ApiAnswer {
  try {
    const reply = replyTo(cluster, request);
    // A pod that no node has: there is nothing to say, not even that it is empty.
    if (reply.body === undefined) return answerOf(cluster, 204, 'text/plain', '');
    return typeof reply.body === 'string' ? answerOf(cluster, reply.code, 'text/plain', reply.body) : answerOf(cluster, reply.code, 'application/json', `${JSON.stringify(reply.body)}\n`);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return refusal(cluster, error);
  }
}

/** The HTTP answer of a refused request. */
export function refusal(cluster: Cluster, error: ApiError): ApiAnswer {
  if (error instanceof PlainError) return answerOf(cluster, error.code, 'text/plain; charset=utf-8', `${error.message}\n`);
  return answerOf(cluster, error.code, 'application/json', `${JSON.stringify(error.status)}\n`);
}

interface Reply {
  code: number;
  body: unknown;
}

function answerOf(cluster: Cluster, status: number, contentType: string, body: string): ApiAnswer {
  return { status, headers: { 'content-type': contentType, date: cluster.now().toUTCString(), 'cache-control': 'no-cache, private' }, body };
}

function replyTo(cluster: Cluster, request: ApiRequest): Reply {
  const { pathname, searchParams } = new URL(request.path, 'http://cluster');
  const known = review(request, pathname);
  if (known !== undefined) return { code: 201, body: known };
  if (pathname === '/healthz' || pathname === '/livez' || pathname === '/readyz') return { code: 200, body: 'ok' };
  if (request.method === 'GET') {
    const found = discovery(cluster, pathname.replace(/\/$/, ''));
    if (found !== undefined) return { code: 200, body: found };
  }
  if (isCall(pathname)) return { code: callMachine({ cluster, request, query: searchParams }, pathname), body: '' };
  const target = reach(cluster, request.user, pathname, (asked) => verbOf(request.method, asked, searchParams));
  return replyOn(target, { cluster, request, query: searchParams });
}

/** The RBAC verb of a request. */
function verbOf(method: ApiRequest['method'], target: Pick<Asked, 'name'>, query: URLSearchParams): string {
  switch (method) {
    case 'GET': return target.name !== undefined ? 'get' : query.get('watch') === 'true' || query.get('watch') === '1' ? 'watch' : 'list';
    case 'POST': return 'create';
    case 'PUT': return 'update';
    case 'PATCH': return 'patch';
    case 'DELETE': return target.name === undefined ? 'deletecollection' : 'delete';
  }
}

function replyOn(target: Target, writer: Writer): Reply {
  const { cluster, request, query } = writer;
  if (target.info.kind === 'Pod' && target.subresource === 'eviction' && request.method === 'POST') return { code: 201, body: evict(writer, target) };
  if (target.subresource !== undefined) return { code: 200, body: subresourceOf(target, writer) };
  const form = formOf(request.headers['accept']);
  const whole = (code: number, object: ReturnType<typeof read>): Reply => ({ code, body: inForm(object, form) });
  if (target.name === undefined) {
    if (request.method === 'GET') return { code: 200, body: list(cluster, target, query, form, request.user) };
    if (request.method === 'POST' && (!target.info.namespaced || target.namespace !== undefined)) return whole(201, create(writer, target));
    throw methodNotAllowed();
  }
  switch (request.method) {
    case 'GET': return whole(200, read(cluster, target));
    case 'PUT': {
      const { code, object } = update(writer, target);
      return whole(code, object);
    }
    case 'PATCH': return whole(200, patch(writer, target));
    case 'DELETE': return { code: 200, body: remove(writer, target) };
    case 'POST': throw methodNotAllowed();
  }
}

function subresourceOf(target: Target, writer: Writer): unknown {
  const { info, subresource } = target;
  if (info.kind === 'Deployment' && subresource === 'scale') return scale(writer, target);
  if (info.kind === 'Pod' && subresource === 'log' && writer.request.method === 'GET') return podLog(writer.cluster, target, writer.query);
  if (info.statusSubresource && subresource === 'status') return statusOf(writer, target);
  // What serves custom resources looks for the object first.
  throw info.servedBy === 'crd' ? notFound(info, target.name ?? '') : noSuchResource();
}
