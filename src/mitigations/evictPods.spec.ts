import { type Picked, type Plan, type Refusal, msg, plainText } from '../engine';
import { virtOperatorDown } from '../runbooks/virt-operator/VirtOperatorDown';
import { type Cluster } from '../testing/cluster';
import { healthyCluster } from '../testing/healthy';
import { decideIn, effectsOf, lineOf, made, needOf, plansInTheDark, refusedWith, sendTo } from '../testing/planned';
import { evictPod } from './evictPods';

const words = { id: 'evict', title: msg('.'), summary: msg('.'), risk: 'medium', vms: msg('.'), undo: msg('.') } as const;
const decided = (cluster: Cluster, node: string, picked: Picked = {}) => decideIn(virtOperatorDown, evictPod({ ...words, node }), cluster, { picked });
const planIn = async (cluster: Cluster, node: string, picked: Picked = {}): Promise<Plan | Refusal> => {
  const { plan, refused } = await decided(cluster, node, picked);
  return plan ?? { refused: refused?.says ?? msg('nothing was decided') };
};

/** A node with pods of all kinds: launchers, of a DaemonSet, of a Deployment. */
const nodeWith = (cluster: Cluster, component: string): string =>
  cluster.list('Pod', 'openshift-cnv').find(({ metadata }) => metadata.labels?.['kubevirt.io'] === component)?.spec.nodeName ?? '';
const offered = async (cluster: Cluster, node: string): Promise<readonly string[]> => {
  const [choice] = (await decided(cluster, node)).choices;
  return choice?.kind === 'one' ? choice.options.map(({ value }) => value) : [];
};

describe('evicting a pod', () => {
  it('goes through the eviction API by uid, and keeps disruption budgets in the preview too', async () => {
    const cluster = healthyCluster();
    const node = nodeWith(cluster, 'virt-api');
    const pod = cluster.list('Pod', 'openshift-cnv').find(({ metadata, spec }) => metadata.labels?.['kubevirt.io'] === 'virt-api' && spec.nodeName === node);
    const name = pod?.metadata.name ?? '';
    const plan = made(await planIn(cluster, node, { pod: `openshift-cnv/${name}` }));
    const uid = pod?.metadata.uid ?? '';
    expect(plainText(plan.sentence)).toBe(`Evict the pod ${name} in openshift-cnv.`);
    expect(plan.operations.map((operation) => lineOf(operation))).toEqual([
      `POST /api/v1/namespaces/openshift-cnv/pods/${name}/eviction {"kind":"Eviction","apiVersion":"policy/v1","metadata":{"name":"${name}","namespace":"openshift-cnv"},"deleteOptions":{"kind":"DeleteOptions","apiVersion":"v1","preconditions":{"uid":"${uid}"}}}`,
    ]);
    expect(plan.operations.map(needOf)).toEqual([`create pods/eviction openshift-cnv ${name}`]);
    expect(plan).toMatchObject({ confirm: { kind: 'acknowledge' }, undo: { possible: false } });
    expect(effectsOf(plan)).toContain('makes a new one, on any node that has room');
    const send = (dryRun: boolean) => plan.operations.map((operation) => sendTo(cluster, operation, { dryRun }));
    cluster.create({ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'b', namespace: 'openshift-cnv' }, spec: { minAvailable: 2, selector: { matchLabels: { 'kubevirt.io': 'virt-api' } } } });
    expect([...send(true), ...send(false)]).toEqual([429, 429]);
    cluster.remove('PodDisruptionBudget', 'openshift-cnv', 'b');
    expect([...send(true), ...send(false)]).toEqual([201, 201]);
    expect(cluster.get('Pod', 'openshift-cnv', name)?.metadata.deletionTimestamp).toBeDefined();
    expect(await offered(cluster, node)).not.toContain(`openshift-cnv/${name}`);
  });

  it('offers neither launchers nor pods of DaemonSets, nor what nobody makes again', async () => {
    const cluster = healthyCluster();
    const node = nodeWith(cluster, 'virt-handler');
    const here = cluster.list('Pod').filter(({ spec }) => spec.nodeName === node);
    expect(here.some(({ metadata }) => metadata.labels?.['kubevirt.io'] === 'virt-launcher')).toBe(true);
    const names = await offered(cluster, node);
    expect(here.filter(({ metadata }) => names.includes(`${metadata.namespace ?? ''}/${metadata.name}`)).map(({ metadata }) => metadata.ownerReferences?.[0]?.kind ?? 'nobody').filter((kind) => kind !== 'ReplicaSet' && kind !== 'StatefulSet')).toEqual([]);
  });

  it('is refused where none is left', async () => {
    const cluster = healthyCluster();
    for (const { metadata } of cluster.list('Pod').filter(({ spec, metadata: { ownerReferences } }) => spec.nodeName === 'worker-0' && ownerReferences?.[0]?.kind !== 'VirtualMachineInstance')) cluster.remove('Pod', metadata.namespace, metadata.name);
    expect(refusedWith(await planIn(cluster, 'worker-0'))).toContain('No pod there may be evicted');
  });

  it('makes no plan in the dark', async () => expect(await plansInTheDark(virtOperatorDown, evictPod({ ...words, node: 'worker-0' }))).toEqual([]));
});
