import { timestamp } from '../clock';
import { apiVersionOf, type KindInfo } from '../kinds';
import type { APIService, Binding, CustomResourceDefinition, EndpointSlice, Lease, PolicyRule, PriorityClass, Role, Service, Webhook, WebhookConfiguration } from '../objects';
import type { KubeObject } from '../types';
import { ownedBy } from './pod';

/** A namespace and the Project OpenShift shows for it. */
export function namespaceWithProject(name: string, labels: Record<string, string> = {}): KubeObject[] {
  const metadata = { name, labels: { 'kubernetes.io/metadata.name': name, ...labels } };
  const rest = { spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' } };
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata, ...rest },
    { apiVersion: 'project.openshift.io/v1', kind: 'Project', metadata, ...rest },
  ];
}

/** The definition that makes a custom kind served. */
export function customResourceDefinition(info: KindInfo): CustomResourceDefinition {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${info.plural}.${info.group}` },
    spec: {
      group: info.group,
      names: { kind: info.kind, plural: info.plural, singular: info.kind.toLowerCase(), listKind: `${info.kind}List`, shortNames: [...info.shortNames] },
      scope: info.namespaced ? 'Namespaced' : 'Cluster',
      versions: [{ name: info.version, served: true, storage: true }],
    },
    status: { conditions: [{ type: 'Established', status: 'True', reason: 'InitialNamesAccepted' }, { type: 'NamesAccepted', status: 'True', reason: 'NoConflicts' }] },
  };
}

/** The registration of an API that another server answers; without a service it stands for one that is always there. */
export function apiService(group: string, version: string, service: { namespace: string; name: string; port: number } | null, at: Date): APIService {
  return {
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name: `${version}.${group}` },
    spec: { group, version, groupPriorityMinimum: 1000, versionPriority: 15, service },
    status: { conditions: [{ type: 'Available', status: 'True', reason: 'Passed', message: 'all checks passed', lastTransitionTime: timestamp(at) }] },
  };
}

/** A Role, or without a namespace a ClusterRole. */
export function role(options: { name: string; namespace?: string; labels?: Record<string, string>; rules: PolicyRule[] }): Role {
  const { name, namespace, labels = {}, rules } = options;
  return { apiVersion: 'rbac.authorization.k8s.io/v1', kind: namespace === undefined ? 'ClusterRole' : 'Role', metadata: { name, labels, ...(namespace === undefined ? {} : { namespace }) }, rules };
}

/** The binding of a role of the same name to one service account. */
export function bindingOf(bound: Role, account: { namespace: string; name: string }): Binding {
  const { name, namespace, labels = {} } = bound.metadata;
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: `${bound.kind}Binding`,
    metadata: { name, labels, ...(namespace === undefined ? {} : { namespace }) },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: bound.kind as 'Role' | 'ClusterRole', name },
    subjects: [{ kind: 'ServiceAccount', ...account }],
  };
}

/** A ServiceAccount. */
export function serviceAccount(namespace: string, name: string): KubeObject {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } };
}

/** A PriorityClass. */
export function priorityClass(name: string, value: number, description: string): PriorityClass {
  return { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name }, value, globalDefault: false, preemptionPolicy: 'PreemptLowerPriority', description };
}

/** A Service that selects pods; the endpoints controller of the world does the rest. */
export function service(options: { namespace: string; name: string; selector: Record<string, string>; port: number; targetPort: number | string; portName?: string; labels?: Record<string, string>; clusterIP?: string }): Service {
  const { namespace, name, selector, port, targetPort, portName, labels = {}, clusterIP = 'None' } = options;
  const ports = [{ ...(portName === undefined ? {} : { name: portName }), port, targetPort, protocol: 'TCP' }];
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace, labels }, spec: { selector, ports, type: 'ClusterIP', sessionAffinity: 'None', internalTrafficPolicy: 'Cluster', ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack', clusterIP, clusterIPs: [clusterIP] }, status: { loadBalancer: {} } };
}

/** The slice of a service with no endpoints in it yet. */
export function endpointSlice(of: Service, name: string): EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name,
      generateName: `${of.metadata.name}-`,
      namespace: of.metadata.namespace ?? '',
      ownerReferences: [ownedBy(of)],
      labels: { ...of.metadata.labels, 'kubernetes.io/service-name': of.metadata.name, 'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io' },
    },
    addressType: 'IPv4',
    endpoints: [],
    ports: [],
  };
}

/** One webhook that calls a service and refuses what it cannot ask about. */
export function webhook(options: { name: string; service: { namespace: string; name: string; path: string }; rule: Pick<Webhook['rules'][number], 'apiGroups' | 'apiVersions' | 'resources' | 'operations'>; timeoutSeconds?: number }): Webhook {
  const { name, service: backend, rule, timeoutSeconds = 10 } = options;
  return {
    name,
    admissionReviewVersions: ['v1'],
    clientConfig: { service: { ...backend, port: 443 } },
    failurePolicy: 'Fail',
    matchPolicy: 'Equivalent',
    namespaceSelector: {},
    objectSelector: {},
    rules: [{ ...rule, scope: '*' }],
    sideEffects: 'None',
    timeoutSeconds,
  };
}

/** A configuration of validating or mutating webhooks. */
export function webhooks(kind: 'ValidatingWebhookConfiguration' | 'MutatingWebhookConfiguration', name: string, list: Webhook[], labels: Record<string, string> = {}): WebhookConfiguration {
  return { apiVersion: 'admissionregistration.k8s.io/v1', kind, metadata: { name, labels }, webhooks: list };
}

/** A Lease as leader election leaves it. */
export function lease(namespace: string, name: string, spec: Lease['spec']): Lease {
  return { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name, namespace }, spec };
}

/** Any object that needs no builder of its own. */
export function plain(info: KindInfo, metadata: KubeObject['metadata'], rest: Record<string, unknown>): KubeObject {
  return { apiVersion: apiVersionOf(info), kind: info.kind, metadata, ...rest };
}
