import { type Report } from '../../../src/engine';
import { loadRunbook } from '../../../src/runbooks/library';
import { SHELF } from '../../../src/runbooks/shelf';
import { healthyCluster } from '../../../src/testing/healthy';
import { scenarios } from '../../../src/testing/scenarios';
import { users } from '../../../src/testing/users';
import { clusterOf } from '../../../src/testing/world';
import { grantsOf } from '../rights/roles';
import { diagnoseBy, realDoor, simulatedDoor, truthOf } from './look';
import { answersOf, firingOf } from './metrics';
import { type Stage, openStage } from './stage';
import { refusalsOf } from './valid';
import { TRUTH_TABLE } from './summary';
import { asText } from '../table';

// The one whose kinds are not served comes last: they are defined only once then.
const inOrder = scenarios.toSorted((a, b) => Number(a.id === 'not-installed') - Number(b.id === 'not-installed'));
const table = inOrder.map((scenario) => [scenario.id, scenario] as const);
const MINUTE = 60_000;

// The API server that is asked is its own aggregator: with this registration it would look for a virt-api that is not there.
const OF_THE_AGGREGATOR = 'api-available';

/** What of a report can be the same where that step cannot: every other step. */
const stepsOf = (report: Report): unknown => (truthOf(report) as { steps: { step: string }[] }).steps.filter(({ step }) => step !== OF_THE_AGGREGATOR);

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ users: users.map(({ name }) => ({ name, groups: [] })) });
}, 1_800_000);
afterAll(async () => {
  console.log(asText(TRUTH_TABLE));
  await stage?.close();
});

describe('the objects of the world', () => {
  it.each(table)('are such as the API server itself takes: %s', async (id, scenario) => {
    const now = new Date();
    const cluster = clusterOf(scenario, now);
    await stage.show(cluster, { open: true });
    // What is as in the healthy world is tried once.
    const before = id === 'healthy' ? 0 : Number(healthyCluster(new Date(now.getTime() - scenario.sinceMinutes * MINUTE)).resourceVersion);
    expect(await refusalsOf(stage.server, cluster, before)).toEqual([]);
  }, 120_000);
});

describe('the same objects in a real API server give the same report', () => {
  it.each(table)('%s', async (_, scenario) => {
    const cluster = clusterOf(scenario, new Date());
    await stage.show(cluster);
    await stage.grant(grantsOf(scenario.user));
    const alerts = scenario.alert === undefined ? SHELF.map(({ alert }) => alert) : [scenario.alert];
    for (const alert of alerts) {
      const runbook = await loadRunbook(alert);
      if (!runbook) throw new Error(`${alert} has no runbook`);
      const behind = { cluster, user: scenario.user, rules: firingOf(alert, scenario), metrics: answersOf(cluster, scenario), down: scenario.prometheus === 'down' };
      const real = (await diagnoseBy(realDoor(stage.server, behind), runbook, Date.now)).report();
      const simulated = (await diagnoseBy(simulatedDoor(behind), runbook, Date.now)).report();
      const isWhole = !runbook.diagnosis.some(({ id }) => id === OF_THE_AGGREGATOR);
      if (isWhole) expect(truthOf(real)).toEqual(truthOf(simulated));
      else expect(stepsOf(real)).toEqual(stepsOf(simulated));
      // The stand-in for Prometheus raises alerts without the labels of an instance: a cause that is looked for with them is named by the project `causes`.
      if (runbook.identity.length > 0 || (!isWhole && scenario.cause === undefined)) continue;
      const confirmed = real.causes.filter(({ verdict }) => verdict === 'confirmed').map(({ cause }) => cause);
      expect(confirmed).toEqual(scenario.cause === undefined ? [] : [scenario.cause]);
    }
  }, 120_000);
});
