import type { Condition, Node, Pod, PodSpec, Requirement } from './podObjects';
import type { KubeObject } from './types';

export type * from './podObjects';

/** Typed views of the objects the world itself reads and writes; everything else stays a `KubeObject`. */

export interface PodTemplate {
  metadata: { labels: Record<string, string>; annotations?: Record<string, string>; name?: string };
  spec: PodSpec;
}

export interface Deployment extends KubeObject {
  spec: {
    replicas: number;
    selector: { matchLabels: Record<string, string> };
    template: PodTemplate;
    progressDeadlineSeconds?: number;
    [field: string]: unknown;
  };
  status: {
    observedGeneration?: number;
    replicas?: number;
    updatedReplicas?: number;
    readyReplicas?: number;
    availableReplicas?: number;
    unavailableReplicas?: number;
    conditions?: Condition[];
  };
}

export interface ReplicaSet extends KubeObject {
  spec: { replicas: number; selector: { matchLabels: Record<string, string> }; template: PodTemplate };
  status: {
    observedGeneration?: number;
    replicas: number;
    readyReplicas?: number;
    availableReplicas?: number;
    fullyLabeledReplicas?: number;
    conditions?: Condition[];
  };
}

export interface DaemonSet extends KubeObject {
  spec: { selector: { matchLabels: Record<string, string> }; template: PodTemplate; [field: string]: unknown };
  status: { desiredNumberScheduled: number; currentNumberScheduled: number; numberReady: number; numberAvailable?: number; numberUnavailable?: number; [field: string]: unknown };
}

export interface Lease extends KubeObject {
  spec: { holderIdentity?: string; renewTime?: string; acquireTime?: string; leaseDurationSeconds?: number; leaseTransitions?: number };
}

export interface Event extends KubeObject {
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
  count: number;
  firstTimestamp: string;
  lastTimestamp: string;
  involvedObject: { kind: string; name: string; namespace?: string; uid?: string; apiVersion?: string; fieldPath?: string };
  source: { component: string; host?: string };
}

export interface Service extends KubeObject {
  spec: { selector?: Record<string, string>; ports: { name?: string; port: number; targetPort?: number | string; protocol?: string }[]; [field: string]: unknown };
}

export interface Endpoints extends KubeObject {
  subsets?: { addresses?: { ip: string; nodeName?: string; targetRef?: { kind: string; name: string; namespace: string; uid: string } }[]; ports: { name?: string; port: number; protocol: string }[] }[] | undefined;
}

export interface EndpointSlice extends KubeObject {
  endpoints: { addresses: string[]; conditions: { ready: boolean; serving: boolean; terminating: boolean }; nodeName?: string; targetRef?: { kind: string; name: string; namespace: string; uid: string } }[];
  ports: { name?: string; port: number; protocol: string }[];
}

export interface PolicyRule {
  verbs: string[];
  apiGroups: string[];
  resources: string[];
  resourceNames?: string[];
}

export interface Role extends KubeObject {
  rules: PolicyRule[];
}

export interface Binding extends KubeObject {
  roleRef: { apiGroup: string; kind: 'Role' | 'ClusterRole'; name: string };
  subjects: { kind: string; name: string; namespace?: string; apiGroup?: string }[];
}

export interface Webhook {
  name: string;
  clientConfig: { service?: { name: string; namespace: string; path?: string; port?: number }; url?: string };
  rules: { operations: string[]; apiGroups: string[]; apiVersions: string[]; resources: string[]; scope?: string }[];
  failurePolicy: 'Fail' | 'Ignore';
  namespaceSelector?: { matchLabels?: Record<string, string>; matchExpressions?: Requirement[] };
  objectSelector?: { matchLabels?: Record<string, string>; matchExpressions?: Requirement[] };
  timeoutSeconds?: number;
  [field: string]: unknown;
}

export interface WebhookConfiguration extends KubeObject {
  webhooks: Webhook[];
}

export interface ResourceQuota extends KubeObject {
  spec: { hard: Record<string, string> };
  status: { hard: Record<string, string>; used: Record<string, string> };
}

export interface PriorityClass extends KubeObject {
  value: number;
}

export interface VirtualMachineInstance extends KubeObject {
  status: { phase: string; nodeName?: string; conditions?: Condition[]; launcherContainerImageVersion?: string; [field: string]: unknown };
}

export interface VirtualMachine extends KubeObject {
  status: { printableStatus: string; ready?: boolean; created?: boolean; [field: string]: unknown };
}

export interface CustomResourceDefinition extends KubeObject {
  spec: { group: string; names: { kind: string; plural: string; [field: string]: unknown }; [field: string]: unknown };
}

export interface APIService extends KubeObject {
  spec: { group: string; version: string; service?: { name: string; namespace: string; port?: number } | null; [field: string]: unknown };
}

export interface ClusterServiceVersion extends KubeObject {
  spec: { install: { strategy: string; spec: { deployments: { name: string; label?: Record<string, string>; spec: Deployment['spec'] }[]; [field: string]: unknown } }; [field: string]: unknown };
  status: { phase: string; reason: string; message: string; [field: string]: unknown };
}

/** Which type an object of a kind has; kinds without a view are plain. */
export interface TypedKinds {
  Pod: Pod;
  Node: Node;
  Deployment: Deployment;
  ReplicaSet: ReplicaSet;
  DaemonSet: DaemonSet;
  Lease: Lease;
  Event: Event;
  Service: Service;
  Endpoints: Endpoints;
  EndpointSlice: EndpointSlice;
  Role: Role;
  ClusterRole: Role;
  RoleBinding: Binding;
  ClusterRoleBinding: Binding;
  ValidatingWebhookConfiguration: WebhookConfiguration;
  MutatingWebhookConfiguration: WebhookConfiguration;
  ResourceQuota: ResourceQuota;
  PriorityClass: PriorityClass;
  VirtualMachineInstance: VirtualMachineInstance;
  VirtualMachine: VirtualMachine;
  CustomResourceDefinition: CustomResourceDefinition;
  APIService: APIService;
  ClusterServiceVersion: ClusterServiceVersion;
}

/** The typed view of a kind, or a plain object. */
export type ObjectOf<K extends string> = K extends keyof TypedKinds ? TypedKinds[K] : KubeObject;
