import https from 'node:https';
import { type IncomingHttpHeaders } from 'node:http';

/** What is sent to the API server. */
export interface Ask {
  method?: string;
  /** With the query. */
  path: string;
  headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON; a text as it is. */
  body?: unknown;
  signal?: AbortSignal;
}

/** What came back, whatever the status. */
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Sends something as somebody. Rejects only if there is no answer at all. */
export type Send = (ask: Ask) => Promise<Answer>;

/** Connections to one server, whose authority is known. `fetch` of Node has no such thing. */
export class Wire {
  private readonly agent: https.Agent;

  constructor(
    private readonly base: string,
    /** The authority as PEM; undefined accepts any certificate, for a program of ours that made its own. */
    ca: string | undefined,
  ) {
    this.agent = new https.Agent({ ...(ca === undefined ? { rejectUnauthorized: false } : { ca }), keepAlive: true, maxSockets: 32 });
  }

  /** Sends one request; without a token as nobody (`system:anonymous`). */
  send(token: string | undefined, { method = 'GET', path, headers = {}, body, signal }: Ask): Promise<Answer> {
    const payload = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    const all = {
      Accept: 'application/json',
      ...(payload === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(payload)) }),
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...headers,
    };
    return new Promise((resolve, reject) => {
      const request = https.request(`${this.base}${path}`, { method, headers: all, agent: this.agent, ...(signal ? { signal } : {}) }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString() }));
      });
      request.once('error', reject);
      request.end(payload);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
