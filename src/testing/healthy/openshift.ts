import { node } from '../builders/node';
import { apiService, customResourceDefinition, namespaceWithProject, plain, priorityClass, serviceAccount } from '../builders/platform';
import { OPENSHIFT_VERSION, platformImage } from '../builders/names';
import { pod } from '../builders/pod';
import { componentTemplate, deployment, deploymentSpec } from '../builders/workload';
import { timestamp } from '../clock';
import type { Cluster } from '../cluster';
import { kindInfo, KINDS } from '../kinds';
import type { Node } from '../objects';
import type { KubeObject } from '../types';
import { installBootstrapRoles } from './bootstrapRoles';

/** Custom kinds that every OpenShift has; KubeVirt's come with its operator, the descheduler's with its own. */
const GROUPS = ['apiserver.openshift.io', 'config.openshift.io', 'machineconfiguration.openshift.io', 'monitoring.coreos.com', 'operators.coreos.com'];

/** Makes a bare OpenShift 4.22 of three control-plane nodes and three workers that can run VMs. */
export function installOpenShift(cluster: Cluster): void {
  const at = cluster.now();
  for (const namespace of ['default', 'kube-system', 'openshift-config', 'openshift-monitoring', 'openshift-operator-lifecycle-manager']) {
    for (const object of namespaceWithProject(namespace, namespace === 'default' ? {} : { 'openshift.io/cluster-monitoring': 'true' })) cluster.create(object);
  }
  for (const info of KINDS.filter(({ servedBy, group }) => servedBy === 'crd' && GROUPS.includes(group))) cluster.create(customResourceDefinition(info));
  cluster.create(apiService('project.openshift.io', 'v1', null, at));
  for (const each of nodes(at)) cluster.create(each);
  cluster.create(pullSecret());
  installBootstrapRoles(cluster);
  cluster.create(priorityClass('system-cluster-critical', 2_000_000_000, 'Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.'));
  cluster.create(priorityClass('system-node-critical', 2_000_001_000, 'Used for system critical pods that must not be moved from their current node.'));
  for (const object of [clusterVersion(at), ...['machine-config', 'monitoring', 'operator-lifecycle-manager', 'kube-apiserver', 'etcd'].map((name) => clusterOperator(name, at)), ...['master', 'worker'].map((name) => machineConfigPool(name, at))]) cluster.create(object);
  installMonitoring(cluster);
  installLifecycleManager(cluster);
}

function nodes(at: Date): Node[] {
  const numbers = [0, 1, 2];
  return [
    ...numbers.map((number) => node({ name: `control-plane-${String(number)}`, role: 'control-plane', address: `10.0.1.${String(10 + number)}`, at })),
    ...numbers.map((number) => node({ name: `worker-${String(number)}`, role: 'worker', address: `10.0.2.${String(10 + number)}`, at })),
  ];
}

/** What the cluster's pull secret holds; the passwords are none. */
export function pullSecret(registries: readonly string[] = ['registry.redhat.io', 'quay.io', 'cloud.openshift.com']): KubeObject {
  const auths = Object.fromEntries(registries.map((registry) => [registry, { auth: btoa('simulated:simulated') }]));
  return plain(kindInfo('Secret'), { name: 'pull-secret', namespace: 'openshift-config' }, { type: 'kubernetes.io/dockerconfigjson', data: { '.dockerconfigjson': btoa(JSON.stringify({ auths })) } });
}

const condition = (type: string, status: string, at: Date, reason = 'AsExpected', message = ''): unknown => ({ type, status, reason, message, lastTransitionTime: timestamp(at) });

function clusterVersion(at: Date): KubeObject {
  return plain(kindInfo('ClusterVersion'), { name: 'version' }, {
    spec: { channel: 'stable-4.22', clusterID: '5f1c7a52-0d0e-4b55-9d1a-0f5e2b7c9a11' },
    status: {
      desired: { version: OPENSHIFT_VERSION, image: platformImage('release') },
      history: [{ state: 'Completed', version: OPENSHIFT_VERSION, image: platformImage('release'), startedTime: timestamp(at), completionTime: timestamp(at), verified: true }],
      observedGeneration: 1,
      conditions: [condition('Available', 'True', at, '', `Done applying ${OPENSHIFT_VERSION}`), condition('Progressing', 'False', at, '', `Cluster version is ${OPENSHIFT_VERSION}`), condition('Failing', 'False', at)],
    },
  });
}

