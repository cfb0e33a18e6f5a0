import { greet } from './realCluster';
import { RealCredentials } from './realCredentials';
import { findMonitoring } from './realMonitoring';
import { kubeconfigFor, newAuthority, newCertificate, newFolder, startRealServer, type Answers, type Pair } from './testing-realServer';

let folder: Awaited<ReturnType<typeof newFolder>>;
let authority: Pair;
let stranger: Pair;
let ours: Pair;
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  folder = await newFolder();
  [authority, stranger] = await Promise.all([newAuthority('the cluster'), newAuthority('somebody else')]);
  ours = await newCertificate(authority, 'kube-apiserver', 'server');
});
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});
afterAll(() => folder.remove());

const started = async (props: Omit<Parameters<typeof startRealServer>[0], 'pair'> & { pair?: Pair }) => {
  const server = await startRealServer({ pair: ours, ...props });
  closing.push(server.close);
  return server;
};
const credentialsFor = async (server: string, user: Parameters<typeof kubeconfigFor>[2], more: { context?: string; caFile?: string } = {}, ca = authority) =>
  new RealCredentials({ kubeconfig: await folder.write('config', kubeconfigFor(server, ca.cert, user)), ...more });
const token = { token: 'right' };
const tokens = new Map([['right', 'jane@example.com']]);

describe('who the cluster takes us for', () => {
  test('by a token', async () => {
    const { url } = await started({ tokens });
    expect(await greet(await credentialsFor(url, token))).toBe('jane@example.com');
  });
  test('by a client certificate that the server demands', async () => {
    const { url } = await started({ clients: authority.cert, demandsCertificate: true });
    expect(await greet(await credentialsFor(url, await newCertificate(authority, 'jane', 'client')))).toBe('jane');
  });
  test('by what an exec plugin gives', async () => {
    const { url } = await started({ tokens });
    const status = JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: { token: 'right' } });
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: process.execPath, args: ['-e', `console.log(${JSON.stringify(status)})`], interactiveMode: 'Never' };
    expect(await greet(await credentialsFor(url, { exec }))).toBe('jane@example.com');
  });
  test.each([[403, '{"kind":"Status","message":"users \\"jane\\" cannot create"}'], [404, '{"kind":"Status"}']])('a server that does not say (%i) is not refused', async (status, body) => {
    const { url } = await started({ tokens, answers: { '/apis/authentication.k8s.io/v1/selfsubjectreviews': { status, body } } });
    expect(await greet(await credentialsFor(url, token))).toBeUndefined();
  });
});

