import { mayServiceAccount } from '../api/rights';
import { lease as newLease } from '../builders/platform';
import { say } from '../builders/event';
import { isReady } from '../builders/pod';
import { microTimestamp } from '../clock';
import type { Cluster } from '../cluster';
import type { Lease, Pod } from '../objects';
import { isAlive } from './kubelet';
import { klogLine, virtLine } from './startupLog';

/** The programs of the world that elect a leader, and how long a lease of theirs lasts (kubevirt/kubevirt pkg/virt-controller/leaderelectionconfig). */
const ELECTIONS = ['virt-operator', 'virt-controller'] as const;
const LEASE_SECONDS = 15;
/** A leader renews every two seconds (RetryPeriod). */
const RENEW_SECONDS = 2;

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

/** Whether a pod's program gets as far as election: its caches must be readable, else it waits for them for ever. */
export function cachesSync(cluster: Cluster, pod: Pod): boolean {
  if (pod.metadata.labels?.['kubevirt.io'] !== 'virt-operator') return true;
  return mayServiceAccount(cluster, accountOf(pod), { verb: 'list', group: 'kubevirt.io', resource: 'kubevirts' });
}

const accountOf = (pod: Pod): { namespace: string; name: string } => ({ namespace: pod.metadata.namespace ?? '', name: pod.spec.serviceAccountName ?? 'default' });

function mayLead(cluster: Cluster, pod: Pod): boolean {
  const { namespace = '' } = pod.metadata;
  return ['get', 'update'].every((verb) => mayServiceAccount(cluster, accountOf(pod), { verb, group: 'coordination.k8s.io', resource: 'leases', namespace }));
}

function electIn(cluster: Cluster, election: string, namespace: string): void {
  const able = candidatesOf(cluster, election).filter((pod) => pod.metadata.namespace === namespace && cachesSync(cluster, pod) && mayLead(cluster, pod));
  const lease = cluster.get('Lease', namespace, election);
  const leader = able.find((pod) => pod.metadata.name === lease?.spec.holderIdentity);
  if (lease && leader) renew(cluster, lease);
  else if (able[0] && (!lease || isExpired(cluster, lease))) take(cluster, election, lease, able[0]);
}

const ageOf = (cluster: Cluster, lease: Lease): number => (cluster.now().getTime() - new Date(lease.spec.renewTime ?? 0).getTime()) / 1000;
const isExpired = (cluster: Cluster, lease: Lease): boolean => ageOf(cluster, lease) > (lease.spec.leaseDurationSeconds ?? LEASE_SECONDS);

/** Whether the pod holds the lease and has renewed it in time: what the leading metric of the program says. */
export function leads(cluster: Cluster, election: string, pod: Pod): boolean {
  const lease = cluster.get('Lease', pod.metadata.namespace, election);
  return lease !== undefined && lease.spec.holderIdentity === pod.metadata.name && !isExpired(cluster, lease);
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
    virtLine(election, 'info', 'Attempting to acquire leader status', 'application.go:471', now),
    klogLine('I', `attempting to acquire leader lease ${namespace}/${election}...`, 'leaderelection.go:257', now),
    klogLine('I', `successfully acquired lease ${namespace}/${election}`, 'leaderelection.go:271', now),
    virtLine(election, 'info', 'Started leading', 'application.go:454', now),
  ]);
}
