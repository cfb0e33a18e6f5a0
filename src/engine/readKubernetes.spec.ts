import { refusal, says, scripted } from '../testing/scripted';
import { createClock } from './clock';
import { type Observation } from './observation';
import { createReader } from './reader';
import { type Kind, type Source } from './source';
import { type Reply, type Request } from './transport';

const NOW = 1_000_000;
const Pod: Kind = { kind: 'Pod', plural: 'pods', group: '', versions: ['v1'], namespaced: true };
const Hco: Kind = { kind: 'HyperConverged', plural: 'hyperconvergeds', group: 'hco.kubevirt.io', versions: ['v1', 'v1beta1'], namespaced: true };
const pod = (name: string) => ({ metadata: { name, uid: name, resourceVersion: '1' } });
const onePod: Source = { kind: 'object', of: Pod, in: 'red', name: 'a', part: 'full' };
const list = (rest: Partial<Extract<Source, { kind: 'list' }>> = {}): Source => ({ kind: 'list', of: Pod, in: 'red', part: 'full', atMost: 1000, ...rest });

const read = async (source: Source, answer: (request: Request) => Reply): Promise<{ seen: Observation; requests: readonly Request[]; paths: readonly string[] }> => {
  const door = scripted(answer);
  const seen = await createReader(door, createClock(() => NOW)).read(source, { signal: new AbortController().signal, maxAge: 0 });
  return { seen, requests: door.requests, paths: door.paths() };
};

const NO_SUCH_PATH = says(404, '404 page not found\n');
const RESOURCES = (...names: string[]) => says(200, { kind: 'APIResourceList', resources: names.map((name) => ({ name })) });
const podPermission = (verb: 'get' | 'list') => ({ verb, group: '', resource: 'pods', namespace: 'red', ...(verb === 'get' ? { name: 'a' } : {}) });

const FAILURES: readonly (readonly [string, Reply, object])[] = [
  ['401', refusal(401, 'Unauthorized', 'Unauthorized'), { reason: 'unauthorized', detail: 'Unauthorized' }],
  ['429', refusal(429, 'TooManyRequests', 'too many'), { reason: 'tooManyRequests', detail: 'too many' }],
  ['500', refusal(500, 'InternalError', 'etcdserver: leader changed'), { reason: 'serverError', detail: 'etcdserver: leader changed' }],
  ['502 of a proxy', says(502, '<html>Bad Gateway</html>'), { reason: 'serverError' }],
  ['503', refusal(503, 'ServiceUnavailable', 'not ready'), { reason: 'serverError', detail: 'not ready' }],
  ['504', refusal(504, 'Timeout', 'slow'), { reason: 'timedOut', detail: 'slow' }],
  ['413', says(413, ''), { reason: 'tooLarge' }],
  ['406', refusal(406, 'NotAcceptable', 'only the following media types are accepted'), { reason: 'rejected', detail: 'only the following media types are accepted' }],
  ['a redirection', says(302, ''), { reason: 'malformed' }],
  ['a page instead of JSON', says(200, '<!doctype html><html></html>'), { reason: 'malformed' }],
  ['cut JSON', says(200, '{"kind":"Pod","metadata":{"name":'), { reason: 'malformed' }],
  ['nothing', says(200, ''), { reason: 'malformed' }],
  ['null', says(200, 'null'), { reason: 'malformed' }],
  ['text in quotes', says(200, '"metadata"'), { reason: 'malformed' }],
  ['an array', says(200, '[]'), { reason: 'malformed' }],
  ['an object that is none of Kubernetes', says(200, { items: 'x' }), { reason: 'malformed' }],
  ['an error whose words are no text', says(500, { message: { a: 1 } }), { reason: 'serverError' }],
  ['an error with endless words', refusal(500, 'InternalError', 'x'.repeat(1e6)), { reason: 'serverError', detail: 'x'.repeat(500) }],
  ['a time-out of the door', { state: 'failed', reason: 'timedOut' }, { reason: 'timedOut' }],
  ['nobody there', { state: 'failed', reason: 'unreachable', detail: 'net::ERR' }, { reason: 'unreachable', detail: 'net::ERR' }],
  ['too much', { state: 'failed', reason: 'tooLarge' }, { reason: 'tooLarge' }],
];

