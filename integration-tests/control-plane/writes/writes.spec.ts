import { type Runbook } from '../../../src/engine';
import { loadRunbook } from '../../../src/runbooks/library';
import { type Cluster } from '../../../src/testing/cluster';
import { podsOf } from '../../../src/testing/faults';
import { type Scenario, scenarios } from '../../../src/testing/scenarios';
import { clusterOf } from '../../../src/testing/world';
import { bindingOf, roleOf } from '../rights/roles';
import { type Stage, openStage } from '../truth/stage';
import { auditedBy, expectedOf } from './audited';
import { type Deed, begin } from './deed';
import { DEEDS } from './table';
import { WRITES_TABLE } from './summary';
import { asText } from '../table';

const PERSON = 'night-shift';
const NAMESPACE = 'openshift-cnv';
const MINUTES = 60_000;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ users: [{ name: PERSON, groups: [] }, { name: 'reader', groups: [] }] });
  await stage.grant([bindingOf(PERSON, { kind: 'ClusterRole', name: 'cluster-admin' })]);
  await stage.grant([roleOf('reads', [{ verbs: ['get', 'list', 'watch'], apiGroups: ['*'], resources: ['*'] }]), bindingOf('reader', { kind: 'ClusterRole', name: 'reads' })]);
}, 1_800_000);
afterAll(async () => {
  console.log(asText(WRITES_TABLE));
  await stage?.close();
});

const admin = (method: string, path: string, body?: unknown) =>
  stage.server.as('admin')({ method, path, ...(body === undefined ? {} : { body }), ...(method === 'PATCH' ? { headers: { 'content-type': 'application/merge-patch+json' } } : {}) });

const json = async (path: string): Promise<Record<string, unknown> & { metadata: Record<string, unknown> }> => JSON.parse((await admin('GET', path)).body) as Awaited<ReturnType<typeof json>>;

/** Somebody else changes an object: a label, which no check looks at. */
const change = async (path: string): Promise<void> => expect((await admin('PATCH', path, { metadata: { labels: { touched: 'yes' } } })).status).toBe(200);

/** Somebody else deletes an object and makes one of its name. */
const recreate = async (path: string): Promise<void> => {
  const { metadata, ...rest } = await json(path);
  const { uid: _uid, resourceVersion: _version, creationTimestamp: _at, managedFields: _managed, ...kept } = metadata;
  expect((await admin('DELETE', `${path}?gracePeriodSeconds=0`)).status).toBe(200);
  const made = await admin('POST', path.slice(0, path.lastIndexOf('/')), { ...rest, metadata: kept });
  expect(made.status).toBe(201);
};

describe.each(DEEDS)('$mitigation: $scenario', ({ mitigation, alert, scenario: id, targetOf, wait, heldAgainst }) => {
  const scenario = scenarios.find((one) => one.id === id) as Scenario;
  let runbook: Runbook;
  let cluster: Cluster;
  let target: string;
  let deed: Deed;

  const prepare = async (user: string, meanwhile?: () => Promise<void>): Promise<number> => {
    deed = await begin(stage.server, { runbook, mitigation, scenario, cluster, user, ...(meanwhile ? { meanwhile } : {}) });
    if (wait) await deed.later(wait * MINUTES);
    expect(deed.state().phase).toBe('planned');
    const [operation] = deed.state().plan?.operations ?? [];
    target = targetOf(operation?.target.name ?? '');
    return (await stage.server.audit()).length;
  };

  beforeEach(async () => {
    runbook = (await loadRunbook(alert)) as Runbook;
    cluster = clusterOf(scenario, new Date());
    await stage.show(cluster, { open: true });
  }, 60_000);
  afterEach(() => deed?.leave());

  it('writes what the preview showed, under the name of whoever did it, and nothing else', async () => {
    const since = await prepare(PERSON);
    await deed.undertaking.preview();
    const operations = deed.state().plan?.operations ?? [];
    expect(deed.state().previews.map(({ preview }) => preview.outcome)).toEqual(operations.map(() => 'accepted'));
    const dry = expectedOf(operations, PERSON, { dry: true });
    expect((await auditedBy(stage.server, PERSON, since)).map(({ status: _status, ...rest }) => rest)).toEqual(dry);

    await deed.undertaking.run();
    expect(deed.state().results.map(({ state }) => state)).toEqual(operations.map(() => 'accepted'));
    const all = await auditedBy(stage.server, PERSON, since);
    expect(all.map(({ status: _status, ...rest }) => rest)).toEqual([...dry, ...expectedOf(operations, PERSON, { dry: false })]);
    expect(all.map(({ status }) => status)).toEqual(all.map(() => 200));
    expect(deed.state().phase).toBe('verifying');
  }, 60_000);

  it.each([
    ['was changed', () => change(target), heldAgainst === 'version'],
    ['was deleted and created anew', () => recreate(target), true],
  ] as const)('sends nothing when the object %s since it was looked at', async (_, happens, refuses) => {
    const since = await prepare(PERSON);
    await deed.undertaking.preview();
    await happens();
    await deed.undertaking.run();
    const written = (await auditedBy(stage.server, PERSON, since)).filter(({ dry }) => !dry);
    expect({ results: deed.state().results.map(({ state }) => state), written: written.length }).toEqual(
      refuses ? { results: ['changed'], written: 0 } : { results: ['accepted'], written: 1 });
  }, 60_000);

  it.each([
    ['changes', () => change(target), heldAgainst === 'version'],
    ['is created anew', () => recreate(target), true],
  ] as const)('is refused by the server itself when the object %s after the last look', async (_, happens, refuses) => {
    const since = await prepare(PERSON, happens);
    await deed.undertaking.preview();
    const before = await json(target);
    await deed.undertaking.run();
    const [written] = (await auditedBy(stage.server, PERSON, since)).filter(({ dry }) => !dry);
    expect(deed.state().results.map(({ state }) => state)).toEqual([refuses ? 'rejected' : 'accepted']);
    expect([200, 409, 422]).toContain(written?.status);
    expect(written?.status === 200).toBe(!refuses);
    if (refuses) expect((await json(target))['spec']).toEqual(before['spec']);
  }, 60_000);

  it('asks the server about the permission, and sends nothing without it', async () => {
    const since = await prepare('reader');
    await deed.undertaking.preview();
    expect(deed.state().permissions.map(({ answer }) => answer)).toEqual(['refused']);
    await deed.undertaking.run();
    expect(await auditedBy(stage.server, 'reader', since)).toEqual([]);
    expect(deed.state().results).toEqual([]);
  }, 60_000);
});

