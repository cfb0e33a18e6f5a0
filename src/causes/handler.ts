import { type Late } from '../engine/late';
import { type Cause, cause } from '../engine/cause';
import { msg } from '../engine/message';
import {
  admitHandler, awaitHandlers, correctPlacement, makeRoomForHandler, openTheWay, raiseInotifyLimits, readHandlerLog, readOperatorOnHandler, recoverNode, relieveMemory,
} from '../mitigations/handlerNodes';
import { labelNode, makeRoomByEviction, replaceHandlers } from '../mitigations/handlerRepairs';
import { openDown } from '../mitigations/leaseRepairs';
import { type Reason } from '../engine/step';
import { type crashes } from '../steps/crashes';
import { type currentLogs } from '../steps/currentLogs';
import { type daemonRollout } from '../steps/daemonRollout';
import { type daemonSet } from '../steps/daemonSet';
import { operatorElection } from '../steps/leaderElection';
import { type ownerAtWork } from '../steps/ownerAtWork';
import { type placement } from '../steps/placement';

/** What a step about virt-handler's pods puts out for commands: of one node, or the worst of all. */
export interface HandlerAt {
  readonly node: Late<string>;
  readonly pod: Late<string>;
}

/** The DaemonSet is gone, and whoever makes it again does not. */
export const daemonSetAbsent = (set: ReturnType<typeof daemonSet>, owner: ReturnType<typeof ownerAtWork>): Cause => cause({
  id: 'daemon-set-absent',
  says: msg('The DaemonSet of virt-handler is gone, and virt-operator does not make it again.'),
  confirmedBy: set.is('absent'),
  supportedBy: owner.is('down', 'notReady'),
  refutedBy: set.is('wanted', 'excludedByLabels', 'excludedByTaints', 'noneWanted'),
  mitigations: [openDown(operatorElection), readOperatorOnHandler],
});

/** The placement of workloads leaves virt-handler out: everywhere, or on the node in question. */
export const leftOutByPlacement = (excluded: readonly Reason[], policy: readonly Reason[], node?: Late<string>): Cause => cause({
  id: 'left-out-by-placement',
  says: msg('The placement of workloads leaves virt-handler no node, or not this one: labels and policy do not fit.'),
  confirmedBy: excluded,
  supportedBy: policy,
  mitigations: [...(node === undefined ? [] : [labelNode(node)]), correctPlacement],
});

/** A taint keeps virt-handler off: everywhere, or off the node in question. */
export const keptOffByTaint = (tainted: readonly Reason[], taint: { readonly node: Late<string>; readonly removal: Late<string> }): Cause => cause({
  id: 'kept-off-by-taint',
  says: msg('A taint that virt-handler does not tolerate keeps it off.'),
  confirmedBy: tainted,
  mitigations: [admitHandler(taint)],
});

/** Nodes are not ready, and virt-handler with them. Its pods keep the phase Running. */
export const nodesDown = (down: readonly Reason[], node: Late<string>): Cause => cause({
  id: 'nodes-down',
  says: msg('A node is not ready, and its virt-handler with it. Whether its VMs run nobody can tell from here.'),
  confirmedBy: down,
  explains: ['no-room'],
  mitigations: [recoverNode(node)],
});

/** virt-handler ends again and again; which reason its last words give. */
export const handlersEnd = (ends: ReturnType<typeof crashes>, logs: ReturnType<typeof currentLogs>, { node, pod }: HandlerAt): readonly Cause[] => [
  cause({
    id: 'no-file-watches',
    says: msg('A node has no file watches left, so virt-handler cannot start there: “too many open files”.'),
    confirmedBy: ends.is('noInotify'),
    supportedBy: logs.is('noInotify'),
    explains: ['crash-loop'],
    mitigations: [raiseInotifyLimits(node), readHandlerLog(pod)],
  }),
  cause({
    id: 'out-of-memory',
    says: msg('virt-handler is killed again and again for want of memory.'),
    confirmedBy: ends.is('outOfMemory'),
    explains: ['crash-loop'],
    mitigations: [relieveMemory(node), readHandlerLog(pod)],
  }),
  cause({
    id: 'crash-loop',
    says: msg('virt-handler starts and ends again and again.'),
    confirmedBy: ends.is('panic', 'leaseLost', 'forbidden', 'certificate', 'apiUnreachable', 'exited'),
    mitigations: [readHandlerLog(pod)],
  }),
];

/** virt-handler runs and is not ready: it does not reach the API server, which is all that its probe asks (KubeVirt v1.8.4 pkg/healthz). */
export const handlerCutOff = (unready: readonly Reason[], logs: ReturnType<typeof currentLogs>, { node, pod }: HandlerAt): Cause => cause({
  id: 'cut-off',
  says: msg('virt-handler runs and does not reach the API server, which is what its readiness probe asks.'),
  confirmedBy: unready,
  supportedBy: logs.is('apiUnreachable', 'certificate', 'forbidden'),
  mitigations: [openTheWay(node), replaceHandlers, readHandlerLog(pod)],
});

/** No room for virt-handler on a node that should have it. */
export const noRoomForHandler = (placed: ReturnType<typeof placement>, node: Late<string>): Cause => cause({
  id: 'no-room',
  says: msg('A node has no room left for virt-handler.'),
  confirmedBy: placed.is('cpu', 'memory', 'tooManyPods'),
  mitigations: [makeRoomByEviction(node), makeRoomForHandler(node)],
});

/** virt-handler is being rolled out and gets on. Expected, for a while. */
export const rolloutUnderWay = (rollout: ReturnType<typeof daemonRollout>): Cause => cause({
  id: 'rollout-running',
  nature: 'expected',
  says: msg('virt-handler is being rolled out node by node, and the rollout moves.'),
  confirmedBy: rollout.is('rolling'),
  mitigations: [awaitHandlers],
});
