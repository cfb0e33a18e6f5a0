import { fail, pass, warn } from '../engine/finding';
import { msg } from '../engine/message';
import { step } from '../engine/step';
import { deployment } from '../sources/deployments';
import { podsOf } from '../sources/pods';
import { type Workload } from '../sources/workload';
import { judge } from './podState';
import { virtOperator } from './workloads';

/**
 * Does virt-operator run, which puts back whatever differs in a component? KubeVirt 1.8.4,
 * `pkg/virt-operator/resource/apply/apps.go`: it makes a deleted Deployment again and patches its replicas and template.
 */
export const ownerAtWork = (of: Workload) => step({
  id: 'owner-at-work',
  asks: msg('Does virt-operator work, which keeps {{name}} as it should be?', { name: of.name }),
  why: msg('virt-operator undoes a scaling and makes a deleted Deployment again within seconds. If either lasts, virt-operator is the patient.'),
  reads: { pods: podsOf(virtOperator), deployment: deployment(virtOperator) },
  optional: ['deployment'],
  required: false,
  reasons: ['atWork', 'notReady', 'down'],
  check: ({ pods: { items }, deployment: { items: [operator] } }, { now }) => {
    const wanted = operator?.spec?.replicas;
    const ready = items.filter((pod) => judge(pod, now).state === 'ready').length;
    const details = { expected: msg('1 pod of virt-operator or more ready'), actual: msg('{{ready}} of {{of}} ready', { ready, of: Math.max(wanted ?? 0, items.length) }) };
    if (ready > 0) return pass('atWork', msg('Yes. {{ready}} virt-operator pods are ready.', { ready }), details);
    if (wanted === 0) return fail('down', msg('No. virt-operator is scaled to 0.'), details);
    return items.some(({ status }) => status?.phase === 'Running')
      ? warn('notReady', msg('No. virt-operator runs, and none of its pods is ready.'), details)
      : fail('down', msg('No. No virt-operator pod runs.'), details);
  },
});
