import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

/** A request as an upstream got it. */
export interface Seen {
  method: string;
  url: string;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** An upstream that remembers what it was asked, and answers with `answers[path]` or 404. */
export async function upstream(answers: Record<string, { status?: number; type?: string; body: string }>) {
  const seen: Seen[] = [];
  const server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      const {
        status = 200,
        type = 'application/json',
        body: text,
      } = answers[(request.url ?? '').split('?')[0] ?? ''] ?? { status: 404, body: '{}' };
      response.writeHead(status, { 'Content-Type': type, 'Set-Cookie': 'secret=1' }).end(text);
    });
  });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket, request) =>
    socket.send(JSON.stringify({ path: request.url, user: request.headers['x-sandbox-user'] ?? null })),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        sockets.close();
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}
