import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { clientFor } from '../../sandbox/bridge/ask';
import { newAuthority, newCertificate } from '../../sandbox/launch/testing-realServer';

/** What went through: requests, and the bytes of their answers as they crossed the wire, compressed where they were. */
export interface Traffic {
  requests: number;
  bytes: number;
}

/** Stands before a server and counts. It costs time: what is counted is not timed. */
export interface Meter {
  url: string;
  /** The authority it is signed by, as PEM text; of one before a server without TLS, nothing. */
  ca: string | undefined;
  /** What went through since the last call. */
  take(): Traffic;
  close(): void;
}

/** Starts one before a server; `ca` is the authority of that server. */
export async function startMeter(target: string, ca?: string): Promise<Meter> {
  let traffic: Traffic = { requests: 0, bytes: 0 };
  const options = { keepAlive: true, maxSockets: 64 };
  const agent = target.startsWith('https:') ? new https.Agent({ ...options, ...(ca === undefined ? {} : { ca }) }) : new http.Agent(options);
  const pass: http.RequestListener = (request, response) => {
    traffic = { ...traffic, requests: traffic.requests + 1 };
    const { host: _, ...headers } = request.headers;
    const onward = clientFor(target).request(`${target}${request.url ?? ''}`, { method: request.method, headers, agent }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.on('data', (chunk: Buffer) => (traffic = { ...traffic, bytes: traffic.bytes + chunk.length }));
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  };
  const authority = ca === undefined ? undefined : await newAuthority('authority of the meter');
  const pair = authority && (await newCertificate(authority, 'meter', 'server'));
  const server = pair ? https.createServer({ cert: pair.cert, key: pair.private }, pass) : http.createServer(pass);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `${pair ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ca: authority?.cert,
    take: () => {
      const taken = traffic;
      traffic = { requests: 0, bytes: 0 };
      return taken;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
      agent.destroy();
    },
  };
}
