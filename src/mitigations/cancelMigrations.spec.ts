import { type Operation, type Picked, decide, permissionsOfPlan, plainText } from '../engine';
import { virtLauncherPodsStuckFailed as runbook } from '../runbooks/virtual-machine/VirtLauncherPodsStuckFailed';
import { type VirtualMachineInstance, type VirtualMachineInstanceMigration as Migration } from '../sources/objects';
import { migrationsQuiet } from '../steps/migrationsQuiet';
import { migrations } from '../sources/virtualization';
import { READ_AT, absent, evidence } from '../testing/evidence';
import { launcherMetrics } from '../testing/launcherMetrics';
import { instanceOf, migrationOf } from '../testing/launcherSamples';
import { decideIn, effectsOf, lineOf, made, needOf, plansInTheDark, refusedWith, sendTo } from '../testing/planned';
import { minutesAgo } from '../testing/samples';
import { virtLauncherPodsStuckFailed as scenarios } from '../testing/scenarios/VirtLauncherPodsStuckFailed';
import { clusterOf } from '../testing/world';
import { cancelDrainMigrations, cancelUpdateMigrations, cancelWaitingMigrations } from './cancelMigrations';

jest.setTimeout(60_000);

const GIVEN = { now: READ_AT, labels: {}, inputs: {} };
const namesOf = ({ operations }: { readonly operations: readonly Operation[] }): readonly string[] => operations.map(({ target }) => target.name);

/** A migration that virt-controller made to empty a node. */
const leaving = (vm: string, name: string, node: string, phase = 'Pending'): Migration => {
  const one = migrationOf(vm, name, { phase });
  return { ...one, metadata: { ...one.metadata, annotations: { 'kubevirt.io/evacuationMigration': node } } };
};

