import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { WebSocket } from 'ws';
import { startBridge, type Bridge } from './bridge';
import { upstream } from './testing-upstream';

const SSAR = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
const rules = {
  status: 'success',
  data: {
    groups: [
      {
        name: 'g',
        rules: [
          { name: 'A', labels: { namespace: 'red' } },
          { name: 'B', labels: {} },
        ],
      },
    ],
  },
};
let folder: string;
let kubernetes: Awaited<ReturnType<typeof upstream>>;
let prometheus: Awaited<ReturnType<typeof upstream>>;
let bridge: Bridge;
let allowed = true;
const chosen: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'bridge-spec-'));
  await mkdir(path.join(folder, 'dist', 'locales', 'en'), { recursive: true });
  await mkdir(path.join(folder, 'host'));
  await writeFile(path.join(folder, 'secret.txt'), 'secret');
  await writeFile(path.join(folder, 'dist', 'plugin-manifest.json'), '{"name":"x"}');
  await writeFile(path.join(folder, 'dist', 'locales', 'en', 'plugin__x.json'), '{"a":"b"}');
  await writeFile(path.join(folder, 'host', 'entry.js'), '1');
  const review = {
    get body() {
      return JSON.stringify({ status: { allowed } });
    },
    status: 201,
  };
  kubernetes = await upstream({ '/api/v1/pods': { body: '{"kind":"PodList"}' }, [SSAR]: review });
  prometheus = await upstream({ '/api/v1/query': { body: '{"status":"success"}' }, '/api/v1/rules': { body: JSON.stringify(rules) } });
  bridge = await startBridge({
    port: 0,
    dist: path.join(folder, 'dist'),
    hostDir: path.join(folder, 'host'),
    kubernetes: kubernetes.url,
    prometheus: () => prometheus.url,
    alertmanager: 'http://127.0.0.1:1',
    scenarios: [
      { id: 'one', title: 'One' },
      { id: 'two', title: 'Two', alert: 'A' },
      { id: 'broken', title: 'Broken' },
    ],
    onScenario: (id) => {
      if (id === 'broken') throw new Error('no world');
      chosen.push(id);
    },
  });
});
afterAll(async () => {
  await bridge.close();
  await kubernetes.close();
  await prometheus.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  allowed = true;
  kubernetes.seen.length = 0;
  prometheus.seen.length = 0;
});

const get = (at: string, headers: Record<string, string> = {}) => fetch(bridge.url + at, { headers });
/** Without fetch's own manners: any Host header, and no tidying of the path. */
const raw = (at: string, headers: Record<string, string> = {}) =>
  new Promise<{ status: number; body: string }>((resolve, reject) => {
    const { hostname, port } = new URL(bridge.url);
    http
      .get({ hostname, port, path: at, headers }, (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => (body += chunk.toString()));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      })
      .on('error', reject);
  });
async function token(): Promise<string> {
  const cookieHeader = (await get('/')).headers.get('set-cookie') ?? '';
  return /csrf-token=([^;]+)/.exec(cookieHeader)?.[1] ?? '';
}
const post = async (at: string, body: string, headers: Record<string, string> = {}) => {
  const csrf = await token();
  return fetch(bridge.url + at, { method: 'POST', body, headers: { 'X-CSRFToken': csrf, Cookie: `csrf-token=${csrf}`, ...headers } });
};

describe('pages and files', () => {
  test('any address is the host page, with an enforced policy that forbids eval', async () => {
    const response = await get('/k8s/all-namespaces/virtualization-overview');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(response.status).toBe(200);
    expect(policy).toContain("script-src 'self' 'nonce-");
    expect(policy).not.toContain('unsafe-eval');
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? 'none';
    const page = await response.text();
    expect(page).toContain(`nonce="${nonce}"`);
    expect(page).toContain('"prometheusBaseURL":"/api/prometheus"');
  });
  test('serves the build, the host and translations', async () => {
    expect(await (await get('/api/plugins/virt-runbooks-plugin/plugin-manifest.json')).json()).toEqual({ name: 'x' });
    expect((await get('/static/entry.js')).headers.get('content-type')).toContain('text/javascript');
    expect(await (await get('/locales/resource.json?lng=en&ns=plugin__x')).json()).toEqual({ a: 'b' });
    expect((await get('/locales/resource.json?lng=de&ns=plugin__x')).status).toBe(404);
  });
  test.each([
    '/static/../secret.txt',
    '/static/%2e%2e/secret.txt',
    '/static/..%2fsecret.txt',
    '/static/%00',
    '/static/%E0%A4%A',
    '/static/',
    '/api/plugins/virt-runbooks-plugin/..%2f..%2fsecret.txt',
    '/locales/resource.json?lng=..&ns=secret',
    '/api/plugins/another-plugin/plugin-manifest.json',
  ])('nothing outside its folders: %s', async (at) => {
    const { status, body } = await raw(at);
    expect(body).not.toBe('secret');
    expect([200, 404]).toContain(status);
    if (status === 200) expect(body).toContain('<!DOCTYPE html>');
  });
});

