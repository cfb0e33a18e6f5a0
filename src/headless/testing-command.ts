import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
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

const CACHE = path.resolve('.cache', 'command');
/** What the bundle is made of. */
const INPUTS = ['src', 'locales/en', 'scripts/command.ts', 'package.json', 'package-lock.json'];
const AN_HOUR = 3_600_000;

/** Another text as soon as a file that the bundle is made of has changed. */
const stampOfInputs = async (): Promise<string> => {
  const hash = createHash('sha256');
  for (const input of INPUTS) {
    const files = (await stat(input)).isDirectory() ? (await readdir(input, { recursive: true })).sort().map((file) => path.join(input, file)) : [input];
    for (const file of files) {
      // One that went in between is another stamp as well.
      const { mtimeMs, size } = await stat(file).catch(() => ({ mtimeMs: 0, size: 0 }));
      hash.update(`${file} ${mtimeMs} ${size}\n`);
    }
  }
  return hash.digest('hex').slice(0, 16);
};

/** The bundle of the source as it is now; built once, whichever spec comes first. Rejects if it cannot be built. */
const bundled = async (): Promise<string> => {
  const file = path.join(CACHE, `${await stampOfInputs()}.mjs`);
  if (existsSync(file)) return file;
  await mkdir(CACHE, { recursive: true });
  // Under a name of its own until it is whole: another spec may be looking.
  const unfinished = `${file}.${process.pid}`;
  const { code, out, err } = await runProgram(process.execPath, ['--import', 'tsx', 'scripts/command.ts', unfinished], { cwd: process.cwd() });
  if (code !== 0) throw new Error(`The command cannot be built:\n${out}${err}`);
  await rename(unfinished, file);
  for (const old of await readdir(CACHE)) {
    const { mtimeMs } = await stat(path.join(CACHE, old)).catch(() => ({ mtimeMs: Infinity }));
    if (Date.now() - mtimeMs > AN_HOUR) await rm(path.join(CACHE, old), { force: true });
  }
  return file;
};

/** The bundled command in a folder of its own: what a person gets, and nothing else. Rejects if it cannot be built. */
export const buildForSpec = async (): Promise<Built> => {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'virt-runbooks-command-'));
  const file = path.join(dir, 'virt-runbooks.mjs');
  await copyFile(await bundled(), file);
  return { file, run: (args, options) => runProgram(process.execPath, [file, ...args], options), remove: () => rm(dir, { recursive: true, force: true }) };
};
