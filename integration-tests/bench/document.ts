import { byteRatio, chainRatio, holdGoals, timeRatio, type Round } from './goals';
import type { PageMeasured } from './page';
import type { Size } from './world';

/** One page, and what it was opened on. */
export interface PageRow {
  alert: string;
  on: string;
  page: PageMeasured;
}

/** Everything that was measured in one run. */
export interface Measurements {
  /** What it ran on: cores, memory. */
  machine: string;
  /** Processes that wanted a core before anything of ours ran, for each core there is: above 1 others were waited for. */
  loadPerCore: number;
  rounds: readonly Round[];
  pages: readonly PageRow[];
}

const time = (milliseconds: number): string => (milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1_000).toFixed(1)} s`);
const size = (bytes: number): string => (bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`);
const ratio = (value: number): string => (value < 0.1 ? value.toFixed(3) : value.toFixed(2));
const cluster = ({ vms, failedPods }: Size): string => `${vms.toLocaleString('en')} VMs, ${failedPods.toLocaleString('en')} failed pods`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const timeTable = ({ rounds }: Measurements): string =>
  table(
    ['cluster', 'runbook', 'command', 'sequence', '÷', 'start', 'longest chain', 'command ÷ (start + chain)'],
    rounds.flatMap((round) => round.comparisons.map((one) => [
      cluster(round.size), one.alert, time(one.command.time), `${time(one.sequence.time)} (${one.sequence.commands} commands)`, ratio(timeRatio(one)),
      time(one.startUp), `${time(one.chain.time)} (${one.chain.links} requests)`, ratio(chainRatio(one)),
    ])),
  );

const byteTable = ({ rounds }: Measurements): string =>
  table(
    ['cluster', 'runbook', 'command: requests', 'bytes', 'sequence: requests', 'bytes', 'bytes ÷'],
    rounds.flatMap((round) => round.comparisons.map((one) => [
      cluster(round.size), one.alert, String(one.command.requests), size(one.command.bytes), String(one.sequence.requests), size(one.sequence.bytes), ratio(byteRatio(one)),
    ])),
  );

const pageTable = ({ pages }: Measurements): string =>
  table(
    ['on', 'runbook', 'the answer stands', 'nothing under way', 'requests to the cluster', 'bytes'],
    pages.map(({ on, alert, page }) => [on, alert, time(page.answered), time(page.complete), String(page.requests), size(page.bytes)]),
  );

const goalList = ({ rounds }: Measurements): string => {
  const held = holdGoals(rounds);
  const missed = held.filter(({ why }) => why !== undefined);
  return [
    table(['goal', 'kept in', 'missed in'], [...new Set(held.map(({ goal }) => goal))].map((goal) => {
      const same = held.filter((one) => one.goal === goal);
      return [goal, String(same.filter(({ why }) => why === undefined).length), String(same.filter(({ why }) => why !== undefined).length)];
    })),
    ...missed.map(({ goal, where, ratio: value, why }) => `- **${goal}**: ${ratio(value)} (${where}). ${why ?? ''}`),
  ].join('\n\n').replaceAll('\n\n- ', '\n- ').replace('\n- ', '\n\n- ');
};

const chains = ({ rounds }: Measurements): string =>
  rounds.flatMap((round) => round.comparisons.map((one) => `- ${one.alert}, ${cluster(round.size)}: ${one.chain.reads.join(' → ')}. It found: ${one.answer}.`)).join('\n');

// Everything waits for the others in turn, so that times are multiples of what they would be; requests and bytes are what they are.
const busy = ({ loadPerCore }: Measurements): string =>
  loadPerCore <= 1 ? '' : `
**The machine was busy with other work**, ${loadPerCore.toFixed(1)} processes for each core: times are several times what they are on an idle one, and a ratio of
times says less than one of requests or bytes. \`make bench\` on an idle machine writes this page anew.
`;

/** What `docs/speed.md` says. */
export const speedDocument = (measured: Measurements): string => `# Speed

Written by \`make bench\`; do not edit. Measured on ${measured.machine}, everything on the same machine.
${busy(measured)}
**What is real:** etcd and kube-apiserver 1.35, Prometheus with the rules of KubeVirt 1.8.4, kubectl 1.35, curl, the bundled command, Chromium.
**What is simulated:** the objects. They are the sandbox's world with virt-operator scaled to 0, grown to so many VMs and failed launcher pods, and written
into the API server through its API, with definitions that accept any field. No controller runs. Logs are answered by one stand-in for all kubelets, metrics come from the same world.

## Time

*Command*: \`virt-runbooks diagnose ALERT -o json\`, from its start to its end. *Sequence*: the commands that the runbook shows beside its checks (\`oc\` is kubectl
here, PromQL goes through curl), each once, one after the other in one shell, without a pause for thought. *Start*: the command until it could ask anything.
*Longest chain*: requests of which each had to be answered before the next was known, each alone over an open connection; found by going through the diagnosis again. Medians.

${timeTable(measured)}

## Requests and bytes

Counted in runs of their own, answers as they crossed the wire, compressed where server and client agreed on it.

${byteTable(measured)}

## Pages

From the begin of the navigation, in a browser that has never seen the console.

${pageTable(measured)}

## Goals

${goalList(measured)}

## The longest chains

${chains(measured)}
`;
