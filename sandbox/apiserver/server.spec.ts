import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { Cluster } from '../../src/testing/cluster';
import { scaleDeployment } from '../../src/testing/faults';
import { healthyCluster } from '../../src/testing/healthy';
import { clusterAdmin, nobody } from '../../src/testing/users';
import { startApiServer, type ApiServer } from './server';

interface Line {
  type: string;
  object: { code?: number; metadata: { name: string; resourceVersion: string } };
}

let cluster: Cluster;
let api: ApiServer;

beforeEach(async () => {
  cluster = healthyCluster();
  api = await startApiServer({ cluster, port: 0, user: () => clusterAdmin });
});
afterEach(() => api.close());

/** Opens a watch over HTTP and collects its lines until `close`. */
async function httpWatch(path: string): Promise<{ status: number; lines: Line[]; close: () => void }> {
  const stop = new AbortController();
  const response = await fetch(`${api.url}${path}`, { signal: stop.signal });
  const lines: Line[] = [];
  const reading = async (): Promise<void> => {
    let text = '';
    const reader = response.body?.getReader();
    for (let chunk = await reader?.read(); chunk && !chunk.done; chunk = await reader?.read()) {
      text += Buffer.from(chunk.value).toString('utf8');
      const parts = text.split('\n');
      text = parts.pop() ?? '';
      lines.push(...parts.filter((part) => part !== '').map((part) => JSON.parse(part) as Line));
    }
  };
  reading().catch(() => undefined);
  return { status: response.status, lines, close: () => stop.abort() };
}

/** Waits until `lines` has so many, at most two seconds. */
async function until(lines: readonly Line[], count: number): Promise<string[]> {
  for (let turns = 0; turns < 200 && lines.length < count; turns += 1) await sleep(10);
  return lines.map(({ type, object }) => `${type} ${object.metadata.name}`);
}

const label = (name: string, value: string): void => {
  cluster.update('Node', undefined, name, (draft) => { draft.metadata.labels = { ...draft.metadata.labels, watched: value }; });
};
const since = (): string => `resourceVersion=${cluster.resourceVersion}`;

