// `make bench`: the command, the typed commands and the longest chain, on a small and a large cluster; and the pages.
// Prints the tables and writes docs/speed.md.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Runbook } from '../../src/engine';
import { SHELF, loadRunbook } from '../../src/runbooks/library';
import { run } from '../../sandbox/launch/child';
import { scenarioNamed } from '../../sandbox/launch/options';
import { freePort } from '../../sandbox/launch/port';
import { startRealConsole } from '../../sandbox/launch/realConsole';
import { Refusal } from '../../sandbox/launch/refusal';
import { type Reporter, startSandbox } from '../../sandbox/launch/sandbox';
import { buildPrograms } from '../control-plane/build';
import { type PageRow, speedDocument } from './document';
import { endAtSignal, fail, measuredOn } from './machine';
import type { Round } from './goals';
import { type Comparison, compare } from './measure';
import { startBrowser, timePage } from './page';
import { setStage, type Stage } from './stage';
import { SCENARIO, SIZES, type Size, grownWorld } from './world';

const DOCUMENT = path.resolve('docs', 'speed.md');
const say = (sentence: string): void => console.log(sentence);
const reporter: Reporter = { progress: say, lost: (sentence) => fail(new Refusal(sentence)) };

endAtSignal('What was measured by then stands in docs/speed.md.');

async function bundledCommand(): Promise<string> {
  const file = path.resolve('.cache', 'bench', 'virt-runbooks.mjs');
  await mkdir(path.dirname(file), { recursive: true });
  await run(process.execPath, ['--import', 'tsx', 'scripts/command.ts', file]);
  return file;
}

const allRunbooks = async (): Promise<readonly Runbook[]> => (await Promise.all(SHELF.map(({ alert }) => loadRunbook(alert)))).flatMap((runbook) => runbook ?? []);

async function pagesOf(entrance: string, on: string, runbooks: readonly Runbook[]): Promise<readonly PageRow[]> {
  const browser = await startBrowser();
  const rows: PageRow[] = [];
  try {
    for (const { alert } of runbooks) {
      say(`The page of ${alert} on ${on} …`);
      rows.push({ alert, on, page: await timePage(browser, entrance, alert) });
    }
  } finally {
    await browser.close();
  }
  return rows;
}

const inWords = ({ vms, failedPods }: Size): string => `${vms.toLocaleString('en')} VMs and ${failedPods.toLocaleString('en')} failed pods`;

async function realPages({ kubeconfig, prometheus }: Stage, size: Size, runbooks: readonly Runbook[]): Promise<readonly PageRow[]> {
  const console = await startRealConsole({ wanted: { kubeconfig }, prometheus, port: await freePort(), watch: false }, reporter);
  try {
    return await pagesOf(console.entrance, `the API server, ${inWords(size)}`, runbooks);
  } finally {
    await console.close();
  }
}

async function sandboxPages(runbooks: readonly Runbook[]): Promise<readonly PageRow[]> {
  const sandbox = await startSandbox({ scenario: scenarioNamed(SCENARIO), port: await freePort(), watch: false }, reporter);
  try {
    return await pagesOf(sandbox.url, 'the sandbox', runbooks);
  } finally {
    await sandbox.close();
  }
}

// Taken before anything of ours runs.
const { machine, loadPerCore } = measuredOn();

const measured: { rounds: Round[]; pages: PageRow[] } = { rounds: [], pages: [] };

/** After each part: whoever stops a long run keeps what it brought. */
async function publish(): Promise<void> {
  await writeFile(DOCUMENT, speedDocument({ machine, loadPerCore, ...measured }));
}

async function measureOn(size: Size, command: string, runbooks: readonly Runbook[]): Promise<void> {
  say(`\nA cluster of ${inWords(size)} …`);
  const { kubectl } = await buildPrograms(['kubectl'], say);
  const stage = await setStage(grownWorld(size), say);
  try {
    const comparisons: Comparison[] = [];
    measured.rounds.push({ size, comparisons });
    for (const runbook of runbooks) {
      say(`${runbook.alert}: command, sequence and chain …`);
      comparisons.push(await compare(runbook, stage, command, path.dirname(kubectl)));
      await publish();
    }
    measured.pages.push(...(await realPages(stage, size, runbooks)));
    await publish();
  } finally {
    await stage.close();
  }
}

try {
  const command = await bundledCommand();
  const runbooks = await allRunbooks();
  measured.pages.push(...(await sandboxPages(runbooks)));
  for (const size of SIZES) await measureOn(size, command, runbooks);
  say(`\n${speedDocument({ machine, loadPerCore, ...measured })}\nWritten to ${path.relative('.', DOCUMENT)}.`);
  process.exit(0);
} catch (error) {
  fail(error);
}
