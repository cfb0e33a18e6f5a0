import { mkdir } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { WebSocket } from 'ws';
import { startBridge, type Bridge } from '../bridge/bridge';
import { RealCredentials } from './realCredentials';
import { kubeconfigFor, newAuthority, newCertificate, newFolder, startRealServer, type Pair } from './testing-realServer';

/** The bridge with somebody's rights behind it: who may use them, and that they arrive. */

let folder: Awaited<ReturnType<typeof newFolder>>;
let authority: Pair;
let server: Awaited<ReturnType<typeof startRealServer>>;
let bridge: Bridge;
let key: string;
const tokens = new Map([['right', 'by-token']]);
const CONFIG_MAPS = '/api/v1/namespaces/openshift-cnv/configmaps';

const bridgeFor = async (credentials: RealCredentials): Promise<Bridge> => {
  const dist = path.join(folder.dir, 'dist');
  await mkdir(dist, { recursive: true });
  const { context, server: address } = credentials;
  return startBridge({ port: 0, dist, hostDir: dist, kubernetes: address, prometheus: address, alertmanager: undefined, real: { context, server: address, credentials } });
};
const credentialsFor = async (user: Parameters<typeof kubeconfigFor>[2]) => new RealCredentials({ kubeconfig: await folder.write('config', kubeconfigFor(server.url, authority.cert, user)) });

