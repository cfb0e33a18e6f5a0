import { INSTALL_NAMESPACE } from './builders/names';
import { plain } from './builders/platform';
import { isReady } from './builders/pod';
import type { Cluster } from './cluster';
import { pass, settle } from './controllers';
import { fillNodes, label, podsOf, scaleDeployment, taint } from './faults';
import { healthyCluster } from './healthy';
import { kindInfo } from './kinds';
import { metricsOf } from './metrics';
import type { DaemonSet, Node } from './objects';
import { workers } from './scenarios/launchers';

const HANDLER = 'virt-handler';
const set = (cluster: Cluster): DaemonSet | undefined => cluster.get('DaemonSet', INSTALL_NAMESPACE, HANDLER);
const first = (cluster: Cluster): Node => workers(cluster)[0]!;
const on = (cluster: Cluster, { metadata }: Node) => podsOf(cluster, HANDLER).find(({ spec }) => spec.nodeName === metadata.name);
const remove = (cluster: Cluster, node: Node): void => void cluster.remove('Pod', INSTALL_NAMESPACE, on(cluster, node)?.metadata.name ?? '');
const place = (cluster: Cluster, nodePlacement: object | undefined): void => {
  cluster.update('HyperConverged', INSTALL_NAMESPACE, 'kubevirt-hyperconverged', (draft) => {
    draft['spec'] = { ...(draft['spec'] as object), workloads: nodePlacement ? { nodePlacement } : {} };
  });
};

describe('virt-handler in the world', () => {
  it('runs on every worker, one pod each', () => {
    const cluster = healthyCluster();
    expect(set(cluster)?.status).toMatchObject({ desiredNumberScheduled: 3, numberReady: 3, updatedNumberScheduled: 3, numberMisscheduled: 0 });
  });

  it('is made anew by a virt-operator that leads, and by nobody else', () => {
    const cluster = healthyCluster();
    scaleDeployment(cluster, 'virt-operator', 0);
    pass(cluster, 60_000);
    cluster.remove('DaemonSet', INSTALL_NAMESPACE, HANDLER);
    pass(cluster, 120_000);
    expect([set(cluster), podsOf(cluster, HANDLER)]).toEqual([undefined, []]);
    scaleDeployment(cluster, 'virt-operator', 2);
    pass(cluster, 180_000);
    expect(set(cluster)?.status.numberReady).toBe(3);
  });

  it('follows the placement of HyperConverged, and leaves nodes that it excludes', () => {
    const cluster = healthyCluster();
    label(cluster, [first(cluster)], 'vms', 'yes');
    place(cluster, { nodeSelector: { vms: 'yes' } });
    pass(cluster, 120_000);
    expect(set(cluster)?.status).toMatchObject({ desiredNumberScheduled: 1, numberReady: 1 });
    place(cluster, undefined);
    pass(cluster, 300_000);
    expect(set(cluster)?.status).toMatchObject({ desiredNumberScheduled: 3, numberReady: 3 });
  });

  it('stays on a node that is tainted against new pods, and does not come back there', () => {
    const cluster = healthyCluster();
    const [node] = [first(cluster)];
    taint(cluster, [node], { key: 'dedicated', value: 'gpu', effect: 'NoSchedule' });
    pass(cluster, 60_000);
    expect(set(cluster)?.status).toMatchObject({ desiredNumberScheduled: 2, numberMisscheduled: 1, numberReady: 2 });
    remove(cluster, node);
    pass(cluster, 60_000);
    expect(on(cluster, node)).toBeUndefined();
  });

  it('waits for a node that has no room, and for no other', () => {
    const cluster = healthyCluster();
    const node = first(cluster);
    fillNodes(cluster, [node], 'cpu', '63');
    remove(cluster, node);
    pass(cluster, 60_000);
    const waiting = podsOf(cluster, HANDLER).find(({ spec }) => spec.nodeName === undefined);
    expect(waiting?.status.conditions?.find(({ type }) => type === 'PodScheduled')?.message).toMatch(/^0\/6 nodes are available: 1 Insufficient cpu, 5 node\(s\) didn't satisfy plugin\(s\) \[NodeAffinity\]\./);
  });

  it('is not ready while it reaches nobody, goes on being scraped, and its nodes take no new VMs', () => {
    const cluster = healthyCluster();
    const policy = { spec: { podSelector: { matchLabels: { 'kubevirt.io': HANDLER } }, policyTypes: ['Egress'], egress: [] } };
    cluster.create(plain(kindInfo('NetworkPolicy'), { name: 'deny-egress', namespace: INSTALL_NAMESPACE }, policy));
    pass(cluster, 600_000);
    expect(podsOf(cluster, HANDLER).filter(isReady)).toEqual([]);
    expect(metricsOf(cluster).filter(({ name }) => name === 'kubevirt_virt_handler_ready_status').map(({ value }) => value)).toEqual([1, 1, 1]);
    expect(workers(cluster)).toEqual([]);
    cluster.remove('NetworkPolicy', INSTALL_NAMESPACE, 'deny-egress');
    pass(cluster, 60_000);
    expect([podsOf(cluster, HANDLER).filter(isReady).length, workers(cluster).length]).toEqual([3, 3]);
  });

  it('is replaced pod by pod when its template changes, and no further than the first that does not come', () => {
    const cluster = healthyCluster();
    cluster.update('DaemonSet', INSTALL_NAMESPACE, HANDLER, (draft) => {
      draft.spec.template.spec.containers[0]!.image += '0';
    });
    settle(cluster);
    pass(cluster, 120_000);
    expect(set(cluster)?.status).toMatchObject({ desiredNumberScheduled: 3, numberReady: 2, updatedNumberScheduled: 1 });
  });
});
