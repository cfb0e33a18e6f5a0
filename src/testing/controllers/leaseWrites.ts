import { admit } from '../api/admission';
import { mayServiceAccount, refusal } from '../api/rights';
import { ApiError } from '../api/status';
import { lease as newLease } from '../builders/platform';
import { timestamp } from '../clock';
import type { Cluster } from '../cluster';
import type { Lease, Pod } from '../objects';
import { quantity } from '../quantity';
import { matches } from '../selectors';
import { klogLine } from './startupLog';

const LEASES = { group: 'coordination.k8s.io', resource: 'leases' } as const;
/** A candidate tries every two seconds; its log gets a line of it so often, in seconds, which says as much. */
const SAID_EVERY = 10;
/** A leader needs a thousandth of a core or so to renew in time: with less than this many cores it is too late. */
const ENOUGH_CPU = 0.005;

const accountOf = (pod: Pod): { namespace: string; name: string } => ({ namespace: pod.metadata.namespace ?? '', name: pod.spec.serviceAccountName ?? 'default' });

interface EgressPolicy {
  podSelector?: { matchLabels?: Record<string, string> };
  policyTypes?: readonly string[];
  egress?: readonly unknown[];
}

/** Whether a NetworkPolicy keeps the pod from calling anybody, the API server among them. */
export function isCutOff(cluster: Cluster, pod: Pod): boolean {
  return cluster.list('NetworkPolicy', pod.metadata.namespace).some((policy) => {
    const { podSelector = {}, policyTypes = [], egress = [] } = (policy['spec'] ?? {}) as EgressPolicy;
    return policyTypes.includes('Egress') && egress.length === 0 && matches(pod.metadata.labels, podSelector);
  });
}

/** Whether the account that the pod logs in with is gone, or another of the same name: then its token is void. */
export function isStranger(cluster: Cluster, pod: Pod): boolean {
  const { namespace, name } = accountOf(pod);
  const account = cluster.get('ServiceAccount', namespace, name);
  return account === undefined || (account.metadata.creationTimestamp ?? '') > (pod.metadata.creationTimestamp ?? '');
}

/** Whether a CPU limit keeps the program from renewing a lease in time. */
export const isStarved = (pod: Pod): boolean => pod.spec.containers.some(({ resources }) => quantity(resources?.limits?.['cpu'] ?? '1') < ENOUGH_CPU);

/** Why a candidate cannot use its lease, in the words that client-go logs (`tools/leaderelection`); undefined if it can. */
export function lockError(cluster: Cluster, election: string, pod: Pod, lease: Lease | undefined): string | undefined {
  const { namespace = '' } = pod.metadata;
  const account = accountOf(pod);
  const user = `system:serviceaccount:${account.namespace}:${account.name}`;
  const may = (verb: string): boolean => mayServiceAccount(cluster, account, { ...LEASES, verb, namespace });
  const refused = (verb: string, named = ` "${election}"`): string => `leases.coordination.k8s.io${named} is forbidden: ${refusal(user, { ...LEASES, verb, namespace })}`;
  const reading = `error retrieving resource lock ${namespace}/${election}: `;
  if (isCutOff(cluster, pod)) {
    return `${reading}Get "https://172.30.0.1:443/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases/${election}": dial tcp 172.30.0.1:443: i/o timeout`;
  }
  if (isStranger(cluster, pod)) return `${reading}Unauthorized`;
  if (!may('get')) return reading + refused('get');
  const writing = lease ? 'Failed to update lock: ' : 'error initially creating leader election record: ';
  if (!may(lease ? 'update' : 'create')) return writing + (lease ? refused('update') : refused('create', ''));
  try {
    admit(cluster, { operation: lease ? 'UPDATE' : 'CREATE', object: lease ?? newLease(namespace, election, {}) });
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return writing + error.message;
    throw error;
  }
}

/** Something that a program lists and waits for. */
export interface Awaited {
  readonly type: string;
  readonly group: string;
  readonly resource: string;
}

/** Which of them the program of a pod may not list. */
export const unreadableOf = (cluster: Cluster, pod: Pod, awaited: readonly Awaited[]): Awaited | undefined =>
  awaited.find(({ group, resource }) => !mayServiceAccount(cluster, accountOf(pod), { verb: 'list', group, resource }));

/** Why a cache does not fill, as client-go's reflector says it, every so often. */
export function sayCacheFails(cluster: Cluster, election: string, pod: Pod, { type, group, resource }: Awaited): void {
  const { namespace, name } = accountOf(pod);
  const words = refusal(`system:serviceaccount:${namespace}:${name}`, { verb: 'list', group, resource });
  const inside = `failed to list *v1.${type}: ${resource}${group === '' ? '' : `.${group}`} is forbidden: ${words}`.replaceAll('"', '\\"');
  complain(cluster, election, pod, `"Failed to watch" err="${inside}" logger="UnhandledError" reflector="pkg/controller/virtinformers.go:383" type="*v1.${type}"`, 'reflector.go:205');
}

/** A candidate writes down why it cannot, unless it has just done so. */
export function complain(cluster: Cluster, election: string, pod: Pod, words: string, source = 'leaderelection.go:436'): void {
  const log = { namespace: pod.metadata.namespace ?? '', pod: pod.metadata.name, container: election };
  const last = cluster.logs.read(log).at(-1);
  if (last?.text.endsWith(words) && cluster.now().getTime() - last.at.getTime() < SAID_EVERY * 1000) return;
  cluster.logs.write(log, [klogLine('E', words, source, cluster.now())]);
}

/** A leader that lost its lease ends its process (golog.Fatal), and the kubelet starts it again. */
export function endProcess(cluster: Cluster, election: string, pod: Pod): void {
  const now = cluster.now();
  const { namespace = '', name } = pod.metadata;
  const log = { namespace, pod: name, container: election };
  cluster.logs.write(log, [
    klogLine('E', `Failed to update lock optimistically: Put "https://172.30.0.1:443/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases/${election}": context deadline exceeded, falling back to slow path`, 'leaderelection.go:429', now),
    klogLine('I', `failed to renew lease ${namespace}/${election}: context deadline exceeded`, 'leaderelection.go:306', now),
    `${now.toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ')} leaderelection lost`,
  ]);
  cluster.logs.restart(log);
  cluster.update('Pod', namespace, name, (draft) => {
    for (const status of (draft.status.containerStatuses ?? []).filter((each) => each.name === election)) {
      const { startedAt } = status.state.running ?? {};
      status.restartCount += 1;
      status.lastState = { terminated: { exitCode: 1, reason: 'Error', finishedAt: timestamp(now), ...(startedAt === undefined ? {} : { startedAt }) } };
      status.state = { running: { startedAt: timestamp(now) } };
    }
  });
}

/** Whether the kubelet waits before it starts the program again; its back-off grows up to five minutes, here it is always one. */
export const backsOff = (cluster: Cluster, pod: Pod): boolean => isStarved(pod) && cluster.now().getTime() - endedAt(pod) < 60_000;

/** When the process of a candidate ended last, milliseconds since 1970; 0 if it never did. */
export const endedAt = (pod: Pod): number =>
  Math.max(0, ...(pod.status.containerStatuses ?? []).map(({ lastState }) => new Date(lastState?.terminated?.finishedAt ?? 0).getTime()));
