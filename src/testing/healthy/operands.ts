import { plain, role, bindingOf, service, serviceAccount, webhook, webhooks, apiService } from '../builders/platform';
import { CNV_VERSION, INSTALL_NAMESPACE, KUBEVIRT_NAME, KUBEVIRT_VERSION } from '../builders/names';
import { daemonSet, deployment, deploymentSpec, managedLabels, virtTemplate } from '../builders/workload';
import { timestamp } from '../clock';
import type { Cluster } from '../cluster';
import { kindInfo } from '../kinds';
import type { Webhook } from '../objects';
import type { KubeObject } from '../types';
import { installOperandRoles } from './operandRoles';
import { installNotes } from './operator';

const namespace = INSTALL_NAMESPACE;

/** What virt-operator makes of a KubeVirt object: its Deployments, DaemonSet, services, webhooks and accounts. */
export function installOperands(cluster: Cluster): void {
  for (const object of [hyperConverged(cluster.now()), kubeVirt(cluster.now())]) cluster.create(object);
  for (const account of ['kubevirt-apiserver', 'kubevirt-controller', 'kubevirt-handler']) cluster.create(serviceAccount(namespace, account));
  installOperandRoles(cluster);
  const leases = role({ name: 'kubevirt-controller', namespace, labels: managedLabels(''), rules: [{ apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['get', 'list', 'watch', 'delete', 'update', 'create', 'patch'] }] });
  cluster.create(leases);
  cluster.create(bindingOf(leases, { namespace, name: 'kubevirt-controller' }));
  for (const each of services()) cluster.create(each);
  for (const name of ['virt-api', 'virt-controller'] as const) {
    const matchLabels = { 'kubevirt.io': name };
    cluster.create(deployment({ namespace, name, labels: { ...managedLabels(name), 'app.kubernetes.io/name': name }, annotations: installNotes, spec: deploymentSpec(2, matchLabels, virtTemplate(name)) }));
  }
  cluster.create(daemonSet({ namespace, name: 'virt-handler', labels: managedLabels('virt-handler'), template: virtTemplate('virt-handler'), matchLabels: { 'kubevirt.io': 'virt-handler' } }));
  for (const each of webhookConfigurations()) cluster.create(each);
  cluster.create(apiService('subresources.kubevirt.io', 'v1', { namespace, name: 'virt-api', port: 443 }, cluster.now()));
  cluster.create(plain(kindInfo('ServiceMonitor'), { name: 'prometheus-kubevirt-rules', namespace, labels: { 'prometheus.kubevirt.io': 'true', 'k8s-app': 'kubevirt' } }, {
    spec: { selector: { matchLabels: { 'prometheus.kubevirt.io': 'true' } }, namespaceSelector: { matchNames: [namespace] }, endpoints: [{ port: 'metrics', scheme: 'https', honorLabels: true }] },
  }));
}

function services(): KubeObject[] {
  const labels = { ...managedLabels(''), 'prometheus.kubevirt.io': 'true' };
  return [
    service({ namespace, name: 'kubevirt-operator-webhook', clusterIP: '172.30.121.217', labels, selector: { 'kubevirt.io': 'virt-operator' }, port: 443, targetPort: 'webhooks', portName: 'webhooks' }),
    service({ namespace, name: 'kubevirt-prometheus-metrics', labels, selector: { 'prometheus.kubevirt.io': 'true' }, port: 443, targetPort: 'metrics', portName: 'metrics' }),
    service({ namespace, name: 'virt-api', clusterIP: '172.30.189.154', labels: managedLabels('virt-api'), selector: { 'kubevirt.io': 'virt-api' }, port: 443, targetPort: 8443 }),
    service({ namespace, name: 'hyperconverged-cluster-webhook-service', clusterIP: '172.30.64.18', selector: { name: 'hco-webhook' }, port: 443, targetPort: 8443 }),
  ];
}

