import http from 'node:http';
import https from 'node:https';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { replyError } from './reply';
import { cookie } from './security';

/** An address to send requests on to; undefined if there is none. As a function: asked anew for each request. */
export type Upstream = string | URL | undefined | (() => string | URL | undefined);

/** What is called by this name stands behind the bridge. */
export interface Backend {
  /** Begins a sentence: `The Kubernetes API`. */
  name: string;
  upstream: Upstream;
  /** Sent as `Authorization: Bearer …`, for a real cluster. */
  token?: string | undefined;
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
const NOT_SENT_BACK = new Set(['connection', 'keep-alive', 'transfer-encoding', 'set-cookie']);

/** The headers to send on: those of the browser, who asks, and the token. */
export function headersFor(request: IncomingMessage, { token }: Backend): IncomingHttpHeaders {
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !NOT_SENT_ON.has(name)));
  const user = request.headers[SANDBOX_USER] ?? cookie(request, SANDBOX_USER);
  return {
    ...headers,
    ...(user === undefined ? {} : { [SANDBOX_USER]: user }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
}

const clientFor = (address: string): typeof http | typeof https => (address.startsWith('https:') ? https : http);

/** The sentence for a backend that cannot be reached, or that there is none. */
export const unreachable = (backend: Backend, address: string | undefined, reason = ''): string =>
  address === undefined ? `${backend.name} has no address at the moment.` : `${backend.name} at ${address} cannot be reached: ${reason}.`;

/** Sends a request on as it is, but for `path` (with query) and, if given, a form as its body; streams the answer back. */
export function passOn(request: IncomingMessage, response: ServerResponse, backend: Backend, path: string, form?: string): void {
  const address = addressOf(backend);
  if (address === undefined) {
    replyError(response, 502, unreachable(backend, address));
    return;
  }
  const headers = headersFor(request, backend);
  if (form !== undefined) {
    headers['content-length'] = String(Buffer.byteLength(form));
    headers['content-type'] = 'application/x-www-form-urlencoded';
  }
  const onward = clientFor(address).request(address + path, { method: request.method, headers }, (answer) => {
    const back = Object.fromEntries(Object.entries(answer.headers).filter(([name]) => !NOT_SENT_BACK.has(name)));
    // Nothing that comes from a backend may ever run as a page.
    response.writeHead(answer.statusCode ?? 502, { ...back, 'Content-Security-Policy': 'sandbox;', 'X-Content-Type-Options': 'nosniff' });
    // A watch may be silent for minutes: without this the browser would not even learn that it has begun.
    response.flushHeaders();
    answer.on('error', () => response.destroy());
    answer.pipe(response);
  });
  onward.on('error', (error: NodeJS.ErrnoException) => {
    if (!response.destroyed) replyError(response, 502, unreachable(backend, address, error.code ?? error.message));
  });
  response.on('close', () => onward.destroy());
  if (form === undefined) request.pipe(onward);
  else onward.end(form);
}

/** Sends a WebSocket's opening handshake on, and joins the two connections. */
export function joinSockets(request: IncomingMessage, socket: Duplex, head: Buffer, backend: Backend, path: string): void {
  const address = addressOf(backend);
  socket.on('error', () => socket.destroy());
  if (address === undefined) {
    refuseUpgrade(socket, 502, unreachable(backend, address));
    return;
  }
  const headers = { ...headersFor(request, backend), connection: 'Upgrade', upgrade: 'websocket' };
  const onward = clientFor(address).request(address + path, { method: 'GET', headers });
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
    refuseUpgrade(socket, answer.statusCode ?? 502, `${backend.name} refused the WebSocket.`);
  });
  onward.on('error', (error: NodeJS.ErrnoException) =>
    refuseUpgrade(socket, 502, unreachable(backend, address, error.code ?? error.message)),
  );
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
