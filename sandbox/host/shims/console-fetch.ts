import type { ConsoleFetch, ConsoleFetchJSON, ConsoleFetchText } from '@openshift-console/dynamic-plugin-sdk/lib/extensions/console-types';
import { HttpError } from '@openshift-console/dynamic-plugin-sdk/lib/utils/error/http-error';

/** A request took longer than its time limit; the name is the console's. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
  constructor(url: string, milliseconds: number) {
    super(`Call to ${url} timed out after ${milliseconds}ms.`);
  }
}

const TIMEOUT = 60_000;
const ATTEMPTS = 3;

const csrfToken = (): string | undefined => /(?:^|;\s*)csrf-token=([^;]*)/.exec(document.cookie)?.[1];

function withConsoleHeaders(url: string, options: RequestInit): RequestInit {
  const headers = new Headers(options.headers);
  const method = (options.method ?? 'GET').toUpperCase();
  const token = csrfToken();
  if (method !== 'GET' && !url.includes('://') && token !== undefined) headers.set('X-CSRFToken', token);
  return { credentials: 'same-origin', ...options, method, headers };
}

interface ErrorBody {
  message?: string;
  error?: string;
  details?: { causes?: { message?: string; field?: string }[] };
}

/** The error for an answer that is not ok: in the server's words if it is JSON, else by its status. */
async function errorFrom(response: Response): Promise<HttpError> {
  if (!response.headers.get('content-type')?.includes('json')) return new HttpError(response.statusText, response.status, response);
  const body = (await response.json()) as ErrorBody;
  if (response.status === 403) return new HttpError(body.message ?? 'Access denied due to cluster policy.', 403, response, body);
  const cause = body.details?.causes?.[0];
  const reason = cause && `Error "${cause.message ?? ''}" for field "${cause.field ?? ''}".`;
  return new HttpError(reason ?? body.message ?? body.error ?? response.statusText, response.status, response, body);
}

async function attempt(url: string, options: RequestInit): Promise<Response> {
  for (let left = ATTEMPTS; ; left -= 1) {
    const response = await fetch(url, options);
    if (response.ok || response.status === 304) return response;
    if (response.status !== 429 || left <= 1) throw await errorFrom(response);
  }
}

/**
 * The console's fetch: adds the CSRF header, throws `HttpError` unless the answer is ok, tries again twice after a 429,
 * gives up after `timeout` ms (0 or less: never). A request that timed out is not aborted, as in the console.
 */
export const coFetch: ConsoleFetch = async (url, options = {}, timeout = TIMEOUT) => {
  const request = attempt(url, withConsoleHeaders(url, options)).catch((error: unknown) => {
    console.warn(`consoleFetch failed for url ${url}`, error);
    throw error;
  });
  if (timeout <= 0) return request;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeoutError(url, timeout)), timeout);
  });
  return Promise.race([request, expired]).finally(() => clearTimeout(timer));
};

/** Text if and only if the type is exactly `text/plain`, else parsed JSON; nothing at all is `''` or `{}`. */
async function contentOf(response: Response): Promise<unknown> {
  const text = await response.text();
  if (response.headers.get('Content-Type') === 'text/plain') return text;
  return text === '' ? {} : (JSON.parse(text) as unknown);
}

const withAccept = (options: RequestInit): RequestInit => {
  const headers = new Headers(options.headers);
  if (!headers.has('Accept')) headers.set('Accept', 'application/json');
  return { ...options, headers };
};

const fetchJSON = async (url: string, method = 'GET', options: RequestInit | null = {}, timeout?: number): Promise<unknown> =>
  contentOf(await coFetch(url, { ...withAccept(options ?? {}), method }, timeout));

const sendJSON =
  (method: 'DELETE' | 'POST' | 'PUT' | 'PATCH') =>
  (url: string, json?: unknown, options: RequestInit | null = {}, timeout?: number): Promise<unknown> => {
    const headers = new Headers(options?.headers);
    if (!headers.has('Content-Type'))
      headers.set('Content-Type', `application/${method === 'PATCH' ? 'json-patch+json' : 'json'};charset=UTF-8`);
    const hasBody = json !== undefined && json !== null;
    return fetchJSON(url, method, { ...options, ...(hasBody ? { headers, body: JSON.stringify(json) } : {}) }, timeout);
  };

/** JSON in, JSON out; the methods send `application/json`, or `application/json-patch+json` for patch. */
export const coFetchJSON = Object.assign(fetchJSON, {
  delete: sendJSON('DELETE'),
  post: sendJSON('POST'),
  put: sendJSON('PUT'),
  patch: sendJSON('PATCH'),
}) as ConsoleFetchJSON<unknown>;

/** Text, but only for the content type `text/plain`: anything else is parsed as JSON. */
export const coFetchText: ConsoleFetchText<unknown> = async (url, options = {}, timeout) =>
  contentOf(await coFetch(url, { ...options, method: 'GET' }, timeout));