describe('of the worst VM', () => {
  const decided = (items: readonly Migration[], instance: VirtualMachineInstance | null = null, picked: Picked = {}) =>
    decide(cancelWaitingMigrations, { migrations: evidence(items), vmi: instance ? evidence([instance]) : absent() }, GIVEN, picked);

  it('deletes each by uid and resourceVersion: one that begins meanwhile is refused', () => {
    const plan = made(decided([migrationOf('db', 'm1', { phase: 'Pending' })]).plan);
    expect(plan.operations.map((operation) => lineOf(operation))).toEqual([
      'DELETE /apis/kubevirt.io/v1/namespaces/shop/virtualmachineinstancemigrations/m1 {"kind":"DeleteOptions","apiVersion":"v1","preconditions":{"uid":"uid-m1","resourceVersion":"1"}}',
    ]);
    expect(plan.operations.map(needOf)).toEqual(['delete virtualmachineinstancemigrations kubevirt.io shop m1']);
    expect(permissionsOfPlan(plan)).toEqual([{ verb: 'delete', group: 'kubevirt.io', resource: 'virtualmachineinstancemigrations', namespace: 'shop' }]);
    expect(plan.selection).toMatchObject({ errorLimit: 0, fits: { kind: 'VirtualMachineInstanceMigration', namespaces: ['shop'] } });
    expect(plan).toMatchObject({ confirm: { kind: 'button' }, undo: { possible: false } });
    expect(plan.verify.map(({ id }) => id)).toEqual(['migrations-quiet']);
  });

  it('takes what has not begun, and nothing else', () => {
    const phases = ['Pending', 'Scheduling', 'Scheduled', 'PreparingTarget', 'TargetReady', 'Running', 'Synchronizing', 'WaitingForSync', 'Succeeded', 'Failed', 'SomethingNew'];
    const { status: _, ...fresh } = migrationOf('db', 'unset');
    const going = migrationOf('db', 'going', { phase: 'Pending' });
    const all = [...phases.map((phase) => migrationOf('db', phase, { phase })), fresh, { ...going, metadata: { ...going.metadata, deletionTimestamp: minutesAgo(1) } }];
    expect(namesOf(made(decided(all).plan))).toEqual(['Pending', 'Scheduling', 'Scheduled', 'PreparingTarget', 'TargetReady', 'unset']);
  });

  it.each([
    ['kubevirt-evacuation-x', undefined, 'Stop the drain and cancel the evacuation first'],
    ['kubevirt-workload-update-x', undefined, 'Stop the update of workloads first'],
    ['balance-x', 'vm-rebalancer', 'The program vm-rebalancer asks for them'],
  ])('says first who creates %s again', (name, manager, words) => {
    const [first] = made(decided([migrationOf('db', name, { phase: 'Pending', ...(manager ? { manager } : {}) })]).plan).effects;
    expect(first && plainText(first)).toContain(words);
  });

  it('is refused where none waits', () => {
    expect(refusedWith(decided([migrationOf('db', 'm1', { phase: 'Running' }), migrationOf('db', 'm2')]).plan)).toContain('No migration waits');
    expect(refusedWith(decided([migrationOf('db', 'm1', { phase: 'Pending', ago: 0 })]).plan)).toContain('No migration waits');
  });

  const running = migrationOf('db', 'm1', { phase: 'Running' });
  const moved = (state: NonNullable<VirtualMachineInstance['status']>['migrationState']): VirtualMachineInstance => ({ ...instanceOf('db'), status: { phase: 'Running', nodeName: 'worker-1', migrationState: state } });

  it('offers a running one singly, typed, where it cannot be in post-copy', () => {
    const safe = moved({ migrationUid: 'uid-m1', mode: 'PreCopy', migrationConfiguration: { allowPostCopy: false } });
    const all = [running, migrationOf('db', 'm2', { phase: 'Pending' })];
    const { choices, plan } = decided(all, safe);
    expect(choices).toMatchObject([{ id: 'which', options: [{ value: 'all that wait' }, { value: 'm1' }] }]);
    expect(namesOf(made(plan))).toEqual(['m2']);
    const one = made(decided(all, safe, { which: 'm1' }).plan);
    expect(one.operations).toMatchObject([{ verb: 'delete', target: { name: 'm1', uid: 'uid-m1', resourceVersion: '1' } }]);
    expect(one).toMatchObject({ confirm: { kind: 'typed', name: 'db' } });
    expect(one.selection).toBeUndefined();
    expect(plainText(one.vmsAffected)).toBe('shop/db stays on worker-1 and runs on.');
  });

  it.each([
    ['it is in post-copy', moved({ migrationUid: 'uid-m1', mode: 'PostCopy', migrationConfiguration: { allowPostCopy: false } })],
    ['it may get there', moved({ migrationUid: 'uid-m1', mode: 'PreCopy', migrationConfiguration: { allowPostCopy: true } })],
    ['it is not said whether it may', moved({ migrationUid: 'uid-m1', mode: 'PreCopy' })],
    ['the state is that of an earlier migration', moved({ migrationUid: 'uid-m0', mode: 'PreCopy', migrationConfiguration: { allowPostCopy: false } })],
    ['the VM instance could not be read', null],
  ])('never takes a running one when %s', (_, instance) => {
    expect(decided([running], instance).choices).toEqual([]);
    expect(refusedWith(decided([running], instance, { which: 'm1' }).plan)).toContain('No migration waits');
  });
});

