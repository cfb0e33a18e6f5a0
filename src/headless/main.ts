#!/usr/bin/env node
import { setMaxListeners } from 'node:events';
import { CommanderError } from 'commander';
import { createProgram, exitOfCommander } from './cli';
import { createCommands } from './commands';
import { EXIT } from './outcome';
import { EXIT_OF_REFUSAL, Refusal } from './refusal';
import { isStop } from './stopping';
import { screenOf } from './terminal';

// Every request listens for the stop: dozens are no leak.
setMaxListeners(0);

const stopping = new AbortController();
let asked = 0;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    asked += 1;
    // Once: tell what is known so far. Twice: now.
    if (asked > 1) process.exit(EXIT.notFullyChecked);
    stopping.abort();
  });
}

// Readings that were under way when the run was stopped end with the stop, also those that nobody waits for any more.
process.on('unhandledRejection', (error) => {
  if (!isStop(error)) throw error;
});

/** Columns of a terminal that does not tell. */
const NARROW = 80;

/** One line of a terminal, written over and over; nothing where nobody watches. */
const progress = (text: string | undefined): void => {
  if (!process.stderr.isTTY) return;
  process.stderr.write(`\r\u001B[2K${(text ?? '').slice(0, (process.stderr.columns || NARROW) - 1)}`);
};

const commands = createCommands({
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  screen: screenOf(process.stdout, process.env),
  progress,
  stopped: stopping.signal,
  setExitCode: (code) => { process.exitCode = code; },
});

// Whoever reads the output may have read enough (`| head`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? Number(process.exitCode ?? 0) : 1));

try {
  await createProgram(commands).parseAsync(process.argv);
} catch (error) {
  progress(undefined);
  if (error instanceof CommanderError) process.exitCode = exitOfCommander(error);
  else if (error instanceof Refusal) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = EXIT_OF_REFUSAL[error.kind];
  } else if (isStop(error)) {
    process.stderr.write('Stopped before anything was known.\n');
    process.exitCode = EXIT.notFullyChecked;
  } else throw error;
}
