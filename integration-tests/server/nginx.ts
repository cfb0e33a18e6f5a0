import { readFileSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import https from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TLSSocket } from 'node:tls';
import { ProgramFailure, run, startChild } from '../../sandbox/launch/child';
import { fetchPackages } from '../../sandbox/launch/packages';
import { freePort } from '../../sandbox/launch/port';
import { newAuthority, newCertificate, type Pair } from '../../sandbox/launch/testing-realServer';

const CACHE = path.resolve('.cache', 'nginx');
const CONFIG = path.resolve('charts', 'virt-runbooks-plugin', 'files', 'nginx.conf');
const WANTED = { packages: ['nginx', 'nginx-common'], what: 'nginx', instead: 'Put nginx on PATH and start again.' };

/** The program: on PATH, or Debian's package in the clone's `.cache`. Throws a `Refusal` that says what to do. */
async function findNginx(): Promise<string> {
  const fetched = path.join(CACHE, 'usr', 'sbin', 'nginx');
  for (const program of ['nginx', fetched]) {
    try {
      await run(program, ['-v']);
      return program;
    } catch (error) {
      if (!(error instanceof ProgramFailure)) throw error;
    }
  }
  await fetchPackages(CACHE, WANTED);
  return fetched;
}

/** What nginx answered. */
export interface Served {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** Serial number of the certificate that it showed. */
  serial: string;
}

/** nginx with the chart's own configuration over a build, on a port of loopback. */
export interface Nginx {
  url: string;
  get(address: string, options?: { method?: string; headers?: Readonly<Record<string, string>>; host?: string }): Promise<Served>;
  /** Puts another certificate in the place of the one it has, as the kubelet does with a renewed Secret. */
  renew(): Promise<void>;
  /** Everything it wrote to its log. */
  log(): string;
  close(): Promise<void>;
}

/** A user that has no name here, as OpenShift gives to pods; root alone can become one. */
const NOBODY = 1_000_650_000;

async function writePair(folder: string, pair: Pair): Promise<void> {
  await writeFile(path.join(folder, 'tls.crt'), pair.cert, { mode: 0o644 });
  await writeFile(path.join(folder, 'tls.key'), pair.private, { mode: 0o644 });
}

/** Starts it. The chart's configuration is taken as it is, apart from the port and the places of files, which belong to a container there. */
export async function startNginx(dist: string): Promise<Nginx> {
  const program = await findNginx();
  const dir = await mkdtemp(path.join(os.tmpdir(), 'virt-runbooks-nginx-'));
  await chmod(dir, 0o755);
  const [certificates, tmp] = [path.join(dir, 'cert'), path.join(dir, 'tmp')];
  await Promise.all([mkdir(certificates), mkdir(tmp), cp(dist, path.join(dir, 'root'), { recursive: true })]);
  await chmod(tmp, 0o777);
  const authority = await newAuthority('service-ca');
  await writePair(certificates, await newCertificate(authority, 'virt-runbooks-plugin', 'server'));
  const port = await freePort();
  const places: readonly (readonly [string, string])[] = [['/tmp/', `${tmp}/`], [':9443', `:${port}`], ['/usr/share/virt-runbooks', path.join(dir, 'root')], ['/var/serving-cert', certificates]];
  const config = path.join(dir, 'nginx.conf');
  await writeFile(config, places.reduce((text, [from, to]) => text.replaceAll(from, to), readFileSync(CONFIG, 'utf8')), { mode: 0o644 });
  let log = '';
  // Its output goes into a pipe, as in a container: what Node gives to its children are sockets, which /dev/stdout does not open.
  const shell = ['bash', '-c', 'exec "$@" > >(cat) 2>&1', 'bash', program, '-c', config, '-e', 'stderr', '-g', 'daemon off;'];
  const [command = '', ...args] = process.getuid?.() === 0 ? ['setpriv', `--reuid=${NOBODY}`, '--regid=0', '--clear-groups', ...shell] : shell;
  const child = startChild('nginx', command, args, dir, (output) => { log += output; });
  const agent = new https.Agent({ ca: authority.cert, maxSockets: 8, maxCachedSessions: 0 });

  const get: Nginx['get'] = (address, { method = 'GET', headers = {}, host = '127.0.0.1' } = {}) => new Promise((resolve, reject) => {
    // The certificate is for 127.0.0.1; another address is asked for the same one.
    const request = https.request({ agent, host, port, path: address, method, headers, servername: '', checkServerIdentity: () => undefined }, (response) => {
      const serial = (response.socket as TLSSocket).getPeerCertificate().serialNumber;
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part)).on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts), serial }));
    });
    request.on('error', reject).end();
  });
  for (let turns = 0; ; turns += 1) {
    const answered = await get('/healthz').then(() => true, () => false);
    if (answered) break;
    if (turns > 100) throw new Error(`nginx does not answer: ${log.slice(-500)}`);
    await sleep(100);
  }
  return {
    url: `https://127.0.0.1:${port}`, get, log: () => log,
    renew: async () => writePair(certificates, await newCertificate(authority, 'virt-runbooks-plugin', 'server')),
    close: async () => {
      agent.destroy();
      await child.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
