import { type DeploymentWorkload } from '../sources/workload';
import { alertHint } from './alertHint';
import { crashes } from './crashes';
import { currentLogs } from './currentLogs';
import { desiredReplicas } from './desiredReplicas';
import { exporterReports } from './exporterReports';
import { installation } from './installation';
import { installed } from './installed';
import { nodesHealthy } from './nodesHealthy';
import { operandReplicas } from './operandReplicas';
import { ownerAtWork } from './ownerAtWork';
import { placement } from './placement';
import { podSignals } from './podSignals';
import { podsCreated } from './podsCreated';
import { podsRunning } from './podsRunning';
import { probeAnswer } from './probeAnswer';
import { registryAnswer } from './registryAnswer';
import { rollout } from './rollout';
import { ruleSees } from './ruleSees';
import { upgrade } from './upgrade';
import { warningEvents } from './warningEvents';
import { virtOperator } from './workloads';

const common = (of: DeploymentWorkload) => {
  const running = podsRunning(of);
  return {
    hint: alertHint,
    install: installation(virtOperator),
    created: podsCreated(of),
    running,
    answer: registryAnswer(of),
    placed: placement(of),
    healthy: nodesHealthy(of),
    ends: crashes(of, running),
    probe: probeAnswer(of),
    logs: currentLogs(of, running),
    events: warningEvents(of),
    rollout: rollout(of),
    exporter: exporterReports,
    sees: ruleSees(of),
    signals: podSignals(of),
    upgrade,
  };
};

/** Every question about why pods of a Deployment are missing or not ready, wired to each other, in the order in which they are asked. */
export type DeploymentSteps = ReturnType<typeof common>;

/** The questions about virt-operator, whose Deployment OLM owns. */
export const operatorSteps = (of: DeploymentWorkload) => ({ installed, desired: desiredReplicas(of), ...common(of) });

/** The questions about a component whose Deployment virt-operator owns. */
export const operandSteps = (of: DeploymentWorkload) => ({ installed, owner: ownerAtWork(of), desired: operandReplicas(of), ...common(of) });

/** The questions about virt-operator, by name. */
export type OperatorSteps = ReturnType<typeof operatorSteps>;
/** The questions about a component of virt-operator, by name. */
export type OperandSteps = ReturnType<typeof operandSteps>;
