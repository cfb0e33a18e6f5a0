import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { type MetricSample } from '../../src/testing/types';
import { type Child, run } from '../launch/child';
import { type RulesName, loadRules } from '../rules/rules';
import { announce, startAlertmanager } from './alertmanager';
import { type Binaries } from './binaries';
import { type ActiveAlert, alerted, levelsOf, recorded } from './evaluation';
import { type Span, historyOf, prolonged, spanBefore } from './history';
import { type Series, writeOpenMetrics } from './openmetrics';
import { startPrometheus } from './prometheus';

/** What the monitoring stack is started on. */
export interface MonitoringSetup {
  binaries: Binaries;
  /** The raw series at an instant of the past: of the healthy world until the fault began, of the faulty one since. */
  series: (at: Date) => readonly MetricSample[];
  /** Loopback URL where the same series can be scraped from now on. */
  scrape: string;
  rules: RulesName;
  /** Between two scrapes, and two evaluations of the rules, as Prometheus writes durations; a second if not given. */
  every?: string;
  /** An existing folder of the caller's; everything is kept in `monitoring/` below it, which goes on `close`. */
  dir: string;
  ports: { prometheus: number; alertmanager: number };
}

/** An alert as Prometheus reports it in `/api/v1/alerts`. */
export interface Alert {
  labels: Record<string, string>;
  annotations: Record<string, string>;
  state: 'pending' | 'firing';
  /** RFC 3339. */
  activeAt: string;
  value: string;
}

/** A running Prometheus and Alertmanager. */
export interface Monitoring {
  prometheusUrl: string;
  alertmanagerUrl: string;
  /** What the past says is active now; Prometheus needs about three seconds after its start to say so itself. */
  expected: readonly ActiveAlert[];
  /** The alerts Prometheus reports as firing at this moment. */
  firing(): Promise<Alert[]>;
  /** Resolves with a sentence if a program ends before `close`. */
  died: Promise<string>;
  close(): Promise<void>;
}

const PAST_SECONDS = 2 * 3_600;
/** Half as often as OpenShift's Prometheus scrapes: a rate over five minutes still has its samples, and a large world is ready in half the time. */
const STEP_SECONDS = 60;
/** Just below one step, so that in the evaluation of the past a series ends where it ended. */
const PAST_LOOKBACK = `${STEP_SECONDS - 1}s`;

interface Workshop {
  binaries: Binaries;
  dir: string;
  data: string;
  port: number;
}

async function store({ binaries, dir, data }: Workshop, series: readonly Series[]): Promise<void> {
  if (series.length === 0) return;
  const file = path.join(dir, 'past.om');
  await writeOpenMetrics(file, series);
  await run(binaries.promtool, ['tsdb', 'create-blocks-from', 'openmetrics', '--quiet', file, data]);
  await rm(file);
}

/** A Prometheus without rules and targets that only evaluates expressions over the stored past. */
async function over<T>({ binaries, dir, data, port }: Workshop, work: (url: string) => Promise<T>): Promise<T> {
  const { child, url } = await startPrometheus({ program: binaries.prometheus, dir, data, port }, PAST_LOOKBACK);
  try {
    return await work(url);
  } finally {
    await child.stop();
  }
}

/** Stores two hours of raw series, and what the rules would have made of them. Blocks are read at start only: once per level. */
async function backfill(workshop: Workshop, setup: MonitoringSetup, span: Span): Promise<{ series: Series[]; active: ActiveAlert[] }> {
  const groups = loadRules(setup.rules);
  const all = historyOf(setup.series, span);
  await store(workshop, all);
  for (const level of levelsOf(groups)) {
    const more = await over(workshop, (url) => recorded(url, level, span));
    await store(workshop, more);
    all.push(...more);
  }
  const { series, active } = await over(workshop, (url) => alerted(url, groups, span));
  await store(workshop, series);
  return { series: [...all, ...series], active };
}

async function readFiring(url: string): Promise<Alert[]> {
  const answer = (await (await fetch(`${url}/api/v1/alerts`)).json()) as { data: { alerts: Alert[] } };
  return answer.data.alerts.filter(({ state }) => state === 'firing');
}

/** Resolves with a sentence once one of the programs ends although nobody asked it to. */
function diedOf(programs: readonly Child[], closing: () => boolean): Promise<string> {
  return new Promise((resolve) => {
    for (const program of programs) {
      void program.gone.then((how) => {
        if (!closing()) resolve(`${program.name} ended by itself (${how}).`);
      });
    }
  });
}

/**
 * Starts a real Prometheus and Alertmanager with two hours of past, so that alerts fire at once although no `for` is
 * shortened: the begin of each alert is computed from the past by Prometheus itself and left for it to restore.
 * Throws a `Refusal` if a program does not come up; nothing is left running then.
 */
export async function startMonitoring(setup: MonitoringSetup): Promise<Monitoring> {
  const { binaries, ports } = setup;
  const dir = path.join(setup.dir, 'monitoring');
  const data = path.join(dir, 'data');
  await rm(dir, { recursive: true, force: true });
  await mkdir(data, { recursive: true });
  const alertmanager = await startAlertmanager(binaries, dir, ports.alertmanager);
  const programs = [alertmanager.child];
  let closing = false;
  const close = async (): Promise<void> => {
    closing = true;
    await Promise.all(programs.map((program) => program.stop()));
    await rm(dir, { recursive: true, force: true });
  };
  try {
    const span = spanBefore(new Date(), PAST_SECONDS, STEP_SECONDS);
    const workshop = { binaries, dir, data, port: ports.prometheus };
    const { series, active } = await backfill(workshop, setup, span);
    await Promise.all([announce(alertmanager.url, active), store(workshop, prolonged(series, span, new Date()))]);
    const loop = { scrape: setup.scrape, alertmanager: alertmanager.url, rules: loadRules(setup.rules), ...(setup.every === undefined ? {} : { every: setup.every }) };
    const { child, url } = await startPrometheus({ program: binaries.prometheus, dir, data, port: ports.prometheus, ...loop });
    programs.push(child);
    const died = diedOf(programs, () => closing);
    return { prometheusUrl: url, alertmanagerUrl: alertmanager.url, expected: active, firing: () => readFiring(url), died, close };
  } catch (error) {
    await close();
    throw error;
  }
}
