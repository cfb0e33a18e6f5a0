import { setTimeout as sleep } from 'node:timers/promises';
import { previewOf, targetOf, targetToBe, writeOf } from '../../../src/engine';
import { SHELF } from '../../../src/runbooks/shelf';
import { kinds } from '../../../src/sources/kinds';
import { type KubeObject } from '../../../src/sources/objects';
import { ADMIN } from '../launch/users';
import { startControlPlane } from '../plane/controlPlane';
import { NAMESPACE, conditionsOf } from '../plane/kubevirt';
import { startRealMonitoring } from '../plane/monitoring';
import { type ApiObject, list, read, write } from '../plane/objects';
import { until } from '../plane/wait';
import { REALITY_TABLE } from '../reality';
import { asText } from '../table';
import { scaleOperator } from './fault';
import { FAULTS, isLong } from './faults';
import { holderOf, readyOperators, untilHealthy } from './health';
import { senderTo } from '../writes/sender';
import { type Scene, mitigate, oddStepsOf, reportOf, verdictOf } from './look';

const MINUTE = 60_000;

const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`);

/** OLM and OpenShift's own APIs are no part of this control plane: these two steps say that they cannot look. */
const WITHOUT_OPENSHIFT = ['installation: unknown nothingReadable (apiNotInstalled)', 'upgrade: unknown incomplete (apiNotInstalled)'];

/** Those that this run tries. */
const TRIED = FAULTS.filter((fault) => process.env['LONG'] !== undefined || !isLong(fault));

const VMS = '/apis/kubevirt.io/v1/namespaces/default/virtualmachines';
const virtualMachine = {
  apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine', metadata: { name: 'shop-db', namespace: 'default' },
  spec: {
    runStrategy: 'Always',
    template: {
      metadata: { labels: { app: 'shop' } },
      spec: {
        domain: { devices: { disks: [{ name: 'disk', disk: { bus: 'virtio' } }], interfaces: [{ name: 'default', masquerade: {} }] }, memory: { guest: '128Mi' } },
        networks: [{ name: 'default', pod: {} }],
        volumes: [{ name: 'disk', containerDisk: { image: 'quay.io/kubevirt/cirros-container-disk-demo:v1.8.4' } }],
      },
    },
  },
};

describe('KubeVirt, really running', () => {
  let scene: Scene;
  /** Fault, alert, cause, seconds until it fires and until it is quiet again. */
  const told: string[][] = [];

  beforeAll(async () => {
    console.log(asText(REALITY_TABLE));
    const plane = await startControlPlane({ say });
    scene = { plane, monitoring: await startRealMonitoring(plane) };
    // Whoever ends although nobody asked it to is the reason of whatever fails then.
    void plane.server.died.then(say);
    await untilHealthy(scene);
  }, 40 * MINUTE);

  afterAll(async () => {
    console.log(asText({ title: 'Faults as they went', intro: '', columns: ['Fault', 'Alert', 'Cause', 'Fires after', 'Quiet after'], rows: told }));
    const left = FAULTS.filter((fault) => !TRIED.includes(fault));
    if (left.length > 0) console.log(`Not tried, for they wait for minutes (LONG=1 tries them):\n${left.map(({ title }) => title).join('\n')}`);
    scene.monitoring.stop();
    await scene.plane.stop();
  }, MINUTE);

  test('a VM starts: virt-api admits it and virt-controller makes its pod; that it runs is simulated', async () => {
    const { plane } = scene;
    const send = plane.server.as(ADMIN.name);
    await write(send, 'POST', VMS, virtualMachine);
    await until('the VM is ready', 120, async () => (conditionsOf(await read(send, `${VMS}/${virtualMachine.metadata.name}`)).some(({ type, status }) => type === 'Ready' && status === 'True') || undefined));
    await until('monitoring counts it', 120, async () => ((await scene.monitoring.value('sum(kubevirt_vmi_phase_count{phase="running"})')) === 1 || undefined));
  }, 5 * MINUTE);

  test('virt-api starts and stops a VM as the page asks it to, and a call that is tried in its body stores nothing', async () => {
    const { plane: { server } } = scene;
    const send = server.as(ADMIN.name);
    const path = `${VMS}/spare`;
    await write(send, 'POST', VMS, { ...virtualMachine, metadata: { ...virtualMachine.metadata, name: 'spare' }, spec: { ...virtualMachine.spec, runStrategy: 'Halted' } });
    const found = async (): Promise<ApiObject> => {
      const vm = await read(send, path);
      if (!vm) throw new Error('The VM is gone');
      return vm;
    };
    const strategy = async () => (await found())['spec'];
    const call = async (subresource: 'start' | 'stop', dry: boolean) => senderTo(server, ADMIN.name)
      .send(writeOf({ id: subresource, verb: 'call', subresource, target: targetOf(kinds.VirtualMachine, await found() as KubeObject) }, dry), new AbortController().signal);
    expect(await call('start', true)).toMatchObject({ state: 'accepted' });
    expect(await strategy()).toMatchObject({ runStrategy: 'Halted' });
    expect(await call('start', false)).toMatchObject({ state: 'accepted' });
    expect(await strategy()).toMatchObject({ runStrategy: 'Always' });
    expect(await call('start', false)).toMatchObject({ state: 'rejected', status: 409 });
    expect(await call('stop', true)).toMatchObject({ state: 'accepted' });
    expect(await strategy()).toMatchObject({ runStrategy: 'Always' });
    expect(await call('stop', false)).toMatchObject({ state: 'accepted' });
    expect(await strategy()).toMatchObject({ runStrategy: 'Halted' });
    await write(send, 'DELETE', path);
    await until('the VM is gone', 120, async () => ((await read(send, path)) === undefined) || undefined);
  }, 5 * MINUTE);

  test('a migration that is tried leaves nothing, whatever virt-api says of it', async () => {
    const { plane: { server } } = scene;
    const send = server.as(ADMIN.name);
    const object = { apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachineInstanceMigration', metadata: { name: 'tried', namespace: 'default' }, spec: { vmiName: 'no-such-vm' } };
    const operation = { id: 'migrate', verb: 'create', target: targetToBe(kinds.VirtualMachineInstanceMigration, object), object } as const;
    const said = await senderTo(server, ADMIN.name).send(writeOf(operation, true), new AbortController().signal);
    expect(previewOf(operation, said)).toMatchObject({ outcome: 'rejected', words: expect.stringContaining('the VMI "default/no-such-vm" does not exist') });
    expect(await list(send, '/apis/kubevirt.io/v1/namespaces/default/virtualmachineinstancemigrations')).toEqual([]);
    const taken = { ...operation, object: { ...object, spec: { vmiName: virtualMachine.metadata.name } } };
    expect(await senderTo(server, ADMIN.name).send(writeOf(taken, true), new AbortController().signal)).toMatchObject({ state: 'accepted' });
    expect(await list(send, '/apis/kubevirt.io/v1/namespaces/default/virtualmachineinstancemigrations')).toEqual([]);
  }, MINUTE);

  test('healthy: no alert of any kind fires', async () => {
    expect(await scene.monitoring.firing()).toEqual([]);
  });

  // Programs that were started minutes ago have just met objects that were not there yet, and each other: part of their calls did fail.
  const ofCalls = SHELF.map(({ alert }) => alert).filter((alert) => alert.includes('RESTErrors'));

  test.each(ofCalls)('just started: %s does not fire, whatever it finds of the start', async (alert) => {
    expect(verdictOf(await reportOf(scene, alert)).state).toBe('inactive');
  }, MINUTE);

  test.each(SHELF.map(({ alert }) => alert).filter((alert) => !ofCalls.includes(alert)))('healthy: %s finds nothing', async (alert) => {
    const report = await reportOf(scene, alert);
    expect({ ...verdictOf(report), odd: oddStepsOf(report).filter((line) => !WITHOUT_OPENSHIFT.includes(line)) }).toEqual({
      state: 'inactive', answer: { form: 'nothingFoundNotFiring' }, confirmed: [], odd: [],
    });
  }, MINUTE);

  test.each(TRIED)('$id: $title', async ({ id, title, alert, cause, certainAfter = 0, begin, end }) => {
    const { plane, monitoring } = scene;
    say(title);
    // A virt-operator that is to go down need not lead before; for everything else all must be well.
    if (alert !== 'VirtOperatorDown') await untilHealthy(scene);
    const begun = Date.now();
    await begin(plane);
    const broken = Date.now();
    await monitoring.untilFires(alert);
    const fired = Date.now();
    await sleep(broken + certainAfter * 1_000 - fired);
    const report = await reportOf(scene, alert);
    const healing = Date.now();
    await end(plane);
    const verdict = verdictOf(report);
    // What the steps found is not asserted, but says why where a verdict is wrong.
    if (verdict.confirmed.join() !== cause) say(report.steps.map(({ step, outcome, reason }) => `  ${step}: ${outcome ?? ''} ${reason ?? ''}`).join('\n'));
    expect(verdict).toEqual({ state: 'firing', answer: { form: 'causeFound', cause }, confirmed: [cause] });
    await monitoring.untilQuiet(alert);
    told.push([id, alert, cause, `${Math.round((fired - begun) / 1_000)} s`, `${Math.round((Date.now() - healing) / 1_000)} s`]);
  }, 8 * MINUTE);

  test('a killed leader is started again and takes its own lease back, or another one does; the log of the killed process is kept', async () => {
    const { plane } = scene;
    await untilHealthy(scene);
    const killed = await holderOf(plane, 'virt-operator') ?? '';
    const restarts = async () => Number(await plane.kubectl('-n', NAMESPACE, 'get', 'pod', killed, '-o', 'jsonpath={.status.containerStatuses[0].restartCount}'));
    // Whoever lost an election in an earlier fault has been started again before.
    const before = await restarts();
    process.kill(await plane.processOf(NAMESPACE, killed), 'SIGKILL');
    await until('the killed one is counted', 120, async () => (await restarts()) === before + 1 || undefined);
    expect(await plane.kubectl('-n', NAMESPACE, 'get', 'pod', killed, '-o', 'jsonpath={.status.containerStatuses[0].lastState.terminated.exitCode}')).toBe('137');
    expect(await plane.kubectl('-n', NAMESPACE, 'logs', '--previous', '--tail=5', killed)).not.toBe('');
    await untilHealthy(scene);
    expect((await readyOperators(plane)).map(({ metadata }) => metadata.name)).toContain(killed);
  }, 8 * MINUTE);

  test('the mitigation of the page scales virt-operator back: new pods, one of which takes the lease, and the alert goes', async () => {
    const { plane, monitoring } = scene;
    await untilHealthy(scene);
    const before = (await readyOperators(plane)).map(({ metadata }) => metadata.name);
    await scaleOperator(plane, 0);
    await monitoring.untilFires('VirtOperatorDown');
    const { results, verified } = await mitigate(scene, 'VirtOperatorDown', 'scale-back');
    expect(results).toEqual(['accepted']);
    expect(verified).not.toEqual([]);
    await untilHealthy(scene);
    const holder = await holderOf(plane, 'virt-operator');
    expect(before).not.toContain(holder);
    expect((await readyOperators(plane)).map(({ metadata }) => metadata.name)).toContain(holder);
    expect(await monitoring.firing()).not.toContain('VirtOperatorDown');
  }, 8 * MINUTE);
});
