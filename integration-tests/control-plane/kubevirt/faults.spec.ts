import { SHELF } from '../../../src/runbooks/shelf';
import { startControlPlane } from '../plane/controlPlane';
import { NAMESPACE } from '../plane/kubevirt';
import { startRealMonitoring } from '../plane/monitoring';
import { until } from '../plane/wait';
import { REALITY_TABLE } from '../reality';
import { asText } from '../table';
import { FAULTS, scaleOperator } from './faults';
import { holderOf, readyOperators, untilHealthy } from './health';
import { type Scene, mitigate, reportOf, stepsOf, verdictOf } from './look';

const MINUTE = 60_000;

describe('KubeVirt, really running', () => {
  let scene: Scene;
  /** Fault, alert, cause, seconds until it fires and until it is quiet again. */
  const told: string[][] = [];

  beforeAll(async () => {
    console.log(asText(REALITY_TABLE));
    const plane = await startControlPlane({ say: (sentence) => process.stderr.write(`${sentence}\n`) });
    scene = { plane, monitoring: await startRealMonitoring(plane) };
    await untilHealthy(scene);
  }, 40 * MINUTE);

  afterAll(async () => {
    console.log(asText({ title: 'Faults as they went', intro: '', columns: ['Fault', 'Alert', 'Cause', 'Fires after', 'Quiet after'], rows: told }));
    scene.monitoring.stop();
    await scene.plane.stop();
  }, MINUTE);

  test.each(SHELF.map(({ alert }) => alert))('healthy: %s finds nothing', async (alert) => {
    const report = await reportOf(scene, alert);
    expect({ ...verdictOf(report), odd: stepsOf(report).filter((line) => !/: (info|skipped)/.test(line)) }).toEqual({
      state: 'inactive', answer: { form: 'nothingFoundNotFiring' }, confirmed: [], odd: [],
    });
  }, MINUTE);

  test.each(FAULTS)('$id: $title', async ({ id, alert, cause, begin, end }) => {
    const { plane, monitoring } = scene;
    const begun = Date.now();
    await begin(plane);
    await monitoring.untilFires(alert);
    const fired = Date.now();
    const report = await reportOf(scene, alert);
    const healing = Date.now();
    await end(plane);
    expect({ ...verdictOf(report), steps: stepsOf(report) }).toEqual({
      state: 'firing', answer: { form: 'causeFound', cause }, confirmed: [cause], steps: expect.anything() as readonly string[],
    });
    await monitoring.untilQuiet(alert);
    told.push([id, alert, cause, `${Math.round((fired - begun) / 1_000)} s`, `${Math.round((Date.now() - healing) / 1_000)} s`]);
    await untilHealthy(scene);
  }, 8 * MINUTE);

  test('a killed leader is replaced: another pod takes the lease, the log of the killed one is kept', async () => {
    const { plane } = scene;
    const killed = await holderOf(plane, 'virt-operator') ?? '';
    process.kill(await plane.processOf(NAMESPACE, killed), 'SIGKILL');
    const next = await until('another pod leads', 120, async () => {
      const holder = await holderOf(plane, 'virt-operator');
      return holder !== undefined && holder !== '' && holder !== killed ? holder : undefined;
    });
    expect((await readyOperators(plane)).map(({ metadata }) => metadata.name)).toContain(next);
    await until('the killed one is back', 120, async () => (await readyOperators(plane)).length === 2 || undefined);
    expect(await plane.kubectl('-n', NAMESPACE, 'logs', '--previous', '--tail=5', killed)).not.toBe('');
    expect(await plane.kubectl('-n', NAMESPACE, 'get', 'pod', killed, '-o', 'jsonpath={.status.containerStatuses[0].lastState.terminated.exitCode}')).toBe('137');
    await untilHealthy(scene);
  }, 6 * MINUTE);

  test('the mitigation of the page scales virt-operator back: new pods, one of which takes the lease, and the alert goes', async () => {
    const { plane, monitoring } = scene;
    const before = (await readyOperators(plane)).map(({ metadata }) => metadata.name);
    await scaleOperator(plane, 0);
    await monitoring.untilFires('VirtOperatorDown');
    expect(await mitigate(scene, 'VirtOperatorDown', 'scale-back')).toEqual(['accepted']);
    await untilHealthy(scene);
    const holder = await holderOf(plane, 'virt-operator');
    expect(before).not.toContain(holder);
    expect((await readyOperators(plane)).map(({ metadata }) => metadata.name)).toContain(holder);
    expect(await monitoring.firing()).not.toContain('VirtOperatorDown');
  }, 8 * MINUTE);
});
