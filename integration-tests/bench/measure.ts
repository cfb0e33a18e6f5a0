import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ProgramFailure, run } from '../../sandbox/launch/child';
import { endpointOf, identify } from '../../src/headless/access';
import type { Runbook } from '../../src/engine';
import { type Chain, longestChain } from './chain';
import { type Traffic, startMeter } from './meter';
import { commandFor, type Terminal, timeSequence } from './sequence';
import type { Stage } from './stage';
import { type Endpoints, trace } from './trace';

/** Something that was timed and, in a run of its own, counted. */
export interface Measured extends Traffic {
  /** Milliseconds; the median of its runs. */
  time: number;
}

/** One runbook on one cluster, three ways. */
export interface Comparison {
  alert: string;
  /** Form of the answer, and the cause if one was found: the same work was done. */
  answer: string;
  command: Measured;
  /** Milliseconds until the command could send its first request; taken between the runs of the command, under the same conditions. */
  startUp: number;
  sequence: Measured & { commands: number };
  chain: Chain;
}

/** The one below which this share of them lies. */
export const quantile = (times: readonly number[], share: number): number => times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? NaN;

/** The middle one. */
export const median = (times: readonly number[]): number => quantile(times, 0.5);

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

const RUNS = 3;

// 1 and 2 say what was found and what could not be checked; only other codes are failures.
const node = (args: readonly string[]): Promise<unknown> =>
  run(process.execPath, args).catch((error: unknown) => {
    if (!(error instanceof ProgramFailure) || error.output.stdout === '') throw error;
  });

// Started, its runbooks read, nobody asked.
const startUp = (file: string): Promise<unknown> => node([file, 'list']);

const diagnose = (file: string, alert: string, kubeconfig: string, prometheus: string): Promise<unknown> =>
  node([file, 'diagnose', alert, '--kubeconfig', kubeconfig, '--prometheus', prometheus, '-o', 'json']);

/** The same kubeconfig with another server, whose authority stands in it. */
async function kubeconfigFor(server: string, ca: string, original: string): Promise<string> {
  const config = JSON.parse(await readFile(original, 'utf8')) as { clusters: { name: string; cluster: object }[] };
  const clusters = config.clusters.map(({ name }) => ({ name, cluster: { server, 'certificate-authority-data': Buffer.from(ca).toString('base64') } }));
  const file = `${original}-metered`;
  await writeFile(file, JSON.stringify({ ...config, clusters }), { mode: 0o600 });
  return file;
}

async function firingLabels(prometheus: string, alert: string): Promise<Readonly<Record<string, string>>> {
  const { data } = (await (await fetch(`${prometheus}/api/v1/alerts`)).json()) as { data: { alerts: { labels: Record<string, string>; state: string }[] } };
  return data.alerts.find(({ labels, state }) => labels['alertname'] === alert && state === 'firing')?.labels ?? {};
}

const FILL = ['kubectl api-resources'];

/** A long sequence is not repeated: what it varies by is less than what is compared. */
const SHORT = 20_000;

/** The command and its mere start, in turn. */
async function timeCommand(work: () => Promise<unknown>, file: string): Promise<{ time: number; startUp: number }> {
  const times: number[] = [];
  const starts: number[] = [];
  for (let turn = 0; turn < RUNS; turn += 1) {
    starts.push(await timeOf(() => startUp(file)));
    times.push(await timeOf(work));
  }
  return { time: median(times), startUp: median(starts) };
}

/** Measures one runbook; `command` is the bundled command, `programs` the folder of kubectl. Timed runs go straight to the servers; what is counted goes through a counter, in a run of its own. */
export async function compare(runbook: Runbook, { api, kubeconfig, prometheus }: Stage, command: string, programs: string): Promise<Comparison> {
  const { alert } = runbook;
  const identity = identify({ kubeconfig });
  const endpoints: Endpoints = { kubernetes: await endpointOf(identity), prometheus: await endpointOf(identity, prometheus) };
  const traced = await trace(runbook, await firingLabels(prometheus, alert), endpoints);
  const terminal: Terminal = { programs, kubeconfig, prometheus, home: path.join(api.dir, 'home') };
  const commandsAt = (address: string): readonly string[] => [...new Set(traced.sources.map((source) => commandFor(source, address, traced.now)))];
  const [kubeMeter, promMeter] = await Promise.all([startMeter(api.url, api.ca), startMeter(prometheus)]);
  try {
    const metered = await kubeconfigFor(kubeMeter.url, kubeMeter.ca ?? '', kubeconfig);
    const counted = async (work: Promise<unknown>): Promise<Traffic> => {
      await work;
      const [one, other] = [kubeMeter.take(), promMeter.take()];
      return { requests: one.requests + other.requests, bytes: one.bytes + other.bytes };
    };
    const commands = commandsAt(prometheus);
    // kubectl's store of what the server serves is filled first, as that of anybody who types is.
    await timeSequence(FILL, { ...terminal, kubeconfig: metered });
    await counted(Promise.resolve());
    const sequenceTraffic = await counted(timeSequence(commandsAt(promMeter.url), { ...terminal, kubeconfig: metered }));
    const commandTraffic = await counted(diagnose(command, alert, metered, promMeter.url));
    await timeSequence(FILL, terminal);
    const first = await timeSequence(commands, terminal);
    const sequenceTime = first > SHORT ? first : median([first, await timeSequence(commands, terminal), await timeSequence(commands, terminal)]);
    const { time, startUp: started } = await timeCommand(() => diagnose(command, alert, kubeconfig, prometheus), command);
    const { answer } = traced.report;
    return {
      alert, answer: 'cause' in answer ? `${answer.form}: ${answer.cause}` : answer.form,
      command: { ...commandTraffic, time },
      startUp: started,
      sequence: { ...sequenceTraffic, time: sequenceTime, commands: commands.length },
      chain: await longestChain(traced, endpoints),
    };
  } finally {
    kubeMeter.close();
    promMeter.close();
    for (const endpoint of Object.values(endpoints)) endpoint?.agent.destroy();
  }
}
