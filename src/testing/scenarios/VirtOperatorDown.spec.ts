import { priorityClass } from '../builders/platform';
import type { Cluster } from '../cluster';
import { pass } from '../controllers';
import { conditionOf } from '../controllers/conditions';
import { controlPlaneNodes, label, reportCondition, scaleDeployment } from '../faults';
import { pullSecret } from '../healthy/openshift';
import { healthyConditions } from '../builders/node';
import { metricsOf } from '../metrics';
import { clusterOf } from '../world';
import { virtOperatorDown } from './VirtOperatorDown';

/** What the rule counts: series of pods in phase Running. */
const counted = (cluster: Cluster): number =>
  metricsOf(cluster).filter(({ name, labels, value }) => name === 'kube_pod_status_phase' && labels['phase'] === 'Running' && labels['pod']?.startsWith('virt-operator-') && value === 1).length;

const eachControlPlane = (cluster: Cluster, change: (node: ReturnType<typeof controlPlaneNodes>[number]) => void): void => {
  for (const { metadata } of controlPlaneNodes(cluster)) cluster.update('Node', undefined, metadata.name, change);
};

/** How each fault is undone: the object is put back. */
const CURES: Readonly<Record<string, (cluster: Cluster) => void>> = {
  'operator-scaled-to-zero': (cluster) => scaleDeployment(cluster, 'virt-operator', 2),
  'operator-scaled-to-zero-main': (cluster) => scaleDeployment(cluster, 'virt-operator', 2),
  'operator-deployment-absent': (cluster) => cluster.remove('OperatorGroup', 'openshift-cnv', 'openshift-cnv-second'),
  'operator-rejected-priority-class': (cluster) => cluster.create(priorityClass('kubevirt-cluster-critical', 1_000_000_000, '')),
  'operator-rejected-quota': (cluster) => cluster.remove('ResourceQuota', 'openshift-cnv', 'compute'),
  'operator-rejected-webhook': (cluster) => cluster.remove('ValidatingWebhookConfiguration', undefined, 'image-policy.example.com'),
  'operator-image-pull': (cluster) => {
    cluster.remove('Secret', 'openshift-config', 'pull-secret');
    cluster.create(pullSecret());
  },
  'operator-unschedulable-cpu': (cluster) => {
    for (const { metadata } of cluster.list('Pod', 'kube-system')) cluster.remove('Pod', 'kube-system', metadata.name);
  },
  'operator-unschedulable-taint': (cluster) => eachControlPlane(cluster, (node) => { node.spec.taints = node.spec.taints?.filter(({ key }) => !key.startsWith('maintenance')) ?? []; }),
  'operator-unschedulable-selector': (cluster) => label(cluster, cluster.list('Node').filter(({ metadata }) => metadata.name.startsWith('control-plane')), 'node-role.kubernetes.io/control-plane', ''),
  'operator-unschedulable-cordon': (cluster) => eachControlPlane(cluster, (node) => { delete node.spec.unschedulable; }),
  'operator-pods-failed': (cluster) => reportCondition(cluster, controlPlaneNodes(cluster), { type: 'DiskPressure', status: 'False', reason: 'KubeletHasNoDiskPressure', message: '' }),
  'operator-nodes-not-ready': (cluster) => eachControlPlane(cluster, (node) => { node.status.conditions = healthyConditions(cluster.now()); }),
  'operator-series-missing': (cluster) => scaleDeployment(cluster, 'kube-state-metrics', 1, { namespace: 'openshift-monitoring' }),
};

describe.each(virtOperatorDown.map((scenario) => [scenario.id, scenario] as const))('%s', (id, scenario) => {
  const cluster = clusterOf(scenario);

  it('leaves nothing for the rule to count', () => {
    expect(counted(cluster)).toBe(0);
  });

  it('heals when the fault is undone', () => {
    const healed = cluster.copy();
    CURES[id]?.(healed);
    pass(healed, 90_000);
    expect(counted(healed)).toBe(2);
    expect(conditionOf(healed.need('Deployment', 'openshift-cnv', 'virt-operator').status.conditions, 'ReplicaFailure')).toBeUndefined();
    pass(healed, 60_000);
    expect(healed.list('ClusterServiceVersion')[0]?.status.phase).toBe('Succeeded');
  });
});

describe('the words of the cluster', () => {
  const world = (id: string): Cluster => {
    const scenario = virtOperatorDown.find((each) => each.id === id);
    if (!scenario) throw new Error(id);
    return clusterOf(scenario);
  };
  const warnings = (cluster: Cluster, reason: string): string[] => cluster.list('Event', 'openshift-cnv').filter((event) => event.reason === reason && event.involvedObject.name.startsWith('virt-operator')).map(({ message }) => message);

  it.each([
    ['operator-rejected-priority-class', /^Error creating: pods "virt-operator-[a-z0-9]+-" is forbidden: no PriorityClass with name kubevirt-cluster-critical was found$/],
    ['operator-rejected-quota', /^Error creating: pods "virt-operator-[a-z0-9]+-[a-z0-9]{5}" is forbidden: exceeded quota: compute, requested: pods=1,requests\.memory=450Mi, used: .+, limited: /],
    ['operator-rejected-webhook', /^Error creating: Internal error occurred: failed calling webhook "image-policy\.example\.com": failed to call webhook: Post ".+": no endpoints available for service "image-policy-webhook"$/],
  ])('%s: FailedCreate', (id, words) => {
    const cluster = world(id);
    expect(warnings(cluster, 'FailedCreate')[0]).toMatch(words);
    expect(conditionOf(cluster.need('Deployment', 'openshift-cnv', 'virt-operator').status.conditions, 'ReplicaFailure')).toMatchObject({ status: 'True', reason: 'FailedCreate' });
  });

  it.each([
    ['operator-unschedulable-cpu', "0/6 nodes are available: 3 Insufficient cpu, 3 node(s) didn't match Pod's node affinity/selector. preemption: 0/6 nodes are available: 3 No preemption victims found for incoming pod, 3 Preemption is not helpful for scheduling."],
    ['operator-unschedulable-taint', "0/6 nodes are available: 3 node(s) didn't match Pod's node affinity/selector, 3 node(s) had untolerated taint(s). preemption: 0/6 nodes are available: 6 Preemption is not helpful for scheduling."],
    ['operator-unschedulable-selector', "0/6 nodes are available: 6 node(s) didn't match Pod's node affinity/selector. preemption: 0/6 nodes are available: 6 Preemption is not helpful for scheduling."],
    ['operator-unschedulable-cordon', "0/6 nodes are available: 3 node(s) didn't match Pod's node affinity/selector, 3 node(s) were unschedulable. preemption: 0/6 nodes are available: 6 Preemption is not helpful for scheduling."],
  ])('%s: FailedScheduling', (id, words) => {
    expect(warnings(world(id), 'FailedScheduling')).toContain(words);
  });

  it('operator-image-pull: Failed', () => {
    expect(warnings(world('operator-image-pull'), 'Failed')).toEqual(expect.arrayContaining(['Error: ErrImagePull', 'Error: ImagePullBackOff', expect.stringMatching(/^Failed to pull image "registry\.redhat\.io.+unauthorized/)]));
  });

  it('operator-scaled-to-zero: who and when', () => {
    expect(world('operator-scaled-to-zero').need('Deployment', 'openshift-cnv', 'virt-operator').metadata.managedFields).toContainEqual(
      expect.objectContaining({ manager: 'kubectl-edit', time: '2026-09-14T07:37:00Z', fieldsV1: { 'f:spec': { 'f:replicas': {} } } }),
    );
  });
});