describe.each([
  ['one object', onePod, 'get'] as const,
  ['a list', list(), 'list'] as const,
])('reading %s', (_, source, verb) => {
  it.each(FAILURES)('names the failure: %s', async (_name, reply, failure) => {
    const { seen } = await read(source, () => reply);
    expect(seen).toEqual({ state: 'failed', readAt: NOW, ...failure });
  });
  it('names the missing permission', async () => {
    const { seen } = await read(source, () => refusal(403, 'Forbidden', 'pods is forbidden'));
    expect(seen).toEqual({ state: 'failed', readAt: NOW, reason: 'forbidden', permission: podPermission(verb), detail: 'pods is forbidden' });
  });
  it.each<[string, Reply, object]>([
    ['absent: 404', NO_SUCH_PATH, { state: 'failed', reason: 'apiNotInstalled' }],
    ['broken: 500', refusal(500, 'InternalError', 'oops'), { state: 'failed', reason: 'serverError', detail: 'oops' }],
    ['down: 503', says(503, 'service unavailable'), { state: 'failed', reason: 'serverError' }],
    ['forbidden', refusal(403, 'Forbidden', 'no'), { state: 'failed', reason: 'forbidden', detail: 'no' }],
    ['a page', says(200, '<html>'), { state: 'failed', reason: 'malformed' }],
    ['nonsense', says(200, { resources: [null] }), { state: 'failed', reason: 'malformed' }],
    ['there without the resource', RESOURCES('nodes', 'pods/log'), { state: 'failed', reason: 'apiNotInstalled' }],
  ])('takes a path that nobody serves for a missing API only if the group version is %s', async (_name, served, expected) => {
    const { seen, paths } = await read(source, ({ path }) => (path === '/api/v1' ? served : NO_SUCH_PATH));
    expect(seen).toEqual({ readAt: NOW, ...expected, ...(seen.state === 'failed' && seen.reason === 'malformed' && seen.detail ? { detail: seen.detail } : {}) });
    expect(paths.at(-1)).toBe('/api/v1');
  });
});

describe('reading one object', () => {
  it('brings it, or says that it is absent: a fact', async () => {
    expect((await read(onePod, () => says(200, pod('a')))).seen).toEqual({ state: 'ok', items: [pod('a')], complete: true, readAt: NOW });
    const { seen, paths } = await read(onePod, () => refusal(404, 'NotFound', 'pods "a" not found', { name: 'a', kind: 'pods' }));
    expect(seen).toEqual({ state: 'absent', readAt: NOW });
    expect(paths).toEqual(['/api/v1/namespaces/red/pods/a']);
  });
  it('asks discovery where a 404 does not name the object', async () => {
    const { seen } = await read(onePod, ({ path }) => (path === '/api/v1' ? RESOURCES('pods') : NO_SUCH_PATH));
    expect(seen).toEqual({ state: 'absent', readAt: NOW });
  });
  it('tries the versions of a kind in order', async () => {
    const source: Source = { kind: 'object', of: Hco, in: 'red', name: 'a', part: 'full' };
    const { seen, paths } = await read(source, ({ path }) => (path.startsWith('/apis/hco.kubevirt.io/v1beta1') ? says(200, pod('a')) : NO_SUCH_PATH));
    expect(seen).toMatchObject({ state: 'ok' });
    expect(paths).toEqual(['/apis/hco.kubevirt.io/v1/namespaces/red/hyperconvergeds/a', '/apis/hco.kubevirt.io/v1', '/apis/hco.kubevirt.io/v1beta1/namespaces/red/hyperconvergeds/a']);
  });
  it('does not try a further version after a failure', async () => {
    const source: Source = { kind: 'object', of: Hco, in: 'red', name: 'a', part: 'full' };
    const { seen, paths } = await read(source, () => refusal(503, 'ServiceUnavailable', 'apiservice not available'));
    expect(seen).toMatchObject({ state: 'failed', reason: 'serverError' });
    expect(paths).toHaveLength(1);
  });
  it('asks for metadata alone where that is enough', async () => {
    const accept = async (part: 'full' | 'metadata') => (await read({ ...onePod, part } as Source, () => says(200, pod('a')))).requests[0]?.accept;
    expect(await accept('metadata')).toBe('application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1');
    expect(await accept('full')).toBeUndefined();
  });
  it('encodes what stands in a path', async () => {
    const { paths } = await read({ ...onePod, in: 'a b', name: 'ü?x=#y' } as Source, () => says(200, pod('a')));
    expect(paths).toEqual(['/api/v1/namespaces/a%20b/pods/%C3%BC%3Fx%3D%23y']);
  });
  it('reads what stands outside namespaces', async () => {
    const Node: Kind = { kind: 'Node', plural: 'nodes', group: '', versions: ['v1'], namespaced: false };
    expect((await read({ kind: 'object', of: Node, in: 'the cluster', name: 'n', part: 'full' }, () => says(200, pod('n')))).paths).toEqual(['/api/v1/nodes/n']);
  });
});

