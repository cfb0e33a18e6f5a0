import { type Cause, cause } from '../engine/cause';
import { msg } from '../engine/message';
import { seeTargets } from '../mitigations/monitoring';
import { handlerSteps as steps } from '../steps/handlerSteps';
import { virtHandler } from '../steps/workloads';
import { creationRejected, priorityClassMissing, quotaExceeded, webhookRefuses } from './creation';
import { daemonSetAbsent, handlerCutOff, handlersEnd, keptOffByTaint, leftOutByPlacement, noRoomForHandler, nodesDown, rolloutUnderWay } from './handler';
import { imagePull } from './imagePull';
import { seriesMissing } from './metrics';
import { podsFailed, stuckStarting } from './nodes';

const { set, owner, policy, created, running, nodes, healthy, answer, placed, ends, logs, hint, rollout, sees, signals } = steps;

const at = { node: nodes.out.node, pod: running.out.unwell };
const taint = { node: set.out.taintedNode, removal: set.out.taintRemoval };

/** virt-handler is wanted nowhere. */
export const wantedNowhere: readonly Cause[] = [
  daemonSetAbsent(set, owner),
  leftOutByPlacement(set.is('excludedByLabels'), policy.is('noNode')),
  keptOffByTaint(set.is('excludedByTaints'), taint),
];

/** virt-handler is left out on single nodes: no pod is wanted there, so only what counts launchers minds. */
export const leftOutSomewhere: readonly Cause[] = [
  leftOutByPlacement([...set.is('excludedByLabels'), ...nodes.is('excluded')], policy.is('noNode'), at.node),
  keptOffByTaint([...set.is('excludedByTaints'), ...nodes.is('tainted')], taint),
];

/** The API server refuses pods of virt-handler. */
export const refused: readonly Cause[] = [
  priorityClassMissing(virtHandler, created), quotaExceeded(virtHandler, created), webhookRefuses(virtHandler, created), creationRejected(virtHandler, created),
];

/** A wanted pod does not get as far as the phase Running. */
export const notStarted: readonly Cause[] = [
  imagePull(virtHandler, running, answer, hint), noRoomForHandler(placed, at.node), podsFailed(virtHandler, running, healthy), stuckStarting(virtHandler, running),
];

/** A node is not ready: its pod keeps the phase Running, and is no longer wanted there. */
export const nodeTrouble: Cause = nodesDown([...nodes.is('nodeDown'), ...set.is('nodesDown')], at.node);

/** A pod runs on a node that is well and is not ready. */
export const notReady: readonly Cause[] = [...handlersEnd(ends, logs, at), handlerCutOff(running.is('notReady'), logs, at)];

/** Expected: a rollout that moves. */
export const rolling: Cause = rolloutUnderWay(rollout);

/** False alarm: kube-state-metrics does not report pods that run. */
export const notReported: Cause = seriesMissing(virtHandler, sees);

/** False alarm: Prometheus does not reach pods that are ready, so the rule does not count them. `all`: none of them. */
export const notScraped = (which: 'all' | 'some'): Cause => cause({
  id: 'ready-not-scraped',
  nature: 'falseAlarm',
  says: msg('False alarm: virt-handler is ready, and the rule does not count it because Prometheus does not reach it.'),
  confirmedBy: which === 'all' ? signals.is('notScraped') : signals.is('someNotScraped'),
  supportedBy: which === 'all' ? signals.is('someNotScraped') : signals.is('notScraped'),
  refutedBy: signals.is('agree'),
  mitigations: [seeTargets(virtHandler)],
});
