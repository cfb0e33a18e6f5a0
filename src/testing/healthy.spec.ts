import { bareCluster, healthyCluster } from './healthy';
import { exposition, metricsOf } from './metrics';
import type { MetricSample } from './types';

const cluster = healthyCluster();
const samples = metricsOf(cluster);
const of = (name: string, labels: Record<string, string> = {}): MetricSample[] =>
  samples.filter((sample) => sample.name === name && Object.entries(labels).every(([label, value]) => sample.labels[label] === value));
const sum = (list: MetricSample[]): number => list.reduce((total, { value }) => total + value, 0);

describe('the healthy cluster', () => {
  it('has everything running and ready', () => {
    for (const pod of cluster.list('Pod')) expect([pod.metadata.name, pod.status.phase]).toEqual([pod.metadata.name, 'Running']);
    for (const { metadata, spec, status } of cluster.list('Deployment')) expect([metadata.name, status.readyReplicas]).toEqual([metadata.name, spec.replicas]);
    expect(cluster.list('VirtualMachine')).toHaveLength(24);
    expect(cluster.list('ClusterServiceVersion')[0]?.status.phase).toBe('Succeeded');
  });

  it('carries the marks of OLM on what OLM installed', () => {
    const csv = cluster.list('ClusterServiceVersion')[0];
    expect(cluster.need('Deployment', 'openshift-cnv', 'virt-operator').metadata).toMatchObject({
      labels: { 'olm.owner': csv?.metadata.name, 'olm.owner.kind': 'ClusterServiceVersion', 'olm.owner.namespace': 'openshift-cnv', 'olm.managed': 'true' },
      ownerReferences: [{ kind: 'ClusterServiceVersion', name: csv?.metadata.name, uid: csv?.metadata.uid, controller: false }],
    });
  });

  it('is the same each time, and never shared', () => {
    const twin = healthyCluster();
    expect(twin.list('Pod').map(({ metadata }) => metadata.name)).toEqual(cluster.list('Pod').map(({ metadata }) => metadata.name));
    twin.remove('Node', undefined, 'worker-0');
    expect(healthyCluster().get('Node', undefined, 'worker-0')).toBeDefined();
  });

  it('has nothing of virtualization where it is not installed', () => {
    const bare = bareCluster();
    expect(bare.list('KubeVirt')).toEqual([]);
    expect(bare.list('CustomResourceDefinition').filter(({ spec }) => spec.group === 'kubevirt.io')).toEqual([]);
    expect(bare.list('Node')).toHaveLength(6);
  });
});

describe('its metrics', () => {
  it.each(['operator', 'api', 'controller', 'handler'])('count virt-%s as running, ready and up', (component) => {
    const count = component === 'handler' ? 3 : 2;
    const isOurs = ({ labels }: MetricSample): boolean => labels['pod']?.startsWith(`virt-${component}-`) ?? false;
    expect(sum(of('kube_pod_status_phase', { phase: 'Running' }).filter(isOurs))).toBe(count);
    expect(sum(of('kube_pod_status_ready', { condition: 'true' }).filter(isOurs))).toBe(count);
    expect(sum(of(`kubevirt_virt_${component}_ready_status`))).toBe(count);
    expect(sum(of('up').filter(isOurs))).toBe(count);
  });

  it('have one leader each', () => {
    expect(sum(of('kubevirt_virt_operator_leading_status'))).toBe(1);
    expect(sum(of('kubevirt_virt_controller_leading_status'))).toBe(1);
  });

  it('have one series per phase and pod, of which one is 1', () => {
    const pod = cluster.list('Pod')[0]?.metadata.name ?? '';
    expect(of('kube_pod_status_phase', { pod }).map(({ labels, value }) => `${labels['phase'] ?? ''} ${String(value)}`)).toEqual(['Pending 0', 'Succeeded 0', 'Failed 0', 'Running 1', 'Unknown 0']);
  });

  it('know the machines and the nodes that can run them', () => {
    expect(of('kubevirt_vmi_info', { phase: 'running' })).toHaveLength(24);
    expect(sum(of('kubevirt_vmi_non_evictable'))).toBe(0);
    expect(of('kube_node_status_allocatable', { resource: 'devices_kubevirt_io_kvm' }).filter(({ value }) => value > 0)).toHaveLength(3);
    expect(of('kube_node_labels', { label_kubevirt_io_schedulable: 'true' })).toHaveLength(3);
  });

  it('hold no series twice', () => {
    const identities = samples.map(({ name, labels }) => JSON.stringify([name, Object.entries(labels).sort()]));
    expect(new Set(identities).size).toBe(identities.length);
  });

  it('go with their scrape job', () => {
    const dark = healthyCluster();
    Object.assign(dark.scrapes, { 'kube-state-metrics': false, 'virt-operator': false });
    const left = metricsOf(dark);
    expect(left.filter(({ name }) => name.startsWith('kube_'))).toEqual([]);
    expect(left.filter(({ labels }) => labels['container'] === 'virt-operator')).toEqual([]);
    expect(left.filter(({ name }) => name === 'kubevirt_virt_api_ready_status')).toHaveLength(2);
  });

  it('can be written for Prometheus', () => {
    expect(exposition([{ name: 'a_total', labels: { b: 'c"\\\n' }, value: 3 }, { name: 'a_total', labels: {}, value: 1 }])).toBe('# TYPE a_total counter\na_total{b="c\\"\\\\\\n"} 3\na_total{} 1\n');
  });
});
