import { refusal } from '../testing/scripted';
import { send } from './http';
import { consoleSender } from './sender';
import { consoleTransport } from './transport';

interface Asked { readonly url: string; readonly init: RequestInit }
const asked: Asked[] = [];
let answer: (one: Asked) => Response | Promise<Response>;
const staying = new AbortController().signal;
const status = (code: number, message: string, reason = 'X') => {
  const reply = refusal(code, reason, message);
  return new Response(reply.state === 'answered' ? reply.body : '', { status: code, headers: { 'Content-Type': 'application/json', Date: 'Fri, 21 Nov 2025 10:00:00 GMT' } });
};
const never = (one: Asked) => new Promise<Response>((_, reject) => one.init.signal?.addEventListener('abort', () => reject(one.init.signal?.reason as Error)));

beforeEach(() => {
  asked.length = 0;
  answer = () => new Response('{}');
  globalThis.fetch = async (url, init = {}) => {
    const one = { url: String(url), init };
    asked.push(one);
    init.signal?.throwIfAborted();
    return answer(one);
  };
  jest.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(() => jest.restoreAllMocks());

describe('send', () => {
  const go = (options: RequestInit = {}, { timeout = 1000, signal = staying }: { timeout?: number; signal?: AbortSignal } = {}) => send('/api/x', options, { timeout, signal });

  it('brings the text and the time of the server', async () => {
    answer = () => new Response('text', { headers: { Date: 'Fri, 21 Nov 2025 10:00:00 GMT' } });
    expect(await go()).toEqual({ state: 'answered', status: 200, body: 'text', date: Date.parse('2025-11-21T10:00:00Z') });
    answer = () => new Response('', { headers: { Date: 'yesterday' } });
    expect(await go()).toEqual({ state: 'answered', status: 200, body: '' });
  });
  it.each<[string, () => Response, object]>([
    ['a Status', () => status(403, 'pods is forbidden'), { status: 403, date: Date.parse('2025-11-21T10:00:00Z'), body: expect.stringContaining('"message":"pods is forbidden"') as string }],
    ['an error of Prometheus', () => new Response('{"status":"error","error":"bad"}', { status: 400, headers: { 'Content-Type': 'application/json' } }), { status: 400, body: '{"status":"error","error":"bad"}' }],
    ['a page', () => new Response('<html>', { status: 502, headers: { 'Content-Type': 'text/html' } }), { status: 502, body: '<html>' }],
    ['nothing', () => new Response(null, { status: 500 }), { status: 500, body: '' }],
    ['an absent path', () => new Response('404 page not found', { status: 404, headers: { 'Content-Type': 'text/plain' } }), { status: 404, body: '404 page not found' }],
  ])('takes an error for an answer: %s', async (_, reply, expected) => {
    answer = reply;
    expect(await go()).toEqual({ state: 'answered', ...expected });
  });
  it.each<[string, () => Promise<Response>, object]>([
    ['nobody is there', () => Promise.reject(new TypeError('Failed to fetch')), { state: 'unreachable', detail: 'Failed to fetch' }],
    ['an error is no JSON although it says so', async () => new Response('{"kind":', { status: 500, headers: { 'Content-Type': 'application/json' } }), { state: 'unreachable' }],
    ['the answer breaks off', async () => new Response(new ReadableStream({ start: (stream) => stream.error(new Error('cut')) })), { state: 'unreachable', detail: 'cut' }],
  ])('tells that %s', async (_, reply, expected) => {
    answer = reply;
    expect(await go()).toMatchObject(expected);
  });
  it('refuses what is too large', async () => {
    answer = () => new Response('x'.repeat(20_000_001));
    expect(await go()).toEqual({ state: 'tooLarge' });
  });
  it('gives up after its time, and ends the request', async () => {
    answer = never;
    expect(await go({}, { timeout: 10 })).toEqual({ state: 'timedOut' });
    expect(asked[0]?.init.signal?.aborted).toBe(true);
  });
  it('gives up an answer that does not end', async () => {
    answer = (one) => new Response(new ReadableStream({ start: (stream) => one.init.signal?.addEventListener('abort', () => stream.error(new Error('aborted'))) }));
    expect(await go({}, { timeout: 10 })).toEqual({ state: 'timedOut' });
  });
  it('rejects when its page is left, and ends the request', async () => {
    answer = never;
    const leaving = new AbortController();
    const reading = go({}, { signal: leaving.signal });
    leaving.abort();
    await expect(reading).rejects.toThrow();
    expect(asked[0]?.init.signal?.aborted).toBe(true);
  });
  it('asks nothing for a page that is left already', async () => {
    const leaving = new AbortController();
    leaving.abort();
    await expect(go({}, { signal: leaving.signal })).rejects.toThrow();
    expect(asked).toEqual([]);
  });
});

describe('the transport', () => {
  it.each<[Parameters<typeof consoleTransport.get>[0], string]>([
    [{ to: 'kubernetes', path: '/api/v1/pods' }, '/api/kubernetes/api/v1/pods'],
    [{ to: 'prometheus', path: '/api/v1/query?query=up' }, '/api/prometheus/api/v1/query?query=up'],
    [{ to: 'tenancy', path: '/api/v1/rules?namespace=red' }, '/api/prometheus-tenancy/api/v1/rules?namespace=red'],
  ])('goes through the proxies of the console: %j', async (request, url) => {
    await consoleTransport.get(request, staying);
    expect(asked.map((one) => one.url)).toEqual([url]);
  });
  it('reads by GET, and posts a review alone', async () => {
    const headersOf = (one: Asked | undefined) => new Headers(one?.init.headers);
    await consoleTransport.get({ to: 'kubernetes', path: '/a', accept: 'text/plain, */*' }, staying);
    await consoleTransport.get({ to: 'kubernetes', path: '/b', body: { kind: 'SelfSubjectAccessReview' } }, staying);
    expect([asked[0]?.init.method, headersOf(asked[0]).get('accept'), asked[0]?.init.body]).toEqual(['GET', 'text/plain, */*', undefined]);
    expect([asked[1]?.init.method, headersOf(asked[1]).get('content-type'), asked[1]?.init.body]).toEqual(['POST', 'application/json', '{"kind":"SelfSubjectAccessReview"}']);
  });
  it('says where the console has no address', async () => {
    const flags = (window as unknown as { SERVER_FLAGS: Record<string, unknown> }).SERVER_FLAGS;
    const before = flags['prometheusBaseURL'];
    delete flags['prometheusBaseURL'];
    expect(await consoleTransport.get({ to: 'prometheus', path: '/api/v1/rules' }, staying)).toEqual({ state: 'failed', reason: 'notConfigured' });
    flags['prometheusBaseURL'] = before;
    expect(asked).toEqual([]);
  });
  it('hands on errors as answers, and failures by name', async () => {
    answer = () => status(403, 'no');
    expect(await consoleTransport.get({ to: 'kubernetes', path: '/' }, staying)).toMatchObject({ state: 'answered', status: 403 });
    answer = () => Promise.reject(new TypeError('Failed to fetch'));
    expect(await consoleTransport.get({ to: 'kubernetes', path: '/' }, staying)).toEqual({ state: 'failed', reason: 'unreachable', detail: 'Failed to fetch' });
  });
});

describe('the sender', () => {
  const write = { method: 'PATCH', path: '/apis/apps/v1/namespaces/red/deployments/a/scale', contentType: 'application/json-patch+json', body: [{ op: 'replace', path: '/spec/replicas', value: 2 }] } as const;
  const BLOCKED = 'Internal error occurred: failed calling webhook "w.kubevirt.io": failed to call webhook: no endpoints available for service "virt-api"';

  it('sends a write as it is, once', async () => {
    answer = () => new Response('{"kind":"Scale"}');
    expect(await consoleSender.send(write, staying)).toEqual({ state: 'accepted', object: { kind: 'Scale' } });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ url: '/api/kubernetes/apis/apps/v1/namespaces/red/deployments/a/scale', init: { method: 'PATCH', body: JSON.stringify(write.body) } });
    expect(new Headers(asked[0]?.init.headers).get('content-type')).toBe('application/json-patch+json');
  });
  it.each<[string, () => Response | Promise<Response>, object]>([
    ['an answer that is no JSON', () => new Response('ok'), { state: 'accepted', object: undefined }],
    ['a conflict', () => status(409, 'It was changed.'), { state: 'rejected', status: 409, words: 'It was changed.' }],
    ['a refusal', () => status(403, 'forbidden'), { state: 'rejected', status: 403, words: 'forbidden' }],
    ['a test that failed', () => status(422, 'testing path /spec/replicas value failed'), { state: 'rejected', status: 422, words: 'testing path /spec/replicas value failed' }],
    ['a webhook that is down, before anything was stored', () => status(500, BLOCKED), { state: 'rejected', status: 500, words: BLOCKED }],
    ['a server that failed, before or after', () => status(500, 'etcdserver: request timed out'), { state: 'unknown', words: 'etcdserver: request timed out' }],
    ['a proxy without a server', () => new Response('<html>', { status: 502 }), { state: 'unknown', words: 'HTTP 502' }],
    ['a server that is not ready', () => status(503, 'not ready'), { state: 'unknown', words: 'not ready' }],
    ['a gateway that waited in vain', () => status(504, 'Timeout'), { state: 'unknown', words: 'Timeout' }],
    ['a connection that broke', () => Promise.reject(new TypeError('Failed to fetch')), { state: 'unknown', words: 'Failed to fetch' }],
  ])('says what became of it: %s', async (_, reply, sent) => {
    answer = reply;
    expect(await consoleSender.send(write, staying)).toEqual(sent);
    expect(asked).toHaveLength(1);
  });
  it('does not know what became of a write that was given up', async () => {
    answer = never;
    const leaving = new AbortController();
    const sending = consoleSender.send(write, leaving.signal);
    leaving.abort();
    expect(await sending).toMatchObject({ state: 'unknown' });
  });
  it('leaves it to the console to try again what the server did not take', async () => {
    answer = () => (asked.length === 1 ? status(429, 'later') : new Response('{}'));
    expect(await consoleSender.send(write, staying)).toMatchObject({ state: 'accepted' });
    expect(asked).toHaveLength(2);
  });
});
