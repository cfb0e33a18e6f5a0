import { type KubeObject } from '../../../src/testing/types';
import { type Rule, roleOf } from './roles';

/**
 * Cluster roles that a bare API server does not have, as OpenShift, its operators and KubeVirt bring them. Rules about groups that
 * no runbook reads (builds, images, routes, templates, quotas, storage, subresources of KubeVirt) are left out.
 */

const READ = ['get', 'list', 'watch'];
const WRITE = ['create', 'update', 'patch', 'delete', 'deletecollection'];
const TO = 'rbac.authorization.k8s.io/aggregate-to-';

const labelled = (role: KubeObject, ...to: readonly string[]): KubeObject =>
  ({ ...role, metadata: { ...role.metadata, labels: Object.fromEntries(to.map((name) => [`${TO}${name}`, 'true'])) } });

const may = (verbs: readonly string[], group: string, ...resources: readonly string[]): Rule => ({ verbs, apiGroups: [group], resources });

const VMS = ['virtualmachines', 'virtualmachineinstances', 'virtualmachineinstancepresets', 'virtualmachineinstancereplicasets'];
const MIGRATIONS = 'virtualmachineinstancemigrations';

/** KubeVirt 1.8.4, pkg/virt-operator/resource/generate/rbac/cluster.go. */
const KUBEVIRT: readonly KubeObject[] = [
  roleOf('kubevirt.io:default', [may(['get', 'list'], 'kubevirt.io', 'kubevirts')]),
  labelled(roleOf('kubevirt.io:view', [may(['get', 'list'], 'kubevirt.io', 'kubevirts'), may(READ, 'kubevirt.io', ...VMS, MIGRATIONS), may(READ, 'pool.kubevirt.io', 'virtualmachinepools')]), 'view'),
  labelled(roleOf('kubevirt.io:edit', [
    may([...READ, 'create', 'update', 'patch', 'delete'], 'kubevirt.io', ...VMS), may(READ, 'kubevirt.io', MIGRATIONS), may(['get', 'list'], 'kubevirt.io', 'kubevirts'),
  ]), 'edit'),
  labelled(roleOf('kubevirt.io:admin', [may([...READ, ...WRITE], 'kubevirt.io', ...VMS), may(READ, 'kubevirt.io', MIGRATIONS)]), 'admin'),
  roleOf('kubevirt.io:migrate', [may([...READ, ...WRITE], 'kubevirt.io', MIGRATIONS)]),
];

/** OLM, deploy/chart/templates/0000_50_olm_09-aggregated.clusterrole.yaml, and what it makes for the kind that HCO provides. */
const OLM: readonly KubeObject[] = [
  labelled(roleOf('aggregate-olm-view', [may(READ, 'operators.coreos.com', 'clusterserviceversions', 'catalogsources', 'installplans', 'subscriptions')]), 'view', 'edit', 'admin'),
  labelled(roleOf('hyperconvergeds.hco.kubevirt.io-v1beta1-view', [may(READ, 'hco.kubevirt.io', 'hyperconvergeds')]), 'view'),
];

/** openshift/openshift-apiserver 56aa2d9, pkg/bootstrappolicy/policy.go: the parts that cluster-reader is made of, and what everybody has. */
const OPENSHIFT: readonly KubeObject[] = [
  { ...roleOf('cluster-reader', []), aggregationRule: { clusterRoleSelectors: ['cluster-reader', 'view'].map((name) => ({ matchLabels: { [`${TO}${name}`]: 'true' } })) } },
  labelled(roleOf('system:openshift:aggregate-to-cluster-reader', [
    may(READ, '', 'componentstatuses', 'nodes', 'nodes/status', 'persistentvolumes', 'persistentvolumes/status', 'pods/binding', 'podtemplates', 'services/status'),
    may(READ, 'admissionregistration.k8s.io', 'mutatingwebhookconfigurations', 'validatingwebhookconfigurations'),
    may(READ, 'apps', 'statefulsets/status', 'deployments/status', 'controllerrevisions', 'daemonsets/status', 'replicasets/status'),
    may(READ, 'apiextensions.k8s.io', 'customresourcedefinitions', 'customresourcedefinitions/status'),
    may(READ, 'apiregistration.k8s.io', 'apiservices', 'apiservices/status'),
    may(READ, 'coordination.k8s.io', 'leases'), may(READ, 'events.k8s.io', 'events'),
    may(READ, 'rbac.authorization.k8s.io', 'roles', 'rolebindings', 'clusterroles', 'clusterrolebindings'),
    may(READ, 'scheduling.k8s.io', 'priorityclasses'),
    { verbs: ['get'], nonResourceURLs: ['*'] },
  ]), 'cluster-reader'),
  roleOf('basic-user', [may(READ, 'rbac.authorization.k8s.io', 'clusterroles')]),
];

const OPERATORS: readonly KubeObject[] = [
  /** openshift/cluster-config-operator, manifests/0000_10_config-operator_02_config.clusterrole.yaml. */
  labelled(roleOf('system:openshift:cluster-config-operator:cluster-reader', [may(READ, 'config.openshift.io', 'clusteroperators', 'clusterversions', 'infrastructures', 'networks', 'schedulers')]), 'cluster-reader'),
  /** openshift/machine-config-operator, install/0000_80_machine-config_00_clusterreader_clusterrole.yaml. */
  labelled(roleOf('system:openshift:machine-config-operator:cluster-reader', [may(READ, 'machineconfiguration.openshift.io', 'machineconfigpools', 'controllerconfigs', 'kubeletconfigs')]), 'cluster-reader'),
  /** openshift/cluster-monitoring-operator, assets/cluster-monitoring-operator/cluster-role-view.yaml. */
  roleOf('cluster-monitoring-view', [may(['get'], '', 'namespaces'), { ...may(['get', 'create', 'update'], 'monitoring.coreos.com', 'prometheuses/api'), resourceNames: ['k8s'] }]),
];

/** All of them. Those that are aggregated are filled by the controller that does it on every cluster. */
export const CLUSTER_ROLES: readonly KubeObject[] = [...KUBEVIRT, ...OLM, ...OPENSHIFT, ...OPERATORS];

/** Roles that everybody who is logged in has: KubeVirt's default role, and OpenShift's basic user. */
export const EVERYBODYS = ['kubevirt.io:default', 'basic-user'] as const;
