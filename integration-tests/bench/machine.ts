import os from 'node:os';
import { Refusal } from '../../sandbox/launch/refusal';

const gigabytes = (bytes: number): number => Math.round(bytes / 2 ** 30);

/** What is measured on, and how busy it was before anything of ours ran: processes that wanted a core, for each core there is. */
export const measuredOn = (): { machine: string; loadPerCore: number } =>
  ({ machine: `${os.cpus().length} cores, ${gigabytes(os.totalmem())} GB, Node ${process.versions.node}`, loadPerCore: (os.loadavg()[0] ?? 0) / os.cpus().length });

/** Ends the program with what is wrong; what was started ends with the process, and its folders go. */
export function fail(error: unknown): never {
  console.error(error instanceof Refusal ? error.message : error instanceof Error ? error.stack : String(error));
  process.exit(1);
}

/** Ends the program at a signal, with a sentence. */
export function endAtSignal(kept: string): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => fail(new Refusal(`Stopped by ${signal}. ${kept}`)));
}
