import { type Operation, type Runbook, endOf, msg, targetOf, writeOf } from '../../../src/engine';
import { migrateVms } from '../../../src/mitigations/createObject';
import { loadRunbook } from '../../../src/runbooks/library';
import { kinds } from '../../../src/sources/kinds';
import { migrations, vmi } from '../../../src/sources/virtualization';
import { type Cluster } from '../../../src/testing/cluster';
import { type Scenario, scenarios } from '../../../src/testing/scenarios';
import { clusterOf } from '../../../src/testing/world';
import { type ApiObject, merge, read, write } from '../plane/objects';
import { bindingOf } from '../rights/roles';
import { type Stage, openStage } from '../truth/stage';
import { auditedBy, expectedOf } from './audited';
import { type Deed, begin } from './deed';
import { senderTo } from './sender';

const PERSON = 'night-shift';
const SHOP = 'web-shop';

let stage: Stage;
let cluster: Cluster;
let runbook: Runbook;
const scenario = scenarios.find(({ id }) => id === 'launchers-endless-targets') as Scenario;
beforeAll(async () => {
  stage = await openStage({ users: [{ name: PERSON, groups: [] }] });
  await stage.grant([bindingOf(PERSON, { kind: 'ClusterRole', name: 'cluster-admin' })]);
  runbook = (await loadRunbook('VirtLauncherPodsStuckFailed')) as Runbook;
}, 1_800_000);
afterAll(() => stage?.close());

let deed: Deed | undefined;
beforeEach(async () => {
  cluster = clusterOf(scenario, new Date());
  await stage.show(cluster, { open: true });
}, 120_000);
afterEach(() => deed?.leave());

const admin = () => stage.server.as('admin');
const since = async (): Promise<number> => (await stage.server.audit()).length;
const statesOf = (of: Deed) => of.state().results.map(({ state }) => state);
const unmarked = <T extends { status: unknown }>(all: readonly T[]) => all.map(({ status: _status, ...rest }) => rest);

describe('a creation', () => {
  const mitigation = migrateVms({
    id: 'migrate', title: msg('.'), summary: msg('.'), risk: 'low', vms: msg('.'), undo: msg('.'), vmis: vmi({ in: SHOP, name: 'mailer' }), migrations: migrations({ in: SHOP, atMost: 500 }),
  });
  const begun = (meanwhile?: () => Promise<void>) => begin(stage.server, { runbook, mitigation, scenario, cluster, user: PERSON, ...(meanwhile ? { meanwhile } : {}) });
  const pathOf = (of: Deed): string => {
    const target = of.state().plan?.operations[0]?.target;
    return `/apis/kubevirt.io/v1/namespaces/${SHOP}/virtualmachineinstancemigrations/${target?.name ?? ''}`;
  };

  it('is tried without a trace, then done once under the name of the plan, and taken back by the uid that it brought', async () => {
    deed = await begun();
    const before = await since();
    await deed.undertaking.preview();
    const operations = deed.state().plan?.operations ?? [];
    expect(deed.state().previews.map(({ preview }) => preview.outcome)).toEqual(['accepted']);
    expect(await read(admin(), pathOf(deed))).toBeUndefined();
    await deed.undertaking.run();
    expect(statesOf(deed)).toEqual(['accepted']);
    expect(unmarked(await auditedBy(stage.server, PERSON, before))).toEqual([...expectedOf(operations, PERSON, { dry: true }), ...expectedOf(operations, PERSON, { dry: false })]);
    const made = await read(admin(), pathOf(deed));
    expect(made?.metadata.uid).toBe(deed.state().results[0]?.uid);
    // Whoever sends the same once more is refused: the name is the plan's.
    const [again] = operations;
    expect(again && await senderTo(stage.server, PERSON).send(writeOf(again, false), new AbortController().signal)).toMatchObject({ state: 'rejected', status: 409 });

    // virt-controller is not there to say so.
    await merge(admin(), `${pathOf(deed)}/status`, { status: { phase: 'Pending' } });
    const path = pathOf(deed);
    await deed.undertaking.undo();
    await deed.undertaking.run();
    expect(statesOf(deed)).toEqual(['accepted']);
    expect(await read(admin(), path)).toBeUndefined();
  }, 60_000);

  it('is refused by the server where somebody creates one of that name after the last look', async () => {
    deed = await begun(async () => {
      const [operation] = deed?.state().plan?.operations ?? [];
      if (operation?.verb === 'create') await write(admin(), 'POST', pathOf(deed as Deed).replace(/\/[^/]+$/, ''), { ...operation.object, metadata: { ...operation.object.metadata, labels: { made: 'elsewhere' } } });
    });
    await deed.undertaking.preview();
    await deed.undertaking.run();
    expect(statesOf(deed)).toEqual(['rejected']);
    expect(deed.state().results[0]?.words).toContain('already exists');
    expect((await read(admin(), pathOf(deed)))?.metadata.labels).toMatchObject({ made: 'elsewhere' });
  }, 60_000);
});

