import http from 'node:http';
import https from 'node:https';
import { type Report, type Runbook, createClock, createDiagnosis, createReader, drive, identityOf, isRunnable, limited, undertake } from '../../../src/engine';
import { nodeTransport } from '../../../src/headless/transport';
import { loadRunbook } from '../../../src/runbooks/library';
import { ADMIN } from '../launch/users';
import { type ControlPlane } from '../plane/controlPlane';
import { type RealMonitoring } from '../plane/monitoring';
import { until } from '../plane/wait';
import { senderTo } from '../writes/sender';

/** What the runbooks look at. */
export interface Scene {
  plane: ControlPlane;
  monitoring: RealMonitoring;
}

/** As many as a browser tab has under way. */
const AT_ONCE = 6;

async function runbookOf(alert: string): Promise<Runbook> {
  const runbook = await loadRunbook(alert);
  if (!runbook) throw new Error(`${alert} has no runbook`);
  return runbook;
}

/** A runbook being driven against the real servers; everything ends with `leave`. */
async function opened({ plane: { server }, monitoring }: Scene, alert: string, user: string) {
  const agents = { api: new https.Agent({ ca: server.ca, keepAlive: true }), prometheus: new http.Agent({ keepAlive: true }) };
  const clock = createClock(() => Date.now());
  const transport = limited(nodeTransport({
    kubernetes: { url: server.url, agent: agents.api, headers: { authorization: `Bearer ${server.tokenOf(user)}` } },
    prometheus: { url: monitoring.prometheusUrl, agent: agents.prometheus, headers: {} },
  }), AT_ONCE);
  const runbook = await runbookOf(alert);
  const diagnosis = createDiagnosis(runbook, identityOf(runbook, {}), clock.now);
  const reader = createReader(transport, clock);
  const leaving = new AbortController();
  const driven = drive(diagnosis, reader, leaving.signal);
  const leave = (): void => {
    leaving.abort();
    agents.api.destroy();
    agents.prometheus.destroy();
  };
  return { runbook, diagnosis, reader, signal: leaving.signal, settled: () => driven.settled(), leave };
}

/** The report of a runbook once everything is read, as somebody. */
export async function reportOf(scene: Scene, alert: string, user: string = ADMIN.name): Promise<Report> {
  const { diagnosis, settled, leave } = await opened(scene, alert, user);
  try {
    await settled();
    return diagnosis.report();
  } finally {
    leave();
  }
}

/** What says why in a report, for comparing. */
export const verdictOf = ({ alert, answer, causes }: Report) => ({
  state: alert.state, answer, confirmed: causes.filter(({ verdict }) => verdict === 'confirmed').map(({ cause }) => cause),
});

/** Steps of a diagnosis that found something wrong, or could not look, with what was missing. Notes and what was not needed are left out. */
export const oddStepsOf = ({ steps }: Report): readonly string[] =>
  steps.filter(({ outcome }) => outcome === 'fail' || outcome === 'warn' || outcome === 'unknown').map(({ step, outcome, reason, missing }) =>
    `${step}: ${String(outcome)} ${reason ?? ''}${missing.length > 0 ? ` (${[...new Set(missing.map((one) => one.reason))].join(', ')})` : ''}`);

/** What became of each operation, and of each check that was to say afterwards whether it helped. */
interface Mitigated {
  results: readonly string[];
  verified: readonly string[];
}

/** Carries a mitigation out as the page does: plan, preview, run, and looks until every check of the plan passes. */
export async function mitigate(scene: Scene, alert: string, mitigation: string, user: string = ADMIN.name): Promise<Mitigated> {
  const { runbook, diagnosis, reader, signal, settled, leave } = await opened(scene, alert, user);
  try {
    await settled();
    const found = runbook.causes.flatMap(({ mitigations }) => mitigations).find(({ id }) => id === mitigation);
    if (found?.mode !== 'execute') throw new Error(`${alert} has no ${mitigation} that is executed`);
    const undertaking = undertake(diagnosis, found, { reader, sender: senderTo(scene.plane.server, user), signal });
    await until(`the plan of ${mitigation}`, 60, () => Promise.resolve(undertaking.state().phase === 'planned' || undefined), () => Promise.resolve(JSON.stringify(undertaking.state().refused)));
    await undertaking.preview();
    if (!isRunnable(undertaking.state())) throw new Error(`The preview does not allow it: ${JSON.stringify(undertaking.state().previews)}`);
    await undertaking.run();
    const results = undertaking.state().results.map(({ state }) => state);
    const now = (): readonly string[] => undertaking.state().verification.map(({ step, outcome }) => `${step}: ${outcome ?? 'reading'}`);
    const verified = await until(`${mitigation} helps`, 180, async () => {
      await settled();
      const lines = now();
      if (lines.length > 0 && lines.every((line) => line.endsWith(': pass'))) return lines;
      diagnosis.readAgain();
      return undefined;
    }, () => Promise.resolve([...results, ...now()].join('\n')));
    return { results, verified };
  } finally {
    leave();
  }
}
