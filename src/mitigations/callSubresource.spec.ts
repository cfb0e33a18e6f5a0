import { type ExecuteMitigation, type Plan, type Refusal, msg, plainText } from '../engine';
import { virtOperatorDown } from '../runbooks/virt-operator/VirtOperatorDown';
import { type Cluster } from '../testing/cluster';
import { settle } from '../testing/controllers';
import { scaleDeployment } from '../testing/faults';
import { healthyCluster } from '../testing/healthy';
import { decideIn, effectsOf, lineOf, made, needOf, plansInTheDark, refusedWith, sendTo } from '../testing/planned';
import { type KubeObject } from '../testing/types';
import { callVm } from './callSubresource';

const IN = 'web-shop';
const words = { title: msg('.'), summary: msg('.'), risk: 'high', vms: msg('.'), undo: msg('.') } as const;
const mitigations = Object.fromEntries((['start', 'stop', 'restart', 'pause', 'unpause'] as const).map((call) => [call, callVm(call, { ...words, id: call, namespace: IN, name: 'mailer' })])) as Record<'start' | 'stop' | 'restart' | 'pause' | 'unpause', ExecuteMitigation>;
type Call = keyof typeof mitigations;

const planIn = async (call: Call, cluster: Cluster): Promise<Plan | Refusal> => {
  const { plan, refused } = await decideIn(virtOperatorDown, mitigations[call], cluster);
  return plan ?? { refused: refused?.says ?? msg('nothing was decided') };
};
const vmi = (cluster: Cluster) => cluster.get('VirtualMachineInstance', IN, 'mailer');
const change = (cluster: Cluster, kind: 'VirtualMachine' | 'VirtualMachineInstance', spec: object, status: object = {}): void => {
  cluster.update(kind, IN, 'mailer', (draft: KubeObject) => {
    draft['spec'] = { ...(draft['spec'] as object), ...spec };
    draft['status'] = { ...(draft['status'] as object), ...status };
  });
};
const send = (cluster: Cluster, { operations }: Pick<Plan, 'operations'>, dryRun = false): readonly number[] => operations.map((operation) => sendTo(cluster, operation, { dryRun }));
const undoOf = ({ undo }: Plan): Pick<Plan, 'operations'> => (undo.possible ? undo : { operations: [] });

describe('restarting a VM', () => {
  it('is one call, dry in its body, that expects what was seen and never a grace period', async () => {
    const cluster = healthyCluster();
    change(cluster, 'VirtualMachineInstance', { terminationGracePeriodSeconds: 180 });
    const plan = made(await planIn('restart', cluster));
    expect(plainText(plan.sentence)).toBe('Restart VM web-shop/mailer.');
    expect(plan.operations.map((operation) => lineOf(operation))).toEqual(['PUT /apis/subresources.kubevirt.io/v1/namespaces/web-shop/virtualmachines/mailer/restart {}']);
    expect(plan.operations.map((operation) => lineOf(operation, true))).toEqual(['PUT /apis/subresources.kubevirt.io/v1/namespaces/web-shop/virtualmachines/mailer/restart {"dryRun":["All"]}']);
    expect(plan.operations.map(needOf)).toEqual(['update virtualmachines/restart subresources.kubevirt.io web-shop mailer']);
    expect(plan.operations[0]?.expects).toEqual({ '/spec/runStrategy': 'Always', '/spec/running': undefined, '/status/stateChangeRequests': undefined });
    expect(effectsOf(plan)).toContain('after 180 s it is switched off');
    expect(plan).toMatchObject({ confirm: { kind: 'acknowledge' }, undo: { possible: false } });
    const before = vmi(cluster)?.metadata.uid;
    expect(send(cluster, plan, true)).toEqual([202]);
    settle(cluster);
    expect(vmi(cluster)?.metadata.uid).toBe(before);
    expect(send(cluster, plan)).toEqual([202]);
    settle(cluster);
    expect(vmi(cluster)?.metadata.uid).not.toBe(before);
  });
});

describe('stopping and starting a VM', () => {
  it('undo each other', async () => {
    const cluster = healthyCluster();
    const plan = made(await planIn('stop', cluster));
    expect(effectsOf(plan)).toContain('Its run strategy becomes Halted.');
    expect(send(cluster, plan)).toEqual([202]);
    settle(cluster);
    expect(vmi(cluster)).toBeUndefined();
    expect(plan.undo.possible && plan.undo.vmsAffected && plainText(plan.undo.vmsAffected)).toBe('1 VM: web-shop/mailer starts.');
    expect(undoOf(plan).operations[0]).toMatchObject({ undoes: 'stop', expects: { '/spec/runStrategy': 'Halted' } });
    expect(send(cluster, undoOf(plan), true)).toEqual([202]);
    const start = made(await planIn('start', cluster));
    expect(effectsOf(start)).toContain('Its run strategy becomes Always');
    expect(send(cluster, undoOf(plan))).toEqual([202]);
    settle(cluster);
    expect(vmi(cluster)?.status.phase).toBe('Running');
    expect(send(cluster, undoOf(start))).toEqual([202]);
  });
});