interface Said {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** A request with any headers, as a browser or anybody else may send it. */
const say = (at: string, { method = 'GET', body, ...headers }: Record<string, string> = {}, to = bridge) =>
  new Promise<Said>((resolve, reject) => {
    const { hostname, port } = new URL(to.url);
    http.request({ hostname, port, path: at, method, headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    }).on('error', reject).end(body);
  });

const cookiesOf = ({ headers }: Said): string => (headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ');
/** What the browser that opened the printed address sends from then on. */
const letIn = async (to = bridge): Promise<{ cookie: string; csrf: string }> => {
  const { pathname, search } = new URL(to.entrance);
  const cookie = cookiesOf(await say(pathname + search, {}, to));
  return { cookie, csrf: /csrf-token=([^;]+)/.exec(cookie)?.[1] ?? '' };
};

const socketSays = (headers: Record<string, string>, origin: string, to = bridge) =>
  new Promise<string>((resolve) => {
    const socket = new WebSocket(`${to.url.replace('http', 'ws')}/api/kubernetes/api/v1/pods?watch=true`, { origin, headers });
    socket.on('message', (message: Buffer) => {
      resolve(message.toString());
      socket.close();
    });
    socket.on('error', (error) => resolve(error.message));
  });

beforeAll(async () => {
  folder = await newFolder();
  authority = await newAuthority('the cluster');
  server = await startRealServer({ pair: await newCertificate(authority, 'kube-apiserver', 'server'), clients: authority.cert, tokens, answers: { '/api/v1/rules': { body: '{"status":"success","data":{"groups":[{"rules":[{"name":"A","labels":{"namespace":"red"}}]}]}}' } } });
  bridge = await bridgeFor(await credentialsFor(await newCertificate(authority, 'by-certificate', 'client')));
  key = new URL(bridge.entrance).searchParams.get('key') ?? '';
});
beforeEach(() => {
  server.asked.length = 0;
});
afterAll(async () => {
  await bridge.close();
  await server.close();
  await folder.remove();
});

describe('only who was given the address may use the rights behind it', () => {
  test.each(['/', '/k8s/all-namespaces/virtualization-overview', '/api/kubernetes/api/v1/pods', '/api/prometheus/api/v1/rules', '/api/prometheus-tenancy/api/v1/rules?namespace=red', '/api/plugins/virt-runbooks-plugin/plugin-manifest.json', '/static/entry.js', '/sandbox/scenarios', '/?key=', '/?key=x'])(
    'without the key nothing is answered: %s', async (at) => {
      const said = await say(at);
      expect({ status: said.status, cookies: cookiesOf(said) }).toEqual({ status: 401, cookies: '' });
      expect(said.body).toContain('Open the address that make start printed');
      expect(server.asked).toEqual([]);
    });
  test('the key opens a page, not the API, and stays with the browser in a cookie that no script reads', async () => {
    expect((await say(`/api/kubernetes/api/v1/pods?key=${key}`)).headers['content-type']).toContain('text/html');
    expect(server.asked).toEqual([]);
    const line = (await say(`/?key=${key}`)).headers['set-cookie']?.find((one) => one.startsWith('bridge-key-'));
    expect(line).toMatch(/^bridge-key-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    const { cookie } = await letIn();
    expect((await say('/k8s/ns/red/x', { cookie })).status).toBe(200);
  });
  test('the key is not the one of another start, and not in the page', async () => {
    const another = await bridgeFor(await credentialsFor({ token: 'right' }));
    try {
      expect(new URL(another.entrance).searchParams.get('key')).not.toBe(key);
      expect((await say('/api/kubernetes/api/v1/pods', { cookie: (await letIn(another)).cookie })).status).toBe(401);
    } finally {
      await another.close();
    }
    const page = await say('/', { cookie: (await letIn()).cookie });
    expect(page.body).not.toContain(key);
    expect(page.body).toContain(JSON.stringify({ simulated: false, reloadOnBuild: false, real: { context: 'it', server: server.url } }));
  });
});

describe('no other page in the same browser can use them, with all cookies', () => {
  const at = `/api/kubernetes${CONFIG_MAPS}`;
  test.each([
    ['another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
    ['another port of localhost, which is the same site', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' }],
    ['a link to the API on another page', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate' }],
    ['an origin', { origin: 'http://localhost:3000' }],
    ['an origin without a name', { origin: 'null' }],
    ['a name that resolves to this machine', { host: 'rebound.example:9000' }],
  ])('reads: %s', async (_, headers) => {
    const { cookie } = await letIn();
    expect([403, 421]).toContain((await say(at, { cookie, ...headers })).status);
    expect(server.asked).toEqual([]);
  });
  test('writes: a form, a wrong token, a preflight', async () => {
    const { cookie, csrf } = await letIn();
    const form = { method: 'POST', 'content-type': 'application/x-www-form-urlencoded', body: 'a=b', cookie };
    expect((await say(at, form)).status).toBe(403);
    expect((await say(at, { ...form, 'x-csrftoken': 'guessed' })).status).toBe(403);
    expect((await say(at, { ...form, 'x-csrftoken': csrf, origin: 'http://localhost:3000' })).status).toBe(403);
    const preflight = await say(at, { method: 'OPTIONS', cookie, origin: 'http://localhost:3000', 'access-control-request-method': 'DELETE' });
    expect([preflight.status, preflight.headers['access-control-allow-origin']]).toEqual([403, undefined]);
    expect(server.asked).toEqual([]);
  });
  test('watches', async () => {
    const { cookie } = await letIn();
    expect(await socketSays({ cookie }, 'http://localhost:3000')).toContain('403');
    expect(await socketSays({}, bridge.url)).toContain('401');
  });
  test('and nothing that is answered may be read by another origin, whatever the cluster says', async () => {
    const { cookie } = await letIn();
    const { headers } = await say(at, { cookie });
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['content-security-policy']).toBe('sandbox;');
  });
});

describe('the credentials arrive', () => {
  test('of a client certificate: reads, writes and watches', async () => {
    const { cookie, csrf } = await letIn();
    expect((await say(`/api/kubernetes${CONFIG_MAPS}?limit=1`, { cookie })).status).toBe(200);
    expect((await say(`/api/kubernetes${CONFIG_MAPS}`, { method: 'POST', cookie, 'x-csrftoken': csrf, origin: bridge.url, body: '{}' })).status).toBe(200);
    expect(server.asked).toMatchObject([{ method: 'GET', url: `${CONFIG_MAPS}?limit=1`, user: 'by-certificate' }, { method: 'POST', user: 'by-certificate' }]);
    expect(JSON.parse(await socketSays({ cookie }, bridge.url))).toEqual({ path: '/api/v1/pods?watch=true', user: 'by-certificate', origin: server.url });
  });
  test('and nothing of the browser says who asks', async () => {
    const { cookie } = await letIn();
    const claims = { authorization: 'Bearer right', 'x-sandbox-user': 'root', 'impersonate-user': 'root', 'x-remote-user': 'root' };
    expect((await say(`/api/kubernetes${CONFIG_MAPS}`, { cookie: `${cookie}; x-sandbox-user=root`, ...claims })).status).toBe(200);
    expect(server.asked[0]?.user).toBe('by-certificate');
    for (const name of [...Object.keys(claims), 'cookie']) expect(server.asked[0]?.headers).not.toHaveProperty(name);
  });
  test('to Prometheus as well, which judges by itself: no access review stands before it', async () => {
    const { cookie } = await letIn();
    expect((await say('/api/prometheus/api/v1/rules', { cookie })).status).toBe(200);
    expect((await say('/api/prometheus-tenancy/api/v1/rules?namespace=red', { cookie })).body).toContain('"A"');
    expect(server.asked.map(({ method, url, user }) => [method, url, user])).toEqual([['GET', '/api/v1/rules', 'by-certificate'], ['GET', '/api/v1/rules', 'by-certificate']]);
  });
  test('of a token that has expired: whoever logs in again goes on without a restart', async () => {
    const credentials = await credentialsFor({ token: 'right' });
    const another = await bridgeFor(credentials);
    try {
      const { cookie } = await letIn(another);
      const status = async () => (await say('/api/kubernetes/api/v1/pods', { cookie }, another)).status;
      expect(await status()).toBe(200);
      tokens.delete('right');
      expect(await status()).toBe(401);
      expect(await socketSays({ cookie }, another.url, another)).toContain('401');
      tokens.set('new', 'by-token');
      await credentialsFor({ token: 'new' });
      const later = Date.now() + 60_000;
      jest.spyOn(Date, 'now').mockReturnValue(later);
      expect(await status()).toBe(200);
      expect(JSON.parse(await socketSays({ cookie }, another.url, another))).toMatchObject({ user: 'by-token' });
    } finally {
      jest.restoreAllMocks();
      tokens.set('right', 'by-token');
      await another.close();
    }
  });
  test('or it is said why they do not', async () => {
    const credentials = await credentialsFor({ exec: { apiVersion: 'client.authentication.k8s.io/v1', command: 'no-such-plugin', interactiveMode: 'Never' } });
    const another = await bridgeFor(credentials);
    try {
      const { cookie } = await letIn(another);
      const said = await say('/api/kubernetes/api/v1/pods', { cookie }, another);
      expect([said.status, said.body]).toEqual([502, expect.stringContaining('The credentials of user jane cannot be had')]);
      expect(await socketSays({ cookie }, another.url, another)).toContain('502');
    } finally {
      await another.close();
    }
  });
});
