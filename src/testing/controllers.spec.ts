import { ask, jsonPatch } from './asking';
import { INSTALL_NAMESPACE } from './builders/names';
import type { Cluster } from './cluster';
import { pass, runControllers, settle, step } from './controllers';
import { conditionOf } from './controllers/conditions';
import { controlPlaneNodes, deletePods, editDeployment, podsOf, reportCondition, scaleDeployment, stopKubelets } from './faults';
import { healthyCluster } from './healthy';

const deployment = (cluster: Cluster) => cluster.need('Deployment', INSTALL_NAMESPACE, 'virt-operator');
const phases = (cluster: Cluster): string[] => podsOf(cluster, 'virt-operator').map(({ status }) => status.containerStatuses?.[0]?.state.waiting?.reason ?? status.phase);
const lease = (cluster: Cluster) => cluster.need('Lease', INSTALL_NAMESPACE, 'virt-operator');

describe('a Deployment', () => {
  it('is scaled step by step: ReplicaSet, pods, node, container, readiness', () => {
    const cluster = healthyCluster();
    scaleDeployment(cluster, 'virt-operator', 0);
    settle(cluster);
    expect(deployment(cluster).status).not.toHaveProperty('replicas');
    scaleDeployment(cluster, 'virt-operator', 2);
    const seen: string[] = [];
    while (step(cluster)) seen.push(`${phases(cluster).join(' ')} ${String(deployment(cluster).status.readyReplicas ?? 0)}`);
    expect([...new Set(seen)]).toEqual(expect.arrayContaining(['Pending Pending 0', 'ContainerCreating ContainerCreating 0', 'Running Running 0', 'Running Running 2']));
    const reasons = cluster.list('Event', INSTALL_NAMESPACE).map(({ reason }) => reason);
    expect(reasons).toEqual(expect.arrayContaining(['ScalingReplicaSet', 'SuccessfulDelete', 'SuccessfulCreate', 'Scheduled', 'Pulled', 'Created', 'Started', 'Killing']));
  });

  it('replaces a deleted pod', () => {
    const cluster = healthyCluster();
    const before = podsOf(cluster, 'virt-operator').map(({ metadata }) => metadata.name);
    deletePods(cluster, 'virt-operator');
    settle(cluster);
    const after = podsOf(cluster, 'virt-operator').map(({ metadata }) => metadata.name);
    expect(after).toHaveLength(2);
    expect(after.filter((name) => before.includes(name))).toEqual([]);
  });

  it('keeps its old pods until new ones are available', () => {
    const cluster = healthyCluster();
    editDeployment(cluster, 'virt-operator', { manager: 'kubectl-edit' }, (spec) => {
      for (const container of spec.template.spec.containers) container.image = 'registry.redhat.io/container-native-virtualization/virt-operator-rhel9:typo';
    });
    settle(cluster);
    expect(phases(cluster).sort()).toEqual(['ImagePullBackOff', 'Running', 'Running']);
    expect(conditionOf(deployment(cluster).status.conditions, 'Available')?.status).toBe('True');
    pass(cluster, 11 * 60_000);
    expect(conditionOf(deployment(cluster).status.conditions, 'Progressing')).toMatchObject({ status: 'False', reason: 'ProgressDeadlineExceeded' });
  });

  it('rolls out what works, to the end', () => {
    const cluster = healthyCluster();
    editDeployment(cluster, 'virt-operator', { manager: 'olm' }, (spec) => { spec.template.metadata.labels['a'] = 'b'; });
    settle(cluster);
    expect(podsOf(cluster, 'virt-operator').map(({ metadata }) => metadata.labels?.['a'])).toEqual(['b', 'b']);
    expect(cluster.list('ReplicaSet', INSTALL_NAMESPACE).filter(({ metadata }) => metadata.name.startsWith('virt-operator')).map(({ spec }) => spec.replicas).sort()).toEqual([0, 2]);
    expect(deployment(cluster).metadata.annotations).toMatchObject({ 'deployment.kubernetes.io/revision': '2' });
  });

  it('of an operator comes back when it is deleted, and takes its pods along', () => {
    const cluster = healthyCluster();
    const { uid } = deployment(cluster).metadata;
    const pods = podsOf(cluster, 'virt-operator').map(({ metadata }) => metadata.name);
    cluster.remove('Deployment', INSTALL_NAMESPACE, 'virt-operator');
    settle(cluster);
    expect(deployment(cluster).metadata.uid).not.toBe(uid);
    expect(podsOf(cluster, 'virt-operator').some(({ metadata }) => pods.includes(metadata.name))).toBe(false);
    expect(cluster.list('ClusterServiceVersion')[0]?.status).toMatchObject({ phase: 'Succeeded' });
  });
});

