import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type Scenario, scenarios } from '../../src/testing/scenarios';
import { worldOf } from '../launch/world';
import { ProgramFailure, run } from '../launch/child';
import { type RulesName, durationSeconds, isAlerting, loadRules } from '../rules/rules';
import { type Binaries, findBinaries } from './binaries';
import { wordsIn } from './evaluation';
import { historyOf, spanBefore } from './history';
import { type Expectation, promtoolTest } from './promtoolTest';

const MINUTE = 60;
/** How long before the fault the tests begin; that nothing fires in a healthy world is a scenario of its own. */
const PRELUDE = 2 * MINUTE;
const RULES: readonly RulesName[] = ['kubevirt-1.8.4', 'kubevirt-main'];

/**
 * Alerts that fire beside the one a scenario is named for: no running pod is no ready pod, and so on. They are what a
 * reader of the alert list sees, so a change of them must be meant. By alert, unless the scenario has a row of its own.
 */
const COMPANY_OF_ALERT: Readonly<Record<string, readonly string[]>> = {
  VirtOperatorDown: ['NoReadyVirtOperator'],
};
const ALL_READY_GONE = ['NoReadyVirtAPI', 'NoReadyVirtController', 'NoReadyVirtHandler', 'NoReadyVirtOperator'];
const ALL_DOWN = ['VirtAPIDown', 'VirtControllerDown', 'VirtHandlerDown'];
/** Main's sum of leaders is 0 where the release's is nothing. */
const WITHOUT_OPERATOR = ['VirtOperatorDown', 'NoReadyVirtOperator', 'NoLeadingVirtOperator'];
/** No virt-handler is ready: the three workers take no VMs, and what runs on each is orphaned. */
const NO_HANDLER = ['NoReadyVirtHandler', 'KubeVirtNoAvailableNodesToRunVMs', ...Array.from({ length: 3 }, () => 'OrphanedVirtualMachineInstances')];
const COMPANY_OF_SCENARIO: Readonly<Record<string, readonly string[]>> = {
  // Main's sum of leaders ends in `or vector(0)`: without pods it is 0, where the release's is nothing.
  'operator-scaled-to-zero-main': ['NoReadyVirtOperator', 'NoLeadingVirtOperator'],
  // virt-api and virt-controller stood on the same nodes.
  'operator-nodes-not-ready': ['NoReadyVirtOperator', 'NoReadyVirtAPI', 'NoReadyVirtController'],
  // Without kube-state-metrics every count of pods and nodes is 0.
  'operator-series-missing': [...ALL_DOWN, ...ALL_READY_GONE, 'KubeVirtNoAvailableNodesToRunVMs'],
  // A pod that has not synced its caches says of itself that it is not ready.
  'leader-stuck-before-election': ['NoReadyVirtOperator'],
  'leader-no-candidate-main': ['NoReadyVirtOperator', 'VirtOperatorDown'],
  // The pod that is not scraped runs, but its own word that it is ready is missing.
  'leader-not-scraped': ['LowReadyVirtOperatorsCount'],
  // virt-operator is gone, so nothing gives the right back.
  'controller-lease-forbidden': [...WITHOUT_OPERATOR, 'VirtControllerRESTErrorsBurst'],
  'controller-idle-leader': WITHOUT_OPERATOR,
  // The webhook stands before every lease of the namespace.
  'controller-lease-webhook': ['NoLeadingVirtOperator'],
  'controller-not-scraped': ['LowReadyVirtControllersCount'],
  // Leases are most of what a quiet virt-operator or virt-controller asks for: without the right to them nearly all of its calls fail.
  'leader-lease-forbidden': ['VirtOperatorRESTErrorsBurst'],
  'rest-operator-forbidden': ['NoLeadingVirtOperator'],
  'rest-operator-unauthorized': ['NoLeadingVirtOperator'],
  // virt-operator stands at 0 as well, or it would have put the component back.
  'api-scaled-to-zero': ['NoReadyVirtAPI', 'VirtOperatorDown', 'NoReadyVirtOperator'],
  'controller-deleted': ['NoReadyVirtController', 'VirtOperatorDown', 'NoReadyVirtOperator'],
  // A container that ends is not scraped, which the count of virt-controller waits 10 minutes for.
  'controller-crash-loop': ['LowVirtControllersCount'],
  'handler-daemonset-absent': [...NO_HANDLER, 'VirtOperatorDown', 'NoReadyVirtOperator'],
  'handler-placed-nowhere': NO_HANDLER,
  'handler-image-pull': [...NO_HANDLER, 'VirtHandlerDaemonSetRolloutFailing'],
  'handler-cut-off': [...NO_HANDLER.slice(1), 'VirtHandlerDaemonSetRolloutFailing'],
  'handler-no-file-watches': ['OrphanedVirtualMachineInstances', 'VirtHandlerDaemonSetRolloutFailing'],
  // Kubernetes wants no pod of a DaemonSet on a node that is not ready: the rollout counts as complete.
  'handler-node-down': ['LowReadyVirtHandlerCount'],
  'handler-no-room': ['OrphanedVirtualMachineInstances'],
  'handler-rollout-stuck': ['OrphanedVirtualMachineInstances'],
  'not-installed': [...ALL_DOWN, ...ALL_READY_GONE],
};