describe('refusals are one sentence with what to do', () => {
  const said = async (work: Promise<unknown>): Promise<string> =>
    work.then(() => 'nothing', (error: unknown) => (error as { name: string; message: string }).name === 'Refusal' ? (error as { message: string }).message : `no refusal: ${String(error)}`);
  const review = (status: number, body: string, type = 'application/json'): Answers => ({ '/apis/authentication.k8s.io/v1/selfsubjectreviews': { status, body, type } });

  test('a context that is not there names those that are', async () => {
    expect(await said(credentialsFor('https://127.0.0.1:1', token, { context: 'prod' }))).toBe('There is no context prod in the kubeconfig. There are: it, other.');
  });
  test('a server that is not there', async () => {
    expect(await said(greet(await credentialsFor('https://127.0.0.1:1', token)))).toBe(
      'The API server https://127.0.0.1:1 of the context it cannot be reached (ECONNREFUSED): check that it runs, the network and the VPN.');
  });
  test('a name that nobody knows', async () => {
    expect(await said(greet(await credentialsFor('https://no-such-host.invalid', token)))).toMatch(/^The API server .* cannot be found \((ENOTFOUND|EAI_AGAIN)\): check its name/);
  });
  test('a certificate of another authority', async () => {
    const { url } = await started({ tokens });
    expect(await said(greet(await credentialsFor(url, token, {}, stranger)))).toMatch(/is not trusted \(\w+\): it is not signed by the CA in the kubeconfig; get a new kubeconfig/);
  });
  test('a certificate that has expired, and one for another name', async () => {
    const expired = await started({ tokens, pair: await newCertificate(authority, 'old', 'server', -1) });
    expect(await said(greet(await credentialsFor(expired.url, token)))).toMatch(/shows a certificate that has expired \(CERT_HAS_EXPIRED\)/);
    const { url } = await started({ tokens });
    expect(await said(greet(await credentialsFor(url.replace('127.0.0.1', 'localhost'), token)))).toMatch(/a certificate for another name \(ERR_TLS_CERT_ALTNAME_INVALID\)/);
  });
  test('a token that is no longer taken', async () => {
    const { url } = await started({ tokens });
    expect(await said(greet(await credentialsFor(url, { token: 'old' })))).toMatch(/does not accept the credentials of user jane \(401\): .*log in again, or give TOKEN_FILE=… \.$/);
  });
  test('a client certificate that is no longer taken, or missing', async () => {
    const { url } = await started({ clients: authority.cert, demandsCertificate: true });
    for (const pair of [await newCertificate(authority, 'jane', 'client', -1), await newCertificate(stranger, 'jane', 'client')]) {
      expect(await said(greet(await credentialsFor(url, pair)))).toMatch(/does not accept the client certificate of this user \(ERR_SSL\w+\)|cannot be reached \(ECONNRESET\)/);
    }
  });
  test('an address without TLS that is not on this machine', async () => {
    expect(await said(greet(await credentialsFor('http://cluster.example', token)))).toMatch(/is reached without TLS, and credentials are not sent where others can read them/);
  });
  test('nobody in particular', async () => {
    const body = '{"kind":"Status","message":"selfsubjectreviews is forbidden: User \\"system:anonymous\\" cannot create resource"}';
    const { url } = await started({ tokens, answers: review(403, body) });
    expect(await said(greet(await credentialsFor(url, token)))).toMatch(/was given no credentials for user jane/);
  });
  test('something else that speaks HTTPS, and a server that is not well', async () => {
    const login = await started({ tokens, answers: review(200, '<html>', 'text/html') });
    expect(await said(greet(await credentialsFor(login.url, token)))).toMatch(/is no Kubernetes API server: it answered with 200 and text\/html/);
    const ill = await started({ tokens, answers: review(503, '{}') });
    expect(await said(greet(await credentialsFor(ill.url, token)))).toMatch(/is not well \(503\)/);
  });
  test('an exec plugin that is not there', async () => {
    expect(await said(greet(await credentialsFor('https://127.0.0.1:1', { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: 'no-such-plugin', interactiveMode: 'Never' } })))).toMatch(
      /^The credentials of user jane cannot be had .*TOKEN_FILE=…/);
  });

  test('a Prometheus that was typed and is none, is not trusted, or is not there', async () => {
    const api = await started({ tokens });
    const html = await started({ tokens, answers: { '/api/v1/query': { body: '<html>', type: 'text/html' } } });
    const foreign = await started({ tokens, pair: await newCertificate(stranger, 'thanos', 'server') });
    const options = { wanted: {}, port: 1, watch: false, alertmanager: api.url };
    const find = async (prometheus: string) => said(findMonitoring(await credentialsFor(api.url, token, { caFile: await folder.write('ca', authority.cert) }), { ...options, prometheus }));
    expect(await find(html.url)).toMatch(/does not answer as one \(200, text\/html\): check the address/);
    expect(await find(foreign.url)).toMatch(/is not trusted \(\w+\): name the file of its CA with CA_FILE=…/);
    expect(await find('https://127.0.0.1:1')).toMatch(/^Prometheus at https:\/\/127.0.0.1:1 cannot be reached \(ECONNREFUSED\)/);
  });
});

describe('the monitoring', () => {
  const options = { wanted: {}, port: 1, watch: false };
  test('is found where the cluster publishes it, with the CA of the file', async () => {
    const thanos = await started({ tokens, pair: await newCertificate(stranger, 'thanos', 'server') });
    const data = { thanosPublicURL: thanos.url, alertmanagerPublicURL: thanos.url };
    const { url } = await started({ tokens, answers: { '/api/v1/namespaces/openshift-config-managed/configmaps/monitoring-shared-config': { body: JSON.stringify({ data }) } } });
    const found = await findMonitoring(await credentialsFor(url, token, { caFile: await folder.write('ca', stranger.cert) }), options);
    expect(found.prometheus).toEqual({ url: thanos.url, says: `${thanos.url} (found in the cluster; PROMETHEUS=… names another one)` });
    expect(thanos.asked.map(({ user }) => user)).toEqual(['jane@example.com', 'jane@example.com']);
    const untrusted = await findMonitoring(await credentialsFor(url, token), options);
    expect(untrusted.prometheus.says).toMatch(/is not trusted .*CA_FILE=…/);
  });
  test('that does not let us in is said, and tried all the same', async () => {
    const api = await started({ tokens });
    const strict = await started({ tokens: new Map() });
    const found = await findMonitoring(await credentialsFor(api.url, token, { caFile: await folder.write('ca', authority.cert) }), { ...options, prometheus: strict.url });
    expect(found.prometheus).toEqual({ url: strict.url, says: `Prometheus at ${strict.url} does not accept these credentials (401): give a token with TOKEN_FILE=… .` });
    expect(found.alertmanager).toEqual({ url: undefined, says: 'none: the cluster publishes no address that this user may read; name one with ALERTMANAGER=… .' });
  });
});
