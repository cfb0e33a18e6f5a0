import { type ExecuteMitigation, type Picked, type Plan, type Refusal, msg, permissionsOfPlan, plainText } from '../engine';
import { virtLauncherPodsStuckFailed } from '../runbooks/virtual-machine/VirtLauncherPodsStuckFailed';
import { type Cluster } from '../testing/cluster';
import { READ_AT, absent, evidence } from '../testing/evidence';
import { launcherMetrics } from '../testing/launcherMetrics';
import { instanceOf } from '../testing/launcherSamples';
import { lineOf, decideIn, made, plansInTheDark, refusedWith, sendTo } from '../testing/planned';
import { scenarios } from '../testing/scenarios';
import { clusterOf } from '../testing/world';
import { cancelStaleEvacuation, stopDrain } from './evacuation';

const built = new Map<string, Cluster>();
/** The world of a scenario, lived through once and copied. */
const worldOf = (id: string): Cluster => {
  const scenario = scenarios.find((one) => one.id === id);
  if (!scenario) throw new Error(`There is no scenario ${id}.`);
  const world = built.get(id) ?? clusterOf(scenario);
  built.set(id, world);
  return world.copy();
};
const decided = async (mitigation: ExecuteMitigation, cluster: Cluster, picked: Picked = {}) =>
  decideIn(virtLauncherPodsStuckFailed, mitigation, cluster, { picked, metrics: launcherMetrics(cluster, 23) });
const planIn = async (mitigation: ExecuteMitigation, cluster: Cluster, picked: Picked = {}): Promise<Plan | Refusal> => {
  const { plan, refused } = await decided(mitigation, cluster, picked);
  return plan ?? { refused: refused?.says ?? msg('nothing was decided') };
};
const marked = (cluster: Cluster) => cluster.list('VirtualMachineInstance').filter(({ status }) => status['evacuationNodeName'] !== undefined);
const all = (cluster: Cluster, { operations }: Plan): readonly number[] => operations.map((operation) => sendTo(cluster, operation));

describe('cancelling an evacuation that nobody wants any more', () => {
  it('takes the mark off each VM by naming the node, dry in its body', async () => {
    const cluster = worldOf('launchers-evacuation-never-cancelled');
    const [vmi] = marked(cluster);
    const plan = made(await planIn(cancelStaleEvacuation, cluster));
    const path = `/apis/subresources.kubevirt.io/v1/namespaces/${vmi?.metadata.namespace ?? ''}/virtualmachineinstances/${vmi?.metadata.name ?? ''}/evacuate/cancel`;
    const node = String(vmi?.status['evacuationNodeName']);
    expect(plan.operations.map((operation) => lineOf(operation))).toContain(`PUT ${path} {"evacuationNodeName":"${node}"}`);
    expect(plan.operations.map((operation) => lineOf(operation, true))).toContain(`PUT ${path} {"evacuationNodeName":"${node}","dryRun":["All"]}`);
    expect(plan.operations[0]?.expects).toEqual({ '/status/evacuationNodeName': node });
    expect(plan.operations).toHaveLength(marked(cluster).length);
    expect(permissionsOfPlan(plan).map(({ subresource }) => subresource)).toEqual(expect.arrayContaining(['evacuate/cancel', 'evacuate']));
    expect(plan.undo.possible).toBe(false);
    const before = cluster.resourceVersion;
    expect(new Set(plan.operations.map((operation) => sendTo(cluster, operation, { dryRun: true })))).toEqual(new Set([200]));
    expect(cluster.resourceVersion).toBe(before);
    expect(new Set(all(cluster, plan))).toEqual(new Set([200]));
    expect(marked(cluster)).toEqual([]);
  });

  it('leaves to the person which VMs, all of them if nobody says', async () => {
    const cluster = worldOf('launchers-evacuation-never-cancelled');
    for (const { metadata, status } of cluster.list('VirtualMachineInstance').filter((other) => other.status.nodeName === marked(cluster)[0]?.status.nodeName)) {
      cluster.update('VirtualMachineInstance', metadata.namespace, metadata.name, (draft) => {
        draft.status['evacuationNodeName'] = status.nodeName;
      });
    }
    const { choices, picked } = await decided(cancelStaleEvacuation, cluster);
    expect(choices).toMatchObject([{ id: 'vms', kind: 'some' }]);
    expect(picked['vms']?.split(',')).toHaveLength(marked(cluster).length);
    const one = marked(cluster).map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`)[0] ?? '';
    expect(made(await planIn(cancelStaleEvacuation, cluster, { vms: one })).operations.map(({ target }) => `${target.namespace ?? ''}/${target.name}`)).toEqual([one]);
  });

  it('is refused for VMs that have left since', async () => {
    const { plan } = cancelStaleEvacuation;
    const calls = evidence([{ resource: 'virtualmachineinstances/evacuate/cancel' }]);
    const given = { now: READ_AT, labels: {}, inputs: {} };
    const [vmi] = [instanceOf('a', { evacuates: 'worker-0' })];
    expect(refusedWith(plan({ api: calls, node: absent(), vmis: evidence([vmi]) }, given, {}))).toContain('Nothing to do');
    expect(refusedWith(plan({ api: evidence(), node: absent(), vmis: evidence([vmi]) }, given, {}))).toContain('does not offer virtualmachineinstances/evacuate/cancel');
  });

  it('is refused while the node is cordoned: a drain may mark them again', async () => {
    expect(refusedWith(await planIn(cancelStaleEvacuation, worldOf('launchers-drain-loop')))).toContain('Stop the drain instead');
  });
});

describe('stopping a drain', () => {
  it('opens the node first, then takes the marks off, in this order', async () => {
    const cluster = worldOf('launchers-drain-loop');
    const count = marked(cluster).length;
    const plan = made(await planIn(stopDrain, cluster));
    expect(plainText(plan.sentence)).toMatch(new RegExp(`^Open node worker-\\d, then cancel the evacuation of ${String(count)} VMs\\.$`));
    expect(plan).toMatchObject({ pace: 'inOrder', confirm: { kind: 'acknowledge' } });
    expect(plan.operations.map(({ verb }) => verb)).toEqual(['patch', ...Array.from({ length: count }, () => 'call')]);
    expect(new Set(all(cluster, plan))).toEqual(new Set([200]));
    expect(marked(cluster)).toEqual([]);
    if (!plan.undo.possible) throw new Error('no undo');
    expect(plan.undo.operations.map((operation) => sendTo(cluster, operation))).toEqual([200]);
  });

  it('is refused for a node that takes pods', async () => {
    expect(refusedWith(await planIn(stopDrain, worldOf('launchers-evacuation-never-cancelled')))).toContain('takes pods already. Cancel the evacuation instead.');
  });

  it('is refused while a machine config update is at work on the node', async () => {
    const cluster = worldOf('launchers-drain-loop');
    for (const { metadata } of cluster.list('Node').filter(({ spec }) => spec.unschedulable)) {
      cluster.update('Node', undefined, metadata.name, (draft) => {
        draft.metadata.annotations = { ...draft.metadata.annotations, 'machineconfiguration.openshift.io/state': 'Working' };
      });
    }
    expect(refusedWith(await planIn(stopDrain, cluster))).toContain('A machine config update is at work');
  });
});

describe('in the dark', () => {
  it.each([cancelStaleEvacuation, stopDrain])('no plan is made', async (mitigation) => expect(await plansInTheDark(virtLauncherPodsStuckFailed, mitigation)).toEqual([]));
});