/** How often each alert fires once the scenario has lasted as long as it has. */
function firingIn({ id, alert }: Scenario): Readonly<Record<string, number>> {
  if (alert === undefined) return {};
  const company = COMPANY_OF_SCENARIO[id] ?? COMPANY_OF_ALERT[alert] ?? [];
  const all = [alert, ...company];
  return Object.fromEntries(all.map((name) => [name, all.filter((one) => one === name).length]));
}

let binaries: Binaries;
let dir: string;
const ruleFile = (name: RulesName): string => path.join(dir, `${name}.json`);

beforeAll(async () => {
  binaries = await findBinaries();
  dir = await mkdtemp(path.join(os.tmpdir(), 'virt-runbooks-rules-'));
  await Promise.all(RULES.map((name) => writeFile(ruleFile(name), JSON.stringify({ groups: loadRules(name) }))));
}, 180_000);

afterAll(() => rm(dir, { recursive: true, force: true }));

it.each(RULES)('promtool accepts the rules of %s', async (name) => {
  const { stdout } = await run(binaries.promtool, ['check', 'rules', ruleFile(name)]);
  expect(stdout).toContain(`SUCCESS: ${loadRules(name).flatMap(({ rules }) => rules).length} rules found`);
});

/** The longest `for` of an alert: it exists once per severity, and the scenarios make only those fire that have one. */
function holdOf({ alert, rules }: Scenario): number {
  const alerts = loadRules(rules).flatMap((group) => group.rules.filter(isAlerting));
  return Math.max(0, ...alerts.filter((rule) => rule.alert === alert).map((rule) => durationSeconds(rule.for)));
}

function expectationsFor(scenario: Scenario, last: number): Expectation[] {
  const { alert } = scenario;
  return [
    { at: PRELUDE - MINUTE, firing: {} },
    ...(alert === undefined ? [] : [{ at: PRELUDE + holdOf(scenario) - MINUTE, firing: {}, of: alert }]),
    { at: last, firing: firingIn(scenario) },
  ];
}

/** Lives through a scenario and lets promtool say what fires in it: `SUCCESS`, or what it expected and got. */
async function judge(scenario: Scenario): Promise<string> {
  const now = new Date();
  const { seriesAt, stop } = worldOf(scenario, now);
  stop();
  const groups = loadRules(scenario.rules);
  const used = new Set(groups.flatMap(({ rules }) => rules.flatMap(({ expr }) => wordsIn(expr))));
  const span = spanBefore(now, PRELUDE + scenario.sinceMinutes * MINUTE, MINUTE);
  // Series that no rule reads cost promtool time and change nothing.
  const series = historyOf(seriesAt, span).filter(({ key }) => used.has(key.split('{')[0] ?? ''));
  const file = path.join(dir, `${scenario.id}.test.json`);
  await writeFile(file, JSON.stringify(promtoolTest(scenario.id, ruleFile(scenario.rules), groups, series, span, expectationsFor(scenario, span.to - span.from))));
  const { stdout, stderr } = await run(binaries.promtool, ['test', 'rules', file]).catch((error: unknown) => {
    if (error instanceof ProgramFailure) return error.output;
    throw error;
  });
  return `${stdout.replace(/^Unit Testing: .*$/m, '')}${stderr}`.trim();
}

describe('the alert of a scenario', () => {
  const watched = scenarios.filter(({ prometheus }) => prometheus === 'up');
  let verdicts: ReadonlyMap<string, string>;

  // All at once: promtool works on one scenario while the next is lived through.
  beforeAll(async () => {
    const said: [string, Promise<string>][] = [];
    for (const scenario of watched) {
      said.push([scenario.id, judge(scenario)]);
      await new Promise(setImmediate);
    }
    verdicts = new Map(await Promise.all(said.map(async ([id, verdict]): Promise<[string, string]> => [id, await verdict])));
  }, 600_000);

  it.each(watched.map(({ id }) => id))('fires in %s after its `for`, and nothing else but its company', (id) => {
    expect(verdicts.get(id)).toBe('SUCCESS');
  });
});
