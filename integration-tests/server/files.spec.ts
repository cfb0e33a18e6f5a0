import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type Nginx, startNginx } from './nginx';

const DIST = path.resolve('dist');
const IMMUTABLE = 'public, max-age=31536000, immutable';

let nginx: Nginx;
let files: readonly string[];

beforeAll(async () => {
  files = (await readdir(DIST, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => path.relative(DIST, path.join(entry.parentPath, entry.name)));
  nginx = await startNginx(DIST);
}, 120_000);
afterAll(() => nginx.close());

const types: Readonly<Record<string, string>> = { '.js': 'application/javascript; charset=utf-8', '.json': 'application/json; charset=utf-8', '.txt': 'text/plain; charset=utf-8' };

it('serves every file of the build as it is, with its type', async () => {
  const served = files.filter((file) => !file.endsWith('.gz'));
  expect(served).toContain('plugin-manifest.json');
  for (const file of served) {
    const { status, headers, body } = await nginx.get(`/${file}`);
    expect([file, status, headers['content-type']]).toEqual([file, 200, types[path.extname(file)]]);
    expect(body.equals(await readFile(path.join(DIST, file)))).toBe(true);
    expect(headers['x-content-type-options']).toBe('nosniff');
  }
}, 120_000);

it('sends what was compressed at build time to whoever takes it', async () => {
  const compressed = files.filter((file) => file.endsWith('.gz'));
  expect(compressed.length).toBeGreaterThan(10);
  for (const file of compressed) {
    const whole = file.slice(0, -'.gz'.length);
    const { headers, body } = await nginx.get(`/${whole}`, { headers: { 'Accept-Encoding': 'gzip' } });
    expect([whole, headers['content-encoding'], headers['vary']]).toEqual([whole, 'gzip', 'Accept-Encoding']);
    expect(gunzipSync(body).equals(await readFile(path.join(DIST, whole)))).toBe(true);
  }
}, 120_000);

it('lets what has its hash in its name be kept for ever, and nothing else', async () => {
  for (const file of files.filter((one) => /\.(js|json)$/.test(one))) {
    const isHashed = /-(chunk|bundle)-[0-9a-f]+\.min\.js$|^plugin-entry\.[0-9a-f]+\.min\.js$/.test(file);
    expect([file, (await nginx.get(`/${file}`)).headers['cache-control']]).toEqual([file, isHashed ? IMMUTABLE : 'no-cache']);
  }
  expect(files.filter((file) => file.endsWith('.js') && !/[0-9a-f]{8}/.test(file))).toEqual([]);
}, 120_000);

it.each(['/nothing.js', '/plugin-manifest.jsonx', '/../../etc/passwd', '/%2e%2e/nginx.conf', '/.git/config'])('does not have %s', async (address) => {
  expect((await nginx.get(address)).status).toBeGreaterThanOrEqual(400);
});

it('lists nothing, names no version, and takes nothing', async () => {
  for (const address of ['/', '/locales/', '/locales/en']) expect([403, 404]).toContain((await nginx.get(address)).status);
  const { headers, body } = await nginx.get('/nothing');
  expect(headers['server']).toBe('nginx');
  expect(body.toString()).not.toMatch(/nginx\/\d/);
  for (const method of ['POST', 'PUT', 'DELETE']) expect((await nginx.get('/plugin-manifest.json', { method })).status).toBe(403);
});

it('is asked for its health, and by IPv6', async () => {
  expect((await nginx.get('/healthz')).body.toString()).toBe('ok\n');
  expect((await nginx.get('/plugin-manifest.json', { host: '::1' })).status).toBe(200);
});

it('logs neither headers nor what stands behind the question mark', async () => {
  await nginx.get('/plugin-manifest.json?token=secret-in-query', { headers: { Authorization: 'Bearer secret-in-header', Cookie: 'a=secret-in-cookie', 'User-Agent': 'secret-agent', Referer: 'https://secret-referer/' } });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(nginx.log()).toMatch(/GET \/plugin-manifest\.json 200/);
  expect(nginx.log()).not.toContain('secret');
});

it('shows a renewed certificate at once', async () => {
  const before = (await nginx.get('/healthz', { headers: { Connection: 'close' } })).serial;
  await nginx.renew();
  expect((await nginx.get('/healthz', { headers: { Connection: 'close' } })).serial).not.toBe(before);
});

it('says nothing to whoever does not speak TLS', async () => {
  await expect(fetch(nginx.url.replace('https', 'http')).then((answer) => answer.status)).resolves.toBe(400);
});
