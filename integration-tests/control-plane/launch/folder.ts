import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** A folder that does not outlive the process. */
export interface ThrowAway {
  dir: string;
  remove(): Promise<void>;
}

/**
 * A folder below the system's temporary one. It goes with `remove`, and also if this process is killed without a chance to
 * clean up: a shell waits for the end of a pipe that only this process holds open.
 */
export async function throwAwayFolder(): Promise<ThrowAway> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'virt-runbooks-control-plane-'));
  // The programs are killed by the kernel in the same moment; a second later nobody writes into it any more.
  const remover = spawn('sh', ['-c', 'cat >/dev/null; sleep 1; rm -rf -- "$0"', dir], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  remover.unref();
  const remove = async (): Promise<void> => {
    remover.stdin.end();
    await rm(dir, { recursive: true, force: true, maxRetries: 5 });
  };
  return { dir, remove };
}