function clusterOperator(name: string, at: Date): KubeObject {
  return plain(kindInfo('ClusterOperator'), { name }, {
    spec: {},
    status: { conditions: [condition('Available', 'True', at), condition('Progressing', 'False', at), condition('Degraded', 'False', at), condition('Upgradeable', 'True', at)], versions: [{ name: 'operator', version: OPENSHIFT_VERSION }] },
  });
}

function machineConfigPool(name: string, at: Date): KubeObject {
  const configuration = { name: `rendered-${name}-5f0d1c7b9e` };
  return plain(kindInfo('MachineConfigPool'), { name, labels: { [`pools.operator.machineconfiguration.openshift.io/${name}`]: '' } }, {
    spec: { configuration, maxUnavailable: 1, paused: false, nodeSelector: { matchLabels: { [`node-role.kubernetes.io/${name}`]: '' } } },
    status: {
      configuration,
      machineCount: 3,
      readyMachineCount: 3,
      updatedMachineCount: 3,
      unavailableMachineCount: 0,
      degradedMachineCount: 0,
      observedGeneration: 2,
      conditions: [condition('Updated', 'True', at, '', `All nodes are updated with MachineConfig ${configuration.name}`), condition('Updating', 'False', at), condition('Degraded', 'False', at)],
    },
  });
}

/** kube-state-metrics and Prometheus: not served by the world, but their pods are there to be looked at. */
function installMonitoring(cluster: Cluster): void {
  const namespace = 'openshift-monitoring';
  for (const name of ['kube-state-metrics', 'prometheus-k8s']) cluster.create(serviceAccount(namespace, name));
  const labels = { 'app.kubernetes.io/name': 'kube-state-metrics', 'app.kubernetes.io/part-of': 'openshift-monitoring' };
  const template = componentTemplate({ name: 'kube-state-metrics', image: platformImage('kube-state-metrics'), labels, requests: { cpu: '2m', memory: '80Mi' }, priorityClassName: 'system-cluster-critical', placement: 'anywhere' });
  cluster.create(deployment({ namespace, name: 'kube-state-metrics', labels, spec: deploymentSpec(1, labels, template) }));
  const prometheusLabels = { 'app.kubernetes.io/name': 'prometheus', prometheus: 'k8s' };
  const prometheus = componentTemplate({ name: 'prometheus', image: platformImage('prometheus'), labels: prometheusLabels, requests: { cpu: '70m', memory: '1Gi' }, serviceAccount: 'prometheus-k8s', priorityClassName: 'system-cluster-critical', placement: 'anywhere' });
  const set = cluster.create(plain(kindInfo('StatefulSet'), { name: 'prometheus-k8s', namespace, labels: prometheusLabels }, { spec: { replicas: 2, serviceName: 'prometheus-operated', selector: { matchLabels: prometheusLabels }, template: prometheus }, status: { replicas: 2, readyReplicas: 2, availableReplicas: 2 } }));
  for (const number of [0, 1]) cluster.create(pod({ namespace, name: `prometheus-k8s-${String(number)}`, labels: prometheusLabels, owner: set, spec: prometheus.spec }));
}

function installLifecycleManager(cluster: Cluster): void {
  const namespace = 'openshift-operator-lifecycle-manager';
  cluster.create(serviceAccount(namespace, 'olm-operator-serviceaccount'));
  for (const name of ['olm-operator', 'catalog-operator']) {
    const labels = { app: name };
    const template = componentTemplate({ name, image: platformImage('operator-lifecycle-manager'), labels, requests: { cpu: '10m', memory: '160Mi' }, serviceAccount: 'olm-operator-serviceaccount', priorityClassName: 'system-cluster-critical' });
    cluster.create(deployment({ namespace, name, labels, spec: deploymentSpec(1, labels, template) }));
  }
}
