import { type Plan, type Refusal, plainText } from '../engine';
import { READ_AT, evidence } from '../testing/evidence';
import { minutesAgo, podOf } from '../testing/samples';
import { type Pod } from '../sources/objects';
import { virtOperator } from '../steps/workloads';
import { deleteOperatorPod } from './deletePod';

const planOf = (...pods: readonly Pod[]): Plan | Refusal => deleteOperatorPod(virtOperator).plan({ pods: evidence(pods) }, { now: READ_AT, labels: {}, inputs: {} }, {});
const chosen = (plan: Plan | Refusal): string | undefined => ('refused' in plan ? undefined : plan.operations[0]?.target.name);
const hanging = podOf('hanging', { status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'False' }] } });

describe('replacing one pod', () => {
  it('takes the pod in the worst state', () => {
    const plan = planOf(podOf('well'), hanging);
    expect(plan).toMatchObject({ operations: [{ verb: 'delete', uidOnly: true, target: { name: 'hanging', uid: 'uid-hanging', plural: 'pods' } }], confirm: { kind: 'button' } });
  });

  it('takes the oldest where all are well, and wants that acknowledged', () => {
    const plan = planOf(podOf('younger'), podOf('older', { creationTimestamp: minutesAgo(9999) }));
    expect(chosen(plan)).toBe('older');
    expect(plan).toMatchObject({ confirm: { kind: 'acknowledge' } });
  });

  it('leaves alone what goes anyway', () => {
    const plan = planOf(podOf('going', { deletionTimestamp: minutesAgo(1) }));
    expect('refused' in plan && plainText(plan.refused)).toContain('no pod of virt-operator');
  });
});
