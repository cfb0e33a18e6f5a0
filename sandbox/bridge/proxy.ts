import http from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { clientFor, reasonOf } from './ask';
import { replyError } from './reply';
import { cookie } from './security';

/** An address to send requests on to; undefined if there is none. As a function: asked anew for each request. */
export type Upstream = string | URL | undefined | (() => string | URL | undefined);

/** What a request to a real server carries: TLS with a client certificate and a proxy, and the headers that say who asks. */
export interface Carried {
  agent?: http.Agent;
  headers: Readonly<Record<string, string>>;
}

/** Who asks a real cluster. */
export interface Credentials {
  /** What a request to this server carries. Rejects with a sentence when the credentials cannot be had. */
  carriedTo(address: string): Promise<Carried>;
  /** A server said that it does not know who asks (401): makes them anew. False if they were made anew just now. */
  renew(): Promise<boolean>;
}

/** What is called by this name stands behind the bridge. */
export interface Backend {
  /** Begins a sentence: `The Kubernetes API`. */
  name: string;
  upstream: Upstream;
  /** Not given: the simulator, which believes whoever the request says it is from. */
  credentials?: Credentials | undefined;
}

/** The address of a backend at this moment, without a slash at its end. */
export function addressOf({ upstream }: Backend): string | undefined {
  const address = typeof upstream === 'function' ? upstream() : upstream;
  return address === undefined ? undefined : String(address).replace(/\/+$/, '');
}

/** A header that says who asks, to the simulator only. */
const SANDBOX_USER = 'x-sandbox-user';

