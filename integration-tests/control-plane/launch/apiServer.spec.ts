import { existsSync } from 'node:fs';
import { type ApiServer, startApiServer } from './apiServer';

describe('etcd and kube-apiserver alone', () => {
  let server: ApiServer;

  beforeAll(async () => {
    server = await startApiServer({ users: [{ name: 'somebody', groups: ['people'] }] });
  }, 1_800_000);

  afterAll(async () => {
    await server.stop();
    expect(existsSync(server.dir)).toBe(false);
  });

  test('it is the release that it says, and knows its users by their tokens', async () => {
    expect(JSON.parse((await server.as('admin')({ path: '/version' })).body)).toMatchObject({ gitVersion: 'v1.35.4' });
    const refused = await server.as('somebody')({ path: '/api/v1/secrets' });
    expect(refused.status).toBe(403);
    expect(JSON.parse(refused.body)).toMatchObject({ message: expect.stringContaining('User "somebody" cannot list resource "secrets"') as string });
    expect((await server.as(undefined)({ path: '/api/v1/secrets' })).status).toBe(403);
  });

  test('writes are noted with their body and by whom, reads are not', async () => {
    const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'noted' } };
    expect((await server.as('admin')({ method: 'POST', path: '/api/v1/namespaces', body })).status).toBe(201);
    await server.as('admin')({ path: '/api/v1/namespaces/noted' });
    const ofAdmin = (await server.audit()).filter(({ objectRef }) => objectRef?.name === 'noted');
    expect(ofAdmin).toHaveLength(1);
    expect(ofAdmin[0]).toMatchObject({ verb: 'create', user: { username: 'admin' }, responseStatus: { code: 201 }, requestObject: { metadata: { name: 'noted' } } });
  });
});
