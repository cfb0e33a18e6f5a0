import type { Cluster } from './cluster';
import { watchApiServices } from './controllers/apiServices';
import { reconcileDaemonSets } from './controllers/daemonSets';
import { reconcileDeployments } from './controllers/deployments';
import { reconcileEndpoints } from './controllers/endpoints';
import { collectGarbage, countQuotas, expireEvents } from './controllers/housekeeping';
import { runKubelets } from './controllers/kubelet';
import { tendHandlers } from './controllers/handlers';
import { carryToOperands } from './controllers/hyperConverged';
import { elect } from './controllers/leases';
import { serveMachines } from './controllers/machines';
import { watchNodes } from './controllers/nodes';
import { runOlm } from './controllers/olm';
import { probeApi } from './controllers/probes';
import { reconcileReplicaSets } from './controllers/replicaSets';
import { callApiServer } from './controllers/restCalls';
import { schedulePods } from './controllers/scheduler';

const CONTROLLERS: readonly ((cluster: Cluster) => void)[] = [
  expireEvents, watchNodes, runKubelets, collectGarbage, runOlm, reconcileDeployments, reconcileReplicaSets, reconcileDaemonSets, schedulePods, reconcileEndpoints, watchApiServices, countQuotas, serveMachines, carryToOperands, elect, callApiServer, tendHandlers, probeApi,
];

/** Lets every controller do one step, as they would in a second or so of a real cluster. True if anything changed. */
export function step(cluster: Cluster): boolean {
  const before = cluster.resourceVersion;
  for (const controller of CONTROLLERS) controller(cluster);
  return cluster.resourceVersion !== before;
}

const MOST_STEPS = 200;

/** Lets the world react until nothing moves any more; the clock stands still meanwhile. For specs. */
export function settle(cluster: Cluster): void {
  for (let steps = 0; step(cluster); steps += 1) if (steps > MOST_STEPS) throw new Error('The world does not come to rest');
}

/** Lets time pass, in steps of at most a minute, with the world reacting in between. */
export function pass(cluster: Cluster, milliseconds: number): void {
  settle(cluster);
  for (let left = milliseconds; left > 0; left -= 60_000) {
    cluster.clock.advance(Math.min(left, 60_000));
    settle(cluster);
  }
}

/** Runs something later and gives back how to call it off; `setTimeout` in the sandbox. Delays in milliseconds. */
export type Schedule = (run: () => void, delay: number) => () => void;

/** From a change to the reaction: long enough to be seen in a page, short enough not to be waited for. */
const REACTION = 700;
/** Leases are renewed and nodes looked at without any change. */
const TICK = 2000;

/** Lets the world react by itself, one step after each change and one every two seconds, until the returned function is called. */
export function runControllers(cluster: Cluster, schedule: Schedule): () => void {
  let cancel: (() => void) | undefined;
  let due = Infinity;
  let stopped = false;
  const plan = (delay: number): void => {
    const at = cluster.now().getTime() + delay;
    if (stopped || due <= at) return;
    cancel?.();
    due = at;
    cancel = schedule(run, delay);
  };
  const run = (): void => {
    due = Infinity;
    plan(step(cluster) ? REACTION : TICK);
  };
  const unsubscribe = cluster.subscribe(() => plan(REACTION));
  plan(TICK);
  return () => {
    stopped = true;
    unsubscribe();
    cancel?.();
  };
}