describe('reading a list', () => {
  /** A server with so many pods, which serves pages as it is asked to. */
  const pages = (count: number, { remaining = true, most = Infinity } = {}) => ({ path }: Request): Reply => {
    const parameters = new URL(path, 'http://x').searchParams;
    const from = Number(parameters.get('continue') ?? 0);
    const to = Math.min(count, from + Math.min(most, Number(parameters.get('limit'))));
    return says(200, {
      items: Array.from({ length: to - from }, (_, i) => pod(String(from + i))),
      metadata: to < count ? { continue: String(to), ...(remaining ? { remainingItemCount: count - to } : {}) } : {},
    });
  };
  const limits = (paths: readonly string[]) => paths.map((path) => new URL(path, 'http://x').searchParams.get('limit'));

  it.each<[string, number, number, object, string[]]>([
    ['nothing', 0, 10, { length: 0, complete: true }, ['10']],
    ['one page', 10, 10, { length: 10, complete: true }, ['10']],
    ['more than one may read', 11, 10, { length: 10, complete: false, more: 1 }, ['10']],
    ['several pages', 600, 1000, { length: 600, complete: true }, ['250', '250', '250']],
    ['no further than allowed', 20_000, 300, { length: 300, complete: false, more: 19_700 }, ['250', '50']],
    ['exactly as many as allowed', 300, 300, { length: 300, complete: true }, ['250', '50']],
  ])('brings %s', async (_, count, atMost, { length, ...rest }: { length?: number }, asked) => {
    const { seen, paths } = await read(list({ atMost }), pages(count));
    expect({ more: undefined, ...seen }).toEqual({ more: undefined, state: 'ok', readAt: NOW, items: expect.any(Array), ...rest });
    expect(seen.state === 'ok' && seen.items).toHaveLength(length ?? 0);
    expect(limits(paths)).toEqual(asked);
  });
  it('does not guess how many more there are', async () => {
    expect((await read(list({ atMost: 10 }), pages(11, { remaining: false }))).seen).toMatchObject({ complete: false, more: undefined });
  });
  it('goes on where a server sends less than it was asked for', async () => {
    expect((await read(list({ atMost: 10 }), pages(10, { most: 3 }))).seen).toMatchObject({ state: 'ok', complete: true, items: { length: 10 } });
  });
  it('keeps what it has, cut, when the token of the next page is too old', async () => {
    const { seen } = await read(list(), (request) => (request.path.includes('continue=') ? refusal(410, 'Expired', 'too old') : pages(600)(request)));
    expect(seen).toMatchObject({ state: 'ok', complete: false, items: { length: 250 } });
  });
  it.each<[string, Reply, object]>([
    ['410 on the first page', refusal(410, 'Expired', 'too old'), { state: 'failed', reason: 'rejected' }],
  ])('fails on %s', async (_, reply, expected) => {
    expect((await read(list(), () => reply)).seen).toMatchObject(expected);
  });
  it.each<[string, Reply, object]>([
    ['an error', refusal(500, 'InternalError', 'oops'), { state: 'failed', reason: 'serverError' }],
    ['no permission', refusal(403, 'Forbidden', 'no'), { state: 'failed', reason: 'forbidden', permission: podPermission('list') }],
    ['a page of something else', says(200, '<html>'), { state: 'failed', reason: 'malformed' }],
  ])('does not pass off the first page for the whole when the second brings %s', async (_, reply, expected) => {
    expect((await read(list(), (request) => (request.path.includes('continue=') ? reply : pages(600)(request)))).seen).toMatchObject(expected);
  });
  it.each([[{ items: null }], [{ items: {} }], [{ items: [null] }], [{ items: [1] }], [{ items: [{}] }], [{ items: [[]] }], [{}]])('takes %j for no list', async (body) => {
    expect((await read(list(), () => says(200, body))).seen).toMatchObject({ state: 'failed', reason: 'malformed' });
  });
  it('does not take a list for empty that answers 404 although its API is there', async () => {
    expect((await read(list(), ({ path }) => (path === '/api/v1' ? RESOURCES('pods') : NO_SUCH_PATH))).seen).toMatchObject({ state: 'failed', reason: 'serverError' });
  });
  it('sends selectors and asks for metadata', async () => {
    const { paths, requests } = await read(list({ in: 'all namespaces', part: 'metadata', labels: 'a in (b,c)', fields: 'status.phase=Failed', atMost: 5 }), pages(0));
    expect(paths).toEqual(['/api/v1/pods?limit=5&labelSelector=a+in+%28b%2Cc%29&fieldSelector=status.phase%3DFailed']);
    expect(requests[0]?.accept).toBe('application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1');
  });
});

