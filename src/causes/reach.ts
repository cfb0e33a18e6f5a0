import { cause } from '../engine/cause';
import { msg } from '../engine/message';
import { deleteOperatorPod } from '../mitigations/deletePod';
import { checkPathToApi, restoreBundles } from '../mitigations/operands';
import { type DeploymentWorkload } from '../sources/workload';
import { type apiAvailable } from '../steps/apiAvailable';
import { type caBundles } from '../steps/caBundles';
import { type podsRunning } from '../steps/podsRunning';

/** The pods are ready and the API server does not reach them: the network between them, or its largest packets. */
export const apiPathCut = (of: DeploymentWorkload, reached: typeof apiAvailable, running: ReturnType<typeof podsRunning>) => cause({
  id: 'api-path-cut',
  says: msg('The API server does not reach {{name}}, although its pods may be ready.', { name: of.name }),
  confirmedBy: reached.is('timeout', 'refused', 'answersBadly', 'otherwise'),
  supportedBy: running.is('allRunning'),
  refutedBy: reached.is('available', 'noEndpoints'),
  mitigations: [checkPathToApi(of), deleteOperatorPod(of)],
});

/** Somebody overwrote the authorities that the API server is to trust, or they were never renewed there. */
export const trustLost = (of: DeploymentWorkload, trusted: ReturnType<typeof caBundles>, reached: typeof apiAvailable) => cause({
  id: 'trust-lost',
  says: msg('The API server does not trust the certificates of {{name}}.', { name: of.name }),
  confirmedBy: [...trusted.is('differs'), ...reached.is('certificate')],
  supportedBy: trusted.is('behind'),
  refutedBy: reached.is('available'),
  explains: ['api-path-cut'],
  mitigations: [restoreBundles(of)],
});