describe('a selection', () => {
  const pathOf = ({ target: { namespace, name } }: Operation): string => `/api/v1/namespaces/${namespace ?? ''}/pods/${name}`;
  /** What happens to which of them, once everything was looked at. */
  const meanwhile = async (operations: readonly Operation[]): Promise<void> => {
    const [changed, gone, anew] = operations.slice(20).map(pathOf);
    if (!changed || !gone || !anew) throw new Error('There are too few');
    await merge(admin(), changed, { metadata: { labels: { touched: 'yes' } } });
    await write(admin(), 'DELETE', `${gone}?gracePeriodSeconds=0`);
    const { metadata: { uid: _uid, resourceVersion: _version, ...metadata }, ...pod } = await read(admin(), anew) as ApiObject;
    await write(admin(), 'DELETE', `${anew}?gracePeriodSeconds=0`);
    await write(admin(), 'POST', anew.replace(/\/[^/]+$/, ''), { ...pod, metadata });
  };

  it('deletes each by uid and resourceVersion; the server itself leaves out what changed, went or was made anew, and the others go', async () => {
    let happened = false;
    deed = await begin(stage.server, {
      runbook, mitigation: 'delete-failed-launchers', scenario, cluster, user: PERSON, picked: { source: 'insist', part: 'all of them', keep: '0', failures: '0' },
      meanwhile: async () => {
        if (happened) return;
        happened = true;
        await meanwhile(deed?.state().plan?.operations ?? []);
      },
    });
    expect(deed.state().phase).toBe('planned');
    const operations = deed.state().plan?.operations ?? [];
    expect(operations.length).toBeGreaterThan(100);
    await deed.undertaking.preview();
    const before = await since();
    await deed.undertaking.run();

    const written = (await auditedBy(stage.server, PERSON, before)).filter(({ dry }) => !dry);
    const inOrder = <T extends { path: string }>(all: readonly T[]) => all.toSorted((a, b) => a.path.localeCompare(b.path));
    expect(inOrder(unmarked(written))).toEqual(inOrder(expectedOf(operations, PERSON, { dry: false })));
    const left = operations.slice(20, 23);
    expect(left.map(({ id }) => deed?.state().results.find(({ operation }) => operation === id)?.state)).toEqual(['changed', 'changed', 'changed']);
    expect(written.filter(({ status }) => status !== 200).map(({ status }) => status).sort()).toEqual([404, 409, 409]);
    expect(statesOf(deed).filter((state) => state === 'accepted')).toHaveLength(operations.length - 3);
    expect(deed.state().phase).toBe('verifying');
    const [changed, gone, anew] = left.map(pathOf);
    expect(await Promise.all([changed, gone, anew].map(async (path) => (await read(admin(), path ?? '')) !== undefined))).toEqual([true, false, true]);
    const record = deed.undertaking.record();
    expect(record && endOf(record)).toBe('done');
    expect(record?.selection?.ends).toEqual({ accepted: operations.length - 3, changed: 3 });
  }, 180_000);
});

describe('an eviction', () => {
  it('is tried without a trace, refused for a pod of that name that was created anew, and takes the very pod', async () => {
    const pods = '/api/v1/namespaces/openshift-cnv/pods';
    const [pod] = cluster.list('Pod', 'openshift-cnv').filter(({ metadata }) => metadata.labels?.['kubevirt.io'] === 'virt-api');
    const path = `${pods}/${pod?.metadata.name ?? ''}`;
    const found = await read(admin(), path) as ApiObject & { metadata: { uid: string } };
    const evict: Operation = { id: 'evict', verb: 'evict', target: targetOf(kinds.Pod, found) };
    const send = (operation: Operation, dry: boolean) => senderTo(stage.server, PERSON).send(writeOf(operation, dry), new AbortController().signal);
    expect(await send(evict, true)).toMatchObject({ state: 'accepted' });
    expect((await read(admin(), path))?.metadata).toMatchObject({ uid: found.metadata.uid, resourceVersion: found.metadata.resourceVersion });
    expect(await send({ ...evict, target: { ...evict.target, uid: '00000000-0000-0000-0000-000000000000' } }, false)).toMatchObject({ state: 'rejected', status: 409 });
    expect((await read(admin(), path))?.metadata.deletionTimestamp).toBeUndefined();
    expect(await send(evict, false)).toMatchObject({ state: 'accepted' });
    const after = await read(admin(), path);
    expect(after === undefined || after.metadata.deletionTimestamp !== undefined).toBe(true);
  }, 60_000);
});
