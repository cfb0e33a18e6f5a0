import { customResourceDefinition, plain, priorityClass, role, bindingOf, serviceAccount } from '../builders/platform';
import { CNV_VERSION, CSV_NAME, imageOf, IMAGES, INSTALL_NAMESPACE, KUBEVIRT_VERSION } from '../builders/names';
import { componentTemplate, deploymentSpec, virtOperatorTemplate } from '../builders/workload';
import type { Cluster } from '../cluster';
import { ownerLabels } from '../controllers/olm';
import { kindInfo, KINDS } from '../kinds';
import type { ClusterServiceVersion, PolicyRule } from '../objects';
import type { KubeObject } from '../types';

const EVERY_VERB = ['get', 'list', 'watch', 'delete', 'update', 'create', 'patch'];
const READ = ['get', 'list', 'watch'];

/** Rights of virt-operator in its own namespace; the leases among them are what leader election needs (recorded from KubeVirt 1.8.4). */
const OPERATOR_RULES: PolicyRule[] = [
  { apiGroups: [''], resources: ['secrets'], resourceNames: ['kubevirt-ca', 'kubevirt-operator-certs', 'kubevirt-virt-api-certs'], verbs: ['create', 'get', 'list', 'watch', 'patch', 'delete'] },
  { apiGroups: [''], resources: ['configmaps'], verbs: ['create', 'get', 'list', 'watch', 'patch', 'delete'] },
  { apiGroups: ['route.openshift.io'], resources: ['routes'], verbs: ['create', 'get', 'list', 'watch', 'patch', 'delete'] },
  { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: EVERY_VERB },
];