describe('who may ask', () => {
  test.each(['evil.example', 'evil.example:9000', 'localhost.evil.example', '127.0.0.1.evil.example', 'x'])(
    'only loopback names are answered: %j',
    async (host) => {
      expect((await raw('/', { Host: host })).status).toBe(421);
    },
  );
  test('a write needs the token in header and cookie, and our origin', async () => {
    const csrf = await token();
    const write = (headers: Record<string, string>) =>
      fetch(`${bridge.url}/api/kubernetes/api/v1/pods`, { method: 'POST', body: '{}', headers });
    expect((await write({})).status).toBe(403);
    expect((await write({ 'X-CSRFToken': csrf })).status).toBe(403);
    expect((await write({ Cookie: `csrf-token=${csrf}` })).status).toBe(403);
    expect((await write({ 'X-CSRFToken': 'x', Cookie: 'csrf-token=x' })).status).toBe(403);
    expect((await write({ 'X-CSRFToken': csrf, Cookie: `csrf-token=${csrf}`, Origin: 'http://evil.example' })).status).toBe(403);
    expect(kubernetes.seen).toEqual([]);
    expect((await write({ 'X-CSRFToken': csrf, Cookie: `csrf-token=${csrf}`, Origin: bridge.url })).status).toBe(200);
  });
  test('a WebSocket needs our origin and is joined to the API', async () => {
    const ws = (origin: string) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(`${bridge.url.replace('http', 'ws')}/api/kubernetes/api/v1/pods?watch=true`, {
          origin,
          headers: { Cookie: 'x-sandbox-user=jane' },
        });
        socket.on('message', (message: Buffer) => {
          resolve(message.toString());
          socket.close();
        });
        socket.on('error', (error) => resolve(error.message));
      });
    expect(JSON.parse(await ws(bridge.url))).toEqual({ path: '/api/v1/pods?watch=true', user: 'jane' });
    expect(await ws('http://evil.example')).toContain('403');
  });
});

describe('proxies', () => {
  test('the Kubernetes API gets the path and who asks, but no cookie', async () => {
    const response = await get('/api/kubernetes/api/v1/pods?limit=5', { Cookie: 'x-sandbox-user=jane; csrf-token=1', Accept: 'a/b' });
    expect(await response.json()).toEqual({ kind: 'PodList' });
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(response.headers.get('content-security-policy')).toBe('sandbox;');
    expect(kubernetes.seen).toMatchObject([
      { method: 'GET', url: '/api/v1/pods?limit=5', headers: { accept: 'a/b', 'x-sandbox-user': 'jane' } },
    ]);
    expect(kubernetes.seen[0]?.headers.cookie).toBeUndefined();
  });
  test('an upstream that is down: 502 in words', async () => {
    const response = await get('/api/alertmanager/api/v2/alerts');
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({
      code: 502,
      reason: 'BadGateway',
      message: 'Alertmanager at http://127.0.0.1:1 cannot be reached: ECONNREFUSED.',
    });
  });
  test('cluster-wide metrics need a right, which is asked for as the user', async () => {
    expect((await get('/api/prometheus/api/v1/query?query=up', { 'x-sandbox-user': 'jane' })).status).toBe(200);
    expect(kubernetes.seen[0]?.headers['x-sandbox-user']).toBe('jane');
    expect(JSON.parse(kubernetes.seen[0]?.body ?? '')).toMatchObject({
      spec: { resourceAttributes: { verb: 'get', resource: 'prometheuses', subresource: 'api', namespace: 'openshift-monitoring' } },
    });
    allowed = false;
    const refused = await get('/api/prometheus/api/v1/query?query=up');
    expect(refused.status).toBe(403);
    expect(await refused.text()).toBe('Forbidden (verb=get, resource=prometheuses, subresource=api)\n');
    expect(prometheus.seen).toHaveLength(1);
  });
});

describe('tenancy', () => {
  const at = '/api/prometheus-tenancy/api/v1/';
  test('confines a query, whether in the address or in the body', async () => {
    expect((await get(`${at}query?namespace=red&query=${encodeURIComponent('up{namespace="blue"}')}`)).status).toBe(200);
    expect(new URL(prometheus.seen[0]?.url ?? '', 'http://x').searchParams.get('query')).toBe('up{namespace="red",namespace="blue"}');
    expect((await post(`${at}query?namespace=red`, 'query=up', { 'Content-Type': 'application/x-www-form-urlencoded' })).status).toBe(200);
    expect(prometheus.seen[1]?.body).toBe(new URLSearchParams({ query: 'up{namespace="red"}' }).toString());
  });
  test.each([
    'query?query=up',
    'query?namespace=&query=up',
    'query?namespace=red&namespace=blue&query=up',
    'query?namespace=red%22&query=up',
    'query?namespace=red&query=up%7B',
  ])('400: %s', async (query) => {
    expect((await get(at + query)).status).toBe(400);
    expect(prometheus.seen).toEqual([]);
  });
  test('serves rules of the namespace only, and no other endpoint', async () => {
    const body = (await (await get(`${at}rules?namespace=red`)).json()) as typeof rules;
    expect(body.data.groups[0]?.rules.map((rule) => rule.name)).toEqual(['A']);
    expect((await get(`${at}targets?namespace=red`)).status).toBe(404);
    allowed = false;
    expect((await get(`${at}rules?namespace=red`)).status).toBe(403);
  });
});

test('the chooser: lists, chooses, names the known ones, and says what failed', async () => {
  expect(await (await get('/sandbox/scenarios')).json()).toMatchObject({
    simulated: true,
    current: 'one',
    scenarios: [{ id: 'one' }, { id: 'two', alert: 'A' }, { id: 'broken' }],
  });
  expect((await post('/sandbox/scenario', '{"id":"two"}')).status).toBe(200);
  expect(chosen).toEqual(['two']);
  const unknown = (await (await post('/sandbox/scenario', '{"id":"x"}')).json()) as { message: string };
  expect(unknown.message).toContain('one, two, broken');
  expect(await (await post('/sandbox/scenario', '{"id":"broken"}')).json()).toMatchObject({
    code: 500,
    message: 'The scenario "broken" could not be put on: no world',
  });
  expect((await post('/sandbox/scenario', 'nonsense')).status).toBe(404);
  expect(await (await get('/sandbox/scenarios')).json()).toMatchObject({ current: 'two' });
  expect((await post('/sandbox/scenario', 'x'.repeat(2 ** 20 + 1))).status).toBe(413);
});
