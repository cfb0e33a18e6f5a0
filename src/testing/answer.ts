import type { Cluster } from './cluster';
import { discovery } from './api/discovery';
import { targetOf, type Target } from './api/path';
import { podLog } from './api/podLog';
import { formOf, inForm, list, read } from './api/read';
import { review } from './api/reviews';
import { authorize } from './api/rights';
import { scale } from './api/scale';
import { ApiError, methodNotAllowed, noSuchPath } from './api/status';
import { create, patch, remove, update, type Writer } from './api/write';
import type { ApiAnswer, ApiRequest } from './types';

/**
 * Answers one request as the cluster's API server would: discovery, reads, writes, logs, access reviews, errors as Status
 * objects. The specs call it in process, the sandbox over HTTP. Never throws for a bad request. Watches are not requests with
 * an answer: `sandbox/apiserver` serves them from the cluster's history.
 */
export function answer(cluster: Cluster, request: ApiRequest): ApiAnswer {
  try {
    const reply = replyTo(cluster, request);
    return typeof reply.body === 'string' ? answerOf(cluster, reply.code, 'text/plain', reply.body) : answerOf(cluster, reply.code, 'application/json', `${JSON.stringify(reply.body)}\n`);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return refusal(cluster, error);
  }
}

/** The HTTP answer of a refused request. */
export function refusal(cluster: Cluster, error: ApiError): ApiAnswer {
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
  const target = targetOf(cluster, pathname);
  if (!target) throw noSuchPath();
  return replyOn(target, { cluster, request, query: searchParams });
}

/** The RBAC verb of a request. */
export function verbOf(method: ApiRequest['method'], target: Target, query: URLSearchParams): string {
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
  authorize(request.user, target, verbOf(request.method, target, query));
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
    case 'PUT': return whole(200, update(writer, target));
    case 'PATCH': return whole(200, patch(writer, target));
    case 'DELETE': return { code: 200, body: remove(writer, target) };
    case 'POST': throw methodNotAllowed();
  }
}

function subresourceOf(target: Target, writer: Writer): unknown {
  const { info, subresource } = target;
  if (info.kind === 'Deployment' && subresource === 'scale') return scale(writer, target);
  if (info.kind === 'Pod' && subresource === 'log' && writer.request.method === 'GET') return podLog(writer.cluster, target, writer.query);
  throw noSuchPath();
}
