import type { Cluster } from '../cluster';
import { apiVersionOf, kindInfo } from '../kinds';
import type { Pod, Webhook } from '../objects';
import { quantity, quantityText } from '../quantity';
import { matches } from '../selectors';
import type { KubeObject } from '../types';
import { hasEndpoints } from './endpoints';
import { forbidden, internalError } from './status';
import { judged } from './virtApiWebhooks';

/** What is about to be written. */
export interface Admission {
  operation: 'CREATE' | 'UPDATE' | 'DELETE';
  object: KubeObject;
  subresource?: string | undefined;
  /** Webhooks are told so, and then do nothing besides. */
  dryRun?: boolean;
}

/**
 * What admission does to every write, dry runs included: webhooks, priority, quota. Returns the object as it may be stored
 * (a pod with its priority); throws what the server would answer.
 */
export function admit<T extends KubeObject>(cluster: Cluster, admission: Admission & { object: T }): T {
  const mutated = callWebhooks(cluster, 'MutatingWebhookConfiguration', admission);
  const isNewPod = admission.operation === 'CREATE' && mutated.kind === 'Pod' && admission.subresource === undefined;
  const object = isNewPod ? withPriority(cluster, mutated) : mutated;
  callWebhooks(cluster, 'ValidatingWebhookConfiguration', { ...admission, object });
  if (isNewPod) checkQuotas(cluster, object as KubeObject as Pod);
  return object;
}

/** The name a mutating admission plugin sees: that of a generated object is still open. */
function provisionalName({ metadata }: KubeObject): string {
  return metadata.generateName ?? metadata.name;
}

function withPriority<T extends KubeObject>(cluster: Cluster, object: T): T {
  const spec = object['spec'] as Pod['spec'];
  if (spec.priorityClassName === undefined) return { ...object, spec: { ...spec, priority: spec.priority ?? 0 } };
  const priorityClass = cluster.get('PriorityClass', undefined, spec.priorityClassName);
  if (!priorityClass) throw forbidden(kindInfo('Pod'), provisionalName(object), `no PriorityClass with name ${spec.priorityClassName} was found`);
  return { ...object, spec: { ...spec, priority: priorityClass.value, preemptionPolicy: 'PreemptLowerPriority' } };
}

/** Pods that count against quotas and node resources: those that still hold on to something. */
export const holdsResources = (pod: Pod): boolean => pod.status.phase !== 'Succeeded' && pod.status.phase !== 'Failed';

/** What a pod requests of one resource, in cores, bytes or pieces. */
export function requested(pod: Pick<Pod, 'spec'>, resource: string, kind: 'requests' | 'limits' = 'requests'): number {
  return pod.spec.containers.reduce((sum, container) => sum + quantity(container.resources?.[kind]?.[resource] ?? '0'), 0);
}

/** How much of a quota's resource one pod uses: `pods`, `requests.cpu`, `cpu`, `limits.memory` and so on. */
export function quotaUse(pod: Pick<Pod, 'spec'>, resource: string): number {
  if (resource === 'pods' || resource === 'count/pods') return 1;
  const [first, second] = resource.split('.');
  if (second === undefined) return requested(pod, resource);
  return first === 'limits' ? requested(pod, second, 'limits') : requested(pod, second);
}

function checkQuotas(cluster: Cluster, pod: Pod): void {
  const { namespace, name } = pod.metadata;
  const others = cluster.list('Pod', namespace).filter(holdsResources);
  for (const quota of cluster.list('ResourceQuota', namespace)) {
    const rows = Object.entries(quota.spec.hard)
      .map(([resource, hard]) => ({ resource, hard, asked: quotaUse(pod, resource), used: others.reduce((sum, other) => sum + quotaUse(other, resource), 0) }))
      .filter(({ hard, asked, used }) => asked > 0 && used + asked > quantity(hard))
      .sort((a, b) => (a.resource < b.resource ? -1 : 1));
    if (rows.length === 0) continue;
    const list = (of: (row: (typeof rows)[number]) => string): string => rows.map((row) => `${row.resource}=${of(row)}`).join(',');
    const asked = list((row) => quantityText(row.resource, row.asked));
    const used = list((row) => quantityText(row.resource, row.used));
    throw forbidden(kindInfo('Pod'), name, `exceeded quota: ${quota.metadata.name}, requested: ${asked}, used: ${used}, limited: ${list((row) => row.hard)}`);
  }
}

function hasRuleFor(webhook: Webhook, { operation, object, subresource }: Admission): boolean {
  const info = kindInfo(object.kind);
  const resource = subresource === undefined ? info.plural : `${info.plural}/${subresource}`;
  const has = (list: readonly string[], value: string): boolean => list.includes('*') || list.includes(value);
  return webhook.rules.some(
    (rule) =>
      has(rule.operations, operation) &&
      has(rule.apiGroups, info.group) &&
      has(rule.apiVersions, info.version) &&
      (rule.resources.includes('*/*') || rule.resources.includes(resource) || (rule.resources.includes('*') && subresource === undefined)) &&
      (rule.scope === undefined || rule.scope === '*' || (rule.scope === 'Namespaced') === info.namespaced),
  );
}

/** Asks every webhook that is concerned, and returns what they made of the object. */
function callWebhooks<T extends KubeObject>(cluster: Cluster, kind: 'MutatingWebhookConfiguration' | 'ValidatingWebhookConfiguration', admission: Admission & { object: T }): T {
  let { object } = admission;
  // The API server never calls webhooks about webhook configurations, so that a broken one can be removed.
  if (apiVersionOf(kindInfo(object.kind)).startsWith('admissionregistration.k8s.io/')) return object;
  const namespace = object.kind === 'Namespace' ? object : cluster.get('Namespace', undefined, object.metadata.namespace ?? '');
  for (const webhook of cluster.list(kind).flatMap((configuration) => configuration.webhooks)) {
    const { service } = webhook.clientConfig;
    const concerned =
      hasRuleFor(webhook, admission) &&
      matches(object.metadata.labels, webhook.objectSelector) &&
      (namespace === undefined || matches(namespace.metadata.labels, webhook.namespaceSelector));
    if (!concerned || !service) continue;
    if (hasEndpoints(cluster, service)) {
      object = judged(webhook.name, cluster, { ...admission, object });
      continue;
    }
    if (webhook.failurePolicy === 'Ignore') continue;
    const url = `https://${service.name}.${service.namespace}.svc:${String(service.port ?? 443)}${service.path ?? ''}?timeout=${String(webhook.timeoutSeconds ?? 10)}s`;
    throw internalError(`failed calling webhook "${webhook.name}": failed to call webhook: Post "${url}": no endpoints available for service "${service.name}"`);
  }
  return object;
}
