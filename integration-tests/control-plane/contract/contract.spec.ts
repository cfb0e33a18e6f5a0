import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Cluster } from '../../../src/testing/cluster';
import { startApiServer as startSimulator } from '../../../sandbox/apiserver/server';
import { type ApiServer, startApiServer } from '../launch/apiServer';
import { type Kubelet, startKubelet } from '../truth/kubelet';
import { grantsOf, pathOf } from '../rights/roles';
import { type Who } from './case';
import { definitions } from './definitions';
import { type Door } from './door';
import { FIXTURE, NODE, USERS, writeLogs } from './fixture';
import { type Answer } from './normal';
import { prepare, run } from './run';
import { CONTRACT, keyOf } from './table';
import { CONTRACT_TABLE, EXCEPTION_TABLE } from './summary';
import { asText } from '../table';

const ANSWERS = path.join(__dirname, 'answers.json');
/** Set to take down what the real server answers, after the table has changed. */
const WRITE = process.env['CONTRACT'] === 'write';

let server: ApiServer;
let kubelet: Kubelet;

/** What stands in for the kubelet answers with the logs of a simulated cluster that was made by the same requests. */
const startLogs = async (): Promise<void> => {
  const cluster = new Cluster({ firstResourceVersion: 1_000 });
  for (const definition of definitions()) cluster.create(definition);
  const simulator = await startSimulator({ cluster, port: 0, user: () => ({ ...USERS.admin, groups: [] }) });
  await prepare(() => ({ url: simulator.url, token: '' }), FIXTURE);
  await simulator.close();
  writeLogs(cluster);
  kubelet = await startKubelet(server.dir);
  kubelet.show(cluster);
  const status = { addresses: [{ type: 'InternalIP', address: '127.0.0.1' }], daemonEndpoints: { kubeletEndpoint: { Port: kubelet.port } } };
  await prepare(door, [{ method: 'PATCH', path: `/api/v1/nodes/${NODE}/status`, headers: { 'content-type': 'application/merge-patch+json' }, body: { status } }]);
};
const door = (who: Who): Door => ({ url: server.url, ca: server.ca, token: server.tokenOf(USERS[who].name) });

/** All custom kinds are served once the last of them can be listed. */
const served = async (): Promise<void> => {
  const admin = server.as('admin');
  for (const body of definitions()) await admin({ method: 'POST', path: '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', body });
  const paths = definitions().map(({ spec }) => spec as { group: string; names: { plural: string }; versions: [{ name: string }] }).map(({ group, names, versions }) => `/apis/${group}/${versions[0].name}/${names.plural}`);
  for (const one of paths) while ((await admin({ path: one })).status !== 200) await sleep(50);
};

/** Forgets the past, as the server does by itself every five minutes. */
const forget = async (): Promise<void> => {
  const { metadata } = JSON.parse((await server.as('admin')({ path: '/api/v1/namespaces' })).body) as { metadata: { resourceVersion: string } };
  const answer = await fetch(`${server.etcdUrl}/v3/kv/compaction`, { method: 'POST', body: JSON.stringify({ revision: metadata.resourceVersion, physical: true }) });
  expect(answer.status).toBe(200);
};

beforeAll(async () => {
  server = await startApiServer({ users: Object.values(USERS).map(({ name }) => ({ name, groups: [] })) });
  await prepare(door, []);
  const admin = server.as('admin');
  for (const user of Object.values(USERS)) {
    for (const grant of grantsOf(user)) {
      if (grant.metadata.namespace !== undefined) await admin({ method: 'POST', path: '/api/v1/namespaces', body: FIXTURE[0]?.body });
      expect((await admin({ method: 'POST', path: pathOf(grant), body: grant })).status).toBe(201);
    }
  }
  await served();
  await prepare(door, FIXTURE.slice(1));
  await startLogs();
  await forget();
}, 1_800_000);

afterAll(async () => {
  console.log([CONTRACT_TABLE, EXCEPTION_TABLE].map(asText).join('\n\n'));
  await kubelet?.close();
  await server?.stop();
});

describe('the contract on a real API server', () => {
  const known = (WRITE ? {} : JSON.parse(readFileSync(ANSWERS, 'utf8'))) as Record<string, Answer>;
  const found: Record<string, Answer> = {};

  it.each(CONTRACT.map((row) => [keyOf(row), row] as const))('%s', async (key, row) => {
    found[key] = await run(door, row);
    if (!WRITE) expect(found[key]).toEqual(known[key]);
  }, 30_000);

  it('has no answer to a question that is no more', () => {
    if (WRITE) writeFileSync(ANSWERS, `${JSON.stringify(found, undefined, 1)}\n`);
    else expect(Object.keys(known)).toEqual(Object.keys(found));
  });
});
