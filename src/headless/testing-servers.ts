import http, { type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import https from 'node:https';
import net, { type AddressInfo, type Socket } from 'node:net';
import { type Transport } from '../engine';
import { type Pair } from '../../sandbox/launch/testing-realServer';

/** A request as a server got it. */
export interface Asked {
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** A server that counts what comes to it. */
export interface Counted {
  readonly url: string;
  readonly asked: readonly Asked[];
  /** TCP connections that were ever opened to it. */
  readonly connections: () => number;
  readonly close: () => Promise<void>;
}

/** Answers in place of the server, or returns false to leave it to the server. */
export type Fault = (request: IncomingMessage, response: ServerResponse) => boolean;

/** Requests under way, over one server or several. */
export interface Tally {
  now: number;
  most: number;
}

interface CountedProps {
  readonly serve: RequestListener;
  readonly fault?: Fault;
  /** Served over TLS with this certificate; absent: plain HTTP. */
  readonly pair?: Pair;
  /** PEM of the authority whose client certificates are asked for; requests without one are refused as 401. */
  readonly clients?: string;
  /** The bearer token without which a request is refused as 401. */
  readonly token?: string;
  /** Milliseconds that each answer takes longer. */
  readonly delay?: number;
  readonly tally?: Tally;
}

const UNAUTHORIZED = JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', message: 'Unauthorized', reason: 'Unauthorized', code: 401 });

const listening = async (server: net.Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};

const closing = (server: net.Server, open: ReadonlySet<Socket>) => (): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of open) socket.destroy();
  });

/** Starts a server on loopback that counts, may refuse who does not show credentials, and may be made to fail. */
export const startCounted = async ({ serve, fault, pair, clients, token, delay = 0, tally = { now: 0, most: 0 } }: CountedProps): Promise<Counted> => {
  const asked: Asked[] = [];
  const open = new Set<Socket>();
  let connections = 0;
  const listener: RequestListener = (request, response) => {
    const { method = '', url: path = '', headers: { authorization } } = request;
    const noted = { method, path, authorization, body: '' };
    asked.push(noted);
    request.on('data', (chunk: Buffer) => { noted.body += chunk.toString(); });
    tally.now += 1;
    tally.most = Math.max(tally.most, tally.now);
    // Whichever comes first: whoever has the whole answer may ask again before the connection is known to be free.
    const over = () => {
      tally.now -= 1;
      for (const event of ['finish', 'close']) response.off(event, over);
    };
    response.on('finish', over).on('close', over);
    const isKnown = (clients === undefined || (request.socket as unknown as { authorized: boolean }).authorized) && (token === undefined || authorization === `Bearer ${token}`);
    setTimeout(() => {
      if (fault?.(request, response)) return;
      if (isKnown) serve(request, response);
      else response.writeHead(401, { 'content-type': 'application/json' }).end(UNAUTHORIZED);
    }, delay).unref();
  };
  const server = pair === undefined ? http.createServer(listener)
    : https.createServer({ cert: pair.cert, key: pair.private, ...(clients === undefined ? {} : { ca: clients, requestCert: true, rejectUnauthorized: false }) }, listener);
  server.on('tlsClientError', () => undefined);
  // As servers of clusters do: who pauses for a few seconds keeps the connection.
  server.keepAliveTimeout = 60_000;
  server.on('connection', (socket: Socket) => {
    connections += 1;
    open.add(socket);
  });
  const port = await listening(server);
  return {
    url: `${pair === undefined ? 'http' : 'https'}://127.0.0.1:${port}`, asked,
    connections: () => connections, close: closing(server, open),
  };
};

/** Hands requests on to another server of this machine, with connections of its own. */
export const through = (url: string): RequestListener => (request, response) => {
  const { method, headers } = request;
  const onwards = http.request(`${url}${request.url ?? ''}`, { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onwards.on('error', () => response.destroy());
  request.pipe(onwards);
};

/** Serves what a door of a spec answers for Prometheus. */
export const prometheusOf = (door: Transport): RequestListener => (request, response) => {
  void door.get({ to: 'prometheus', path: request.url ?? '' }, new AbortController().signal).then((reply) => {
    if (reply.state === 'failed') response.destroy();
    else response.writeHead(reply.status, { 'content-type': 'application/json', date: new Date(reply.date ?? 0).toUTCString() }).end(reply.body);
  });
};

/** Serves a document as JSON, or anything else as it is. */
export const saying = (body: unknown, status = 200): RequestListener => (_, response) => {
  const isText = typeof body === 'string';
  response.writeHead(status, { 'content-type': isText ? 'text/html' : 'application/json' }).end(isText ? body : JSON.stringify(body));
};

/** A proxy that opens tunnels (CONNECT) and counts them. */
export const startProxy = async (): Promise<{ readonly url: string; readonly tunnels: readonly string[]; readonly close: () => Promise<void> }> => {
  const tunnels: string[] = [];
  const open = new Set<Socket>();
  const server = http.createServer((_, response) => response.writeHead(405).end());
  server.on('connection', (socket: Socket) => open.add(socket));
  server.on('connect', (request, client: Socket, head: Buffer) => {
    tunnels.push(request.url ?? '');
    const [host = '', port = ''] = (request.url ?? '').split(':');
    const far = net.connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      far.write(head);
      far.pipe(client).pipe(far);
    });
    for (const socket of [far, client]) socket.on('error', () => socket.destroy());
    open.add(far);
  });
  const port = await listening(server);
  return { url: `http://127.0.0.1:${port}`, tunnels, close: closing(server, open) };
};
