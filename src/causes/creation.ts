import { cause } from '../engine/cause';
import { msg } from '../engine/message';
import { createPriorityClass, liftQuota, readRefusal, repairWebhook } from '../mitigations/admission';
import { type Workload } from '../sources/workload';
import { type podsCreated } from '../steps/podsCreated';

type Created = ReturnType<typeof podsCreated>;

/** The API server refuses the pods: their priority class is gone. */
export const priorityClassMissing = (of: Workload, created: Created) => cause({
  id: 'creation-rejected-priority-class',
  says: msg('The pods of {{name}} are refused: their priority class does not exist.', { name: of.name }),
  confirmedBy: created.is('priorityClass'),
  mitigations: [createPriorityClass],
});

/** The API server refuses the pods: a quota leaves no room for them. */
export const quotaExceeded = (of: Workload, created: Created) => cause({
  id: 'creation-rejected-quota',
  says: msg('The pods of {{name}} are refused: a quota leaves no room for them.', { name: of.name }),
  confirmedBy: created.is('quota'),
  mitigations: [liftQuota(of, created)],
});

/** The API server refuses the pods: an admission webhook is down or says no. */
export const webhookRefuses = (of: Workload, created: Created) => cause({
  id: 'creation-rejected-webhook',
  says: msg('The pods of {{name}} are refused: an admission webhook says no or does not answer.', { name: of.name }),
  confirmedBy: created.is('webhookDown', 'webhookDenied'),
  mitigations: [repairWebhook(of, created)],
});

/** The API server refuses the pods for another reason: security constraints, the service account, limits. */
export const creationRejected = (of: Workload, created: Created) => cause({
  id: 'creation-rejected',
  says: msg('The pods of {{name}} are refused by the API server.', { name: of.name }),
  confirmedBy: created.is('securityContext', 'serviceAccount', 'rejected'),
  mitigations: [readRefusal(of)],
});
