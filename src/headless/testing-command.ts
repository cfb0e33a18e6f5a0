import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** How a run of the command went. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** How the command is to be run. */
export interface RunOptions {
  /** What stands in the environment besides PATH and a home folder without a kubeconfig. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Told of the process once it is started. */
  readonly started?: (child: ChildProcess) => void;
}

/** What hangs is ended, milliseconds. */
const PATIENCE = 100_000;

/** Runs a program to its end as a person would, in an environment that holds nothing of this machine. Never rejects. */
export const runProgram = (program: string, args: readonly string[], { env = {}, cwd = os.tmpdir(), started }: RunOptions = {}): Promise<Ran> =>
  new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env: { PATH: process.env['PATH'], HOME: '/nonexistent', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    const patience = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => { out += chunk.toString(); });
    child.stderr.on('data', (chunk: Buffer) => { err += chunk.toString(); });
    child.once('error', (error) => { err += error.message; });
    child.once('close', (code) => {
      clearTimeout(patience);
      resolve({ code, out, err });
    });
    started?.(child);
  });

/** The command as one file, built for one spec. */
export interface Built {
  readonly file: string;
  /** Runs it. */
  readonly run: (args: readonly string[], options?: RunOptions) => Promise<Ran>;
  readonly remove: () => Promise<void>;
}

/** Bundles the command into a folder of its own, with what a person gets and nothing else. Rejects if that fails. */
export const buildForSpec = async (): Promise<Built> => {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'virt-runbooks-command-'));
  const file = path.join(dir, 'virt-runbooks.mjs');
  const { code, out, err } = await runProgram(process.execPath, ['--import', 'tsx', 'scripts/command.ts', file], { cwd: process.cwd() });
  if (code !== 0) throw new Error(`The command cannot be built:\n${out}${err}`);
  return { file, run: (args, options) => runProgram(process.execPath, [file, ...args], options), remove: () => rm(dir, { recursive: true, force: true }) };
};
