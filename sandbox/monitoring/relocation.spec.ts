import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { relocateAlertmanager } from './relocation';

let unpacked: string;
let program: string;

beforeEach(async () => {
  unpacked = await mkdtemp(path.join(os.tmpdir(), 'virt-runbooks-relocation-'));
  program = path.join(unpacked, 'usr', 'bin', 'prometheus-alertmanager');
  await mkdir(path.dirname(program), { recursive: true });
});
afterEach(() => rm(unpacked, { recursive: true, force: true }));

const relocated = async (content: string): Promise<string> => {
  await writeFile(program, content, { mode: 0o755 });
  await relocateAlertmanager(unpacked);
  return readFile(program, 'latin1');
};

it('lets the program look for its templates in the current folder, without a byte more or less', async () => {
  const before = 'head\0/usr/share/prometheus/alertmanagerno such template/usr/share/prometheus/alertmanager/ui/tail';
  const after = await relocated(before);
  expect(after).toHaveLength(before.length);
  const folder = after.slice('head\0'.length, after.indexOf('no such template'));
  expect(path.posix.normalize(`${folder}/default.tmpl`)).toBe('/proc/self/cwd/default.tmpl');
  expect(after).toContain('/usr/share/prometheus/alertmanager/ui/');
  expect((await stat(program)).mode & 0o111).not.toBe(0);
});

it('leaves a program alone that carries its templates', async () => {
  expect(await relocated('nothing of the kind')).toBe('nothing of the kind');
});
