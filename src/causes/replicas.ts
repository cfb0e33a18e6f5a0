import { cause } from '../engine/cause';
import { msg } from '../engine/message';
import { seeInstallation, wakeOlm } from '../mitigations/olm';
import { findWhoScaled } from '../mitigations/replicas';
import { scaleBack } from '../mitigations/scaleBack';
import { type DeploymentWorkload } from '../sources/workload';
import { type desiredReplicas } from '../steps/desiredReplicas';
import { type installation } from '../steps/installation';

/** Somebody or something set the replicas to 0. OLM leaves them there. */
export const scaledToZero = (of: DeploymentWorkload, desired: ReturnType<typeof desiredReplicas>) => cause({
  id: 'scaled-to-zero',
  says: msg('{{name}} is scaled to 0.', { name: of.name }),
  confirmedBy: desired.is('scaledToZero'),
  mitigations: [scaleBack(of), findWhoScaled(of)],
});

/** The Deployment is gone. OLM makes it again, unless its own state stands in the way. */
export const deploymentAbsent = (of: DeploymentWorkload, desired: ReturnType<typeof desiredReplicas>, install: ReturnType<typeof installation>) => cause({
  id: 'deployment-absent',
  says: msg('The Deployment of {{name}} is gone, and OLM has not made it again.', { name: of.name }),
  confirmedBy: desired.is('absent'),
  supportedBy: install.is('failed', 'requirementsNotMet'),
  refutedBy: desired.is('wanted', 'fewer', 'scaledToZero'),
  mitigations: [seeInstallation(of, install), wakeOlm(of)],
});
