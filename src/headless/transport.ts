import type https from 'node:https';
import got, { type Response, CancelError, ReadError, RequestError, TimeoutError } from 'got';
import { type Api, type Reply, type Request, type Transport } from '../engine';
import { type Endpoint } from './access';

/** Where the APIs answer. What has no endpoint is reported as not configured. */
export type Endpoints = Readonly<Partial<Record<Api, Endpoint>>>;

/** An attempt that takes longer is given up, milliseconds. */
const TIMEOUT = 30_000;
/** Largest answer that is taken in, bytes. */
const LARGEST = 64_000_000;
/** Reads are repeated so often, after 0.2 s and 0.6 s, or when the server says. */
const RETRIES = 2;
const PAUSES = [200, 600];
/** A server that asks for a longer pause is taken at its word: the answer stands. Milliseconds. */
const LONGEST_PAUSE = 5_000;

const client = got.extend({
  throwHttpErrors: false,
  // Whoever sends us elsewhere wants a login: that is an answer of its own.
  followRedirect: false,
  timeout: { request: TIMEOUT, connect: 10_000 },
  retry: {
    limit: RETRIES,
    // A review changes nothing: it may be repeated as any read.
    methods: ['GET', 'POST'],
    statusCodes: [429, 500, 502, 503, 504],
    // Not what took too long: it would do so again, and the time is gone.
    errorCodes: ['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ENOTFOUND', 'ENETUNREACH', 'EAI_AGAIN'],
    maxRetryAfter: LONGEST_PAUSE,
    calculateDelay: ({ attemptCount, computedValue, retryAfter }) => (computedValue === 0 ? 0 : retryAfter ?? PAUSES[attemptCount - 1] ?? 0),
  },
});

const answered = ({ statusCode, body, headers }: Response<string>): Reply => {
  const date = Date.parse(headers.date ?? '');
  return { state: 'answered', status: statusCode, body, ...(Number.isNaN(date) ? {} : { date }) };
};

/** Codes of Node and OpenSSL for a certificate that is not believed. */
const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|HOSTNAME_MISMATCH/;

const failed = (error: unknown): Reply => {
  if (error instanceof TimeoutError) return { state: 'failed', reason: 'timedOut' };
  if (!(error instanceof RequestError)) return { state: 'failed', reason: 'unreachable', detail: String(error) };
  const detail = UNTRUSTED.test(error.code) ? `its certificate is not trusted: ${error.message}`
    : error instanceof ReadError ? 'the connection ended in the middle of the answer' : error.message;
  return { state: 'failed', reason: 'unreachable', detail };
};

/** One read of one server. */
export type Get = (endpoint: Endpoint, request: Omit<Request, 'to'>, signal: AbortSignal) => Promise<Reply>;

/**
 * Reads from Node, with keep-alive. Connection errors, 429 and 5xx are tried again; a server that could not be reached
 * at all is then asked only once each time. Never rejects, except when aborted.
 */
export const createGet = (): Get => {
  const dead = new Set<string>();
  return async ({ url, agent, headers }, { path, accept, body }, signal) => {
    const request = client(`${url}${path}`, {
      agent: { http: agent, https: agent as https.Agent },
      headers: { ...headers, accept: accept ?? 'application/json' },
      ...(body === undefined ? { method: 'GET' } : { method: 'POST', json: body }),
      ...(dead.has(url) ? { retry: { limit: 0 } } : {}),
      signal,
    });
    void request.on('downloadProgress', ({ transferred }) => {
      if (transferred > LARGEST) request.cancel();
    });
    try {
      const reply = answered(await request);
      dead.delete(url);
      return reply;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof CancelError) return { state: 'failed', reason: 'tooLarge' };
      dead.add(url);
      return failed(error);
    }
  };
};

/** The door of the engine, from Node. */
export const nodeTransport = (endpoints: Endpoints, get: Get = createGet()): Transport => ({
  get: async ({ to, ...request }, signal) => {
    const endpoint = endpoints[to];
    return endpoint ? get(endpoint, request, signal) : { state: 'failed', reason: 'notConfigured' };
  },
});