describe('HTTP', () => {
  it('answers as the user it is told, else as the scenario says', async () => {
    const status = async (headers: Record<string, string>): Promise<number> => (await fetch(`${api.url}/api/v1/nodes`, { headers })).status;
    expect(await status({})).toBe(200);
    expect(await status({ 'x-sandbox-user': nobody.name })).toBe(403);
    expect(await status({ cookie: `a=b; x-sandbox-user=${nobody.name}` })).toBe(403);
    expect(await status({ 'x-sandbox-user': 'never heard of' })).toBe(200);
  });

  it('takes bodies, and not too large ones', async () => {
    const create = (body: string): Promise<Response> => fetch(`${api.url}/api/v1/namespaces/web-shop/configmaps`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect((await create(JSON.stringify({ metadata: { name: 'one' }, data: { a: 'b' } }))).status).toBe(201);
    expect((await create(JSON.stringify({ metadata: { name: 'two' }, data: { a: 'b'.repeat(4 * 2 ** 20) } }))).status).toBe(413);
    expect((await fetch(`${api.url}/api/v1/namespaces/web-shop/configmaps/one`, { method: 'OPTIONS' })).status).toBe(405);
  });

  it('exposes the metrics of the whole cluster', async () => {
    const text = await (await fetch(`${api.url}/metrics`)).text();
    expect(text).toContain('# TYPE kube_pod_status_phase gauge');
    expect(text).toMatch(/^kubevirt_virt_operator_leading_status\{.*pod="virt-operator-.*\} 1$/m);
  });

  it('refuses a port that is taken', async () => {
    await expect(startApiServer({ cluster, port: Number(new URL(api.url).port), user: () => clusterAdmin })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe('watch over HTTP', () => {
  it('begins with what there is when it is given no resourceVersion', async () => {
    const watch = await httpWatch('/api/v1/nodes?watch=true');
    expect(await until(watch.lines, 6)).toHaveLength(6);
    label('worker-0', 'yes');
    expect((await until(watch.lines, 7)).at(-1)).toBe('MODIFIED worker-0');
    watch.close();
  });

  it('replays what happened since, then goes on', async () => {
    const begin = since();
    label('worker-0', 'yes');
    const watch = await httpWatch(`/api/v1/nodes?watch=1&${begin}`);
    label('worker-1', 'yes');
    expect(await until(watch.lines, 2)).toEqual(['MODIFIED worker-0', 'MODIFIED worker-1']);
    watch.close();
  });

  it('sends DELETED for what stops matching, ADDED for what begins to', async () => {
    const watch = await httpWatch(`/api/v1/nodes?watch=true&labelSelector=watched%3Dyes&${since()}`);
    label('worker-0', 'yes');
    label('worker-1', 'no');
    label('worker-0', 'no');
    cluster.remove('Node', undefined, 'worker-2');
    expect(await until(watch.lines, 2)).toEqual(['ADDED worker-0', 'DELETED worker-0']);
    watch.close();
  });

  it('applies field selectors and namespaces', async () => {
    const watch = await httpWatch(`/apis/apps/v1/namespaces/openshift-cnv/deployments?watch=true&fieldSelector=metadata.name%3Dvirt-api&${since()}`);
    scaleDeployment(cluster, 'virt-operator', 1);
    scaleDeployment(cluster, 'kube-state-metrics', 0, { namespace: 'openshift-monitoring' });
    scaleDeployment(cluster, 'virt-api', 1);
    expect(await until(watch.lines, 1)).toEqual(['MODIFIED virt-api']);
    watch.close();
  });

  it('says 410 about the forgotten past, as an event', async () => {
    const watch = await httpWatch('/api/v1/nodes?watch=true&resourceVersion=5');
    await until(watch.lines, 1);
    expect(watch.lines).toMatchObject([{ type: 'ERROR', object: { code: 410, reason: 'Expired' } }]);
  });

  it('ends when its time is over, and refuses what may not be read', async () => {
    const response = await fetch(`${api.url}/api/v1/nodes?watch=true&timeoutSeconds=1&${since()}`);
    expect(await response.text()).toBe('');
    expect((await fetch(`${api.url}/api/v1/nodes?watch=true`, { headers: { 'x-sandbox-user': nobody.name } })).status).toBe(403);
    expect((await fetch(`${api.url}/api/v1/nodes?watch=true&fieldSelector=a%3Db`)).status).toBe(400);
    expect((await fetch(`${api.url}/apis/none/v1/things?watch=true`)).status).toBe(404);
  });

  it('gives metadata alone to whoever accepts it', async () => {
    const stop = new AbortController();
    const response = await fetch(`${api.url}/api/v1/nodes?watch=true`, { signal: stop.signal, headers: { accept: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1' } });
    const first = await response.body?.getReader().read();
    expect(JSON.parse(Buffer.from(first?.value ?? []).toString('utf8').split('\n')[0] ?? '')).toMatchObject({ type: 'ADDED', object: { kind: 'PartialObjectMetadata', metadata: { name: 'control-plane-0' } } });
    stop.abort();
  });
});

describe('watch over WebSocket', () => {
  const open = (path: string, headers: Record<string, string> = {}): WebSocket => new WebSocket(`${api.url.replace('http', 'ws')}${path}`, ['base64.binary.k8s.io'], { headers });

  it('sends one document per message', async () => {
    const lines: Line[] = [];
    const socket = open(`/api/v1/nodes?watch=true&${since()}`);
    socket.on('message', (message: Buffer) => lines.push(JSON.parse(message.toString('utf8')) as Line));
    await new Promise((resolve) => socket.once('open', resolve));
    label('worker-0', 'yes');
    expect(await until(lines, 1)).toEqual(['MODIFIED worker-0']);
    socket.close();
  });

  it('is refused like any other request', async () => {
    const status = await new Promise<number | undefined>((resolve) => {
      const socket = open('/api/v1/nodes?watch=true', { 'x-sandbox-user': nobody.name });
      socket.on('unexpected-response', (_, response) => resolve(response.statusCode));
      socket.on('error', () => undefined);
    });
    expect(status).toBe(403);
  });

  it('ends with the server', async () => {
    const socket = open(`/api/v1/nodes?watch=true&${since()}`);
    await new Promise((resolve) => socket.once('open', resolve));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await api.close();
    await closed;
    api = await startApiServer({ cluster, port: 0, user: () => clusterAdmin });
  });
});
