import { type Choice, type Picked, type Plan, type Refusal, decide, msg, plainText } from '../engine';
import { virtOperatorDown } from '../runbooks/virt-operator/VirtOperatorDown';
import { type Deployment, type Pod } from '../sources/objects';
import { virtHandler, virtOperator } from '../steps/workloads';
import { READ_AT, absent, evidence } from '../testing/evidence';
import { decideIn, effectsOf, lineOf, made, needOf, plansInTheDark, refusedWith, sendTo } from '../testing/planned';
import { deploymentOf, metadata, minutesAgo, podOf } from '../testing/samples';
import { healthyCluster } from '../testing/healthy';
import { pass } from '../testing/controllers';
import { podsOf } from '../testing/faults';
import { deleteOperatorPod } from './deletePod';
import { deletePods } from './deletePods';

const ownerReferences = [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'virt-operator-1', uid: 'rs', controller: true }];
const owned = (name: string, more: Parameters<typeof podOf>[1] = {}): Pod => podOf(name, { ownerReferences, ...more });
const hanging = (name = 'hanging'): Pod => owned(name, { status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'False' }] } });

const decided = (pods: readonly Pod[], picked: Picked = {}, of: Deployment | null = deploymentOf(), mitigation = deleteOperatorPod(virtOperator)): { plan: Plan | Refusal; choices: readonly Choice[]; picked: Picked } =>
  decide(mitigation, { pods: evidence(pods), workload: of ? evidence([of]) : absent() }, { now: READ_AT, labels: {}, inputs: {} }, picked);
const chosen = ({ plan }: { plan: Plan | Refusal }): readonly string[] => made(plan).operations.map(({ target }) => target.name);

describe('replacing pods', () => {
  it('deletes by uid alone: the state of a crashing pod goes on changing', () => {
    const { plan } = decided([owned('well'), hanging()]);
    expect(made(plan).operations.map((operation) => lineOf(operation))).toEqual([
      'DELETE /api/v1/namespaces/openshift-cnv/pods/hanging {"kind":"DeleteOptions","apiVersion":"v1","preconditions":{"uid":"uid-hanging"}}',
    ]);
    expect(made(plan).operations.map((operation) => lineOf(operation, true))).toEqual([expect.stringContaining('"dryRun":["All"]')]);
    expect(made(plan).operations.map(needOf)).toEqual(['delete pods openshift-cnv hanging']);
    expect(made(plan)).toMatchObject({ confirm: { kind: 'button' }, undo: { possible: false } });
    expect(made(plan).pace).toBeUndefined();
    expect(made(plan).verify.map(({ id }) => id)).toEqual(['pods-running']);
  });

  it('takes those that are not ready, in order, and waits for Ready in between', () => {
    const { plan, choices } = decided([owned('well'), hanging('b'), hanging('a')]);
    expect(chosen({ plan })).toEqual(['b', 'a']);
    expect(made(plan).pace).toMatchObject({ between: { id: 'pods-running' }, patience: 300 });
    expect(choices).toMatchObject([{ id: 'pods', kind: 'some', picked: ['b', 'a'] }]);
    expect(choices.flatMap((choice) => (choice.kind === 'number' ? [] : choice.options.map(({ label }) => plainText(label))))).toEqual(['b: runs and is not ready', 'a: runs and is not ready', 'well: ready']);
    expect(plainText(made(plan).sentence)).toBe('Delete 2 pods of virt-operator in openshift-cnv, one after the other: b, a.');
  });

  it('takes the oldest where all are well, and wants that acknowledged', () => {
    const all = decided([owned('younger'), owned('older', { creationTimestamp: minutesAgo(9999) })]);
    expect(chosen(all)).toEqual(['older']);
    expect(made(all.plan).confirm.kind).toBe('acknowledge');
    expect(effectsOf(made(all.plan))).toContain('another pod takes over');
  });

  it('takes the one that was picked, and none that is not on offer', () => {
    expect(chosen(decided([owned('well'), hanging()], { pods: 'well' }))).toEqual(['well']);
    expect(chosen(decided([owned('well'), hanging()], { pods: 'etcd-0' }))).toEqual(['hanging']);
  });

  it.each<[string, readonly Pod[], string]>([
    ['goes anyway', [owned('going', { deletionTimestamp: minutesAgo(1) })], 'There is no pod of virt-operator'],
    ['has ended', [owned('done', { status: { phase: 'Failed' } })], 'There is no pod of virt-operator'],
    ['nothing re-creates', [podOf('lonely')], 'There is no pod of virt-operator'],
    ['a DaemonSet made', [owned('foreign', { ownerReferences: [{ kind: 'DaemonSet', name: 'd', uid: 'd', controller: true }] })], 'There is no pod of virt-operator'],
  ])('leaves alone what %s', (_, pods, words) => expect(refusedWith(decided(pods).plan)).toContain(words));

  it.each<[string, Deployment | null, string]>([
    ['does not exist', null, 'does not exist or is being deleted'],
    ['is being deleted', deploymentOf(undefined, undefined, { deletionTimestamp: minutesAgo(1) }), 'does not exist or is being deleted'],
    ['wants none', deploymentOf({ replicas: 0 }), 'wants 0 pods'],
  ])('is refused when the Deployment %s', (_, of, words) => expect(refusedWith(decided([owned('well')], {}, of).plan)).toContain(words));
});

