import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { missingPrograms, whyNoGo } from '../integration-tests/control-plane/build';
import { whyNoNamespace } from '../integration-tests/control-plane/launch/namespace';
import { ALL } from '../integration-tests/control-plane/programs';
import { NO_CHROMIUM, fetchChromium, findChromium } from './chromium';

/** How a part of the tests went: what its runner counted, or why it did not run. */
export type Outcome = { ran: true; passed: number; failed: number; skipped: number } | { ran: false; why: string };

/** One runner of `make test`. */
export interface Part {
  name: string;
  run(): Promise<Outcome>;
}

const REPORTS = path.resolve('.cache', 'reports');

/** Runs a command with its output on the screen; resolves with its exit code. */
function show(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } });
    child.once('error', (error) => {
      console.log(error.message);
      resolve(1);
    });
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** A tool that only says yes or no counts as one test. */
async function oneCheck(command: string, args: readonly string[]): Promise<Outcome> {
  const failed = (await show(command, args)) === 0 ? 0 : 1;
  return { ran: true, passed: 1 - failed, failed, skipped: 0 };
}

/** The report a runner has written just now; undefined if it died before. */
function readReport<T>(file: string): T | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined;
}

/** An empty place for a runner's report, so that an old one is never counted. */
function reportFile(name: string): string {
  mkdirSync(REPORTS, { recursive: true });
  const file = path.join(REPORTS, `${name}.json`);
  rmSync(file, { force: true });
  return file;
}

const DIED: Outcome = { ran: true, passed: 0, failed: 1, skipped: 0 };

interface JestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  numRuntimeErrorTestSuites: number;
}

/** Runs Jest by a command that takes its arguments, and counts what it reports. */
async function jestBy(name: string, command: string, args: readonly string[]): Promise<Outcome> {
  const file = reportFile(name);
  // A busy machine takes several times as long as an idle one; a test that hangs is still ended.
  const code = await show(command, [...args, '--testTimeout=60000', '--json', `--outputFile=${file}`]);
  const report = readReport<JestReport>(file);
  if (report === undefined) return DIED;
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  // A non-zero code without a failed test (a coverage limit, a handle left open) must not look green.
  return { ran: true, passed: report.numPassedTests, failed: code !== 0 && failed === 0 ? 1 : failed, skipped: report.numPendingTests + report.numTodoTests };
}

const jest = (name: string, projects: readonly string[]): Promise<Outcome> => jestBy(name, 'npx', ['jest', '--ci', '--selectProjects', ...projects]);

/** The real control plane is built with Go, once; where that cannot be, or no network namespace can be had, it is said and not run. */
async function controlPlane(): Promise<Outcome> {
  const isBuilt = (await missingPrograms(ALL)).length === 0;
  const why = (isBuilt ? undefined : await whyNoGo()) ?? (await whyNoNamespace());
  if (why !== undefined) return { ran: false, why: `Contract, rights, writes and KubeVirt on a real control plane. ${why} The simulator was held against the recorded answers of the real API server all the same.` };
  return jestBy('control-plane', process.execPath, ['--import', 'tsx', 'integration-tests/control-plane/test.ts']);
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
}

const PLAYWRIGHT_CONFIG = 'integration-tests/playwright.config.ts';

async function playwright(): Promise<Outcome> {
  if (!existsSync(PLAYWRIGHT_CONFIG)) return { ran: false, why: `there is no ${PLAYWRIGHT_CONFIG}` };
  const chromium = findChromium() ?? (await fetchChromium());
  if (chromium === undefined) return { ran: false, why: NO_CHROMIUM };
  const file = reportFile('playwright');
  const env = { CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: file };
  const code = await show('npx', ['playwright', 'test', `--config=${PLAYWRIGHT_CONFIG}`, '--reporter=list,json'], env);
  const report = readReport<PlaywrightReport>(file);
  if (report === undefined) return DIED;
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { ran: true, passed: expected + flaky, failed: code !== 0 && unexpected === 0 ? 1 : unexpected, skipped };
}

const KNIP_CONFIGS = ['knip.json', 'knip.jsonc', 'knip.ts', 'knip.config.ts'];
const ESLINT_CONFIGS = ['eslint.config.js', 'eslint.config.mjs', 'eslint.config.ts'];

const ifThere = (files: readonly string[], run: () => Promise<Outcome>): Promise<Outcome> =>
  files.some((file) => existsSync(file)) ? run() : Promise.resolve({ ran: false, why: `there is no ${files[0] ?? 'configuration'}` });

/** What is made by a script and committed must be what the script would make now. */
const generated = (name: string): Part => {
  const script = `scripts/${name}.ts`;
  return { name, run: () => ifThere([script], () => oneCheck(process.execPath, ['--import', 'tsx', script, '--check'])) };
};

/** Everything `make test` runs, in this order: what is quick and tells most comes first. */
export function allParts(): Part[] {
  return [
    { name: 'typecheck', run: () => oneCheck('npx', ['tsc', '--noEmit']) },
    { name: 'lint', run: () => ifThere(ESLINT_CONFIGS, () => oneCheck('npx', ['eslint', '.'])) },
    { name: 'dead-code', run: () => ifThere(KNIP_CONFIGS, () => oneCheck('npx', ['knip'])) },
    generated('shelf'),
    generated('texts'),
    generated('schema'),
    // Builds the command, which refuses what draws pages, and runs it as its documentation says.
    { name: 'command', run: () => oneCheck(process.execPath, ['--import', 'tsx', 'scripts/commandDocs.ts', '--check']) },
    generated('testing'),
    generated('runbooks'),
    { name: 'unit', run: () => jest('unit', ['node', 'page']) },
    // Every scenario on the simulated cluster and a real Prometheus: the diagnosis names its cause and no other.
    { name: 'causes', run: () => jest('causes', ['causes']) },
    { name: 'control-plane', run: controlPlane },
    { name: 'build', run: () => oneCheck('npm', ['run', '--silent', 'build']) },
    // What was built, behind a real nginx with the chart's configuration.
    { name: 'server', run: () => jest('server', ['server']) },
    { name: 'e2e', run: playwright },
  ];
}
