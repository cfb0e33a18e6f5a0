import type { KindInfo } from '../kinds';
import type { Pod } from '../objects';
import { copyOf } from '../structure';
import type { KubeObject } from '../types';
import { invalid } from './status';

/** What the API server does with objects of a kind before it stores them (k8s.io/kubernetes pkg/registry, strategies). */

/** Kinds of which an update makes the object that is not there. */
const MADE_BY_UPDATE = ['Lease', 'Event', 'Endpoints', 'Service', 'Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'];

/** Whether PUT on an object that does not exist creates it. */
export const isMadeByUpdate = ({ kind }: KindInfo): boolean => MADE_BY_UPDATE.includes(kind);

const qosClass = ({ spec }: Pod): string => {
  const resources = spec.containers.map((container) => container.resources ?? {});
  const has = (of: Readonly<Record<string, string>> | undefined): boolean => ['cpu', 'memory'].some((name) => of?.[name] !== undefined);
  if (!resources.some(({ requests, limits }) => has(requests) || has(limits))) return 'BestEffort';
  const equal = resources.every(({ requests = {}, limits = {} }) => ['cpu', 'memory'].every((name) => limits[name] !== undefined && (requests[name] ?? limits[name]) === limits[name]));
  return equal ? 'Guaranteed' : 'Burstable';
};

const established = (): unknown => ({ conditions: [{ type: 'Established', status: 'True', reason: 'InitialNamesAccepted' }, { type: 'NamesAccepted', status: 'True', reason: 'NoConflicts' }] });

/** The status that a new object begins with, whatever its maker wrote; undefined for none. */
function firstStatus(info: KindInfo, object: KubeObject): unknown {
  switch (info.kind) {
    case 'Pod': return { phase: 'Pending', qosClass: qosClass(object as Pod) };
    case 'Namespace': return { phase: 'Active' };
    case 'PersistentVolumeClaim': return { phase: 'Pending' };
    case 'Service': return { loadBalancer: {} };
    case 'ReplicaSet': return { replicas: 0 };
    case 'DaemonSet': return { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 };
    // The one built-in kind whose maker, the kubelet, brings the status along.
    case 'Node': return object['status'] ?? {};
    case 'CustomResourceDefinition': return established();
    default: return info.servedBy === 'crd' ? undefined : {};
  }
}

/** A new object as the server completes it: its first status, and the few defaults that the world reads. */
export function begun(info: KindInfo, object: KubeObject): KubeObject {
  const { status: _theirs, ...rest } = copyOf(object);
  const begin: KubeObject = { ...rest } as KubeObject;
  if (info.kind === 'Deployment' || info.kind === 'ReplicaSet') begin['spec'] = { replicas: 1, ...(begin['spec'] as object) };
  if (info.kind === 'Namespace') begin.metadata.labels = { ...begin.metadata.labels, 'kubernetes.io/metadata.name': begin.metadata.name };
  if (!info.statusSubresource) return copyOf(object);
  const status = firstStatus(info, object);
  return status === undefined ? begin : { ...begin, status };
}

const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const SUBDOMAIN_RULE = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character"
  + " (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

/** Throws the server's 422 for what it would not store: only names and replica counts are looked at here. */
export function validate(info: KindInfo, object: KubeObject): void {
  const { name } = object.metadata;
  const refuse = (field: string, value: string, rule: string): never => {
    throw invalid(info.kind, info.group, name, field, `Invalid value: ${value}: ${rule}`);
  };
  if (info.group !== 'rbac.authorization.k8s.io' && !SUBDOMAIN.test(name)) refuse('metadata.name', JSON.stringify(name), SUBDOMAIN_RULE);
  const { replicas } = (object['spec'] ?? {}) as { replicas?: unknown };
  const counted = info.kind === 'Deployment' || info.kind === 'ReplicaSet';
  if (counted && typeof replicas === 'number' && replicas < 0) refuse('spec.replicas', String(replicas), 'must be greater than or equal to 0');
}
