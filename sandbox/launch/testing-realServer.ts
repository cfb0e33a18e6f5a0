import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { TLSSocket } from 'node:tls';
import { generate } from 'selfsigned';
import { WebSocketServer } from 'ws';
import { stringify } from 'yaml';

/** A certificate with its key, as PEM text. */
export interface Pair {
  cert: string;
  private: string;
}

const EC = { keyType: 'ec', curve: 'P-256', algorithm: 'sha256' } as const;

/** An authority for one run of a spec. */
export const newAuthority = (name: string): Promise<Pair> =>
  generate([{ name: 'commonName', value: name }], { ...EC, extensions: [{ name: 'basicConstraints', cA: true, critical: true }, { name: 'keyUsage', keyCertSign: true, critical: true }] });

/** A certificate for a name, signed by an authority: for a server at 127.0.0.1, or for a client. `days` may lie in the past. */
export function newCertificate(authority: Pair, name: string, use: 'server' | 'client', days = 1): Promise<Pair> {
  const notBeforeDate = new Date(Date.now() - 10 * 86_400_000);
  return generate([{ name: 'commonName', value: name }], {
    ...EC, ca: { key: authority.private, cert: authority.cert }, notBeforeDate, notAfterDate: new Date(Date.now() + days * 86_400_000),
    extensions: [
      { name: 'extKeyUsage', serverAuth: use === 'server', clientAuth: use === 'client' },
      ...(use === 'server' ? [{ name: 'subjectAltName' as const, altNames: [{ type: 7 as const, ip: '127.0.0.1' }] }] : []),
    ],
  });
}

/** A request as the server got it, and who it was taken to be from. */
export interface Asked {
  method: string;
  url: string;
  user: string;
  headers: IncomingHttpHeaders;
}

/** What the server answers at a path; without one, a list of nothing. */
export type Answers = Readonly<Record<string, { status?: number; type?: string; body: string }>>;

interface ServerProps {
  /** Its certificate, and the authority of clients. */
  pair: Pair;
  clients?: string;
  /** A TLS handshake without a client certificate of that authority fails. */
  demandsCertificate?: boolean;
  /** Users by their tokens; may change while it runs. */
  tokens?: ReadonlyMap<string, string>;
  answers?: Answers;
}

const SSR = '/apis/authentication.k8s.io/v1/selfsubjectreviews';
const unauthorized = JSON.stringify({ kind: 'Status', status: 'Failure', reason: 'Unauthorized', code: 401, message: 'Unauthorized' });

/** An HTTPS server on loopback that tells users apart as an API server does: client certificate, then token, else 401. */
export async function startRealServer({ pair, clients, demandsCertificate = false, tokens = new Map(), answers = {} }: ServerProps) {
  const asked: Asked[] = [];
  const userOf = ({ headers, socket }: { headers: IncomingHttpHeaders; socket: unknown }): string | undefined => {
    const tls = socket as TLSSocket;
    // A resumed session without a client certificate calls itself authorized, too.
    const name = tls.authorized ? tls.getPeerCertificate().subject?.CN : undefined;
    return headers.authorization === undefined ? name?.toString() : tokens.get(headers.authorization.replace(/^Bearer /, ''));
  };
  const server = https.createServer({ cert: pair.cert, key: pair.private, ...(clients === undefined ? {} : { ca: clients }), requestCert: clients !== undefined, rejectUnauthorized: demandsCertificate }, (request, response) => {
    const user = userOf(request);
    const { method = '', url = '', headers } = request;
    asked.push({ method, url, user: user ?? '', headers });
    const reply = (status: number, type: string, body: string) => response.writeHead(status, { 'Content-Type': type, 'Access-Control-Allow-Origin': '*' }).end(body);
    const answer = answers[url.split('?')[0] ?? ''];
    if (user === undefined) reply(401, 'application/json', unauthorized);
    else if (answer) reply(answer.status ?? 200, answer.type ?? 'application/json', answer.body);
    else if (url === SSR) reply(201, 'application/json', JSON.stringify({ kind: 'SelfSubjectReview', status: { userInfo: { username: user } } }));
    else reply(200, 'application/json', '{"kind":"List","items":[]}');
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    const user = userOf(request);
    // As kube-apiserver does, and no other test would tell.
    if (request.headers.origin === undefined) socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
    else if (user === undefined) socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n');
    else sockets.handleUpgrade(request, socket, head, (opened) => opened.send(JSON.stringify({ path: request.url, user, origin: request.headers.origin })));
  });
  server.on('tlsClientError', () => undefined);
  // Also those whose handshake failed, which the HTTP server does not know.
  const connections = new Set<Socket>();
  server.on('connection', (socket: Socket) => connections.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise<void>((resolve) => {
        sockets.close();
        server.close(() => resolve());
        for (const connection of connections) connection.destroy();
      }),
  };
}

/** A throw-away folder that kubeconfigs, tokens and CAs are written to. */
export async function newFolder() {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'virt-runbooks-spec-'));
  return {
    dir,
    write: async (name: string, text: string): Promise<string> => {
      const file = path.join(dir, name);
      await writeFile(file, text);
      return file;
    },
    remove: () => rm(dir, { recursive: true, force: true }),
  };
}

const inBase64 = (text: string): string => Buffer.from(text).toString('base64');

/** A kubeconfig with one context, `it`. */
export const kubeconfigFor = (server: string, authority: string, user: { token: string } | Pair | { exec: object } | Record<string, never>): string =>
  stringify({
    apiVersion: 'v1', kind: 'Config', 'current-context': 'it',
    clusters: [{ name: 'c', cluster: { server, 'certificate-authority-data': inBase64(authority) } }],
    users: [{ name: 'jane', user: 'cert' in user ? { 'client-certificate-data': inBase64(user.cert), 'client-key-data': inBase64(user.private) } : user }],
    contexts: [{ name: 'it', context: { cluster: 'c', user: 'jane' } }, { name: 'other', context: { cluster: 'c', user: 'jane' } }],
  });
