import { lease as newLease } from '../builders/platform';
import { say } from '../builders/event';
import { isReady } from '../builders/pod';
import { microTimestamp } from '../clock';
import type { Cluster } from '../cluster';
import type { Lease, Pod } from '../objects';
import { isAlive } from './kubelet';
import { type Awaited, backsOff, complain, endProcess, endedAt, isStarved, lockError, sayCacheFails, unreadableOf } from './leaseWrites';
import { controllersStart, klogLine, virtLine } from './startupLog';

/** The programs of the world that elect a leader, and how long a lease of theirs lasts (kubevirt/kubevirt pkg/virt-controller/leaderelectionconfig). */
const ELECTIONS = ['virt-operator', 'virt-controller'] as const;
const LEASE_SECONDS = 15;
/** A leader renews every two seconds (RetryPeriod). */
const RENEW_SECONDS = 2;
/** One that could not for so long, in seconds, ends its process (RenewDeadline). */
const RENEW_DEADLINE = 10;

/** Lets leaders renew and candidates take over: what client-go's leader election does. */
export function elect(cluster: Cluster): void {
  for (const election of ELECTIONS) {
    for (const namespace of new Set(candidatesOf(cluster, election).map((pod) => pod.metadata.namespace ?? ''))) electIn(cluster, election, namespace);
  }
}

/** Pods that run and are ready on a living node. Being ready is not yet being able to lead. */
function candidatesOf(cluster: Cluster, election: string): readonly Pod[] {
  return cluster.list('Pod').filter((pod) => {
    const node = cluster.get('Node', undefined, pod.spec.nodeName ?? '');
    return pod.metadata.labels?.['kubevirt.io'] === election && pod.status.phase === 'Running' && isReady(pod) && pod.metadata.deletionTimestamp === undefined && node !== undefined && isAlive(node);
  });
}

/** What a program lists before it takes part in the election, and before it works once it has won; those that roles of the world decide. */
const AWAITED: Readonly<Record<string, { readonly before: readonly Awaited[]; readonly after: readonly Awaited[] }>> = {
  'virt-operator': { before: [{ type: 'CustomResourceDefinition', group: 'apiextensions.k8s.io', resource: 'customresourcedefinitions' }], after: [] },
  'virt-controller': {
    before: [], after: [
      { type: 'PersistentVolumeClaim', group: '', resource: 'persistentvolumeclaims' },
      { type: 'Namespace', group: '', resource: 'namespaces' }, { type: 'ResourceQuota', group: '', resource: 'resourcequotas' },
    ],
  },
};
const waitsFor = (cluster: Cluster, pod: Pod, when: 'before' | 'after'): Awaited | undefined =>
  unreadableOf(cluster, pod, AWAITED[pod.metadata.labels?.['kubevirt.io'] ?? '']?.[when] ?? []);

/**
 * Whether a pod's program gets as far as election: its caches must be readable, else it waits for them for ever. KubeVirt objects always
 * are (ClusterRole kubevirt.io:default, bound to everybody who is logged in), so definitions decide. That virt-controller serves nothing
 * while it waits, so that its probes fail, is not told here.
 */
export const cachesSync = (cluster: Cluster, pod: Pod): boolean => waitsFor(cluster, pod, 'before') === undefined;

function electIn(cluster: Cluster, election: string, namespace: string): void {
  const candidates = candidatesOf(cluster, election).filter((pod) => pod.metadata.namespace === namespace);
  const lease = cluster.get('Lease', namespace, election);
  for (const pod of candidates) {
    const missing = waitsFor(cluster, pod, 'before');
    if (missing) sayCacheFails(cluster, election, pod, missing);
    else if (lease?.spec.holderIdentity !== pod.metadata.name && saysItLeads(cluster, election, pod)) endProcess(cluster, election, pod);
    else enter(cluster, election, pod);
  }
  const able = candidates.filter((pod) => cachesSync(cluster, pod) && !backsOff(cluster, pod) && canUse(cluster, election, pod, lease));
  const holder = candidates.find((pod) => pod.metadata.name === lease?.spec.holderIdentity);
  if (lease && holder && !isStarved(holder) && able.includes(holder)) {
    const missing = waitsFor(cluster, holder, 'after');
    if (missing) sayCacheFails(cluster, election, holder, missing);
    renew(cluster, lease);
  } else if (lease && holder && ageOf(cluster, lease) > RENEW_DEADLINE && endedAt(holder) < new Date(lease.spec.renewTime ?? 0).getTime()) endProcess(cluster, election, holder);
  else if (able[0] && (!lease || isExpired(cluster, lease))) take(cluster, election, lease, able[0]);
}

