import { type Picked, type Plan, type Refusal, msg, plainText } from '../engine';
import { virtOperatorDown } from '../runbooks/virt-operator/VirtOperatorDown';
import { DEFAULT_MARKS } from '../steps/defaultClass';
import { type Cluster } from '../testing/cluster';
import { healthyCluster } from '../testing/healthy';
import { decideIn, lineOf, made, needOf, plansInTheDark, refusedWith, sendTo } from '../testing/planned';
import { defaultStorageClass } from './defaultStorageClass';

const forVms = defaultStorageClass('virtualization');
const forAll = defaultStorageClass('cluster');
const VIRT = DEFAULT_MARKS.virtualization[0];

type Class = readonly [name: string, annotations?: Record<string, string>, profile?: { accessModes?: readonly string[]; cloneStrategy?: string }];
const world = (...classes: readonly Class[]): Cluster => {
  const cluster = healthyCluster();
  for (const [name, annotations, profile] of classes) {
    cluster.create({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name, ...(annotations ? { annotations } : {}) }, provisioner: 'example.com/disks' });
    const { accessModes, cloneStrategy = 'copy' } = profile ?? {};
    cluster.create({ apiVersion: 'cdi.kubevirt.io/v1beta1', kind: 'StorageProfile', metadata: { name }, spec: {}, status: { storageClass: name, cloneStrategy, ...(accessModes ? { claimPropertySets: [{ accessModes, volumeMode: 'Block' }] } : {}) } });
  }
  return cluster;
};
const RWX = { accessModes: ['ReadWriteMany'] };
const planIn = async (mitigation: typeof forVms, cluster: Cluster, picked: Picked = {}): Promise<Plan | Refusal> => {
  const { plan, refused } = await decideIn(virtOperatorDown, mitigation, cluster, { picked });
  return plan ?? { refused: refused?.says ?? msg('nothing was decided') };
};
const send = (cluster: Cluster, { operations }: Pick<Plan, 'operations'>): readonly number[] => operations.map((operation) => sendTo(cluster, operation));
const marks = (cluster: Cluster) => Object.fromEntries(cluster.list('StorageClass').map(({ metadata: { name, annotations } }) => [name, annotations ?? {}]));

describe('the default storage class for VMs', () => {
  it('marks the new one first, then unmarks the others, one after the other', async () => {
    const cluster = world(['a', { [VIRT]: 'true' }, RWX], ['b', undefined, { ...RWX, cloneStrategy: 'snapshot' }], ['c', { [VIRT]: 'true', other: 'x' }, RWX]);
    const before = marks(cluster);
    const plan = made(await planIn(forVms, cluster));
    expect(plainText(plan.sentence)).toBe('Make b the one default storage class in place of a, c.');
    expect(plan.pace).toBe('inOrder');
    expect(plan.operations.map((operation) => lineOf(operation).replace(/"path":"\/metadata\/(uid|resourceVersion)","value":"[^"]+"/g, '$1'))).toEqual([
      `PATCH /apis/storage.k8s.io/v1/storageclasses/b?fieldManager=virt-runbooks-plugin [{"op":"test",uid},{"op":"test",resourceVersion},{"op":"add","path":"/metadata/annotations","value":{"${VIRT}":"true"}}]`,
      ...['a', 'c'].map((name) => `PATCH /apis/storage.k8s.io/v1/storageclasses/${name}?fieldManager=virt-runbooks-plugin [{"op":"test",uid},{"op":"test","path":"/metadata/annotations/storageclass.kubevirt.io~1is-default-virt-class","value":"true"},{"op":"replace","path":"/metadata/annotations/storageclass.kubevirt.io~1is-default-virt-class","value":"false"}]`),
    ]);
    expect(plan.operations.map(needOf)).toEqual(['b', 'a', 'c'].map((name) => `patch storageclasses storage.k8s.io ${name}`));
    expect(plan.confirm).toEqual({ kind: 'button' });
    expect(send(cluster, plan)).toEqual([200, 200, 200]);
    expect(Object.entries(marks(cluster)).filter(([, annotations]) => annotations[VIRT] === 'true').map(([name]) => name)).toEqual(['b']);
    expect(refusedWith(await planIn(forVms, cluster, { class: 'b' }))).toBe('Nothing to do: b is the one default already.');
    if (!plan.undo.possible) throw new Error('no undo');
    expect(send(cluster, plan.undo)).toEqual([200, 200, 200]);
    expect(marks(cluster)).toEqual({ ...before, b: {} });
    expect(send(cluster, plan.undo)).toEqual([422, 422, 422]);
  });

  it('offers the best first, and nothing of which no claim can be made', async () => {
    const cluster = world(['a-local', undefined, { accessModes: ['ReadWriteOnce'] }], ['b-unknown'], ['c-copies', undefined, RWX], ['d-clones', undefined, { ...RWX, cloneStrategy: 'csi-clone' }]);
    const [choice] = (await decideIn(virtOperatorDown, forVms, cluster)).choices;
    expect(choice?.kind === 'one' && choice.options.map(({ value, hint }) => `${value}: ${hint ? plainText(hint) : ''}`)).toEqual([
      'd-clones: ReadWriteMany, clones by itself', 'c-copies: ReadWriteMany, clones by copying', 'a-local: no ReadWriteMany: VMs on it cannot be live-migrated',
    ]);
    expect(plainText(made(await planIn(forVms, cluster, { class: 'c-copies' })).sentence)).toBe('Make c-copies the default storage class.');
  });

  it.each<[string, readonly Class[], string]>([
    ['there is none', [], 'There is no storage class.'],
    ['no profile is complete', [['a', { [VIRT]: 'true' }]], 'complete the profile of one first'],
  ])('is not chosen if %s', async (_, classes, words) => expect(refusedWith(await planIn(forVms, world(...classes)))).toContain(words));
});

describe('the default storage class of the cluster', () => {
  it('takes any class, and both marks off the others', async () => {
    const [mark, beta] = DEFAULT_MARKS.cluster;
    const cluster = world(['a', { [mark]: 'true', [beta]: 'true' }], ['b']);
    const plan = made(await planIn(forAll, cluster, { class: 'b' }));
    expect(plan.operations.map(({ id }) => id)).toEqual(['mark-b', 'unmark-a', 'unmark-a-1']);
    expect(plan.confirm.kind).toBe('acknowledge');
    expect(send(cluster, plan)).toEqual([200, 200, 200]);
    expect(marks(cluster)).toEqual({ a: { [mark]: 'false', [beta]: 'false' }, b: { [mark]: 'true' } });
  });
});

describe('in the dark', () => {
  it.each([forVms, forAll])('no plan is made', async (mitigation) => expect(await plansInTheDark(virtOperatorDown, mitigation)).toEqual([]));
});
