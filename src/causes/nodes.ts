import { cause } from '../engine/cause';
import { msg } from '../engine/message';
import { clearFailedPods, repairNode } from '../mitigations/nodes';
import { seePodEvents } from '../mitigations/starting';
import { type Workload } from '../sources/workload';
import { type nodesHealthy } from '../steps/nodesHealthy';
import { type placement } from '../steps/placement';
import { type podsRunning } from '../steps/podsRunning';

type Running = ReturnType<typeof podsRunning>;
type Healthy = ReturnType<typeof nodesHealthy>;

/** The nodes that may run the pods are not ready, or out of memory, disk or process ids. */
export const nodesNotReady = (of: Workload, running: Running, placed: ReturnType<typeof placement>, healthy: Healthy) => cause({
  id: 'nodes-not-ready',
  says: msg('{{name}} finds no node: those that may run it are not ready or under pressure.', { name: of.name }),
  confirmedBy: [...healthy.is('hostsDown', 'hostsPressed'), ...placed.is('nodeTrouble')],
  supportedBy: [...healthy.is('someDown', 'somePressed'), ...running.is('lost')],
  explains: ['pods-failed', 'unschedulable-cordon'],
  mitigations: [repairNode(healthy)],
});

/** The pods ended as failed, above all because their nodes evicted them. */
export const podsFailed = (of: Workload, running: Running, healthy: Healthy) => cause({
  id: 'pods-failed',
  says: msg('The pods of {{name}} ended as failed and none took their place.', { name: of.name }),
  confirmedBy: running.is('failed'),
  refutedBy: running.is('allRunning'),
  mitigations: [clearFailedPods(of), repairNode(healthy)],
});

/** The pods have a node and cannot start there: a secret, a volume, the pod network. */
export const stuckStarting = (of: Workload, running: Running) => cause({
  id: 'stuck-starting',
  says: msg('The pods of {{name}} have a node and cannot start on it.', { name: of.name }),
  confirmedBy: running.is('stuckStarting', 'configError'),
  refutedBy: running.is('allRunning'),
  mitigations: [seePodEvents(of, running)],
});
