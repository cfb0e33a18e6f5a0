import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type Report, type Runbook, createClock, createDiagnosis, createReader, drive, identityOf, limited } from '../../src/engine';
import { loadRunbook } from '../../src/runbooks/library';
import { SHELF } from '../../src/runbooks/shelf';
import { type Scenario, scenarios } from '../../src/testing/scenarios';
import { freePort } from '../launch/port';
import { type Stage, setStage } from '../launch/stage';
import { findBinaries } from '../monitoring/binaries';
import { plainTransport } from './transport';

/** As many as a browser tab has under way. */
const AT_ONCE = 6;

/** A stage, and where the API of its cluster answers. */
type Place = Stage & { readonly kubernetesUrl: string };

async function onStage<T>(scenario: Scenario, work: (stage: Place) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'virt-runbooks-causes-'));
  const binaries = await findBinaries();
  const [kubernetes, prometheus, alertmanager] = await Promise.all([freePort(), freePort(), freePort()]);
  try {
    const stage = await setStage(scenario, { binaries, dir, ports: { kubernetes, prometheus, alertmanager } });
    try {
      return await work({ ...stage, kubernetesUrl: `http://127.0.0.1:${kubernetes}` });
    } finally {
      await stage.close();
    }
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** The report of a runbook once everything is read, about the first instance that fires. */
async function reportOf({ kubernetesUrl, monitoring }: Place, runbook: Runbook): Promise<Report> {
  const clock = createClock(() => Date.now());
  const firing = await monitoring?.firing();
  const labels = firing?.find((alert) => alert.labels['alertname'] === runbook.alert)?.labels ?? {};
  const diagnosis = createDiagnosis(runbook, identityOf(runbook, labels), clock.now);
  const leaving = new AbortController();
  const transport = plainTransport({ kubernetes: kubernetesUrl, ...(monitoring ? { prometheus: monitoring.prometheusUrl } : {}) });
  await drive(diagnosis, createReader(limited(transport, AT_ONCE), clock), leaving.signal).settled();
  leaving.abort();
  return diagnosis.report();
}

const runbookOf = async (alert: string): Promise<Runbook> => {
  const runbook = await loadRunbook(alert);
  if (!runbook) throw new Error(`${alert} has no runbook`);
  return runbook;
};

const confirmed = ({ causes }: Report): readonly string[] => causes.filter(({ verdict }) => verdict === 'confirmed').map(({ cause }) => cause);
const firstThatFires = ({ causes }: Report): string | undefined => causes.find(({ fires }) => fires !== 'no')?.cause;

const withAlert = scenarios.flatMap((scenario) => (scenario.alert === undefined ? [] : [{ ...scenario, alert: scenario.alert }]));

describe('on the simulated cluster and a real Prometheus', () => {
  test.concurrent.each(withAlert.filter(({ cause }) => cause !== undefined))('$id: $cause', async (scenario) => {
    const runbook = await runbookOf(scenario.alert);
    await onStage(scenario, async (stage) => {
      const report = await reportOf(stage, runbook);
      expect({ state: report.alert.state, answer: report.answer, confirmed: confirmed(report), first: firstThatFires(report) }).toEqual({
        // Who cannot ask Prometheus does not know whether it fires; why virt-operator is down can be seen all the same.
        state: scenario.prometheus === 'down' ? 'unknown' : 'firing', answer: { form: 'causeFound', cause: scenario.cause }, confirmed: [scenario.cause], first: scenario.cause,
      });
    });
  }, 120_000);

  test.concurrent.each(withAlert.filter(({ cause }) => cause === undefined))('$id: no cause is confirmed', async (scenario) => {
    const runbook = await runbookOf(scenario.alert);
    await onStage(scenario, async (stage) => expect(confirmed(await reportOf(stage, runbook))).toEqual([]));
  }, 120_000);

  test.concurrent.each(scenarios.filter(({ alert }) => alert === undefined))('$id: no runbook finds anything', async (scenario) => {
    await onStage(scenario, async (stage) => {
      for (const { alert } of SHELF) {
        const report = await reportOf(stage, await runbookOf(alert));
        expect({ alert, answer: report.answer.form, confirmed: confirmed(report) }).toEqual({ alert, answer: 'nothingFoundNotFiring', confirmed: [] });
      }
    });
  }, 120_000);
});
