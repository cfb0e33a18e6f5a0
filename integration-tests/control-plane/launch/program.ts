import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal } from '../../../sandbox/launch/refusal';

/** What is started, and where its log goes. */
export interface ProgramSetup {
  /** As it is called in sentences; its log is `NAME.log`. */
  name: string;
  file: string;
  args: readonly string[];
  /** An existing folder for the log. */
  dir: string;
  /** Where the program runs. */
  cwd: string;
}

/** A program of the control plane while it runs. */
export interface RunningProgram {
  name: string;
  /** The process id, which the program has itself: there is no shell in between. */
  pid: number | undefined;
  logFile: string;
  /** Resolves once it is gone, with how it went (`exit code 1`, `signal SIGKILL`). */
  gone: Promise<string>;
  /** The last lines of its log, for the sentence that says why it failed. */
  lastLines(): string;
  /** Asks it to end, insists after ten seconds, resolves when it is gone. Safe to call twice. */
  stop(): Promise<void>;
}

const PATIENCE = 10_000;
const LAST_LINES = 15;

const lastLinesOf = (file: string): string => readFileSync(file, 'utf8').trimEnd().split('\n').slice(-LAST_LINES).map((line) => `    ${line.slice(0, 400)}`).join('\n');

/**
 * Starts a program whose output goes to a log file. It is ended by the kernel with the process that started it, however
 * that one ends (`setpriv --pdeathsig`, of util-linux, which then becomes the program).
 */
export function startProgram({ name, file, args, dir, cwd }: ProgramSetup): RunningProgram {
  const logFile = path.join(dir, `${name}.log`);
  const log = openSync(logFile, 'a');
  // Nothing else of the surroundings reaches a program of the control plane: no proxy, no kubeconfig.
  const env = { PATH: process.env['PATH'] ?? '/usr/bin:/bin:/usr/sbin:/sbin', HOME: dir };
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', file, ...args], { cwd, env, stdio: ['ignore', log, log] });
  closeSync(log);
  let over = false;
  const gone = new Promise<string>((resolve) => {
    const end = (how: string): void => {
      over = true;
      resolve(how);
    };
    child.once('error', (error) => end(error.message));
    child.once('exit', (code, signal) => end(signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`));
  });
  const stop = async (): Promise<void> => {
    if (over) return;
    child.kill('SIGTERM');
    const insist = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
    await gone;
    clearTimeout(insist);
  };
  return { name, pid: child.pid, logFile, gone, lastLines: () => lastLinesOf(logFile), stop };
}

/**
 * Waits until `ready` says yes. Throws a {@link Refusal} with the last lines of the program's log if it ends before, or is
 * not ready in time. What `ready` throws counts as no.
 */
export async function untilReady(program: RunningProgram, seconds: number, ready: () => Promise<boolean>): Promise<void> {
  let ended: string | undefined;
  void program.gone.then((how) => (ended = how));
  for (const deadline = Date.now() + seconds * 1_000; Date.now() < deadline; await sleep(100)) {
    if (ended !== undefined) throw new Refusal(`${program.name} did not start (${ended}). It said last:\n${program.lastLines()}`);
    if (await ready().catch(() => false)) return;
  }
  throw new Refusal(`${program.name} was not ready after ${seconds} s. It said last:\n${program.lastLines()}`);
}
