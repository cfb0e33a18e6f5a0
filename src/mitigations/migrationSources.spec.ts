import { type ExecuteMitigation, type Plan, plainText } from '../engine';
import { virtLauncherPodsStuckFailed } from '../runbooks/virtual-machine/VirtLauncherPodsStuckFailed';
import { type Cluster } from '../testing/cluster';
import { settle } from '../testing/controllers';
import { healthyCluster } from '../testing/healthy';
import { decideIn, effectsOf, lineOf, made, needOf, plansInTheDark, refusedWith, sendTo } from '../testing/planned';
import { scenarios } from '../testing/scenarios';
import { clusterReader } from '../testing/users';
import { clusterOf } from '../testing/world';
import { calmDescheduler, pausePool, stopWorkloadUpdates } from './migrationSources';

const built = new Map<string, Cluster>();
/** The world of a scenario, lived through once and copied. */
const worldOf = (id: string): Cluster => {
  const scenario = scenarios.find((one) => one.id === id);
  if (!scenario) throw new Error(`There is no scenario ${id}.`);
  const world = built.get(id) ?? clusterOf(scenario);
  built.set(id, world);
  return world.copy();
};
const planIn = async (mitigation: ExecuteMitigation, cluster: Cluster) => {
  const { plan, refused } = await decideIn(virtLauncherPodsStuckFailed, mitigation, cluster);
  return plan ?? { refused: refused?.says ?? { text: 'nothing was decided' } };
};
const send = (cluster: Cluster, plan: Plan): readonly number[] => plan.operations.map((operation) => sendTo(cluster, operation));
const takeBack = (cluster: Cluster, { undo }: Plan): readonly number[] => (undo.possible ? undo.operations.map((operation) => sendTo(cluster, operation)) : []);
const descheduler = (cluster: Cluster) => cluster.need('KubeDescheduler', 'openshift-kube-descheduler-operator', 'cluster');
const specOf = (of: object) => (of as { spec: unknown }).spec;

describe('letting the descheduler only predict', () => {
  it('changes its mode, tested, shows what stood there and puts it back', async () => {
    const cluster = worldOf('launchers-descheduler-loop');
    const plan = made(await planIn(calmDescheduler, cluster));
    expect(plainText(plan.sentence)).toBe('Set spec.mode of KubeDescheduler cluster from Automatic to Predictive.');
    expect(plan.operations.map((operation) => lineOf(operation))).toEqual([
      `PATCH /apis/operator.openshift.io/v1/namespaces/openshift-kube-descheduler-operator/kubedeschedulers/cluster?fieldManager=virt-runbooks-plugin [{"op":"test","path":"/metadata/uid","value":"${descheduler(cluster).metadata.uid ?? ''}"},{"op":"test","path":"/spec/mode","value":"Automatic"},{"op":"replace","path":"/spec/mode","value":"Predictive"}]`,
    ]);
    expect(plan.operations.map(needOf)).toEqual(['patch kubedeschedulers operator.openshift.io openshift-kube-descheduler-operator cluster']);
    expect(send(cluster, plan)).toEqual([200]);
    expect(specOf(descheduler(cluster))).toMatchObject({ mode: 'Predictive' });
    expect(refusedWith(await planIn(calmDescheduler, cluster))).toBe('Nothing to do: spec.mode of KubeDescheduler cluster is Predictive already.');
    expect(takeBack(cluster, plan)).toEqual([200]);
    expect(specOf(descheduler(cluster))).toMatchObject({ mode: 'Automatic' });
    // It is Automatic again: what is taken back is no longer there.
    expect(takeBack(cluster, plan)).toEqual([422]);
  });

  it('is refused while the object is being deleted', async () => {
    const cluster = worldOf('launchers-descheduler-loop');
    cluster.update('KubeDescheduler', 'openshift-kube-descheduler-operator', 'cluster', ({ metadata }) => {
      metadata.deletionTimestamp = '2026-09-14T08:00:00Z';
    });
    expect(refusedWith(await planIn(calmDescheduler, cluster))).toBe('The KubeDescheduler cluster is being deleted.');
  });
});

describe('pausing a machine config pool', () => {
  it('is one field, and says what it does not stop', async () => {
    const cluster = worldOf('launchers-machine-config-loop');
    const plan = made(await planIn(pausePool, cluster));
    expect(plan.operations.map((operation) => lineOf(operation)).join()).toContain('PATCH /apis/machineconfiguration.openshift.io/v1/machineconfigpools/worker?fieldManager=virt-runbooks-plugin');
    expect(effectsOf(plan)).toContain('goes on with it until it is done');
    expect(send(cluster, plan)).toEqual([200]);
    expect(specOf(cluster.need('MachineConfigPool', undefined, 'worker'))).toMatchObject({ paused: true });
    expect(takeBack(cluster, plan)).toEqual([200]);
  });
});

describe('stopping the update of running VMs', () => {
  const methods = (cluster: Cluster) => (specOf(cluster.need('KubeVirt', 'openshift-cnv', 'kubevirt-kubevirt-hyperconverged')) as { workloadUpdateStrategy: { workloadUpdateMethods: readonly string[] } }).workloadUpdateStrategy.workloadUpdateMethods;

  it('empties the methods at HyperConverged, which carries it to KubeVirt, and puts them back', async () => {
    const cluster = worldOf('launchers-workload-update-loop');
    const plan = made(await planIn(stopWorkloadUpdates, cluster));
    expect(plainText(plan.sentence)).toBe('Set spec.workloadUpdateStrategy.workloadUpdateMethods of HyperConverged kubevirt-hyperconverged from LiveMigrate to an empty list.');
    expect(plan.operations.map((operation) => lineOf(operation)).join()).toContain('PATCH /apis/hco.kubevirt.io/v1beta1/namespaces/openshift-cnv/hyperconvergeds/kubevirt-hyperconverged?');
    expect(plan.operations.map(needOf)).toEqual(['patch hyperconvergeds hco.kubevirt.io openshift-cnv kubevirt-hyperconverged']);
    expect(plan.verify.map(({ id }) => id)).toContain('workload-updates-off');
    expect(plan.owner && plainText(plan.owner)).toContain('HCO carries it to its operands');
    expect(send(cluster, plan)).toEqual([200]);
    settle(cluster);
    expect(methods(cluster)).toEqual([]);
    expect(takeBack(cluster, plan)).toEqual([200]);
    settle(cluster);
    expect(methods(cluster)).toEqual(['LiveMigrate']);
  });

  it('is refused where there is nothing to stop', async () => {
    const cluster = healthyCluster();
    cluster.update('HyperConverged', 'openshift-cnv', 'kubevirt-hyperconverged', (draft) => {
      (specOf(draft) as { workloadUpdateStrategy: { workloadUpdateMethods: string[] } }).workloadUpdateStrategy.workloadUpdateMethods = [];
    });
    expect(refusedWith(await planIn(stopWorkloadUpdates, cluster))).toContain('Nothing to do');
  });
});

describe('in the dark', () => {
  it.each([calmDescheduler, pausePool, stopWorkloadUpdates])('no plan is made', async (mitigation) => expect(await plansInTheDark(virtLauncherPodsStuckFailed, mitigation)).toEqual([]));
  it('whoever may only read is refused by the server', async () => {
    const cluster = worldOf('launchers-descheduler-loop');
    const [operation] = made(await planIn(calmDescheduler, cluster)).operations;
    expect(operation && sendTo(cluster, operation, { user: clusterReader })).toBe(403);
  });
});
