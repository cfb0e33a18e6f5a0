import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { answer, refusal } from '../../src/testing/answer';
import { formOf, selectorOf } from '../../src/testing/api/read';
import { reach } from '../../src/testing/api/rights';
import { ApiError, noSuchPath, unsupportedMediaType } from '../../src/testing/api/status';
import type { Cluster } from '../../src/testing/cluster';
import { exposition, metricsOf } from '../../src/testing/metrics';
import type { ApiAnswer, ApiRequest, User } from '../../src/testing/types';
import { userCalled } from '../../src/testing/users';
import { reviewIn } from './protobuf';
import { startWatch, type Watch } from './watch';

/** A simulated API server on loopback. */
export interface ApiServer {
  /** `http://127.0.0.1:PORT`. Prometheus finds the metrics of the whole cluster at `/metrics`. */
  url: string;
  /** Ends all connections, watches among them. */
  close(): Promise<void>;
}

/** What to serve, and as whom a request comes that names nobody. */
export interface ApiServerOptions {
  cluster: Cluster;
  /** 0 takes any free one. */
  port: number;
  /** The user of a request; one named by header or cookie `x-sandbox-user` comes first. */
  user: (request: IncomingMessage) => User;
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const LARGEST_BODY = 3 * 2 ** 20;

function headersOf(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]));
}

/** Who asks: the header or the cookie, else whoever the scenario says. An unknown name is nobody we know, so it is ignored. */
function userOf(request: IncomingMessage, fallback: ApiServerOptions['user']): User {
  const header = request.headers['x-sandbox-user'];
  const cookie = /(?:^|;\s*)x-sandbox-user=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];
  const name = typeof header === 'string' ? header : cookie === undefined ? undefined : decodeURIComponent(cookie);
  return (name === undefined ? undefined : userCalled(name)) ?? fallback(request);
}

const PROTOBUF = 'application/vnd.kubernetes.protobuf';

/** The request's body as text; of protobuf only what `reviewIn` knows. Throws an ApiError for one that is too large or unreadable. */
async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) throw new ApiError(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${String(LARGEST_BODY)}`);
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  if (!request.headers['content-type']?.startsWith(PROTOBUF) || size === 0) return body.toString('utf8');
  const review = reviewIn(body);
  if (review === undefined) throw unsupportedMediaType(['application/json']);
  return review;
}

function reply(response: ServerResponse, { status, headers, body }: ApiAnswer): void {
  response.writeHead(status, headers).end(body);
}

const isWatch = (query: URLSearchParams): boolean => query.get('watch') === 'true' || query.get('watch') === '1';

/** The watch a request asks for, allowed and readable; throws an ApiError. */
function watchOf(cluster: Cluster, request: IncomingMessage, user: User): Watch {
  const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://cluster');
  const target = reach(cluster, user, pathname, () => 'watch');
  if (target.subresource !== undefined) throw noSuchPath();
  const from = query.get('resourceVersion') ?? '';
  // The server's own 500, without a reason.
  if (!/^\d*$/.test(from)) throw new ApiError(500, undefined, `resourceVersion: Invalid value: ${JSON.stringify(from)}: strconv.ParseUint: parsing ${JSON.stringify(from)}: invalid syntax`);
  // Refused now with a 400, not later inside the stream.
  selectorOf(target.info, query);
  return { cluster, target, query, form: formOf(request.headers.accept), user };
}

/** Watches over plain HTTP: one JSON document per line, for as long as the client stays. */
function streamWatch(watch: Watch, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json', date: watch.cluster.now().toUTCString(), 'cache-control': 'no-cache, private' });
  response.flushHeaders();
  const stop = startWatch(watch, (event) => response.write(`${JSON.stringify(event)}\n`), () => response.end());
  response.on('close', stop);
}

async function serve({ cluster, user }: ApiServerOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url ?? '/';
  const { pathname, searchParams } = new URL(path, 'http://cluster');
  if (pathname === '/metrics') {
    reply(response, { status: 200, headers: { 'content-type': 'text/plain; version=0.0.4' }, body: exposition(metricsOf(cluster)) });
    return;
  }
  const method = METHODS.find((each) => each === request.method);
  if (!method) {
    reply(response, refusal(cluster, new ApiError(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource')));
    return;
  }
  const who = userOf(request, user);
  if (method === 'GET' && isWatch(searchParams)) {
    streamWatch(watchOf(cluster, request, who), response);
    return;
  }
  const body = method === 'GET' ? '' : await bodyOf(request);
  const asked: ApiRequest = { method, path, headers: headersOf(request), user: who, ...(body === '' ? {} : { body }) };
  reply(response, answer(cluster, asked));
}

/** Watches over WebSocket, as the console opens them: one JSON document per message. */
function upgradeWatches(server: Server, { cluster, user }: ApiServerOptions): WebSocketServer {
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: (protocols) => [...protocols][0] ?? false });
  server.on('upgrade', (request, socket, head) => {
    try {
      const watch = watchOf(cluster, request, userOf(request, user));
      sockets.handleUpgrade(request, socket, head, (client) => {
        const stop = startWatch(watch, (event) => client.send(JSON.stringify(event)), () => client.close());
        client.on('close', stop);
        client.on('error', () => client.terminate());
      });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const { status, body } = refusal(cluster, error);
      socket.end(`HTTP/1.1 ${String(status)} Refused\r\ncontent-type: application/json\r\ncontent-length: ${String(Buffer.byteLength(body))}\r\nconnection: close\r\n\r\n${body}`);
    }
  });
  return sockets;
}

/** Serves a cluster over HTTP on loopback: everything `answer` knows, watches, and the metrics. Rejects if the port is taken. */
export async function startApiServer(options: ApiServerOptions): Promise<ApiServer> {
  const server = createServer((request, response) => {
    serve(options, request, response).catch((error: unknown) => {
      const known = error instanceof ApiError ? error : new ApiError(500, 'InternalError', `Internal error occurred: ${String(error)}`);
      reply(response, refusal(options.cluster, known));
    });
  });
  const sockets = upgradeWatches(server, options);
  const open = new Set<Socket>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const close = async (): Promise<void> => {
    for (const client of sockets.clients) client.terminate();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of open) socket.destroy();
    await closed;
  };
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, close };
}
