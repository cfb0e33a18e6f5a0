import { loadRunbook } from '../../../src/runbooks/library';
import { healthyCluster } from '../../../src/testing/healthy';
import { SHELF } from '../../../src/runbooks/shelf';
import { scenarios } from '../../../src/testing/scenarios';
import { users } from '../../../src/testing/users';
import { clusterOf } from '../../../src/testing/world';
import { type ApiServer, startApiServer } from '../launch/apiServer';
import { grantsOf, pathOf } from '../rights/roles';
import { kubeVirtDefinitions } from './definitions';
import { type Kubelet, startKubelet } from './kubelet';
import { type Loader, createLoader } from './load';
import { diagnoseBy, realDoor, simulatedDoor, truthOf } from './look';
import { answersOf, firingOf } from './metrics';
import { refusalsOf } from './valid';

// The one whose kinds are not served comes last: they are defined only once then.
const inOrder = scenarios.toSorted((a, b) => Number(a.id === 'not-installed') - Number(b.id === 'not-installed'));

let server: ApiServer;
let kubelet: Kubelet;
let loader: Loader;

beforeAll(async () => {
  server = await startApiServer({ users: users.map(({ name }) => ({ name, groups: [] })) });
  kubelet = await startKubelet(server.dir);
  loader = createLoader(server, kubelet, await kubeVirtDefinitions());
}, 1_800_000);

afterAll(async () => {
  await kubelet?.close();
  await server?.stop();
});

/** A user's rights live in namespaces of the world: those have to be there first. */
const grant = async (name: string): Promise<void> => {
  for (const object of grantsOf(users.find((user) => user.name === name) ?? { name, rules: [] })) {
    const { status, body } = await server.as('admin')({ method: 'POST', path: pathOf(object), body: object });
    if (status !== 201 && status !== 409) throw new Error(body);
  }
};

describe('the objects of the world', () => {
  it.each(inOrder.map((scenario) => [scenario.id, scenario] as const))('are such as the API server itself takes: %s', async (id, scenario) => {
    const now = new Date();
    const cluster = clusterOf(scenario, now);
    await loader.load(cluster, { open: true });
    // What is as in the healthy world is tried once.
    const before = id === 'healthy' ? 0 : Number(healthyCluster(new Date(now.getTime() - scenario.sinceMinutes * 60_000)).resourceVersion);
    expect(await refusalsOf(server, cluster, before)).toEqual([]);
  }, 120_000);
});

describe('the same objects in a real API server give the same report', () => {
  it.each(inOrder.map((scenario) => [scenario.id, scenario] as const))('%s', async (_, scenario) => {
    const cluster = clusterOf(scenario, new Date());
    cluster.clock.follow(Date.now);
    await loader.load(cluster);
    kubelet.show(cluster);
    await grant(scenario.user.name);
    const alerts = scenario.alert === undefined ? SHELF.map(({ alert }) => alert) : [scenario.alert];
    for (const alert of alerts) {
      const runbook = await loadRunbook(alert);
      if (!runbook) throw new Error(`${alert} has no runbook`);
      const behind = { cluster, user: scenario.user, rules: firingOf(alert, scenario), metrics: answersOf(cluster, scenario), down: scenario.prometheus === 'down' };
      const real = (await diagnoseBy(realDoor(server, behind), runbook, Date.now)).report();
      const simulated = (await diagnoseBy(simulatedDoor(behind), runbook, Date.now)).report();
      expect(truthOf(real)).toEqual(truthOf(simulated));
      const confirmed = real.causes.filter(({ verdict }) => verdict === 'confirmed').map(({ cause }) => cause);
      expect(confirmed).toEqual(scenario.cause === undefined ? [] : [scenario.cause]);
    }
  }, 120_000);
});