describe('the only ready pod', () => {
  it('is left alone where its work must not stop', () => {
    const careful = deletePods({ id: 'x', of: virtOperator, title: msg('Replace'), summary: msg('.') });
    expect(refusedWith(decided([owned('well'), hanging()], { pods: 'well' }, deploymentOf(), careful).plan)).toContain('well is the only ready pod of virt-operator');
    expect(chosen(decided([owned('well'), hanging()], {}, deploymentOf(), careful))).toEqual(['hanging']);
  });

  it('may go where that was thought of, once the gap is acknowledged', () => {
    const { plan } = decided([owned('well'), hanging()], { pods: 'well' });
    expect(made(plan).confirm).toMatchObject({ kind: 'acknowledge', says: { text: expect.stringContaining('nobody does its work') } });
  });
});

describe('other shapes', () => {
  const handler = (name: string): Pod => podOf(name, { ownerReferences: [{ kind: 'DaemonSet', name: 'virt-handler', uid: 'ds', controller: true }] });
  const set = { metadata: metadata('virt-handler'), status: { desiredNumberScheduled: 2, currentNumberScheduled: 2 } };

  it('a DaemonSet’s pod goes though its node has no other, and what that means there is said', () => {
    const mitigation = deletePods({ id: 'x', of: virtHandler, title: msg('Replace'), summary: msg('.') });
    const { plan } = decide(mitigation, { pods: evidence([handler('h1')]), workload: evidence([set]) }, { now: READ_AT, labels: {}, inputs: {} }, {});
    expect(chosen({ plan })).toEqual(['h1']);
    expect(effectsOf(made(plan))).toContain('none of them can be started, stopped or migrated there');
    expect(plainText(mitigation.vms)).toContain('VMs on that node run on');
  });

  it('the one that a step singled out goes, and never another', () => {
    const mitigation = deletePods({ id: 'x', of: virtOperator, only: { from: 'output', step: 's', output: 'pod' }, title: msg('Replace'), summary: msg('.') });
    const decideOn = (only: string) => decide(mitigation, { pods: evidence([owned('well'), owned('other'), hanging()]), workload: evidence([deploymentOf()]) }, { now: READ_AT, labels: {}, inputs: { only } as never }, { pods: 'hanging' });
    expect(decideOn('well').choices).toEqual([]);
    expect(chosen(decideOn('well'))).toEqual(['well']);
    expect(made(decideOn('well').plan).confirm).toMatchObject({ kind: 'acknowledge', says: { text: expect.stringContaining('same work') } });
    expect(refusedWith(decideOn('gone').plan)).toContain('gone already');
  });
});

describe('in the world', () => {
  it('replaces a pod, and never touches its successor', async () => {
    const cluster = healthyCluster();
    const before = podsOf(cluster, 'virt-operator').map(({ metadata }) => metadata.name);
    const { plan } = await decideIn(virtOperatorDown, deleteOperatorPod(virtOperator), cluster);
    const [operation] = plan?.operations ?? [];
    if (!operation) throw new Error('There is nothing to send.');
    expect(sendTo(cluster, operation, { dryRun: true })).toBe(200);
    expect(podsOf(cluster, 'virt-operator').map(({ metadata }) => metadata.name)).toEqual(before);
    expect(sendTo(cluster, operation)).toBe(200);
    pass(cluster, 120_000);
    const after = podsOf(cluster, 'virt-operator');
    expect(after.map(({ status }) => status.phase)).toEqual(['Running', 'Running']);
    expect(after.map(({ metadata }) => metadata.name)).not.toContain(operation.target.name);
    expect(sendTo(cluster, operation)).toBe(404);
  });

  it('is not planned while nothing can be read', async () => expect(await plansInTheDark(virtOperatorDown, deleteOperatorPod(virtOperator))).toEqual([]));
});
