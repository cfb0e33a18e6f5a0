import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { until } from '../plane/wait';

/** Processes of this machine that were told of the folder. */
const processesIn = (dir: string): readonly string[] => readdirSync('/proc').filter((pid) => /^\d+$/.test(pid)).filter((pid) => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--etcd-servers') && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(dir);
  } catch {
    // It ended meanwhile, or is somebody else's.
    return false;
  }
});

describe.each(['SIGKILL', 'SIGTERM'] as const)('ended by %s', (signal) => {
  test('neither a process nor a folder is left', async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', path.join(__dirname, 'orphans.ts')], { stdio: ['ignore', 'pipe', 'inherit'] });
    const said = await new Promise<string>((resolve) => child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString())));
    const { dir } = JSON.parse(said) as { dir: string };
    expect(processesIn(dir)).toHaveLength(1);
    child.kill(signal);
    await until('the API server is gone', 30, () => Promise.resolve(processesIn(dir).length === 0 || undefined));
    await until('the folder is gone', 30, () => Promise.resolve(!existsSync(dir) || undefined));
  }, 120_000);
});
