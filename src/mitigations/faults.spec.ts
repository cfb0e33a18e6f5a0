import { type Operation, isRunnable } from '../engine';
import { webhook, webhooks } from '../testing/builders/platform';
import { type Cluster } from '../testing/cluster';
import { type User } from '../testing/types';
import { clusterAdmin } from '../testing/users';
import { ALL_SCENES } from './testing-scenes';
import { countOf, expectHonest, fakeTimers, planOf, planned, previewed, recordOf, statesOf, verifiedAs } from './testing-faults';

beforeEach(fakeTimers);
afterEach(() => jest.useRealTimers());

const READER: User = { name: 'reader', groups: [], rules: [{ verbs: ['get', 'list', 'watch'], apiGroups: ['*'], resources: ['*'] }] };

const DONE_AS: Readonly<Record<Operation['verb'], string>> = { patch: 'UPDATE', delete: 'DELETE', create: 'CREATE', evict: 'CREATE', call: 'UPDATE' };

/** A policy engine wants to see what the plan writes, and its pods do not run. */
const guard = (cluster: Cluster, { verb, target: { group = '', plural, apiVersion }, ...rest }: Operation): void => {
  const subresource = verb === 'evict' ? 'eviction' : verb === 'patch' && 'subresource' in rest ? rest.subresource : undefined;
  // What is called upon is served by virt-api, which changes the object itself.
  const resources = [subresource ? `${plural}/${subresource}` : plural, ...(verb === 'call' ? [`${plural}/status`] : [])];
  const rule = { apiGroups: [group], apiVersions: [apiVersion.split('/').at(-1) ?? ''], resources, operations: [DONE_AS[verb]] };
  cluster.create(webhooks('ValidatingWebhookConfiguration', 'guard', [webhook({ name: 'guard.example.com', service: { namespace: 'policy-guard', name: 'policy-guard', path: '/' }, rule })]));
};

describe.each(ALL_SCENES)('$name', (scene) => {
  it('is carried out as it was previewed, verified, and the alert is seen to clear', async () => {
    const staged = await previewed(scene);
    expect(isRunnable(staged.state())).toBe(true);
    expect(staged.handedOver).toEqual([]);
    await staged.run();
    expect(new Set(statesOf(staged))).toEqual(new Set(['accepted']));
    expect(staged.written).toHaveLength(planOf(staged).operations.length);
    staged.trouble.fires = () => false;
    scene.goesOn?.(staged.cluster);
    await staged.later(120_000);
    expect(verifiedAs(staged)).toEqual(planOf(staged).verify.map(() => 'pass'));
    expectHonest(staged);
    expect(recordOf(staged).clearedAt).toBeDefined();
    staged.leave();
  });

  it('is not begun if a webhook rejects its dry run, whose words are shown', async () => {
    const words = 'admission webhook "guard.example.com" denied the request: not on Fridays';
    const staged = await planned(scene);
    const before = staged.cluster.resourceVersion;
    staged.trouble.onWrite = (_, { dry }) => (dry ? { status: 403, message: words } : undefined);
    await staged.undertaking.preview();
    for (const { preview } of staged.state().previews) expect(preview).toEqual({ outcome: 'rejected', words });
    expect(isRunnable(staged.state())).toBe(false);
    await staged.run();
    expect(staged.state().phase).toBe('previewed');
    expect(staged.handedOver).toEqual([]);
    expect(staged.cluster.resourceVersion).toBe(before);
    expect(staged.undertaking.record()).toBeUndefined();
    staged.leave();
  });

  it('shows its own computation if a webhook does not say that it is without side effects', async () => {
    const staged = await planned(scene);
    staged.trouble.onWrite = (_, { dry }) => (dry ? { status: 400, message: 'admission webhook "audit.example.com" does not support dry run' } : undefined);
    await staged.undertaking.preview();
    for (const { preview } of staged.state().previews) expect(preview).toMatchObject({ outcome: 'localOnly', words: expect.stringContaining('audit.example.com') });
    expect(isRunnable(staged.state())).toBe(true);
    await staged.run();
    expect(new Set(statesOf(staged))).toEqual(new Set(['accepted']));
    expectHonest(staged);
    staged.leave();
  });

  it('is not begun while a webhook that it passes does not answer, which is named', async () => {
    const staged = await planned(scene);
    for (const operation of planOf(staged).operations.slice(0, 1)) guard(staged.cluster, operation);
    const before = staged.cluster.resourceVersion;
    await staged.undertaking.preview();
    const [first] = staged.state().previews;
    expect(first?.preview).toMatchObject({ outcome: 'blocked', webhook: 'guard.example.com' });
    if (planOf(staged).operations[0]?.verb !== 'call') expect(staged.state().webhooks).toContainEqual({ name: 'guard.example.com', service: 'policy-guard/policy-guard', mustAnswer: true });
    expect(isRunnable(staged.state())).toBe(false);
    await staged.run();
    expect(staged.handedOver).toEqual([]);
    expect(staged.cluster.resourceVersion).toBe(before);
    staged.leave();
  });

  it('is refused, not unknown, if such a webhook goes down after the preview', async () => {
    const staged = await previewed(scene);
    for (const operation of planOf(staged).operations.slice(0, 1)) guard(staged.cluster, operation);
    await staged.run();
    expect(countOf(staged, 'accepted', 'unknown')).toBe(0);
    expect(staged.state().results.find(({ state }) => state === 'rejected')?.words).toContain('failed calling webhook "guard.example.com"');
    expect(staged.written.map(({ status }) => status)).toEqual(staged.written.map(() => 500));
    expect(staged.state().phase).toBe('stopped');
    expectHonest(staged);
    staged.leave();
  });

  it('is not tried, not even dry, without the right to it', async () => {
    const staged = await planned(scene);
    const asked: boolean[] = [];
    staged.trouble.user = READER;
    staged.trouble.onWrite = (_, { dry }) => { asked.push(dry); return undefined; };
    await staged.undertaking.preview();
    expect(staged.state().permissions.map(({ answer }) => answer)).toContain('refused');
    await staged.run();
    expect(asked).toEqual([]);
    expect(staged.state().phase).toBe('previewed');
    staged.leave();
  });

  it('sends nothing if the right was lost since the preview', async () => {
    const staged = await previewed(scene);
    staged.trouble.user = READER;
    await staged.run();
    expect(staged.state().phase).toBe('stopped');
    expect(countOf(staged, 'notSent')).toBe(statesOf(staged).length);
    expect(staged.handedOver).toEqual([]);
    expectHonest(staged);
    staged.leave();
  });

  it('sends nothing if whether it may cannot be told any more', async () => {
    const staged = await previewed(scene);
    staged.trouble.onRead = (_, path) => (path.includes('accessreviews') ? { state: 'answered', status: 500, body: 'oops' } : undefined);
    await staged.run();
    expect(staged.state()).toMatchObject({ phase: 'stopped', permissions: expect.arrayContaining([expect.objectContaining({ answer: 'unknown' })]) });
    expect(staged.handedOver).toEqual([]);
    expect(staged.trouble.user).toBe(clusterAdmin);
    expectHonest(staged);
    staged.leave();
  });
});