describe('scale-back', () => {
  it('is taken back by a plan of its own', async () => {
    const scenario = scenarios.find(({ id }) => id === 'operator-scaled-to-zero') as Scenario;
    const cluster = clusterOf(scenario, new Date());
    await stage.show(cluster, { open: true });
    const deed = await begin(stage.server, { runbook: (await loadRunbook('VirtOperatorDown')) as Runbook, mitigation: 'scale-back', scenario, cluster, user: PERSON });
    await deed.undertaking.preview();
    await deed.undertaking.run();
    const path = `/apis/apps/v1/namespaces/${NAMESPACE}/deployments/virt-operator`;
    expect((await json(path))['spec']).toMatchObject({ replicas: 2 });
    const since = (await stage.server.audit()).length;
    await deed.undertaking.undo();
    const operations = deed.state().plan?.operations ?? [];
    await deed.undertaking.run();
    expect((await auditedBy(stage.server, PERSON, since)).filter(({ dry }) => !dry).map(({ path: sent, status }) => [sent.split('?')[0], status])).toEqual(operations.map(() => [`${path}/scale`, 200]));
    expect((await json(path))['spec']).toMatchObject({ replicas: 0 });
    deed.leave();
  }, 60_000);
});

describe('delete-stale-lease', () => {
  it('is refused when the leader comes back before there is proof, and after it', async () => {
    const scenario = scenarios.find(({ id }) => id === 'leader-abnormal-lease') as Scenario;
    const cluster = clusterOf(scenario, new Date());
    await stage.show(cluster, { open: true });
    const about = { runbook: (await loadRunbook('NoLeadingVirtOperator')) as Runbook, mitigation: 'delete-stale-lease', scenario, cluster, user: PERSON };
    const lease = `/apis/coordination.k8s.io/v1/namespaces/${NAMESPACE}/leases/virt-operator`;
    const renew = async (): Promise<void> => {
      const [pod] = podsOf(cluster, 'virt-operator');
      expect((await admin('PATCH', lease, { spec: { holderIdentity: pod?.metadata.name, renewTime: new Date().toISOString().replace('Z', '000Z') } })).status).toBe(200);
    };
    const early = await begin(stage.server, about);
    expect(early.state().phase).toBe('refused');
    await renew();
    await early.later(4 * MINUTES);
    expect(early.state().phase).toBe('refused');
    early.leave();

    await stage.show(clusterOf(scenario, new Date()), { open: true });
    const late = await begin(stage.server, about);
    await late.later(4 * MINUTES);
    await late.undertaking.preview();
    await renew();
    await late.undertaking.run();
    expect(late.state().results.map(({ state }) => state)).toEqual(['changed']);
    expect((await admin('GET', lease)).status).toBe(200);
    late.leave();
  }, 60_000);
});