/** What the winner of an election writes. */
const STARTED = /Started leading|STARTING controllers/;
const logOf = (cluster: Cluster, election: string, { metadata }: Pod): readonly string[] =>
  cluster.logs.read({ namespace: metadata.namespace ?? '', pod: metadata.name, container: election }).map(({ text }) => text);
/** A leader whose lease somebody else took finds out when it renews, and ends. */
const saysItLeads = (cluster: Cluster, election: string, pod: Pod): boolean => logOf(cluster, election, pod).some((text) => STARTED.test(text));

/** A candidate says once that it takes part. */
function enter(cluster: Cluster, election: string, pod: Pod): void {
  const { namespace = '', name } = pod.metadata;
  if (logOf(cluster, election, pod).some((text) => text.includes('ttempting to acquire leader'))) return;
  cluster.logs.write({ namespace, pod: name, container: election }, [
    virtLine(election, 'info', 'Attempting to acquire leader status', 'application.go:471', cluster.now()),
    klogLine('I', `attempting to acquire leader lease ${namespace}/${election}...`, 'leaderelection.go:257', cluster.now()),
  ]);
}

/** Whether the API server lets a candidate use the lease; if not, its log says why. */
function canUse(cluster: Cluster, election: string, pod: Pod, lease: Lease | undefined): boolean {
  const error = lockError(cluster, election, pod, lease);
  if (error !== undefined) complain(cluster, election, pod, error);
  return error === undefined;
}

const ageOf = (cluster: Cluster, lease: Lease): number => (cluster.now().getTime() - new Date(lease.spec.renewTime ?? 0).getTime()) / 1000;
const isExpired = (cluster: Cluster, lease: Lease): boolean => ageOf(cluster, lease) > (lease.spec.leaseDurationSeconds ?? LEASE_SECONDS);

/**
 * Whether the pod holds the lease and has renewed it in time: what the leading metric of the program says. A program without
 * CPU leads for the ten seconds until it fails to renew; that no scrape falls into them is this world's simplification, and so is that
 * who loses a right it began to work with stops at once.
 */
export function leads(cluster: Cluster, election: string, pod: Pod): boolean {
  const lease = cluster.get('Lease', pod.metadata.namespace, election);
  const since = new Date(lease?.spec.renewTime ?? 0).getTime();
  return lease !== undefined && lease.spec.holderIdentity === pod.metadata.name && !isExpired(cluster, lease) && endedAt(pod) < since && !isStarved(pod) &&
    waitsFor(cluster, pod, 'after') === undefined;
}

function renew(cluster: Cluster, lease: Lease): void {
  if (ageOf(cluster, lease) < RENEW_SECONDS) return;
  cluster.update('Lease', lease.metadata.namespace, lease.metadata.name, (draft) => {
    draft.spec.renewTime = microTimestamp(cluster.now());
  });
}

function take(cluster: Cluster, election: string, before: Lease | undefined, pod: Pod): void {
  const now = cluster.now();
  const { namespace = '', name } = pod.metadata;
  const spec: Lease['spec'] = {
    acquireTime: microTimestamp(now),
    renewTime: microTimestamp(now),
    holderIdentity: name,
    leaseDurationSeconds: LEASE_SECONDS,
    leaseTransitions: before ? (before.spec.leaseTransitions ?? 0) + 1 : 0,
  };
  const taken = before
    ? cluster.update('Lease', namespace, election, (draft) => {
        draft.spec = spec;
      })
    : cluster.create(newLease(namespace, election, spec));
  if (taken) say(cluster, taken, { type: 'Normal', reason: 'LeaderElection', message: `${name} became leader`, component: election });
  const log = { namespace, pod: name, container: election };
  cluster.logs.write(log, [
    klogLine('I', `successfully acquired lease ${namespace}/${election}`, 'leaderelection.go:271', now),
    election === 'virt-operator' ? virtLine(election, 'info', 'Started leading', 'application.go:454', now) : controllersStart(now),
  ]);
}
