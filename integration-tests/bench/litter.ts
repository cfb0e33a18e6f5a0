import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from '@playwright/test';
import { mitigation } from '../addresses';
import type { Litter } from './world';
import { quantile } from './measure';
import { timeSequence } from './sequence';
import type { Stage } from './stage';

/** How another client fares, milliseconds. */
export interface Neighbour {
  median: number;
  p99: number;
  /** Answers that it got. */
  answers: number;
}

/** One way of deleting all of it. */
interface Cleaned {
  /** Milliseconds from the first deletion, or from the start of the command, until nothing is left. */
  time: number;
  /** How another client fared meanwhile. */
  neighbour: Neighbour;
}

/** What the two ways took, in one run. */
export interface CleanUp {
  litter: Litter;
  idle: Neighbour;
  page: Cleaned & {
    /** Bytes of the page's JavaScript heap: before, and the most that was seen. */
    heap: { before: number; most: number };
    /** Milliseconds for which nothing else could run in the page, the longest time. */
    longestBlock: number;
  };
  typed: Cleaned;
}

const CLEANED_WITHIN = 30 * 60_000;
const IDLE = 10_000;
const ALERT = 'VirtLauncherPodsStuckFailed';
const LITTER = 'labelSelector=kubevirt.io%3Dvirt-launcher&fieldSelector=status.phase%3DFailed';

/** Runs work beside another client, in a process of its own: this one has work of its own to do. */
async function besideNeighbour<T>(kubeconfig: string, work: () => Promise<T>): Promise<{ came: T; neighbour: Neighbour }> {
  const probe = spawn(process.execPath, ['--import', 'tsx', 'integration-tests/bench/probe.ts', kubeconfig], { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    await once(probe.stdout, 'data');
    const came = await work();
    probe.stdin.write('\n');
    let output = '';
    for await (const part of probe.stdout) output += String(part);
    const times = JSON.parse(output) as number[];
    return { came, neighbour: { median: quantile(times, 0.5), p99: quantile(times, 0.99), answers: times.length } };
  } finally {
    probe.kill();
  }
}

/** Failed launcher pods that the API server still has. */
async function leftIn({ api }: Stage): Promise<number> {
  const { body } = await api.as('admin')({ path: `/api/v1/pods?limit=1&${LITTER}` });
  const { items, metadata } = JSON.parse(body) as { items: unknown[]; metadata: { remainingItemCount?: number; continue?: string } };
  // The server does not count what a field selector would have to be asked about: then there are more than this one.
  return items.length + (metadata.remainingItemCount ?? (metadata.continue ? 1 : 0));
}

async function untilClean(stage: Stage): Promise<void> {
  for (const deadline = Date.now() + CLEANED_WITHIN; Date.now() < deadline; await sleep(250)) if ((await leftIn(stage)) === 0) return;
  throw new Error(`Not everything was deleted within ${CLEANED_WITHIN / 60_000} minutes.`);
}

/** What a person types who keeps the namespaces: fifty names to a command, as the published text does with names alone. */
const TYPED = `kubectl get pods -A -l kubevirt.io=virt-launcher --field-selector=status.phase=Failed -o jsonpath='{range .items[*]}{.metadata.namespace} {.metadata.name}{"\\n"}{end}' \
| sort | awk '$1 != ns || n == 50 { if (n) print line; ns = $1; n = 0; line = $1 } { line = line " " $2; n++ } END { if (n) print line }' \
| while read -r ns names; do kubectl delete pods -n "$ns" $names; done`;

// Run in the page before anything else: remembers the longest task.
const watchTasks = (): void => {
  (window as unknown as { longestTask: number }).longestTask = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) (window as unknown as { longestTask: number }).longestTask = Math.max((window as unknown as { longestTask: number }).longestTask, duration);
  }).observe({ type: 'longtask' });
};

/** Goes through the mitigation in the browser, as an admin does, and deletes everything in all namespaces. */
async function byPage(browser: Browser, entrance: string, stage: Stage): Promise<Omit<CleanUp['page'], 'neighbour'>> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    const page = await context.newPage();
    await page.addInitScript(watchTasks);
    const tools = await context.newCDPSession(page);
    await tools.send('Performance.enable');
    const heap = async (): Promise<number> => (await tools.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? NaN;
    const { origin, searchParams } = new URL(entrance);
    const address = new URL(mitigation(ALERT, 'delete-failed-launchers'), origin);
    for (const [name, value] of Object.entries({ key: searchParams.get('key'), 'pick-part': 'all of them', 'pick-keep': '0', 'pick-source': 'insist' })) if (value !== null) address.searchParams.set(name, value);
    await page.goto(address.href);
    const next = page.getByRole('button', { name: 'Next', exact: true });
    const go = page.getByRole('button', { name: 'Do it now' });
    while (!(await go.isVisible())) await next.click({ timeout: 120_000 });
    const typed = page.getByRole('textbox', { name: /^Type .* to confirm$/ });
    const [, name = ''] = /^Type (.*) to confirm$/.exec((await typed.getAttribute('aria-label')) ?? (await page.getByText(/^Type .* to confirm$/).innerText())) ?? [];
    await typed.fill(name);
    const before = await heap();
    await page.evaluate(() => { (window as unknown as { longestTask: number }).longestTask = 0; });
    const begin = performance.now();
    await go.click();
    let most = before;
    const isClean = untilClean(stage).then(() => performance.now() - begin);
    for (let isOver = false; !isOver; isOver = await Promise.race([isClean.then(() => true), sleep(1_000).then(() => false)])) most = Math.max(most, await heap());
    const time = await isClean;
    return { time, heap: { before, most }, longestBlock: await page.evaluate(() => (window as unknown as { longestTask: number }).longestTask) };
  } finally {
    await context.close();
  }
}

/** Deletes the same litter twice on one API server: by the page, and by typed commands. */
export async function compareCleaning(stage: Stage, litter: Litter, { browser, entrance, programs, say }: { browser: Browser; entrance: string; programs: string; say: (sentence: string) => void }): Promise<CleanUp> {
  const { kubeconfig, prometheus } = stage;
  say('How another client fares while nothing happens …');
  const idle = await besideNeighbour(kubeconfig, () => sleep(IDLE));
  say(`The page deletes ${litter.pods.toLocaleString('en')} pods …`);
  const page = await besideNeighbour(kubeconfig, () => byPage(browser, entrance, stage));
  say('Putting them back …');
  await stage.reload('Pod');
  say('Typed commands delete them …');
  const typed = await besideNeighbour(kubeconfig, () => timeSequence([TYPED], { programs, kubeconfig, prometheus, home: stage.api.dir }));
  await untilClean(stage);
  return { litter, idle: idle.neighbour, page: { ...page.came, neighbour: page.neighbour }, typed: { time: typed.came, neighbour: typed.neighbour } };
}