/** Rights of virt-operator everywhere, as far as the world asks about them. */
const OPERATOR_CLUSTER_RULES: PolicyRule[] = [
  { apiGroups: ['kubevirt.io'], resources: ['kubevirts'], verbs: ['get', 'list', 'watch', 'patch', 'update'] },
  { apiGroups: ['kubevirt.io'], resources: ['virtualmachines', 'virtualmachineinstances', 'virtualmachineinstancemigrations'], verbs: READ.concat('create', 'patch') },
  { apiGroups: [''], resources: ['serviceaccounts', 'services', 'endpoints', 'pods/exec'], verbs: EVERY_VERB },
  { apiGroups: [''], resources: ['pods', 'nodes', 'configmaps'], verbs: READ },
  { apiGroups: ['apps'], resources: ['controllerrevisions', 'deployments', 'daemonsets'], verbs: EVERY_VERB },
  { apiGroups: ['rbac.authorization.k8s.io'], resources: ['clusterroles', 'clusterrolebindings', 'roles', 'rolebindings'], verbs: EVERY_VERB },
  { apiGroups: ['apiextensions.k8s.io'], resources: ['customresourcedefinitions'], verbs: EVERY_VERB },
  { apiGroups: ['admissionregistration.k8s.io'], resources: ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations'], verbs: EVERY_VERB },
  { apiGroups: ['apiregistration.k8s.io'], resources: ['apiservices'], verbs: EVERY_VERB },
  { apiGroups: ['monitoring.coreos.com'], resources: ['servicemonitors', 'prometheusrules'], verbs: EVERY_VERB },
];

/** The other operators of the bundle, one replica each: Deployment and, where it has another name, image. */
const NEIGHBOURS: readonly (readonly [name: string, image: string])[] = [
  ['cdi-operator', 'virt-cdi-operator'],
  ['cluster-network-addons-operator', 'cluster-network-addons-operator'],
  ['hco-operator', 'hyperconverged-cluster-operator'],
  ['hco-webhook', 'hyperconverged-cluster-webhook'],
  ['ssp-operator', 'kubevirt-ssp-operator'],
];

function csvDeployments(): ClusterServiceVersion['spec']['install']['spec']['deployments'] {
  const neighbours = NEIGHBOURS.map(([name, image]) => {
    const labels = { name, 'app.kubernetes.io/part-of': 'hyperconverged-cluster' };
    const template = componentTemplate({ name, image: imageOf(image), labels, requests: { cpu: '10m', memory: '96Mi' }, placement: 'anywhere' });
    return { name, label: labels, spec: deploymentSpec(1, { name }, template) };
  });
  const label = { 'app.kubernetes.io/component': 'compute', 'app.kubernetes.io/managed-by': 'olm', 'app.kubernetes.io/part-of': 'hyperconverged-cluster', 'kubevirt.io': 'virt-operator' };
  return [...neighbours, { name: 'virt-operator', label, spec: deploymentSpec(2, { 'kubevirt.io': 'virt-operator' }, virtOperatorTemplate()) }];
}

/** The ClusterServiceVersion of OpenShift Virtualization; starts where OLM would start it. */
function clusterServiceVersion(): ClusterServiceVersion {
  const owned = KINDS.filter((info) => ['hco.kubevirt.io', 'kubevirt.io'].includes(info.group)).map((info) => ({ name: `${info.plural}.${info.group}`, kind: info.kind, version: info.version }));
  return {
    apiVersion: 'operators.coreos.com/v1alpha1',
    kind: 'ClusterServiceVersion',
    metadata: {
      name: CSV_NAME,
      namespace: INSTALL_NAMESPACE,
      labels: { 'olm.managed': 'true', 'operators.coreos.com/kubevirt-hyperconverged.openshift-cnv': '' },
      annotations: { 'olm.operatorGroup': 'openshift-cnv-operatorgroup', 'olm.operatorNamespace': INSTALL_NAMESPACE, 'olm.targetNamespaces': '', 'operatorframework.io/suggested-namespace': INSTALL_NAMESPACE },
    },
    spec: {
      displayName: 'OpenShift Virtualization',
      version: CNV_VERSION,
      provider: { name: 'Red Hat' },
      customresourcedefinitions: { owned },
      install: {
        strategy: 'deployment',
        spec: {
          deployments: csvDeployments(),
          permissions: [{ serviceAccountName: 'kubevirt-operator', rules: OPERATOR_RULES }],
          clusterPermissions: [{ serviceAccountName: 'kubevirt-operator', rules: OPERATOR_CLUSTER_RULES }],
        },
      },
      relatedImages: [...IMAGES].map((image) => ({ name: image.replace(/^.*\/(.*)-rhel9@.*$/, '$1'), image })).concat({ name: 'cnv-must-gather', image: imageOf('cnv-must-gather') }),
    },
    status: { phase: 'Pending', reason: 'RequirementsUnknown', message: 'requirements not yet checked' },
  };
}

/** What OLM unpacks from the bundle: definitions, priority class, accounts, roles, subscription and CSV. The controllers install the rest. */
export function installOperator(cluster: Cluster): void {
  for (const info of KINDS.filter(({ servedBy, group }) => servedBy === 'crd' && /(^|\.)kubevirt\.io$/.test(group))) cluster.create(customResourceDefinition(info));
  cluster.create(priorityClass('kubevirt-cluster-critical', 1_000_000_000, 'This priority class should be used for core kubevirt components only.'));
  const accounts = ['kubevirt-operator', ...NEIGHBOURS.map(([name]) => name)];
  for (const name of accounts) cluster.create(serviceAccount(INSTALL_NAMESPACE, name));
  cluster.create(plain(kindInfo('OperatorGroup'), { name: 'openshift-cnv-operatorgroup', namespace: INSTALL_NAMESPACE }, { spec: { upgradeStrategy: 'Default' }, status: { namespaces: [''] } }));
  const csv = clusterServiceVersion();
  const labels = ownerLabels(csv);
  const account = { namespace: INSTALL_NAMESPACE, name: 'kubevirt-operator' };
  const own = role({ name: `${CSV_NAME}-${cluster.random.letters(22)}`, namespace: INSTALL_NAMESPACE, labels, rules: OPERATOR_RULES });
  const everywhere = role({ name: `${CSV_NAME}-${cluster.random.letters(22)}`, labels, rules: OPERATOR_CLUSTER_RULES });
  for (const bound of [own, everywhere]) {
    cluster.create(bound);
    cluster.create(bindingOf(bound, account));
  }
  for (const object of subscription()) cluster.create(object);
  cluster.create(csv);
}

function subscription(): KubeObject[] {
  const plan = 'install-x7k2p';
  return [
    plain(kindInfo('Subscription'), { name: 'hco-operatorhub', namespace: INSTALL_NAMESPACE, labels: { 'operators.coreos.com/kubevirt-hyperconverged.openshift-cnv': '' } }, {
      spec: { channel: 'stable', installPlanApproval: 'Automatic', name: 'kubevirt-hyperconverged', source: 'redhat-operators', sourceNamespace: 'openshift-marketplace', startingCSV: CSV_NAME },
      status: { state: 'AtLatestKnown', currentCSV: CSV_NAME, installedCSV: CSV_NAME, installPlanRef: { kind: 'InstallPlan', name: plan, namespace: INSTALL_NAMESPACE } },
    }),
    plain(kindInfo('InstallPlan'), { name: plan, namespace: INSTALL_NAMESPACE }, { spec: { approval: 'Automatic', approved: true, clusterServiceVersionNames: [CSV_NAME], generation: 1 }, status: { phase: 'Complete' } }),
  ];
}

/** KubeVirt's own version in the annotations virt-operator writes. */
export const installNotes: Record<string, string> = { 'kubevirt.io/install-strategy-version': KUBEVIRT_VERSION, 'kubevirt.io/install-strategy-registry': 'registry.redhat.io/container-native-virtualization' };
