import type { Comparison } from './measure';
import type { Size } from './world';

/** The comparisons of one cluster. */
export interface Round {
  size: Size;
  comparisons: readonly Comparison[];
}

/** A goal, held against what was measured. */
export interface Held {
  goal: string;
  where: string;
  ratio: number;
  limit: number;
  /** Of a goal that is missed: why, and what would be needed. */
  why: string | undefined;
}

const LARGE = 10_000;
const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toPrecision(2)} s`;
const kilobytes = (bytes: number): string => `${Math.round(bytes / 1000)} kB`;

/** What the command may take of the sequence's time. */
const OF_SEQUENCE = 0.1;
/** What it may take of its start and the longest chain. */
const OF_CHAIN = 1.2;
/** What it may take of the sequence's bytes, where there is much. */
const OF_BYTES = 0.25;

/** Time of the command against that of the same commands typed one after the other. */
export const timeRatio = ({ command, sequence }: Comparison): number => command.time / sequence.time;
/** Time of the command against what no way of reading can be below. */
export const chainRatio = ({ command, chain, startUp }: Comparison): number => command.time / (startUp + chain.time);
/** Bytes of the command against those of the typed commands. */
export const byteRatio = ({ command, sequence }: Comparison): number => command.bytes / sequence.bytes;

function whySlow({ command, sequence, chain, startUp }: Comparison): string {
  const allowed = sequence.time * OF_SEQUENCE;
  const own = command.time - startUp;
  if (startUp > allowed) {
    return `The start of Node and of the bundle takes ${seconds(startUp)}, more than the ${seconds(allowed)} that are allowed: the sequence is only ${sequence.commands} commands of ${seconds(sequence.time / sequence.commands)} each. `
      + `Without the start it would be ${(own / sequence.time).toFixed(2)}. Needed: a start in a fraction of that, by a bundle per sub-command and Node's compile cache, or by a compiled program.`;
  }
  return `Between its start and its end it reads for ${seconds(own)}, though the longest chain is ${seconds(chain.time)}. Needed: fewer bytes to decode, or more than six requests under way.`;
}

function whyLong({ command, chain, startUp }: Comparison): string {
  const rest = command.time - startUp - chain.time;
  return `${seconds(rest)} go neither into the start nor into the chain of ${chain.links} requests (${seconds(chain.time)}): connections with TLS are opened and the server is asked whether it is one (two round trips before the first reading), `
    + `${command.requests} requests share six places, and ${kilobytes(command.bytes)} are unpacked and parsed on one core that the API server uses too. Needed: readings that begin beside the first question, and narrower ones.`;
}

function whyMuch({ command, sequence }: Comparison): string {
  return `${command.requests} requests bring ${kilobytes(command.bytes)}, the sequence's ${sequence.requests} bring ${kilobytes(sequence.bytes)}: a table that the server prints for kubectl holds less of each object than the object itself, and this runbook lists nothing that grows with the cluster. `
    + 'Needed: reading tables or fewer fields, which the API server offers for metadata alone.';
}

/** Every goal that applies, each with its ratio. */
export function holdGoals(rounds: readonly Round[]): readonly Held[] {
  return rounds.flatMap(({ size, comparisons }) => comparisons.flatMap((one): Held[] => {
    const where = `${one.alert}, ${size.vms.toLocaleString('en')} VMs, ${size.failedPods.toLocaleString('en')} failed pods`;
    const held = (goal: string, ratio: number, limit: number, why: () => string): Held => ({ goal, where, ratio, limit, why: ratio <= limit ? undefined : why() });
    return [
      held('time ≤ 0.1 × the sequence', timeRatio(one), OF_SEQUENCE, () => whySlow(one)),
      held('time ≤ 1.2 × start and longest chain', chainRatio(one), OF_CHAIN, () => whyLong(one)),
      ...(size.vms < LARGE ? [] : [held('bytes ≤ 0.25 × the sequence', byteRatio(one), OF_BYTES, () => whyMuch(one))]),
    ];
  }));
}
