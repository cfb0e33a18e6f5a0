import type { CleanUp, Neighbour } from './litter';

/** How much faster the page has to be than typed commands. */
const FASTER = 5;
/** Longest time for which nothing else may run in the page, milliseconds. */
const LONGEST_BLOCK = 100;

const time = (milliseconds: number): string => (milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1_000).toFixed(1)} s`);
const megabytes = (bytes: number): string => `${Math.round(bytes / 1_000_000)} MB`;
const count = (number: number): string => number.toLocaleString('en');
const other = ({ median, p99, answers }: Neighbour): string => `${time(median)} | ${time(p99)} | ${count(answers)}`;
const kept = (isKept: boolean): string => (isKept ? 'kept' : '**missed**');

/** The page in the documentation: what was measured, and which goals were kept. */
export function cleaningDocument({ machine, loadPerCore, litter, idle, page, typed }: CleanUp & { machine: string; loadPerCore: number }): string {
  const ratio = typed.time / page.time;
  return `# Speed of cleaning up

Written by \`make bench-cleaning\`; do not edit. Measured on ${machine}, everything on the same machine, in one run${loadPerCore > 1 ? `; **it was busy with other work**, ${loadPerCore.toFixed(1)} processes for each core` : ''}.

${count(litter.pods)} failed virt-launcher pods in ${count(litter.namespaces)} namespaces, deleted twice: by the wizard in Chromium, in all namespaces and keeping none, each by uid and
resourceVersion; and by typed commands that keep the namespaces, fifty names to a \`kubectl delete\`, on the same API server after the pods were put back.

**What is real:** etcd and kube-apiserver 1.35, Prometheus, kubectl 1.35, Chromium, the console host's proxy between the browser and the API server.
**What is simulated:** the pods are objects of which no kubelet knows.

| by | time | pods a second | another client's GET: median | p99 | answers |
| --- | --- | --- | --- | --- | --- |
| nobody | – | – | ${other(idle)} |
| the page | ${time(page.time)} | ${count(Math.round(litter.pods / page.time * 1_000))} | ${other(page.neighbour)} |
| typed commands | ${time(typed.time)} | ${count(Math.round(litter.pods / typed.time * 1_000))} | ${other(typed.neighbour)} |

The page held ${megabytes(page.heap.before)} of JavaScript objects before the first deletion and at most ${megabytes(page.heap.most)} until the last.

| goal | measured | |
| --- | --- | --- |
| at least ${FASTER} times as fast as typed commands | ${ratio.toFixed(1)} | ${kept(ratio >= FASTER)} |
| nothing blocks the page for over ${LONGEST_BLOCK} ms | ${time(page.longestBlock)} | ${kept(page.longestBlock <= LONGEST_BLOCK)} |
`;
}
