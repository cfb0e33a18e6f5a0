import { answer } from './answer';
import type { Cluster } from './cluster';
import type { ApiAnswer, ApiRequest, User } from './types';
import { clusterAdmin } from './users';

/** A request with less to write: the body is any JSON value, the user a cluster admin unless told otherwise. */
export interface Asked {
  method?: ApiRequest['method'];
  body?: unknown;
  contentType?: string;
  accept?: string;
  user?: User;
}

/** Asks the cluster's API in a spec. `json` is the parsed body; for logs it is the text. */
export function ask(cluster: Cluster, path: string, { method = 'GET', body, contentType, accept, user = clusterAdmin }: Asked = {}): ApiAnswer & { json: unknown } {
  const headers: Record<string, string> = { 'user-agent': 'spec/1.0', ...(accept === undefined ? {} : { accept }), ...(body === undefined ? {} : { 'content-type': contentType ?? 'application/json' }) };
  const reply = answer(cluster, { method, path, headers, user, ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }) });
  return { ...reply, json: reply.headers['content-type'] === 'application/json' ? (JSON.parse(reply.body) as unknown) : reply.body };
}

/** A JSON patch in a spec. */
export const jsonPatch = (operations: unknown[], more: Asked = {}): Asked => ({ method: 'PATCH', contentType: 'application/json-patch+json', body: operations, ...more });