describe('pausing and resuming a VM', () => {
  it('undo each other', async () => {
    const cluster = healthyCluster();
    const plan = made(await planIn('pause', cluster));
    expect(plan.operations.map(needOf)).toEqual(['update virtualmachineinstances/pause subresources.kubevirt.io web-shop mailer']);
    expect(send(cluster, plan, true)).toEqual([200]);
    expect(send(cluster, plan)).toEqual([200]);
    expect(refusedWith(await planIn('pause', cluster))).toBe('Not for VM mailer: It is paused already.');
    const resume = made(await planIn('unpause', cluster));
    expect(send(cluster, undoOf(plan))).toEqual([200]);
    expect(send(cluster, undoOf(resume))).toEqual([200]);
  });
});

describe('a VM is left alone', () => {
  const strategy = (runStrategy: string) => (cluster: Cluster) => change(cluster, 'VirtualMachine', { runStrategy });
  const off = (runStrategy: string) => (cluster: Cluster) => {
    strategy(runStrategy)(cluster);
    cluster.remove('VirtualMachineInstance', IN, 'mailer');
  };
  it.each<[Call, string, (cluster: Cluster) => void, string]>([
    ['restart', 'there is none', (cluster) => cluster.remove('VirtualMachine', IN, 'mailer'), 'There is no such VM.'],
    ['restart', 'it is being deleted', (cluster) => cluster.update('VirtualMachine', IN, 'mailer', ({ metadata }) => { metadata.deletionTimestamp = '2026-09-14T08:00:00Z'; }), 'is being deleted'],
    ['restart', 'it is halted', strategy('Halted'), 'KubeVirt restarts none of these'],
    ['restart', 'it runs once', strategy('Once'), 'KubeVirt restarts none of these'],
    ['restart', 'it has no instance', off('Manual'), 'It has no instance to restart'],
    ['restart', 'it is on the way already', (cluster) => change(cluster, 'VirtualMachine', {}, { stateChangeRequests: [{ action: 'Stop' }] }), 'stopped or started already'],
    ['restart', 'a snapshot is taken', (cluster) => change(cluster, 'VirtualMachine', {}, { snapshotInProgress: 'snap' }), 'A snapshot of it is being taken'],
    ['restart', 'its volumes are moving', (cluster) => change(cluster, 'VirtualMachine', {}, { conditions: [{ type: 'VolumesChange', status: 'True' }] }), 'half-written disk'],
    ['restart', 'virt-api is down', (cluster) => { scaleDeployment(cluster, 'virt-api', 0); settle(cluster); }, 'could not be read completely'],
    ['start', 'it runs', () => undefined, 'It runs.'],
    ['start', 'virt-controller starts it', off('Always'), 'virt-controller starts it by itself'],
    ['stop', 'it does not run', off('Manual'), 'It does not run.'],
    ['stop', 'it is to stop', strategy('Halted'), 'It is to stop already'],
    ['pause', 'a probe would fail', (cluster) => change(cluster, 'VirtualMachineInstance', { livenessProbe: { tcpSocket: { port: 80 } } }), 'liveness probe'],
    ['pause', 'it does not run', (cluster) => change(cluster, 'VirtualMachineInstance', {}, { phase: 'Scheduled' }), 'It does not run.'],
    ['unpause', 'it is not paused', () => undefined, 'It is not paused.'],
  ])('by %s if %s', async (call, _, apply, said) => {
    const cluster = healthyCluster();
    apply(cluster);
    expect(refusedWith(await planIn(call, cluster))).toContain(said);
  });

  it('where the release does not offer it', () => {
    const { plan } = mitigations.restart;
    const none = { items: [], missing: [], more: 0, complete: true, absent: true, readAt: 0 };
    expect(refusedWith(plan({ api: none, vm: none, vmi: none }, { now: 0, labels: {}, inputs: {} }, {}))).toContain('does not offer virtualmachines/restart');
  });

  it.each(Object.values(mitigations))('in the dark', async (mitigation) => expect(await plansInTheDark(virtOperatorDown, mitigation)).toEqual([]));
});
