/** What the simulated API server knows about a kind. */
export interface KindInfo {
  kind: string;
  plural: string;
  /** Empty for the core group. */
  group: string;
  version: string;
  namespaced: boolean;
  /** `crd`: served only while its CustomResourceDefinition exists. `aggregated`: only while its APIService exists. */
  servedBy: 'apiserver' | 'crd' | 'aggregated';
  /** Whether `metadata.generation` is kept. */
  generation: boolean;
  /** Whether a write to the main resource leaves `status` alone. */
  statusSubresource: boolean;
  shortNames: readonly string[];
}

const builtIn = (
  group: string,
  version: string,
  kind: string,
  plural: string,
  scope: 'namespaced' | 'cluster',
  extra: Partial<Pick<KindInfo, 'generation' | 'statusSubresource' | 'shortNames'>> = {},
): KindInfo => ({
  kind,
  plural,
  group,
  version,
  namespaced: scope === 'namespaced',
  servedBy: 'apiserver',
  generation: false,
  statusSubresource: false,
  shortNames: [],
  ...extra,
});

const custom = (...row: Parameters<typeof builtIn>): KindInfo => ({
  ...builtIn(...row),
  servedBy: 'crd',
  generation: true,
  statusSubresource: row[5]?.statusSubresource ?? true,
});

const workload = { generation: true, statusSubresource: true };

