import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type Source, type Step, queryText } from '../../src/engine';
import { virtLauncherPodsStuckFailed } from '../../src/runbooks/virtual-machine/VirtLauncherPodsStuckFailed';
import { launcherMetrics } from '../../src/testing/launcherMetrics';
import { metricsOf } from '../../src/testing/metrics';
import { type Scenario } from '../../src/testing/scenarios/scenario';
import { virtLauncherPodsStuckFailed as scenarios } from '../../src/testing/scenarios/VirtLauncherPodsStuckFailed';
import { clusterOf } from '../../src/testing/world';
import { ProgramFailure, run } from '../launch/child';
import { findBinaries } from './binaries';

/** Every query of the runbook, as Prometheus gets it; their values are all known. */
const queries = (steps: readonly Step[]): readonly string[] => [...new Set(steps.flatMap((step) => (step.kind === 'read' ? Object.values(step.reads) : []))
  .flatMap((source) => ((source as Source).kind === 'metrics' ? [source as Extract<Source, { kind: 'metrics' }>] : []))
  .filter(({ query }) => query.values.length === 0)
  .map(({ query }) => queryText({ parts: query.parts, values: [] })))].filter((query) => /virt-launcher|kube_pod_status_phase/.test(query));

const labelText = (labels: Readonly<Record<string, string>>): string => `{${Object.entries(labels).map(([name, value]) => `${name}="${value}"`).join(', ')}}`;

/** The world's samples, standing still for ten minutes, and what the specs of the runbook take Prometheus to answer. */
const testOf = ({ id, ...scenario }: Scenario): object => {
  const cluster = clusterOf(scenario);
  const expected = launcherMetrics(cluster, scenario.sinceMinutes);
  return {
    evaluation_interval: '1m',
    tests: [{
      name: id,
      interval: '1m',
      input_series: metricsOf(cluster).filter(({ name }) => name.startsWith('kube_pod_')).map(({ name, labels, value }) => ({ series: `${name}${labelText(labels)}`, values: `${value}x10` })),
      promql_expr_test: queries(virtLauncherPodsStuckFailed.diagnosis).flatMap((expr) => {
        const answer = expected.find(([pattern]) => pattern.test(expr))?.[1];
        const series = typeof answer === 'number' ? [{ labels: {}, points: [[0, answer]] as const }] : answer === 'none' || answer === undefined ? [] : answer;
        // Which of equals topk keeps is its own choice.
        if (series.length >= 20) return [];
        return [{ expr, eval_time: '5m', exp_samples: series.map(({ labels, points }) => ({ labels: labelText(labels), value: points.at(-1)?.[1] ?? 0 })) }];
      }),
    }],
  };
};

describe('what a real Prometheus answers to the queries about failed launchers', () => {
  it.each(['launchers-endless-targets', 'launchers-evicted', 'launchers-migration-residue'])('is what the specs take it to answer, in %s', async (id) => {
    const { promtool } = await findBinaries();
    const dir = await mkdtemp(path.join(os.tmpdir(), 'virt-runbooks-queries-'));
    const file = path.join(dir, `${id}.test.json`);
    await writeFile(file, JSON.stringify(testOf(scenarios.find((one) => one.id === id) as Scenario)));
    const { stdout, stderr } = await run(promtool, ['test', 'rules', file]).catch((error: unknown) => {
      if (error instanceof ProgramFailure) return error.output;
      throw error;
    }).finally(() => rm(dir, { recursive: true, force: true }));
    expect((stdout + stderr).split('\n').slice(0, 40).join('\n')).toMatch(/SUCCESS/);
  }, 120_000);
});
