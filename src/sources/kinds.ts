import { type Kind } from '../engine/source';
import type { ApiRequestCount } from './apiRequests';
import type * as o from './objects';

const table = <T>(group: string, kind: string, plural: string, versions: readonly [string, ...string[]], namespaced: boolean): Kind<T> =>
  ({ kind, plural, group, versions, namespaced });

const inNamespaces = <T>(group: string, kind: string, plural: string, ...versions: readonly [string, ...string[]]): Kind<T> =>
  table(group, kind, plural, versions, true);

const ofCluster = <T>(group: string, kind: string, plural: string, ...versions: readonly [string, ...string[]]): Kind<T> =>
  table(group, kind, plural, versions, false);

/**
 * Every kind of object that anything here reads or writes: group, plural and served versions, best first.
 * The built-in kinds as Kubernetes 1.35 serves them, the others as their CRDs on OpenShift 4.22 do.
 */
export const kinds = {
  Pod: inNamespaces<o.Pod>('', 'Pod', 'pods', 'v1'),
  Event: inNamespaces<o.ClusterEvent>('', 'Event', 'events', 'v1'),
  Node: ofCluster<o.Node>('', 'Node', 'nodes', 'v1'),
  Namespace: ofCluster<o.KubeObject>('', 'Namespace', 'namespaces', 'v1'),
  Service: inNamespaces<o.Service>('', 'Service', 'services', 'v1'),
  ConfigMap: inNamespaces<o.ConfigMap>('', 'ConfigMap', 'configmaps', 'v1'),
  ServiceAccount: inNamespaces<o.KubeObject>('', 'ServiceAccount', 'serviceaccounts', 'v1'),
  PersistentVolumeClaim: inNamespaces<o.KubeObject>('', 'PersistentVolumeClaim', 'persistentvolumeclaims', 'v1'),
  ResourceQuota: inNamespaces<o.ResourceQuota>('', 'ResourceQuota', 'resourcequotas', 'v1'),
  Deployment: inNamespaces<o.Deployment>('apps', 'Deployment', 'deployments', 'v1'),
  ReplicaSet: inNamespaces<o.ReplicaSet>('apps', 'ReplicaSet', 'replicasets', 'v1'),
  DaemonSet: inNamespaces<o.DaemonSet>('apps', 'DaemonSet', 'daemonsets', 'v1'),
  Job: inNamespaces<o.KubeObject>('batch', 'Job', 'jobs', 'v1'),
  Lease: inNamespaces<o.Lease>('coordination.k8s.io', 'Lease', 'leases', 'v1'),
  EndpointSlice: inNamespaces<o.EndpointSlice>('discovery.k8s.io', 'EndpointSlice', 'endpointslices', 'v1'),
  PriorityClass: ofCluster<o.PriorityClass>('scheduling.k8s.io', 'PriorityClass', 'priorityclasses', 'v1'),
  Role: inNamespaces<o.Role>('rbac.authorization.k8s.io', 'Role', 'roles', 'v1'),
  RoleBinding: inNamespaces<o.RoleBinding>('rbac.authorization.k8s.io', 'RoleBinding', 'rolebindings', 'v1'),
  ClusterRole: ofCluster<o.Role>('rbac.authorization.k8s.io', 'ClusterRole', 'clusterroles', 'v1'),
  ClusterRoleBinding: ofCluster<o.RoleBinding>('rbac.authorization.k8s.io', 'ClusterRoleBinding', 'clusterrolebindings', 'v1'),
  ValidatingWebhookConfiguration: ofCluster<o.WebhookConfiguration>(
    'admissionregistration.k8s.io', 'ValidatingWebhookConfiguration', 'validatingwebhookconfigurations', 'v1'),
  MutatingWebhookConfiguration: ofCluster<o.WebhookConfiguration>(
    'admissionregistration.k8s.io', 'MutatingWebhookConfiguration', 'mutatingwebhookconfigurations', 'v1'),
  APIRequestCount: ofCluster<ApiRequestCount>('apiserver.openshift.io', 'APIRequestCount', 'apirequestcounts', 'v1'),
  APIService: ofCluster<o.ApiService>('apiregistration.k8s.io', 'APIService', 'apiservices', 'v1'),
  CustomResourceDefinition: ofCluster<o.KubeObject>('apiextensions.k8s.io', 'CustomResourceDefinition', 'customresourcedefinitions', 'v1'),
  KubeVirt: inNamespaces<o.KubeVirt>('kubevirt.io', 'KubeVirt', 'kubevirts', 'v1'),
  VirtualMachine: inNamespaces<o.VirtualMachine>('kubevirt.io', 'VirtualMachine', 'virtualmachines', 'v1'),
  VirtualMachineInstance: inNamespaces<o.VirtualMachineInstance>('kubevirt.io', 'VirtualMachineInstance', 'virtualmachineinstances', 'v1'),
  VirtualMachineInstanceMigration: inNamespaces<o.VirtualMachineInstanceMigration>(
    'kubevirt.io', 'VirtualMachineInstanceMigration', 'virtualmachineinstancemigrations', 'v1'),
  HyperConverged: inNamespaces<o.HyperConverged>('hco.kubevirt.io', 'HyperConverged', 'hyperconvergeds', 'v1beta1', 'v1'),
  ClusterServiceVersion: inNamespaces<o.ClusterServiceVersion>(
    'operators.coreos.com', 'ClusterServiceVersion', 'clusterserviceversions', 'v1alpha1'),
  Subscription: inNamespaces<o.Subscription>('operators.coreos.com', 'Subscription', 'subscriptions', 'v1alpha1'),
  InstallPlan: inNamespaces<o.InstallPlan>('operators.coreos.com', 'InstallPlan', 'installplans', 'v1alpha1'),
  ClusterVersion: ofCluster<o.ClusterVersion>('config.openshift.io', 'ClusterVersion', 'clusterversions', 'v1'),
  ClusterOperator: ofCluster<o.KubeObject>('config.openshift.io', 'ClusterOperator', 'clusteroperators', 'v1'),
  MachineConfigPool: ofCluster<o.MachineConfigPool>('machineconfiguration.openshift.io', 'MachineConfigPool', 'machineconfigpools', 'v1'),
  KubeDescheduler: inNamespaces<o.KubeDescheduler>('operator.openshift.io', 'KubeDescheduler', 'kubedeschedulers', 'v1'),
  StorageClass: ofCluster<o.KubeObject>('storage.k8s.io', 'StorageClass', 'storageclasses', 'v1'),
  StorageProfile: ofCluster<o.StorageProfile>('cdi.kubevirt.io', 'StorageProfile', 'storageprofiles', 'v1beta1'),
  ServiceMonitor: inNamespaces<o.KubeObject>('monitoring.coreos.com', 'ServiceMonitor', 'servicemonitors', 'v1'),
} as const;