describe('reading a log', () => {
  const log = (rest: Partial<Extract<Source, { kind: 'log' }>> = {}): Source => ({ kind: 'log', in: 'red', pod: 'a', tail: 3, ...rest });
  const bad = (message: string) => refusal(400, 'BadRequest', message);

  it('asks for the end, with stamps and a limit', async () => {
    const { paths } = await read(log({ container: 'c', previous: true, since: 60 }), () => says(200, ''));
    expect(paths).toEqual(['/api/v1/namespaces/red/pods/a/log?tailLines=3&timestamps=true&limitBytes=12288&container=c&previous=true&sinceSeconds=60']);
  });
  it('takes lines apart', async () => {
    const { seen } = await read(log({ container: 'c' }), () => says(200, '2026-11-21T10:00:00.1Z {"level":"x"}\nno stamp\n2026-11-21T10:00:01Z \n'));
    expect(seen).toMatchObject({ items: [
      { pod: 'a', container: 'c', at: '2026-11-21T10:00:00.1Z', text: '{"level":"x"}' }, { pod: 'a', container: 'c', text: 'no stamp' }, { pod: 'a', container: 'c', at: '2026-11-21T10:00:01Z', text: '' },
    ] });
  });
  it.each<[string, string, boolean]>([
    ['fewer lines than asked for', 'a\nb\n', true],
    ['as many lines as asked for', 'a\nb\nc\n', false],
    ['nothing', '', true],
    ['as many bytes as asked for', 'x'.repeat(12_288), false],
    ['as many bytes, in fewer characters', 'ä'.repeat(6_144), false],
    ['fewer bytes', 'ä'.repeat(6_143), true],
  ])('knows whether it was cut: %s', async (_, body, complete) => {
    expect((await read(log(), () => says(200, body))).seen).toMatchObject({ state: 'ok', complete });
  });
  it.each([
    'previous terminated container "c" in pod "a" not found',
    'container "c" in pod "a" is waiting to start: ContainerCreating',
    'container "c" in pod "a" is waiting to start: trying and failing to pull image',
    'container "c" in pod "a" is not available',
    'container "c" in pod "a" is terminated',
  ])('takes it for a fact that %s', async (message) => {
    expect((await read(log(), () => bad(message))).seen).toEqual({ state: 'ok', items: [], complete: true, readAt: NOW });
  });
  it.each<[string, Reply, object]>([
    ['a question without a container', bad('a container name must be specified for pod a, choose one of: [c d]'), { state: 'failed', reason: 'rejected', detail: 'a container name must be specified for pod a, choose one of: [c d]' }],
    ['a missing permission', refusal(403, 'Forbidden', 'no'), { state: 'failed', reason: 'forbidden', permission: { verb: 'get', group: '', resource: 'pods', subresource: 'log', namespace: 'red' }, detail: 'no' }],
    ['a kubelet out of reach', refusal(500, 'InternalError', 'Get "https://10.0.0.1:10250/containerLogs/red/a/c": dial tcp: i/o timeout'), { state: 'failed', reason: 'serverError', detail: 'Get "https://10.0.0.1:10250/containerLogs/red/a/c": dial tcp: i/o timeout' }],
    ['a pod that is gone', refusal(404, 'NotFound', 'pods "a" not found', { name: 'a', kind: 'pods' }), { state: 'absent' }],
    ['a proxy that knows no such path', NO_SUCH_PATH, { state: 'failed', reason: 'serverError' }],
  ])('names %s', async (_, reply, expected) => {
    expect((await read(log(), () => reply)).seen).toEqual({ readAt: NOW, ...expected });
  });
});

