import { type Cause, cause } from '../engine/cause';
import { msg } from '../engine/message';
import { fenceNode, makeRoomForHandler, recoverNode } from '../mitigations/handlerNodes';
import { makeRoomByEviction } from '../mitigations/handlerRepairs';
import { correctPullSecret, pullByHand } from '../mitigations/images';
import { deleteFinishedHere, seeHandlerEvents } from '../mitigations/orphanedNode';
import { alertNode, handlerThere } from '../steps/alertNode';
import { crashes } from '../steps/crashes';
import { currentLogs } from '../steps/currentLogs';
import { handlerHere } from '../steps/handlerHere';
import { handlerSteps } from '../steps/handlerSteps';
import { launchersHere } from '../steps/launchersHere';
import { machinePower } from '../steps/machinePower';
import { nodeHere } from '../steps/nodeHere';
import { placement } from '../steps/placement';
import { probeAnswer } from '../steps/probeAnswer';
import { registryAnswer } from '../steps/registryAnswer';
import { virtHandler } from '../steps/workloads';
import { daemonSetAbsent, handlerCutOff, handlersEnd, keptOffByTaint, leftOutByPlacement } from './handler';

/** The questions about virt-handler of the node that the alert names. */
export const hereSteps = {
  answer: registryAnswer(handlerThere),
  placed: placement(virtHandler),
  ends: crashes(handlerThere, handlerHere),
  probe: probeAnswer(handlerThere),
  logs: currentLogs(handlerThere, handlerHere),
};

const { answer, placed, ends, logs } = hereSteps;
const at = { node: alertNode, pod: handlerHere.out.pod };

/** False alarm: what the rule takes for VMs are pods that ended. */
export const onlyFinished: Cause = cause({
  id: 'only-finished-launchers',
  nature: 'falseAlarm',
  says: msg('False alarm: the node has no virt-handler and needs none. Its launcher pods have all ended.'),
  confirmedBy: launchersHere.is('onlyFinished'),
  mitigations: [deleteFinishedHere],
});

/** The node is down. Its VMs may run. */
export const nodeDown: Cause = cause({
  id: 'nodes-down',
  says: msg('The node is not ready, and its virt-handler with it. Whether its VMs run nobody can tell from here.'),
  confirmedBy: handlerHere.is('nodeDown'),
  supportedBy: [...nodeHere.is('notReady', 'silent', 'gone'), ...machinePower.is('off', 'on', 'unknown')],
  mitigations: [recoverNode(alertNode), fenceNode(alertNode)],
});

/** virt-handler is kept off the node: by its DaemonSet, the placement, a taint. */
export const keptOff: readonly Cause[] = [
  keptOffByTaint(handlerHere.is('tainted'), { node: alertNode, removal: handlerHere.out.taintRemoval }),
  leftOutByPlacement(handlerHere.is('excluded'), handlerSteps.policy.is('noNode'), alertNode),
  daemonSetAbsent(handlerSteps.set, handlerSteps.owner),
];

/** virt-handler is meant to be on the node and is not ready there. */
export const illHere: readonly Cause[] = [
  ...handlersEnd(ends, logs, at),
  handlerCutOff(handlerHere.is('notReady'), logs, at),
  cause({
    id: 'image-pull',
    says: msg('virt-handler cannot start: the node does not get its image.'),
    confirmedBy: handlerHere.is('noImage'),
    supportedBy: answer.is('unauthorized', 'notFound', 'untrusted', 'rateLimited', 'unreachable', 'noSpace', 'otherwise'),
    mitigations: [correctPullSecret, pullByHand(answer)],
  }),
  cause({
    id: 'no-room',
    says: msg('The node has no room left for virt-handler.'),
    confirmedBy: handlerHere.is('unplaced'),
    supportedBy: placed.is('cpu', 'memory', 'tooManyPods'),
    mitigations: [makeRoomByEviction(alertNode), makeRoomForHandler(alertNode)],
  }),
  cause({
    id: 'stuck-starting',
    says: msg('virt-handler is on the node and cannot start.'),
    confirmedBy: handlerHere.is('notStarted', 'failed'),
    mitigations: [seeHandlerEvents],
  }),
];
