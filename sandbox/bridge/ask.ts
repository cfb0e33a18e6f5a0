import http from 'node:http';
import https from 'node:https';

/** What was answered, whole. */
export interface Answer {
  status: number;
  /** The content type, or nothing. */
  type: string;
  body: string;
}

/** A question that the bridge itself asks of a server. */
export interface Question {
  method?: 'GET' | 'POST';
  headers?: http.OutgoingHttpHeaders;
  body?: string;
  /** TLS, client certificate and proxy; Node's own if not given. */
  agent?: http.Agent | undefined;
  /** Milliseconds without an answer after which it is given up. */
  within?: number;
}

const WITHIN = 15_000;

/** The client for an address, by its scheme. */
export const clientFor = (address: string): typeof http | typeof https => (address.startsWith('https:') ? https : http);

/** Why there was no answer: the system's or OpenSSL's code (`ECONNREFUSED`, `CERT_HAS_EXPIRED`) if there is one, else the words. */
export function reasonOf(error: unknown): string {
  const { code, message } = (typeof error === 'object' && error !== null ? error : {}) as { code?: unknown; message?: unknown };
  return typeof code === 'string' ? code : String(message ?? error).replace(/\.$/, '');
}

/**
 * Asks, and reads the whole answer. Redirects are answers too. Rejects with Node's own error (`code`), which is `ETIMEDOUT`
 * also for a server that accepts and stays silent.
 */
export function ask(url: string, { method = 'GET', headers = {}, body, agent, within = WITHIN }: Question = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) };
    const request = clientFor(url).request(url, { method, headers: { ...headers, ...length }, ...(agent ? { agent } : {}) }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => (text += chunk));
      answer.on('error', reject);
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, type: answer.headers['content-type'] ?? '', body: text }));
    });
    request.setTimeout(within, () => request.destroy(Object.assign(new Error(`no answer within ${within / 1_000} s`), { code: 'ETIMEDOUT' })));
    request.on('error', reject);
    request.end(body);
  });
}
