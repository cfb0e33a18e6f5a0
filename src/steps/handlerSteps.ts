import { alertHint } from './alertHint';
import { crashes } from './crashes';
import { currentLogs } from './currentLogs';
import { daemonRollout } from './daemonRollout';
import { daemonSet } from './daemonSet';
import { exporterReports } from './exporterReports';
import { handlerNodes } from './handlerNodes';
import { installation } from './installation';
import { installed } from './installed';
import { nodesHealthy } from './nodesHealthy';
import { ownerAtWork } from './ownerAtWork';
import { placement } from './placement';
import { podSignals } from './podSignals';
import { podsCreated } from './podsCreated';
import { podsRunning } from './podsRunning';
import { probeAnswer } from './probeAnswer';
import { registryAnswer } from './registryAnswer';
import { ruleSees } from './ruleSees';
import { upgrade } from './upgrade';
import { warningEvents } from './warningEvents';
import { workloadPlacement } from './workloadPlacement';
import { virtHandler, virtOperator } from './workloads';

const running = podsRunning(virtHandler);

/** Every question about why virt-handler is missing or not ready, wired to each other, in the order in which they are asked. */
export const handlerSteps = {
  installed,
  hint: alertHint,
  set: daemonSet(virtHandler),
  owner: ownerAtWork(virtHandler),
  policy: workloadPlacement,
  created: podsCreated(virtHandler),
  running,
  nodes: handlerNodes,
  healthy: nodesHealthy(virtHandler),
  answer: registryAnswer(virtHandler),
  placed: placement(virtHandler),
  ends: crashes(virtHandler, running),
  probe: probeAnswer(virtHandler),
  logs: currentLogs(virtHandler, running),
  events: warningEvents(virtHandler),
  rollout: daemonRollout(virtHandler),
  exporter: exporterReports,
  sees: ruleSees(virtHandler),
  signals: podSignals(virtHandler),
  install: installation(virtOperator),
  upgrade,
};
