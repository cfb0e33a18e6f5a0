import { namespaceWithProject } from './builders/platform';
import { INSTALL_NAMESPACE } from './builders/names';
import { clockAt } from './clock';
import { Cluster } from './cluster';
import { pass, settle } from './controllers';
import { installOpenShift } from './healthy/openshift';
import { installOperands } from './healthy/operands';
import { installOperator } from './healthy/operator';
import { moveInTenants } from './healthy/tenants';

/** When specs take place, unless they say otherwise. */
export const SPEC_TIME = new Date('2026-09-14T08:00:00Z');
const DAY = 86_400_000;

/** An OpenShift 4.22 without OpenShift Virtualization: none of its APIs is served. */
export function bareCluster(now: Date = SPEC_TIME): Cluster {
  const cluster = new Cluster({ clock: clockAt(new Date(now.getTime() - 34 * DAY)) });
  installOpenShift(cluster);
  settle(cluster);
  cluster.clock.advance(34 * DAY);
  settle(cluster);
  return cluster;
}

/** Clusters that were built before, by time: specs ask for the same one again and again. */
const built = new Map<number, Cluster>();
const MOST_KEPT = 4;

/**
 * An OpenShift 4.22 with OpenShift Virtualization 4.22 (KubeVirt 1.8.4) in openshift-cnv, installed 34 days before `now`, and
 * 24 machines of four tenants. Nothing is wrong in it. What controllers make (ReplicaSets, pods, endpoints, leases, events)
 * the world's controllers made.
 */
export function healthyCluster(now: Date = SPEC_TIME): Cluster {
  const known = built.get(now.getTime()) ?? build(now);
  if (built.size >= MOST_KEPT) built.clear();
  built.set(now.getTime(), known);
  return known.copy();
}

function build(now: Date): Cluster {
  const cluster = new Cluster({ clock: clockAt(new Date(now.getTime() - 34 * DAY)) });
  installOpenShift(cluster);
  for (const object of namespaceWithProject(INSTALL_NAMESPACE, { 'openshift.io/cluster-monitoring': 'true' })) cluster.create(object);
  settle(cluster);
  installOperator(cluster);
  settle(cluster);
  pass(cluster, 60_000);
  installOperands(cluster);
  pass(cluster, 120_000);
  cluster.clock.advance(4 * DAY);
  moveInTenants(cluster);
  cluster.clock.advance(now.getTime() - cluster.now().getTime());
  settle(cluster);
  return cluster;
}