/** The conditions of KubeVirt and HyperConverged when all is well. */
function conditions(at: Date, upToDate: boolean): unknown[] {
  const row = (type: string, status: string, reason: string, message: string): unknown => ({ type, status, reason, message, lastProbeTime: timestamp(at), lastTransitionTime: timestamp(at) });
  const health = upToDate
    ? (['Available', 'Progressing', 'Degraded'] as const).map((type) => row(type, type === 'Available' ? 'True' : 'False', 'AllComponentsReady', 'All components are ready.'))
    : ([['ReconcileComplete', 'True'], ['Available', 'True'], ['Progressing', 'False'], ['Degraded', 'False'], ['Upgradeable', 'True']] as const).map(([type, status]) => row(type, status, 'ReconcileCompleted', 'Reconcile completed successfully'));
  return upToDate ? [...health, row('Created', 'True', 'AllResourcesCreated', 'All resources were created.')] : health;
}

function kubeVirt(at: Date): KubeObject {
  const registry = 'registry.redhat.io/container-native-virtualization';
  const workloadUpdateStrategy = { workloadUpdateMethods: ['LiveMigrate'], batchEvictionSize: 10, batchEvictionInterval: '1m0s' };
  return plain(kindInfo('KubeVirt'), {
    name: KUBEVIRT_NAME,
    namespace,
    labels: { app: 'kubevirt-hyperconverged', 'app.kubernetes.io/managed-by': 'hco-operator', 'app.kubernetes.io/version': CNV_VERSION },
    annotations: { 'kubevirt.io/latest-observed-api-version': 'v1', 'kubevirt.io/storage-observed-api-version': 'v1' },
    finalizers: ['foregroundDeleteKubeVirt'],
  }, {
    spec: {
      configuration: { evictionStrategy: 'LiveMigrate', migrations: { completionTimeoutPerGiB: 150, parallelMigrationsPerCluster: 5, parallelOutboundMigrationsPerNode: 2, progressTimeout: 150 } },
      certificateRotateStrategy: { selfSigned: { ca: { duration: '48h0m0s', renewBefore: '24h0m0s' }, server: { duration: '24h0m0s', renewBefore: '12h0m0s' } } },
      uninstallStrategy: 'BlockUninstallIfWorkloadsExist',
      workloadUpdateStrategy,
    },
    status: {
      conditions: conditions(at, true),
      phase: 'Deployed',
      defaultArchitecture: 'amd64',
      observedGeneration: 1,
      observedKubeVirtRegistry: registry,
      observedKubeVirtVersion: KUBEVIRT_VERSION,
      operatorVersion: KUBEVIRT_VERSION,
      outdatedVirtualMachineInstanceWorkloads: 0,
      targetKubeVirtRegistry: registry,
      targetKubeVirtVersion: KUBEVIRT_VERSION,
    },
  });
}

function hyperConverged(at: Date): KubeObject {
  return plain(kindInfo('HyperConverged'), { name: 'kubevirt-hyperconverged', namespace, labels: { app: 'kubevirt-hyperconverged' }, finalizers: ['kubevirt.io/hyperconverged'] }, {
    spec: {
      evictionStrategy: 'LiveMigrate',
      infra: {},
      workloads: {},
      liveMigrationConfig: { completionTimeoutPerGiB: 150, parallelMigrationsPerCluster: 5, parallelOutboundMigrationsPerNode: 2, progressTimeout: 150 },
      workloadUpdateStrategy: { workloadUpdateMethods: ['LiveMigrate'], batchEvictionSize: 10, batchEvictionInterval: '1m0s' },
      uninstallStrategy: 'BlockUninstallIfWorkloadsExist',
    },
    status: {
      conditions: conditions(at, false),
      observedGeneration: 1,
      systemHealthStatus: 'healthy',
      versions: [{ name: 'operator', version: CNV_VERSION }],
      infrastructureHighlyAvailable: true,
      relatedObjects: [{ apiVersion: 'kubevirt.io/v1', kind: 'KubeVirt', name: KUBEVIRT_NAME, namespace }],
    },
  });
}

type Row = readonly [name: string, path: string, group: string, resource: string, operations: readonly ('CREATE' | 'UPDATE' | 'DELETE' | '*')[]];
const KUBEVIRT_VERSIONS = ['v1alpha3', 'v1'];

