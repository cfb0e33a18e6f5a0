import { decide, plainText } from '../engine';
import { virtLauncherPodsStuckFailed as runbook } from '../runbooks/virtual-machine/VirtLauncherPodsStuckFailed';
import { type VirtualMachineInstance } from '../sources/objects';
import { type Cluster } from '../testing/cluster';
import { pass } from '../testing/controllers';
import { READ_AT, evidence } from '../testing/evidence';
import { launcherMetrics } from '../testing/launcherMetrics';
import { hourOf, instanceOf } from '../testing/launcherSamples';
import { decideIn, effectsOf, lineOf, made, needOf, plansInTheDark, refusedWith, sendTo } from '../testing/planned';
import { minutesAgo } from '../testing/samples';
import { virtLauncherPodsStuckFailed as scenarios } from '../testing/scenarios/VirtLauncherPodsStuckFailed';
import { clusterAdmin } from '../testing/users';
import { clusterOf } from '../testing/world';
import { deleteFailedInstances, deleteFailedLaunchers } from './launcherCleanup';

jest.setTimeout(60_000);

const worldOf = (id: string): { cluster: Cluster; metrics: ReturnType<typeof launcherMetrics> } => {
  const scenario = scenarios.find((one) => one.id === id);
  if (!scenario) throw new Error('no such scenario');
  const cluster = clusterOf(scenario);
  return { cluster, metrics: launcherMetrics(cluster, scenario.sinceMinutes) };
};
const failedIn = (cluster: Cluster): number => cluster.list('Pod').filter(({ metadata, status }) => metadata.labels?.['kubevirt.io'] === 'virt-launcher' && status.phase === 'Failed').length;

describe('failed launchers in the world', () => {
  it('are deleted where they are left over, and the alert can end', async () => {
    const { cluster, metrics } = worldOf('launchers-old-leftovers');
    const running = cluster.list('Pod').filter(({ status }) => status.phase === 'Running').length;
    const { plan, choices } = await decideIn(runbook, deleteFailedLaunchers, cluster, { metrics, picked: { part: 'all of them' } });
    expect(choices.map(({ id }) => id)).toEqual(['part', 'keep', 'failures']);
    expect(plan?.operations).toHaveLength(210);
    expect(plan?.saveFirst).toMatchObject({ logs: { length: 50 }, leftOut: 160 });
    expect((plan?.operations ?? []).map((operation) => sendTo(cluster, operation, { dryRun: true }))).toEqual(Array.from({ length: 210 }, () => 200));
    expect(failedIn(cluster)).toBe(210);
    expect((plan?.operations ?? []).map((operation) => sendTo(cluster, operation))).toEqual(Array.from({ length: 210 }, () => 200));
    expect(failedIn(cluster)).toBe(0);
    expect(cluster.list('Pod').filter(({ status }) => status.phase === 'Running')).toHaveLength(running);
  });

  it('go in the worst namespace alone unless somebody says all', async () => {
    const { cluster, metrics } = worldOf('launchers-old-leftovers');
    const { plan, choices } = await decideIn(runbook, deleteFailedLaunchers, cluster, { metrics });
    const namespaces = new Set(plan?.operations.map(({ target }) => target.namespace));
    expect(namespaces.size).toBe(1);
    const [part] = choices.flatMap((choice) => (choice.id === 'part' && choice.kind === 'one' ? choice.options.map(({ value }) => value) : []));
    expect([...namespaces]).toEqual([part]);
  });

  it('one that changed since is left alone by the server', async () => {
    const { cluster, metrics } = worldOf('launchers-old-leftovers');
    const { plan } = await decideIn(runbook, deleteFailedLaunchers, cluster, { metrics });
    const [operation] = plan?.operations ?? [];
    if (!operation) throw new Error('nothing to send');
    cluster.update('Pod', operation.target.namespace, operation.target.name, (draft) => { draft.metadata.annotations = { touched: 'yes' }; });
    expect(sendTo(cluster, operation)).toBe(409);
  });

  it('wait for the source while it is at work', async () => {
    const { cluster } = worldOf('launchers-drain-loop');
    // Ten minutes ago there were none.
    const { refused, choices } = await decideIn(runbook, deleteFailedLaunchers, cluster, { metrics: launcherMetrics(cluster, 10) });
    expect(choices[0]).toMatchObject({ id: 'source' });
    expect(refused && plainText(refused.says)).toContain('Stop the source first');
  });

  it('are not touched by a person who may list them and no more', async () => {
    const { cluster, metrics } = worldOf('launchers-old-leftovers');
    const { plan } = await decideIn(runbook, deleteFailedLaunchers, cluster, { metrics });
    const reader = { ...clusterAdmin, name: 'reader', rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['get', 'list', 'watch'] }] };
    expect(plan && sendTo(cluster, plan.operations[0] as never, { user: reader })).toBe(403);
  });

  it('are not planned while nothing can be read', async () => {
    expect(await plansInTheDark(runbook, deleteFailedLaunchers)).toEqual([]);
    expect(await plansInTheDark(runbook, deleteFailedInstances)).toEqual([]);
  });
});