/** Every kind of the world, in the order discovery lists them. Scope and names as `kubectl api-resources` prints them on OpenShift 4.22. */
export const KINDS: readonly KindInfo[] = [
  builtIn('', 'v1', 'ConfigMap', 'configmaps', 'namespaced', { shortNames: ['cm'] }),
  builtIn('', 'v1', 'Endpoints', 'endpoints', 'namespaced', { shortNames: ['ep'] }),
  builtIn('', 'v1', 'Event', 'events', 'namespaced', { shortNames: ['ev'] }),
  builtIn('', 'v1', 'Namespace', 'namespaces', 'cluster', { shortNames: ['ns'], statusSubresource: true }),
  builtIn('', 'v1', 'Node', 'nodes', 'cluster', { shortNames: ['no'], statusSubresource: true }),
  builtIn('', 'v1', 'PersistentVolumeClaim', 'persistentvolumeclaims', 'namespaced', { shortNames: ['pvc'], statusSubresource: true }),
  builtIn('', 'v1', 'Pod', 'pods', 'namespaced', { shortNames: ['po'], ...workload }),
  builtIn('', 'v1', 'ResourceQuota', 'resourcequotas', 'namespaced', { shortNames: ['quota'], statusSubresource: true }),
  builtIn('', 'v1', 'Secret', 'secrets', 'namespaced'),
  builtIn('', 'v1', 'Service', 'services', 'namespaced', { shortNames: ['svc'], statusSubresource: true }),
  builtIn('', 'v1', 'ServiceAccount', 'serviceaccounts', 'namespaced', { shortNames: ['sa'] }),
  builtIn('admissionregistration.k8s.io', 'v1', 'MutatingWebhookConfiguration', 'mutatingwebhookconfigurations', 'cluster', { generation: true }),
  builtIn('admissionregistration.k8s.io', 'v1', 'ValidatingWebhookConfiguration', 'validatingwebhookconfigurations', 'cluster', { generation: true }),
  builtIn('apiextensions.k8s.io', 'v1', 'CustomResourceDefinition', 'customresourcedefinitions', 'cluster', { shortNames: ['crd', 'crds'], ...workload }),
  builtIn('apiregistration.k8s.io', 'v1', 'APIService', 'apiservices', 'cluster', { statusSubresource: true }),
  builtIn('apps', 'v1', 'DaemonSet', 'daemonsets', 'namespaced', { shortNames: ['ds'], ...workload }),
  builtIn('apps', 'v1', 'Deployment', 'deployments', 'namespaced', { shortNames: ['deploy'], ...workload }),
  builtIn('apps', 'v1', 'ReplicaSet', 'replicasets', 'namespaced', { shortNames: ['rs'], ...workload }),
  builtIn('apps', 'v1', 'StatefulSet', 'statefulsets', 'namespaced', { shortNames: ['sts'], ...workload }),
  builtIn('batch', 'v1', 'Job', 'jobs', 'namespaced', workload),
  builtIn('coordination.k8s.io', 'v1', 'Lease', 'leases', 'namespaced'),
  builtIn('discovery.k8s.io', 'v1', 'EndpointSlice', 'endpointslices', 'namespaced', { generation: true }),
  builtIn('networking.k8s.io', 'v1', 'NetworkPolicy', 'networkpolicies', 'namespaced', { shortNames: ['netpol'], generation: true }),
  builtIn('policy', 'v1', 'PodDisruptionBudget', 'poddisruptionbudgets', 'namespaced', { shortNames: ['pdb'], ...workload }),
  builtIn('rbac.authorization.k8s.io', 'v1', 'ClusterRole', 'clusterroles', 'cluster'),
  builtIn('rbac.authorization.k8s.io', 'v1', 'ClusterRoleBinding', 'clusterrolebindings', 'cluster'),
  builtIn('rbac.authorization.k8s.io', 'v1', 'Role', 'roles', 'namespaced'),
  builtIn('rbac.authorization.k8s.io', 'v1', 'RoleBinding', 'rolebindings', 'namespaced'),
  builtIn('scheduling.k8s.io', 'v1', 'PriorityClass', 'priorityclasses', 'cluster', { shortNames: ['pc'], generation: true }),
  builtIn('storage.k8s.io', 'v1', 'StorageClass', 'storageclasses', 'cluster', { shortNames: ['sc'] }),
  { ...builtIn('project.openshift.io', 'v1', 'Project', 'projects', 'cluster'), servedBy: 'aggregated' },
  custom('apiserver.openshift.io', 'v1', 'APIRequestCount', 'apirequestcounts', 'cluster'),
  custom('cdi.kubevirt.io', 'v1beta1', 'StorageProfile', 'storageprofiles', 'cluster'),
  custom('config.openshift.io', 'v1', 'ClusterOperator', 'clusteroperators', 'cluster', { shortNames: ['co'] }),
  custom('config.openshift.io', 'v1', 'ClusterVersion', 'clusterversions', 'cluster'),
  custom('hco.kubevirt.io', 'v1beta1', 'HyperConverged', 'hyperconvergeds', 'namespaced', { shortNames: ['hco', 'hcos'] }),
  custom('kubevirt.io', 'v1', 'KubeVirt', 'kubevirts', 'namespaced', { shortNames: ['kv', 'kvs'] }),
  custom('kubevirt.io', 'v1', 'VirtualMachine', 'virtualmachines', 'namespaced', { shortNames: ['vm', 'vms'] }),
  // The VMI CRD has no status subresource: a plain update may change its status.
  custom('kubevirt.io', 'v1', 'VirtualMachineInstance', 'virtualmachineinstances', 'namespaced', { shortNames: ['vmi', 'vmis'], statusSubresource: false }),
  custom('kubevirt.io', 'v1', 'VirtualMachineInstanceMigration', 'virtualmachineinstancemigrations', 'namespaced', { shortNames: ['vmim', 'vmims'] }),
  custom('kubevirt.io', 'v1', 'VirtualMachineInstanceReplicaSet', 'virtualmachineinstancereplicasets', 'namespaced', { shortNames: ['vmirs', 'vmirss'] }),
  custom('machineconfiguration.openshift.io', 'v1', 'MachineConfigPool', 'machineconfigpools', 'cluster', { shortNames: ['mcp'] }),
  custom('monitoring.coreos.com', 'v1', 'PrometheusRule', 'prometheusrules', 'namespaced', { shortNames: ['promrule'], statusSubresource: false }),
  custom('monitoring.coreos.com', 'v1', 'ServiceMonitor', 'servicemonitors', 'namespaced', { shortNames: ['smon'], statusSubresource: false }),
  custom('operator.openshift.io', 'v1', 'KubeDescheduler', 'kubedeschedulers', 'namespaced'),
  custom('operators.coreos.com', 'v1alpha1', 'ClusterServiceVersion', 'clusterserviceversions', 'namespaced', { shortNames: ['csv', 'csvs'] }),
  custom('operators.coreos.com', 'v1alpha1', 'InstallPlan', 'installplans', 'namespaced', { shortNames: ['ip'] }),
  custom('operators.coreos.com', 'v1alpha1', 'Subscription', 'subscriptions', 'namespaced', { shortNames: ['sub', 'subs'] }),
  custom('operators.coreos.com', 'v1', 'OperatorGroup', 'operatorgroups', 'namespaced', { shortNames: ['og'] }),
  custom('pool.kubevirt.io', 'v1beta1', 'VirtualMachinePool', 'virtualmachinepools', 'namespaced', { shortNames: ['vmpool', 'vmpools'] }),
];

const byKind = new Map(KINDS.map((info) => [info.kind, info]));

/** The kind's row; throws on a kind the world does not have, which is a mistake in a spec. */
export function kindInfo(kind: string): KindInfo {
  const info = byKind.get(kind);
  if (!info) throw new Error(`The world has no kind ${kind}: add it to src/testing/kinds.ts`);
  return info;
}

/** `apps/v1`, or `v1` for the core group. */
export function apiVersionOf(info: Pick<KindInfo, 'group' | 'version'>): string {
  return info.group === '' ? info.version : `${info.group}/${info.version}`;
}

/** `deployments.apps`, or `pods` for the core group: how error messages name a resource. */
export function qualifiedResource(info: Pick<KindInfo, 'group' | 'plural'>): string {
  return info.group === '' ? info.plural : `${info.plural}.${info.group}`;
}