describe('asking for a right', () => {
  const source: Source = { kind: 'access', permission: { verb: 'patch', group: 'apps', resource: 'deployments', subresource: 'scale', namespace: 'red', name: 'a' } };
  it('posts a review', async () => {
    const { requests } = await read(source, () => says(201, { status: { allowed: true } }));
    expect(requests).toEqual([{ to: 'kubernetes', path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', body: {
      apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: { verb: 'patch', group: 'apps', resource: 'deployments', subresource: 'scale', namespace: 'red', name: 'a' } },
    } }]);
  });
  it.each<[string, Reply, object]>([
    ['yes', says(201, { status: { allowed: true, reason: 'RBAC: allowed' } }), { state: 'ok', items: [{ allowed: true, reason: 'RBAC: allowed' }], complete: true }],
    ['no', says(201, { status: { allowed: false, evaluationError: 'x' } }), { state: 'ok', items: [{ allowed: false }], complete: true }],
    ['no word', says(201, { status: {} }), { state: 'failed', reason: 'malformed' }],
    ['a word that is no truth value', says(201, { status: { allowed: 'true' } }), { state: 'failed', reason: 'malformed' }],
    ['a page', says(200, '<html>'), { state: 'failed', reason: 'malformed' }],
    ['an error', says(500, ''), { state: 'failed', reason: 'serverError' }],
    ['a refusal', says(403, ''), { state: 'failed', reason: 'forbidden' }],
  ])('takes nothing but a yes for one: %s', async (_, reply, expected) => {
    expect((await read(source, () => reply)).seen).toEqual({ readAt: NOW, ...expected });
  });
});

describe('asking for an API', () => {
  it.each<[string, Reply, object]>([
    ['served', RESOURCES('leases', 'leases/status'), { state: 'ok', items: [{ resource: 'leases' }, { resource: 'leases/status' }], complete: true }],
    ['absent', NO_SUCH_PATH, { state: 'absent' }],
    ['broken', says(503, ''), { state: 'failed', reason: 'serverError' }],
    ['forbidden', says(403, ''), { state: 'failed', reason: 'forbidden' }],
    ['no answer', { state: 'failed', reason: 'timedOut' }, { state: 'failed', reason: 'timedOut' }],
    ['nonsense', says(200, {}), { state: 'failed', reason: 'malformed' }],
  ])('tells %s', async (_, reply, expected) => {
    const { seen, paths } = await read({ kind: 'api', group: 'coordination.k8s.io', version: 'v1' }, () => reply);
    expect(seen).toEqual({ readAt: NOW, ...expected });
    expect(paths).toEqual(['/apis/coordination.k8s.io/v1']);
  });
  it('knows where the core API is', async () => {
    expect((await read({ kind: 'api', group: '', version: 'v1' }, () => RESOURCES())).paths).toEqual(['/api/v1']);
  });
});

describe('reading identities', () => {
  const whole = (name: string) => ({
    metadata: {
      name, namespace: 'red', uid: `u-${name}`, resourceVersion: '1', creationTimestamp: '2026-11-20T00:00:00Z', labels: { 'vm.kubevirt.io/name': 'a' },
      annotations: { big: 'x'.repeat(1000) }, managedFields: [{ manager: 'kubelet' }], finalizers: ['f'],
      ownerReferences: [{ apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachineInstance', name: 'a', uid: 'v', controller: true, blockOwnerDeletion: true }],
    },
  });
  it('asks for metadata, 500 a page, and keeps what tells objects apart', async () => {
    const { seen, requests, paths } = await read(list({ part: 'identity', atMost: 20_000 }), () => says(200, { metadata: {}, items: [whole('a')] }));
    expect(seen).toEqual({
      state: 'ok', complete: true, readAt: NOW,
      items: [{ metadata: {
        name: 'a', namespace: 'red', uid: 'u-a', resourceVersion: '1', creationTimestamp: '2026-11-20T00:00:00Z', labels: { 'vm.kubevirt.io/name': 'a' },
        ownerReferences: [{ kind: 'VirtualMachineInstance', name: 'a', uid: 'v', controller: true }],
      } }],
    });
    expect(paths).toEqual(['/api/v1/namespaces/red/pods?limit=500']);
    expect(requests[0]?.accept).toBe('application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1');
  });
});
