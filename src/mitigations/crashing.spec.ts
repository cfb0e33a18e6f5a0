import { podsRunning } from '../steps/podsRunning';
import { virtOperator } from '../steps/workloads';
import { filled } from '../testing/planned';
import { readLastWords } from './crashing';

const mitigation = readLastWords(virtOperator, podsRunning(virtOperator));

it('opens the log of the pod that is unwell, and gives the command for the container before', () => {
  expect(mitigation).toMatchObject({ mode: 'navigate', place: { page: 'object', name: { output: 'unwell' }, tab: 'logs' }, risk: 'none' });
  expect(filled(mitigation, { namespace: 'openshift-cnv', unwell: 'virt-operator-1' })).toEqual([
    'oc logs -n openshift-cnv virt-operator-1 -c virt-operator --previous --tail=100',
    'oc describe pod -n openshift-cnv virt-operator-1',
  ]);
});
