import { type ChildProcess, execFile, spawn } from 'node:child_process';

/** A program the sandbox started and must stop again. */
export interface Child {
  name: string;
  /** Resolves once the program is gone, with how it went and its last words. */
  gone: Promise<string>;
  /** Asks it to end, insists after five seconds, resolves when it is gone. Safe to call twice. */
  stop(): Promise<void>;
}

const LAST_WORDS = 2_000;
const PATIENCE = 5_000;

// A process that ends without passing `stop` (an uncaught error, process.exit) must not leave its children behind.
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts a long-running program. Its output is kept as last words, for the sentence that says why it died, and told to `heard`. */
export function startChild(name: string, command: string, args: readonly string[], cwd?: string, heard: (output: string) => void = () => undefined): Child {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...(cwd === undefined ? {} : { cwd }) });
  running.add(child);
  let lastWords = '';
  const listen = (chunk: Buffer): void => {
    const said = chunk.toString();
    lastWords = (lastWords + said).slice(-LAST_WORDS);
    heard(said);
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const gone = new Promise<string>((resolve) => {
    const end = (how: string): void => {
      running.delete(child);
      resolve(how);
    };
    child.once('error', (error) => end(error.message));
    // Who is ended by a signal does not say why; its last words are about something else.
    child.once('close', (code, signal) => end(signal === null ? `exit code ${code ?? 'unknown'}: ${lastWords.trim().split('\n').at(-1) ?? ''}` : `signal ${signal}`));
  });
  const stop = async (): Promise<void> => {
    if (!running.has(child)) return;
    child.kill('SIGTERM');
    const insist = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
    await gone;
    clearTimeout(insist);
  };
  return { name, gone, stop };
}

/** What a program that ran to its end said. */
export interface Outcome {
  stdout: string;
  stderr: string;
}

/** A program that ended with an error, or could not be started at all. */
export class ProgramFailure extends Error {
  override readonly name = 'ProgramFailure';

  constructor(
    message: string,
    /** There is no such program on PATH. */
    readonly missing: boolean,
    readonly output: Outcome,
  ) {
    super(message);
  }

  /** Its last words: the last line of its error output, else of its output, else what the system says. */
  get lastLine(): string {
    const { stdout, stderr } = this.output;
    return [stderr, stdout, this.message].map((text) => text.trim().split('\n').at(-1) ?? '').find((line) => line !== '') ?? '';
  }
}

/** Runs a program to its end. Throws a {@link ProgramFailure} when it fails or is not there. */
export function run(command: string, args: readonly string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = execFile(command, [...args], { ...options, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      running.delete(child);
      if (error === null) resolve({ stdout, stderr });
      else reject(new ProgramFailure(error.message, error.code === 'ENOENT', { stdout, stderr }));
    });
    running.add(child);
  });
}

/** An error in one line: a program's last words, else the error's message. */
export const lastLine = (error: unknown): string => (error instanceof ProgramFailure ? error.lastLine : error instanceof Error ? error.message : String(error));
