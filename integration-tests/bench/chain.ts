import { createDiagnosis, identityOf, keyOf, type Request, type Source } from '../../src/engine';
import { sendTo, type Endpoints, type Trace } from './trace';

/** The longest chain of requests that depend on each other. */
export interface Chain {
  /** Milliseconds that its requests take, one after the other, over connections that are open already. */
  time: number;
  /** Requests in it. */
  links: number;
  bytes: number;
  /** What each link reads, from the first. */
  reads: readonly string[];
}

const TIMES = 3;

/** The quickest of a few: what the server itself needs, without what else the machine did meanwhile. */
async function timeOf(endpoints: Endpoints, request: Request): Promise<{ time: number; bytes: number }> {
  let best = { time: Infinity, bytes: 0 };
  for (let turn = 0; turn < TIMES; turn += 1) {
    const begin = performance.now();
    const { bytes } = await sendTo(endpoints, request);
    const time = performance.now() - begin;
    if (time < best.time) best = { time, bytes };
  }
  return best;
}

interface Cost {
  time: number;
  links: number;
  bytes: number;
}

/** What reading a source costs at the least: its rounds one after the other, the requests of a round at once. */
async function costOf(endpoints: Endpoints, rounds: readonly (readonly Request[])[]): Promise<Cost> {
  let cost: Cost = { time: 0, links: 0, bytes: 0 };
  for (const round of rounds) {
    let slowest = { time: 0, bytes: 0 };
    for (const request of round) {
      const one = await timeOf(endpoints, request);
      if (one.time > slowest.time) slowest = one;
    }
    cost = { time: cost.time + slowest.time, links: cost.links + 1, bytes: cost.bytes + slowest.bytes };
  }
  return cost;
}

const nameOf = (source: Source): string => {
  switch (source.kind) {
    case 'object': return `${source.of.plural}/${String(source.name)}`;
    case 'list': return source.of.plural;
    case 'log': return `log of ${String(source.pod)}`;
    default: return source.kind;
  }
};

interface UnderWay {
  source: Source;
  cost: Cost;
  ends: number;
  /** What had to be read before it was known that this is wanted. */
  after: UnderWay | undefined;
}

/**
 * Goes through a diagnosis again with what was observed, each source taking the time of its raw requests and any number of
 * them at once: the engine itself says what is wanted when. What ends last, ends the longest chain.
 */
export async function longestChain({ runbook, labels, now, observations, rounds }: Trace, endpoints: Endpoints): Promise<Chain> {
  const diagnosis = createDiagnosis(runbook, identityOf(runbook, labels), () => now);
  const started = new Set<string>();
  const underWay: UnderWay[] = [];
  const start = async (at: number, after: UnderWay | undefined): Promise<void> => {
    for (const source of diagnosis.wanted()) {
      const key = keyOf(source);
      if (started.has(key)) continue;
      started.add(key);
      const cost = await costOf(endpoints, rounds.get(key) ?? []);
      underWay.push({ source, cost, ends: at + cost.time, after });
    }
  };
  let last: UnderWay | undefined;
  await start(0, undefined);
  while (underWay.length > 0) {
    underWay.sort((a, b) => a.ends - b.ends);
    last = underWay.shift();
    if (!last) break;
    const observation = observations.get(keyOf(last.source));
    if (!observation) throw new Error(`${nameOf(last.source)} was wanted the second time and not the first.`);
    diagnosis.accept(last.source, observation);
    await start(last.ends, last);
  }
  const links: UnderWay[] = [];
  for (let link = last; link; link = link.after) links.unshift(link);
  const sum = (of: (cost: Cost) => number): number => links.reduce((all, { cost }) => all + of(cost), 0);
  return { time: last?.ends ?? 0, links: sum((cost) => cost.links), bytes: sum((cost) => cost.bytes), reads: links.map(({ source }) => nameOf(source)) };
}