describe('failed instances', () => {
  const decided = (items: readonly VirtualMachineInstance[], picked = {}) =>
    decide(deleteFailedInstances, { items: evidence(items), history: evidence([hourOf(300, 300, 300)]) }, { now: READ_AT, labels: {}, inputs: {} }, picked);
  const bare = (name: string, manager?: string, phase = 'Failed') => instanceOf(name, { phase, controlled: false, ...(manager ? { manager } : {}) });

  it('are those in phase Failed that nothing controls, and never another', () => {
    const all = [bare('old', 'pipeline'), bare('over', 'pipeline', 'Succeeded'), bare('up', 'pipeline', 'Running'), instanceOf('of-a-vm', { phase: 'Failed' }), { ...bare('going'), metadata: { ...bare('going').metadata, deletionTimestamp: minutesAgo(1) } }];
    const plan = made(decided(all, { keep: '0' }).plan);
    expect(plan.operations.map((operation) => lineOf(operation))).toEqual([
      'DELETE /apis/kubevirt.io/v1/namespaces/shop/virtualmachineinstances/old {"kind":"DeleteOptions","apiVersion":"v1","preconditions":{"uid":"uid-old","resourceVersion":"1"}}',
    ]);
    expect(plan.operations.map(needOf)).toEqual(['delete virtualmachineinstances kubevirt.io shop old']);
    expect(plan).toMatchObject({ confirm: { kind: 'typed', name: '1', says: { text: 'The owner of these VM instances agrees.' } }, undo: { possible: false } });
  });

  it('may be those of one program', () => {
    const all = [bare('a', 'pipeline'), bare('b', 'pipeline'), bare('c', 'ansible'), bare('d')];
    const { choices } = decided(all);
    expect(choices.flatMap((choice) => (choice.kind === 'one' ? choice.options.map(({ label }) => plainText(label)) : []))).toEqual(['Any program: 4', 'pipeline: 2', 'ansible: 1', 'unknown: 1']);
    expect(made(decided(all, { part: 'ansible', keep: '0' }).plan).operations.map(({ target }) => target.name)).toEqual(['c']);
    expect(refusedWith(decided(all, { part: 'ansible' }).plan)).toContain('Keep fewer');
  });

  it('are found in the namespace of the tenant, deleted, and their pods are said to go with them', async () => {
    const { cluster, metrics } = worldOf('launchers-tenant-loop');
    const { plan } = await decideIn(runbook, deleteFailedInstances, cluster, { metrics, picked: { source: 'insist' } });
    if (!plan) throw new Error('not planned');
    expect(plan.operations).toHaveLength(209);
    expect(effectsOf(plan)).toContain('The pods of these 209 instances go with them');
    expect(new Set(plan.operations.map((operation) => sendTo(cluster, operation)))).toEqual(new Set([200]));
    pass(cluster, 60_000);
    // The newest of the program is kept, with its pod.
    expect(failedIn(cluster)).toBe(1);
  });
});
