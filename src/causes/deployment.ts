import { type Cause, cause } from '../engine/cause';
import { msg } from '../engine/message';
import { type Mitigation } from '../engine/mitigation';
import { deleteOperatorPod } from '../mitigations/deletePod';
import { checkApiPath, openDown } from '../mitigations/leaseRepairs';
import { seeTargets } from '../mitigations/monitoring';
import { awaitRollout, readOperatorLog, seeInfraReplicas } from '../mitigations/operands';
import { scaleOperand } from '../mitigations/scaleOperand';
import { type DeploymentWorkload } from '../sources/workload';
import { type DeploymentSteps, type OperandSteps, type OperatorSteps } from '../steps/deploymentSteps';
import { operatorElection } from '../steps/leaderElection';
import { crashLoop, failingProbe, outOfMemory } from './crashing';
import { creationRejected, priorityClassMissing, quotaExceeded, webhookRefuses } from './creation';
import { imagePull } from './imagePull';
import { nodesNotReady, podsFailed, stuckStarting } from './nodes';
import { deploymentAbsent, scaledToZero } from './replicas';
import { noNodeMatches, noRoom, nodesCordoned, nodesTainted, unschedulable } from './unschedulable';

/** No pod is wanted of virt-operator, or nobody makes any. */
export const operatorUnwanted = (of: DeploymentWorkload, { desired, install }: OperatorSteps): readonly Cause[] =>
  [scaledToZero(of, desired), deploymentAbsent(of, desired, install)];

/** No pod is wanted of a component, or nobody makes any; virt-operator undoes both unless it is the patient itself. */
export const operandUnwanted = (of: DeploymentWorkload, { desired, owner }: OperandSteps): readonly Cause[] => [
  cause({
    id: 'scaled-to-zero',
    says: msg('{{name}} is scaled to 0, and virt-operator does not undo it.', { name: of.name }),
    confirmedBy: desired.is('scaledToZero'),
    supportedBy: owner.is('down', 'notReady'),
    refutedBy: desired.is('wanted', 'single', 'differs', 'absent'),
    mitigations: [openDown(operatorElection), scaleOperand(of), readOperatorLog(of)],
  }),
  cause({
    id: 'deployment-absent',
    says: msg('The Deployment of {{name}} is gone, and virt-operator does not make it again.', { name: of.name }),
    confirmedBy: desired.is('absent'),
    supportedBy: owner.is('down', 'notReady'),
    refutedBy: desired.is('wanted', 'single', 'differs', 'scaledToZero'),
    mitigations: [openDown(operatorElection), readOperatorLog(of)],
  }),
];

/** What keeps wanted pods from the phase Running: they are refused, find no node or no image, or end. */
export const keptFromRunning = (of: DeploymentWorkload, { created, running, answer, hint, placed, healthy }: DeploymentSteps): readonly Cause[] => [
  priorityClassMissing(of, created),
  quotaExceeded(of, created),
  webhookRefuses(of, created),
  creationRejected(of, created),
  imagePull(of, running, answer, hint),
  nodesNotReady(of, running, placed, healthy),
  nodesCordoned(of, placed, healthy),
  nodesTainted(of, placed),
  noRoom(of, placed),
  noNodeMatches(of, placed, healthy),
  unschedulable(of, placed),
  podsFailed(of, running, healthy),
  stuckStarting(of, running),
];

/** What ends containers again and again; the phase of their pods stays Running. */
export const keepsEnding = (of: DeploymentWorkload, { running, ends, hint }: DeploymentSteps): readonly Cause[] =>
  [outOfMemory(of, running, ends), crashLoop(of, running, ends, hint)];

/** What runs and does not pass its probe. */
export const answersBadly = (of: DeploymentWorkload, { running, logs, probe }: DeploymentSteps): readonly Cause[] => {
  const failing = failingProbe(of, running, logs, probe);
  // The probe of virt-api asks whether it reaches the API server.
  return [{ ...failing, mitigations: [...failing.mitigations, checkApiPath({ of })] }];
};

/** What keeps pods from being ready that do run. */
export const keptFromReady = (of: DeploymentWorkload, steps: DeploymentSteps): readonly Cause[] => [...keepsEnding(of, steps), ...answersBadly(of, steps)];

/** The pod passes its probe, and the program in it says that it cannot work: the rules on readiness believe the program. */
export const saysNotReady = (of: DeploymentWorkload, { signals }: DeploymentSteps, further: readonly Mitigation[] = []): Cause => cause({
  id: 'says-not-ready',
  says: msg('{{name}} passes its probe and reports that it is not ready: it waits for something that it cannot read.', { name: of.name }),
  confirmedBy: signals.is('saysNotReady', 'someSayNotReady'),
  refutedBy: signals.is('agree'),
  mitigations: [...further, deleteOperatorPod(of)],
});

/** False alarm: a pod is ready, and the rule does not count it because it is not scraped. */
export const readyNotScraped = (of: DeploymentWorkload, { signals }: DeploymentSteps): Cause => cause({
  id: 'ready-not-scraped',
  nature: 'falseAlarm',
  says: msg('False alarm: {{name}} is ready, and the rule does not count it because Prometheus does not reach it.', { name: of.name }),
  confirmedBy: signals.is('notScraped', 'someNotScraped'),
  refutedBy: signals.is('agree'),
  mitigations: [seeTargets(of)],
});

/** The Deployment is being rolled out. Expected, for a while. */
export const rolloutRunning = (of: DeploymentWorkload, { rollout }: DeploymentSteps): Cause => cause({
  id: 'rollout-running',
  nature: 'expected',
  says: msg('{{name}} is being rolled out, and the rollout moves.', { name: of.name }),
  confirmedBy: rollout.is('rolling'),
  supportedBy: rollout.is('stuck'),
  mitigations: [awaitRollout(of)],
});

/** One pod is what was asked for. Only rules that want two whatever was asked take that for low. */
export const lowByDesign = (of: DeploymentWorkload, { desired }: OperandSteps): Cause => cause({
  id: 'low-by-design',
  nature: 'falseAlarm',
  says: msg('{{name}} has 1 pod because that is what was asked for; this rule wants 2 whatever was asked.', { name: of.name }),
  confirmedBy: desired.is('single'),
  mitigations: [seeInfraReplicas],
});