const webhookOf = (backend: string, [name, path, group, resource, operations]: Row): Webhook =>
  webhook({
    name,
    service: { namespace, name: backend, path },
    rule: { apiGroups: [group], apiVersions: group === 'kubevirt.io' ? KUBEVIRT_VERSIONS : ['*'], resources: [resource], operations: [...operations] },
  });

const BOTH = ['CREATE', 'UPDATE'] as const;

/** Those of KubeVirt 1.8.4 that concern kinds of the world; names, paths and rules as recorded. All fail closed. */
function webhookConfigurations(): KubeObject[] {
  const api: Row[] = [
    ['virt-launcher-eviction-interceptor.kubevirt.io', '/pod-eviction-validate', '', 'pods/eviction', ['*']],
    ['virtualmachineinstances-create-validator.kubevirt.io', '/virtualmachineinstances-validate-create', 'kubevirt.io', 'virtualmachineinstances', ['CREATE']],
    ['virtualmachineinstances-update-validator.kubevirt.io', '/virtualmachineinstances-validate-update', 'kubevirt.io', 'virtualmachineinstances', ['UPDATE']],
    ['virtualmachine-validator.kubevirt.io', '/virtualmachines-validate', 'kubevirt.io', 'virtualmachines', BOTH],
    ['virtualmachinereplicaset-validator.kubevirt.io', '/virtualmachinereplicaset-validate', 'kubevirt.io', 'virtualmachineinstancereplicasets', BOTH],
    ['virtualmachinepool-validator.kubevirt.io', '/virtualmachinepool-validate', 'pool.kubevirt.io', 'virtualmachinepools', BOTH],
    ['migration-create-validator.kubevirt.io', '/migration-validate-create', 'kubevirt.io', 'virtualmachineinstancemigrations', ['CREATE']],
    ['migration-update-validator.kubevirt.io', '/migration-validate-update', 'kubevirt.io', 'virtualmachineinstancemigrations', ['UPDATE']],
  ];
  const mutating: Row[] = [
    ['virtualmachines-mutator.kubevirt.io', '/virtualmachines-mutate', 'kubevirt.io', 'virtualmachines', BOTH],
    ['virtualmachineinstances-mutator.kubevirt.io', '/virtualmachineinstances-mutate', 'kubevirt.io', 'virtualmachineinstances', BOTH],
    ['migrations-mutator.kubevirt.io', '/migration-mutate-create', 'kubevirt.io', 'virtualmachineinstancemigrations', ['CREATE']],
  ];
  const operator: Row[] = [
    ['kubevirt-validator.kubevirt.io', '/kubevirt-validate-delete', 'kubevirt.io', 'kubevirts', ['DELETE']],
    ['kubevirt-update-validator.kubevirt.io', '/kubevirt-validate-update', 'kubevirt.io', 'kubevirts', ['UPDATE']],
    ['kubevirt-create-validator.kubevirt.io', '/kubevirt-validate-create', 'kubevirt.io', 'kubevirts', ['CREATE']],
  ];
  const hco: Row[] = [['validate-hco.kubevirt.io', '/validate-hco-kubevirt-io-v1beta1-hyperconverged', 'hco.kubevirt.io', 'hyperconvergeds', ['CREATE', 'UPDATE', 'DELETE']]];
  return [
    webhooks('ValidatingWebhookConfiguration', 'virt-api-validator', api.map((row) => webhookOf('virt-api', row)), managedLabels('virt-api-validator')),
    webhooks('MutatingWebhookConfiguration', 'virt-api-mutator', mutating.map((row) => webhookOf('virt-api', row)), managedLabels('virt-api-mutator')),
    webhooks('ValidatingWebhookConfiguration', 'virt-operator-validator', operator.map((row) => webhookOf('kubevirt-operator-webhook', row)), managedLabels('virt-operator-validator')),
    webhooks('ValidatingWebhookConfiguration', 'validate-hco.kubevirt.io', hco.map((row) => webhookOf('hyperconverged-cluster-webhook-service', row))),
  ];
}
