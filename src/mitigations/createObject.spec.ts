import { type ExecuteMitigation, type Picked, type Plan, type Refusal, msg, plainText } from '../engine';
import { virtOperatorDown } from '../runbooks/virt-operator/VirtOperatorDown';
import { migrations, vmi, vmis } from '../sources/virtualization';
import { type Cluster } from '../testing/cluster';
import { healthyCluster } from '../testing/healthy';
import { decideIn, lineOf, made, needOf, plansInTheDark, refusedWith, sendTo } from '../testing/planned';
import { type User } from '../testing/types';
import { namespaceAdmin } from '../testing/users';
import { migrateVms, nameFor } from './createObject';

const IN = 'web-shop';
const words = { id: 'migrate', title: msg('.'), summary: msg('.'), risk: 'low', vms: msg('.'), undo: msg('.') } as const;
const one = migrateVms({ ...words, vmis: vmi({ in: IN, name: 'mailer' }), migrations: migrations({ in: IN, atMost: 500 }) });
const some = migrateVms({ ...words, vmis: vmis({ in: IN, atMost: 500 }), migrations: migrations({ in: IN, atMost: 500 }) });

const planIn = async (mitigation: ExecuteMitigation, cluster: Cluster, picked: Picked = {}): Promise<Plan | Refusal> => {
  const { plan, refused } = await decideIn(virtOperatorDown, mitigation, cluster, { picked });
  return plan ?? { refused: refused?.says ?? msg('nothing was decided') };
};
const kept = (cluster: Cluster) => cluster.list('VirtualMachineInstanceMigration', IN).map(({ metadata }) => metadata.name);
const send = (cluster: Cluster, { operations }: Pick<Plan, 'operations'>, options: { dryRun?: boolean; user?: User } = {}): readonly number[] => operations.map((operation) => sendTo(cluster, operation, options));

describe('the name of a new object', () => {
  it('is the same for the same plan, and fits into a label', () => {
    expect(nameFor('mailer', 1_789_372_800_000)).toBe('mailer-tlcgw0');
    expect(nameFor('x'.repeat(200), 1_789_372_800_000)).toHaveLength(57);
  });
});

describe('migrating a VM', () => {
  it('creates one object under a name of its own, once, and deletes that very one again', async () => {
    const cluster = healthyCluster();
    const plan = made(await planIn(one, cluster));
    const name = nameFor('mailer', cluster.now().getTime());
    expect(plainText(plan.sentence)).toBe('Live-migrate VM web-shop/mailer away from node worker-2.');
    expect(plan.operations.map((operation) => lineOf(operation))).toEqual([
      `POST /apis/kubevirt.io/v1/namespaces/web-shop/virtualmachineinstancemigrations?fieldManager=virt-runbooks-plugin {"apiVersion":"kubevirt.io/v1","kind":"VirtualMachineInstanceMigration","metadata":{"name":"${name}","namespace":"web-shop"},"spec":{"vmiName":"mailer"}}`,
    ]);
    expect(plan.operations.map(needOf)).toEqual(['create virtualmachineinstancemigrations kubevirt.io web-shop']);
    expect(send(cluster, plan, { dryRun: true })).toEqual([201]);
    expect(kept(cluster)).toEqual([]);
    expect(send(cluster, plan, { user: namespaceAdmin })).toEqual([403]);
    expect(send(cluster, plan)).toEqual([201]);
    expect(send(cluster, plan)).not.toEqual([201]);
    expect(kept(cluster)).toEqual([name]);
    expect(refusedWith(await planIn(one, cluster))).toBe('A migration of mailer is under way already.');
    if (!plan.undo.possible) throw new Error('no undo');
    const [undo] = plan.undo.operations;
    expect(undo).toMatchObject({ verb: 'delete', undoes: plan.operations[0]?.id, target: { name, uid: '' }, expects: { '/status/phase': 'Pending' } });
    // The engine puts the uid in that the creation brought.
    const uid = cluster.need('VirtualMachineInstanceMigration', IN, name).metadata.uid ?? '';
    const back = (with_: string) => plan.undo.possible && plan.undo.operations.map((operation) => ({ ...operation, target: { ...operation.target, uid: with_, resourceVersion: cluster.need('VirtualMachineInstanceMigration', IN, name).metadata.resourceVersion ?? '' } }));
    expect((back('other') || []).map((operation) => sendTo(cluster, operation))).toEqual([409]);
    expect((back(uid) || []).map((operation) => sendTo(cluster, operation))).toEqual([200]);
  });

  const condition = (status: 'True' | 'False') => (cluster: Cluster) => cluster.update('VirtualMachineInstance', IN, 'mailer', (draft) => {
    draft.status.conditions = [{ type: 'LiveMigratable', status, message: 'its disk is not shared' }];
  });
  it.each<[string, (cluster: Cluster) => void, string]>([
    ['there is none', (cluster) => cluster.remove('VirtualMachineInstance', IN, 'mailer'), 'There is no VM that runs there.'],
    ['it cannot move', condition('False'), 'mailer cannot be migrated: its disk is not shared'],
    ['nobody knows whether it can', (cluster) => cluster.update('VirtualMachineInstance', IN, 'mailer', (draft) => { draft.status.conditions = []; }), 'mailer cannot be migrated: –'],
    ['it has not started', (cluster) => cluster.update('VirtualMachineInstance', IN, 'mailer', (draft) => { draft.status.phase = 'Scheduled'; }), 'mailer does not run.'],
    ['it goes', (cluster) => cluster.update('VirtualMachineInstance', IN, 'mailer', ({ metadata }) => { metadata.deletionTimestamp = '2026-09-14T08:00:00Z'; }), 'mailer is being deleted.'],
    ['no other node takes VMs', (cluster) => ['worker-0', 'worker-1'].forEach((name) => cluster.update('Node', undefined, name, ({ spec }) => { spec.unschedulable = true; })), 'No other node takes VMs.'],
  ])('is refused if %s', async (_, apply, said) => {
    const cluster = healthyCluster();
    apply(cluster);
    expect(refusedWith(await planIn(one, cluster))).toBe(said);
  });
});

describe('migrating some of several VMs', () => {
  it('takes those that were picked, else the first, and offers only what can move', async () => {
    const cluster = healthyCluster();
    cluster.update('VirtualMachineInstance', IN, 'checkout', (draft) => {
      draft.status.conditions = [{ type: 'LiveMigratable', status: 'False' }];
    });
    const { choices } = await decideIn(virtOperatorDown, some, cluster);
    const [choice] = choices;
    expect(choice?.kind === 'some' && choice.options.map(({ value }) => value)).toEqual(['web-shop/frontend-a', 'web-shop/frontend-b', 'web-shop/mailer', 'web-shop/payments', 'web-shop/search']);
    expect(made(await planIn(some, cluster)).operations.map(({ target }) => target.name.replace(/-[^-]+$/, ''))).toEqual(['frontend-a']);
    const plan = made(await planIn(some, cluster, { vms: 'web-shop/mailer,web-shop/checkout,web-shop/search' }));
    expect(plainText(plan.sentence)).toBe('Live-migrate 2 VMs.');
    expect(send(cluster, plan)).toEqual([201, 201]);
  });
});

describe('in the dark', () => {
  it.each([one, some])('no plan is made', async (mitigation) => expect(await plansInTheDark(virtOperatorDown, mitigation)).toEqual([]));
});