// Hop-by-hop headers (RFC 9110 7.6.1), and what is between the browser and the bridge alone.
const NOT_SENT_ON = new Set([
  ...['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
  ...['host', 'origin', 'referer', 'cookie', 'x-csrftoken', 'authorization'],
]);
// A real server is told who asks by the credentials alone.
const SAYS_WHO = /^(x-sandbox-user$|impersonate-|x-remote-|x-forwarded-|forwarded$)/;
// What another origin may read is for the bridge to say, and it says: nothing.
const NOT_SENT_BACK = /^(connection|keep-alive|transfer-encoding|set-cookie|access-control-.*)$/;

/** The headers to send on: those of the browser, and who asks. */
function headersFor(request: IncomingMessage, carried: Carried | undefined): IncomingHttpHeaders {
  const kept = Object.entries(request.headers).filter(([name]) => !NOT_SENT_ON.has(name) && !(carried && SAYS_WHO.test(name)));
  return { ...Object.fromEntries(kept), ...(carried?.headers ?? userOf(request)) };
}

/** Who the simulator is to believe that the request is from. */
export function userOf(request: IncomingMessage): Record<string, string> {
  const user = request.headers[SANDBOX_USER] ?? cookie(request, SANDBOX_USER);
  return typeof user === 'string' ? { [SANDBOX_USER]: user } : {};
}

/** The sentence for a backend that cannot be reached, or that there is none. */
export const unreachable = (backend: Backend, address: string | undefined, reason = ''): string =>
  address === undefined ? `${backend.name} has no address at the moment.` : `${backend.name} at ${address} cannot be reached: ${reason}.`;

const backHeaders = (answer: IncomingMessage): OutgoingHttpHeaders =>
  Object.fromEntries(Object.entries(answer.headers).filter(([name]) => !NOT_SENT_BACK.test(name)));

// Nothing is lost by asking again what has no body and changes nothing.
const mayRepeat = ({ method }: IncomingMessage): boolean => method === 'GET' || method === 'HEAD';

/** Sends a request on as it is, but for `path` (with query) and, if given, a form as its body; streams the answer back. */
export async function passOn(request: IncomingMessage, response: ServerResponse, backend: Backend, path: string, form?: string): Promise<void> {
  const address = addressOf(backend);
  if (address === undefined) {
    replyError(response, 502, unreachable(backend, address));
    return;
  }
  const fail = (error: unknown): void => {
    if (!response.destroyed) replyError(response, 502, unreachable(backend, address, reasonOf(error)));
  };
  const attempt = async (isLast: boolean): Promise<void> => {
    const carried = await backend.credentials?.carriedTo(address);
    const headers = headersFor(request, carried);
    if (form !== undefined) {
      headers['content-length'] = String(Buffer.byteLength(form));
      headers['content-type'] = 'application/x-www-form-urlencoded';
    }
    const onward = clientFor(address).request(address + path, { method: request.method, headers, ...(carried?.agent ? { agent: carried.agent } : {}) });
    onward.on('response', (answer) => {
      if (answer.statusCode === 401 && backend.credentials) {
        void backend.credentials.renew().then((isNew) => {
          if (!isNew || isLast) return sendBack(answer, response);
          answer.resume();
          return attempt(true);
        }).catch(fail);
      } else sendBack(answer, response);
    });
    onward.on('error', fail);
    response.on('close', () => onward.destroy());
    if (form !== undefined) onward.end(form);
    else if (mayRepeat(request)) onward.end();
    else request.pipe(onward);
  };
  await attempt(!mayRepeat(request)).catch(fail);
}

function sendBack(answer: IncomingMessage, response: ServerResponse): void {
  // Nothing that comes from a backend may ever run as a page.
  response.writeHead(answer.statusCode ?? 502, { ...backHeaders(answer), 'Content-Security-Policy': 'sandbox;', 'X-Content-Type-Options': 'nosniff' });
  // A watch may be silent for minutes: without this the browser would not even learn that it has begun.
  response.flushHeaders();
  answer.on('error', () => response.destroy());
  answer.pipe(response);
}

/** Sends a WebSocket's opening handshake on, and joins the two connections. */
export async function joinSockets(request: IncomingMessage, socket: Duplex, head: Buffer, backend: Backend, path: string): Promise<void> {
  const address = addressOf(backend);
  socket.on('error', () => socket.destroy());
  if (address === undefined) {
    refuseUpgrade(socket, 502, unreachable(backend, address));
    return;
  }
  const fail = (error: unknown): void => refuseUpgrade(socket, 502, unreachable(backend, address, reasonOf(error)));
  const carried = await backend.credentials?.carriedTo(address).catch(fail);
  if (backend.credentials && !carried) return;
  // An API server refuses a WebSocket without an origin, and does not ask which.
  const headers = { ...headersFor(request, carried ?? undefined), connection: 'Upgrade', upgrade: 'websocket', origin: new URL(address).origin };
  const onward = clientFor(address).request(address + path, { method: 'GET', headers, ...(carried?.agent ? { agent: carried.agent } : {}) });
  onward.on('upgrade', (answer, upstreamSocket, upstreamHead) => {
    const lines = answer.rawHeaders.flatMap((name, index, all) => (index % 2 === 0 ? [`${name}: ${all[index + 1]}`] : []));
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`);
    if (upstreamHead.length > 0) socket.write(upstreamHead);
    if (head.length > 0) upstreamSocket.write(head);
    upstreamSocket.on('error', () => socket.destroy());
    upstreamSocket.on('close', () => socket.destroy());
    socket.on('close', () => upstreamSocket.destroy());
    upstreamSocket.pipe(socket).pipe(upstreamSocket);
  });
  onward.on('response', (answer) => {
    answer.resume();
    // The page opens it again by itself, with what is new then.
    if (answer.statusCode === 401) void backend.credentials?.renew().catch(() => undefined);
    refuseUpgrade(socket, answer.statusCode ?? 502, `${backend.name} refused the WebSocket.`);
  });
  onward.on('error', fail);
  socket.on('close', () => onward.destroy());
  onward.end();
}

/** Answers an opening handshake with an HTTP error, and ends the connection. */
export function refuseUpgrade(socket: Duplex, status: number, message: string): void {
  if (socket.destroyed) return;
  const text = `${message}\n`;
  socket.end(
    `HTTP/1.1 ${status} ${http.STATUS_CODES[status] ?? 'Error'}\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`,
  );
}
