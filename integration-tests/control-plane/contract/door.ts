import { readFileSync } from 'node:fs';
import { type IncomingMessage, request as plain } from 'node:http';
import { Agent, request as secure } from 'node:https';

/** Where an API server answers, and as whom it is asked. */
export interface Door {
  /** Without a slash at its end. */
  readonly url: string;
  /** Certificate authority of an https address, PEM. */
  readonly ca?: string;
  readonly token: string;
}

/** An answer as it came, or the part of a stream that came until `enough`. */
export interface Raw {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  /** The server's clock, milliseconds since 1970. */
  readonly date?: number;
}

interface Sending {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
  /** Called with each part of the body as it comes. */
  readonly heard?: (text: string) => void;
}

const agents = new Map<string, Agent>();

/** One pool of connections per authority: a TLS handshake per request would be most of the work. */
const agentFor = (ca: string): Agent => {
  const agent = agents.get(ca) ?? new Agent({ ca, keepAlive: true, maxSockets: 24 });
  agents.set(ca, agent);
  return agent;
};

/** A door with its authority read from a file. */
export const doorWith = (url: string, caFile: string, token: string): Door => ({ url, ca: readFileSync(caFile, 'utf8'), token });

/** Sends one request. Rejects when nothing answers or `signal` is aborted; a stream that is aborted resolves with what came. */
export const ask = ({ url, ca, token }: Door, { method = 'GET', path, headers = {}, body, signal, heard }: Sending): Promise<Raw> => new Promise((resolve, reject) => {
  const options = {
    method, headers: { accept: 'application/json', authorization: `Bearer ${token}`, ...headers, ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }) },
    ...(signal ? { signal } : {}), ...(ca === undefined ? {} : { agent: agentFor(ca) }),
  };
  let text = '';
  let begun: IncomingMessage | undefined;
  const done = () => {
    const date = Date.parse(begun?.headers.date ?? '');
    resolve({ status: begun?.statusCode ?? 0, type: begun?.headers['content-type'] ?? '', text, ...(Number.isNaN(date) ? {} : { date }) });
  };
  const failed = (error: Error) => (heard && begun && signal?.aborted ? done() : reject(error));
  const sent = (ca === undefined ? plain : secure)(`${url}${path}`, options, (response) => {
    begun = response;
    response.setEncoding('utf8');
    response.on('data', (part: string) => {
      text += part;
      heard?.(part);
    });
    response.on('end', done);
    response.on('error', failed);
  });
  sent.on('error', failed);
  sent.end(body);
});
