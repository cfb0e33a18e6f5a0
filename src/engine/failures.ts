import { type Message, msg } from './message';
import { type Failure, type FailureReason } from './observation';
import { type Permission } from './source';
import { type Reply } from './transport';

/** Longest part of a server's own words that is kept, characters. */
const DETAIL_LIMIT = 500;

/** What an API server says in the body of an error. */
interface StatusBody {
  readonly kind?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly details?: { readonly name?: string; readonly kind?: string; readonly group?: string };
}

/** The body as JSON, or `undefined` where it is none (a proxy's page, a cut answer). */
export const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
};

/** The Status of an error answer; empty if the body is none. */
export const statusOf = (body: string): StatusBody => {
  const json = parsed(body);
  if (typeof json !== 'object' || json === null) return {};
  const { message, ...rest } = json as StatusBody;
  return typeof message === 'string' ? { ...rest, message } : rest;
};

const REASON_BY_STATUS: Readonly<Record<number, FailureReason>> = {
  400: 'rejected', 401: 'unauthorized', 403: 'forbidden', 406: 'rejected', 408: 'timedOut', 410: 'rejected', 413: 'tooLarge',
  415: 'rejected', 422: 'rejected', 429: 'tooManyRequests', 504: 'timedOut',
};

/** Turns an answer that is not a success into a named failure. */
export const failureOf = (reply: Reply, permission?: Permission): Failure => {
  if (reply.state === 'failed') return { reason: reply.reason, ...(reply.detail ? { detail: reply.detail } : {}) };
  const reason = REASON_BY_STATUS[reply.status] ?? (reply.status < 400 ? 'malformed' : 'serverError');
  const said = statusOf(reply.body).message;
  return {
    reason,
    ...(reason === 'forbidden' && permission ? { permission } : {}),
    ...(said ? { detail: said.slice(0, DETAIL_LIMIT) } : {}),
  };
};

/** A failure as a sentence: what is true and what to do about it. The permission and the server's words stand beside it. */
export const FAILURES: Readonly<Record<FailureReason, Message>> = {
  forbidden: msg('You may not read this. Ask somebody who can grant the permission, or send them the address of this page.'),
  unauthorized: msg('Your session is no longer valid. Log in again.'),
  apiNotInstalled: msg('This API is not served by the cluster. The operator that brings it is not installed.'),
  timedOut: msg('The server did not answer in time. Read again when it is less busy.'),
  unreachable: msg('The server could not be reached. Check the network path and whether its pods run.'),
  serverError: msg('The server answered with an error of its own. Its words stand beside this line.'),
  tooManyRequests: msg('The API server asks for fewer requests. Live reading has stopped; read again in a minute.'),
  tooLarge: msg('The answer is too large for this page. Use the command instead.'),
  malformed: msg('The answer is not what this API sends. A proxy in between may have answered.'),
  stale: msg('What was read is too old to stand on. Read again.'),
  notConfigured: msg('The console has no address for this API. Cluster monitoring may not be configured.'),
  rejected: msg('The server refused the question. Its words stand beside this line.'),
};