describe('away from a node', () => {
  const decided = (items: readonly Migration[], picked: Picked = {}) => decide(cancelDrainMigrations, { migrations: evidence(items) }, GIVEN, picked);
  const all = [leaving('a', 'm1', 'worker-0'), leaving('b', 'm2', 'worker-1'), leaving('c', 'm3', 'worker-1'), leaving('d', 'm4', 'worker-1', 'Running'), migrationOf('e', 'kubevirt-workload-update-x', { phase: 'Pending' })];

  it('takes the node with the most, or the one that is picked', () => {
    expect(decided(all).choices.flatMap((choice) => (choice.kind === 'one' ? choice.options.map(({ label }) => plainText(label)) : []))).toEqual(['worker-1: 2', 'worker-0: 1']);
    expect(namesOf(made(decided(all).plan))).toEqual(['m2', 'm3']);
    expect(namesOf(made(decided(all, { node: 'worker-0' }).plan))).toEqual(['m1']);
    expect(effectsOf(made(decided(all).plan))).toContain('worker-1 does not become empty');
  });

  it('asks nothing where there is one node, and is refused where there is none', () => {
    expect(decided([leaving('a', 'm1', 'worker-0')]).choices).toEqual([]);
    expect(namesOf(made(decided([leaving('a', 'm1', 'worker-0')]).plan))).toEqual(['m1']);
    expect(refusedWith(decided([migrationOf('e', 'kubevirt-workload-update-x', { phase: 'Pending' })]).plan)).toContain('No migration waits');
  });
});

describe('to a new release', () => {
  it('takes those of the update alone', () => {
    const items = [migrationOf('a', 'kubevirt-workload-update-x', { phase: 'Pending' }), leaving('b', 'm2', 'worker-1'), migrationOf('c', 'by-hand', { phase: 'Pending' })];
    const plan = made(decide(cancelUpdateMigrations, { migrations: evidence(items) }, GIVEN, {}).plan);
    expect(namesOf(plan)).toEqual(['kubevirt-workload-update-x']);
    expect(effectsOf(plan)).toContain('These VMs keep the old virt-launcher');
  });
});

describe('in the world', () => {
  it.each([
    ['launchers-drain-loop', cancelDrainMigrations], ['launchers-workload-update-loop', cancelUpdateMigrations], ['launchers-request-loop', cancelWaitingMigrations],
  ] as const)('%s: what waits is cancelled', async (id, mitigation) => {
    const scenario = scenarios.find((one) => one.id === id);
    if (!scenario) throw new Error('no such scenario');
    const cluster = clusterOf(scenario);
    const waiting = (): number => cluster.list('VirtualMachineInstanceMigration').filter(({ status }) => (status as { phase?: string } | undefined)?.phase === 'Pending').length;
    const { plan } = await decideIn(runbook, mitigation, cluster, { metrics: launcherMetrics(cluster, scenario.sinceMinutes) });
    const operations = plan?.operations ?? [];
    const before = waiting();
    expect(operations.length).toBeGreaterThan(0);
    expect(operations.map((operation) => sendTo(cluster, operation, { dryRun: true }))).toEqual(operations.map(() => 200));
    expect(operations.map((operation) => sendTo(cluster, operation))).toEqual(operations.map(() => 200));
    expect(waiting()).toBe(before - operations.length);
  });

  it('nothing is planned while nothing can be read', async () => {
    for (const mitigation of [cancelWaitingMigrations, cancelDrainMigrations, cancelUpdateMigrations]) expect(await plansInTheDark(runbook, mitigation)).toEqual([]);
  });
});

describe('afterwards', () => {
  const about = (items: readonly Migration[]) => migrationsQuiet(migrations({ in: 'shop', atMost: 9 }), () => true).check({ migrations: evidence(items) }, GIVEN);
  const going = migrationOf('db', 'm1', { phase: 'Pending' });

  it.each([
    ['waiting', [migrationOf('db', 'm1', { phase: 'Pending' })], 'fail'],
    ['going', [{ ...going, metadata: { ...going.metadata, deletionTimestamp: minutesAgo(1) } }], 'warn'],
    ['comeBack', [migrationOf('db', 'm1', { ago: 4 })], 'warn'],
    ['quiet', [migrationOf('db', 'm1', { ago: 6 })], 'pass'],
    ['quiet', [], 'pass'],
  ])('it is %s', (reason, items, outcome) => expect(about(items)).toMatchObject({ reason, outcome }));
});