describe('leader election', () => {
  it('renews the lease of a living leader', () => {
    const cluster = healthyCluster();
    pass(cluster, 4000);
    expect(lease(cluster).spec.renewTime).toBe('2026-09-14T08:00:04.000000Z');
  });

  it('passes the lease on once it has run out', () => {
    const cluster = healthyCluster();
    const leader = lease(cluster).spec.holderIdentity ?? '';
    ask(cluster, `/api/v1/namespaces/openshift-cnv/pods/${leader}`, { method: 'DELETE' });
    pass(cluster, 10_000);
    expect(lease(cluster).spec).toMatchObject({ holderIdentity: leader, leaseTransitions: 0 });
    pass(cluster, 10_000);
    expect(lease(cluster).spec.leaseTransitions).toBe(1);
    expect(podsOf(cluster, 'virt-operator').map(({ metadata }) => metadata.name)).toContain(lease(cluster).spec.holderIdentity);
  });

  it('takes a deleted lease at once', () => {
    const cluster = healthyCluster();
    cluster.remove('Lease', INSTALL_NAMESPACE, 'virt-operator');
    settle(cluster);
    expect(lease(cluster).spec.leaseTransitions).toBe(0);
  });

  it('needs the right to leases', () => {
    const cluster = healthyCluster();
    for (const { metadata } of cluster.list('Role', INSTALL_NAMESPACE)) cluster.update('Role', INSTALL_NAMESPACE, metadata.name, (draft) => { draft.rules = draft.rules.filter(({ resources }) => !resources.includes('leases')); });
    pass(cluster, 60_000);
    expect(lease(cluster).spec.renewTime).toBe('2026-09-14T08:00:00.000000Z');
  });
});

describe('nodes', () => {
  it('lose their pods five minutes after their kubelet stopped, but only when something takes them away', () => {
    const cluster = healthyCluster();
    stopKubelets(cluster, controlPlaneNodes(cluster));
    settle(cluster);
    expect(cluster.need('Node', undefined, 'control-plane-0').spec.taints?.map(({ key, effect }) => `${key}:${effect}`)).toEqual(expect.arrayContaining(['node.kubernetes.io/unreachable:NoSchedule', 'node.kubernetes.io/unreachable:NoExecute']));
    pass(cluster, 4 * 60_000);
    expect(podsOf(cluster, 'virt-operator').filter(({ metadata }) => metadata.deletionTimestamp)).toEqual([]);
    pass(cluster, 2 * 60_000);
    const stuck = podsOf(cluster, 'virt-operator').filter(({ metadata }) => metadata.deletionTimestamp);
    expect(stuck.map(({ status }) => status.phase)).toEqual(['Running', 'Running']);
    expect(podsOf(cluster, 'virt-operator').filter(({ status }) => status.phase === 'Pending')).toHaveLength(2);
  });

  it('are tainted by their conditions, and cleared with them', () => {
    const cluster = healthyCluster();
    const [node] = controlPlaneNodes(cluster);
    const before = node?.spec.taints;
    reportCondition(cluster, node ? [node] : [], { type: 'MemoryPressure', status: 'True', reason: 'r', message: 'm' });
    settle(cluster);
    expect(cluster.need('Node', undefined, 'control-plane-0').spec.taints).toContainEqual(expect.objectContaining({ key: 'node.kubernetes.io/memory-pressure' }));
    reportCondition(cluster, node ? [node] : [], { type: 'MemoryPressure', status: 'False', reason: 'r', message: 'm' });
    settle(cluster);
    expect(cluster.need('Node', undefined, 'control-plane-0').spec.taints).toEqual(before);
  });
});

describe('runControllers', () => {
  it('reacts to a change after a while, and rests when told to', () => {
    const cluster = healthyCluster();
    const waiting: { run: () => void; delay: number }[] = [];
    const stop = runControllers(cluster, (run, delay) => {
      const entry = { run, delay };
      waiting.push(entry);
      return () => void waiting.splice(waiting.indexOf(entry), 1);
    });
    const turn = (): void => {
      const next = waiting.shift();
      cluster.clock.advance(next?.delay ?? 0);
      next?.run();
    };
    ask(cluster, '/apis/apps/v1/namespaces/openshift-cnv/deployments/virt-operator', jsonPatch([{ op: 'replace', path: '/spec/replicas', value: 0 }]));
    expect(waiting).toHaveLength(1);
    for (let turns = 0; turns < 10; turns += 1) turn();
    expect(podsOf(cluster, 'virt-operator')).toEqual([]);
    stop();
    expect(waiting).toEqual([]);
  });
});
