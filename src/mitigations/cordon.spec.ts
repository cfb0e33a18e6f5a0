import { plainText } from '../engine';
import { virtOperatorDown } from '../runbooks/virt-operator/VirtOperatorDown';
import { type Cluster } from '../testing/cluster';
import { healthyCluster } from '../testing/healthy';
import { decideIn, effectsOf, lineOf, made, needOf, plansInTheDark, refusedWith, sendTo } from '../testing/planned';
import { namespaceAdmin } from '../testing/users';
import { cordonNode, uncordonNode } from './cordon';

const close = cordonNode({ id: 'close', node: 'worker-0' });
const open = uncordonNode({ id: 'open', node: 'worker-0' });

const planIn = async (mitigation: typeof close, cluster: Cluster, user?: typeof namespaceAdmin) => {
  const { plan, refused } = await decideIn(virtOperatorDown, mitigation, cluster, user ? { user } : {});
  return plan ?? { refused: refused?.says ?? { text: '' } };
};
const change = (cluster: Cluster, name: string, to: boolean | undefined, annotations: Record<string, string> = {}): void => {
  cluster.update('Node', undefined, name, (draft) => {
    draft.spec.unschedulable = to;
    draft.metadata.annotations = { ...draft.metadata.annotations, ...annotations };
  });
};
const isClosed = (cluster: Cluster) => cluster.need('Node', undefined, 'worker-0').spec.unschedulable === true;

describe('closing a node', () => {
  it('is a patch of that field, which stands on nothing else of the node, and is taken back', async () => {
    const cluster = healthyCluster();
    const plan = made(await planIn(close, cluster));
    const { uid } = cluster.need('Node', undefined, 'worker-0').metadata;
    expect(plainText(plan.sentence)).toBe('Set spec.unschedulable of Node worker-0 from not set to true.');
    expect(plan.operations.map((operation) => lineOf(operation))).toEqual([
      `PATCH /api/v1/nodes/worker-0?fieldManager=virt-runbooks-plugin [{"op":"test","path":"/metadata/uid","value":"${uid ?? ''}"},{"op":"add","path":"/spec/unschedulable","value":true}]`,
    ]);
    expect(plan.operations.map(needOf)).toEqual(['patch nodes worker-0']);
    expect(plan.operations[0]).toMatchObject({ expects: { '/spec/unschedulable': undefined } });
    expect(effectsOf(plan)).toContain('2 other nodes take VMs.');
    // The kubelet reports all the time.
    change(cluster, 'worker-0', undefined, { 'kubevirt.io/heartbeat': 'later' });
    expect(plan.operations.map((operation) => sendTo(cluster, operation))).toEqual([200]);
    expect(isClosed(cluster)).toBe(true);
    if (!plan.undo.possible) throw new Error('no undo');
    expect(plan.undo.operations.map((operation) => sendTo(cluster, operation))).toEqual([200]);
    expect(isClosed(cluster)).toBe(false);
    // Somebody else opened it meanwhile.
    expect(plan.undo.operations.map((operation) => sendTo(cluster, operation))).toEqual([422]);
  });

  it.each<[string, (cluster: Cluster) => void, string]>([
    ['it is closed', (cluster) => change(cluster, 'worker-0', true), 'Nothing to do: node worker-0 is cordoned already.'],
    ['there is no such node', (cluster) => cluster.remove('Node', undefined, 'worker-0'), 'There is no Node to change.'],
    ['no other takes VMs', (cluster) => ['worker-1', 'worker-2'].forEach((name) => change(cluster, name, true)), 'No other node takes VMs'],
  ])('is refused if %s', async (_, apply, words) => {
    const cluster = healthyCluster();
    apply(cluster);
    expect(refusedWith(await planIn(close, cluster))).toContain(words);
  });
});

describe('opening a node', () => {
  it('takes the field away, tested', async () => {
    const cluster = healthyCluster();
    change(cluster, 'worker-0', true);
    const plan = made(await planIn(open, cluster));
    expect(plan.operations.map((operation) => lineOf(operation)).join()).toContain('{"op":"test","path":"/spec/unschedulable","value":true},{"op":"remove","path":"/spec/unschedulable"}]');
    expect(plan.operations.map((operation) => sendTo(cluster, operation))).toEqual([200]);
    expect(isClosed(cluster)).toBe(false);
    expect(plan.verify.map(({ id }) => id)).toEqual(['field-stands:nodes//worker-0/spec/unschedulable']);
    if (!plan.undo.possible) throw new Error('no undo');
    expect(plan.undo.operations.map((operation) => sendTo(cluster, operation))).toEqual([200]);
    expect(isClosed(cluster)).toBe(true);
  });

  it('is refused where it takes pods', async () => expect(refusedWith(await planIn(open, healthyCluster()))).toBe('Nothing to do: node worker-0 takes pods.'));

  it.each([
    ['works', { state: 'Working' }], ['has a new configuration to come', { desiredConfig: 'rendered-worker-new' }], ['drains it', { desiredDrain: 'drain-rendered-worker-new' }], ['gave up on it', { state: 'Degraded' }],
  ])('is refused while a machine config update %s', async (_, annotations) => {
    const cluster = healthyCluster();
    change(cluster, 'worker-0', true, Object.fromEntries(Object.entries(annotations).map(([key, value]) => [`machineconfiguration.openshift.io/${key}`, value])));
    expect(refusedWith(await planIn(open, cluster))).toContain('A machine config update is at work on node worker-0');
  });

  it('says who closed it, and that it is not ready', async () => {
    const cluster = healthyCluster();
    cluster.update('Node', undefined, 'worker-0', (draft) => {
      draft.spec.unschedulable = true;
      draft.status.conditions = [{ type: 'Ready', status: 'Unknown' }];
      draft.metadata.managedFields = [{ manager: 'kubectl-cordon', operation: 'Update', apiVersion: 'v1', time: '2026-09-14T07:00:00Z', fieldsType: 'FieldsV1', fieldsV1: { 'f:spec': { 'f:unschedulable': {} } } }];
    });
    const lines = effectsOf(made(await planIn(open, cluster)));
    expect(lines).toContain('The program kubectl-cordon closed it 2026-09-14T07:00:00Z.');
    expect(lines).toContain('It is not ready');
  });
});

describe('in the dark', () => {
  it.each([close, open])('no plan is made', async (mitigation) => expect(await plansInTheDark(virtOperatorDown, mitigation)).toEqual([]));
  it('nor for somebody who may not read nodes', async () => expect('refused' in await planIn(close, healthyCluster(), namespaceAdmin)).toBe(true));
});
