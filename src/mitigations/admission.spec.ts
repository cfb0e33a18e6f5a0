import { podsCreated } from '../steps/podsCreated';
import { virtOperator } from '../steps/workloads';
import { filled } from '../testing/planned';
import { createPriorityClass, liftQuota, readRefusal, repairWebhook } from './admission';

const created = podsCreated(virtOperator);
const known = { namespace: 'openshift-cnv', named: 'no-pods', webhookNamespace: 'guards', webhookService: 'guard' };

it('creates the priority class with the value that KubeVirt ships', () => {
  expect(filled(createPriorityClass)[0]).toContain('oc create priorityclass kubevirt-cluster-critical --value=1000000000 ');
});

it('saves a quota before it deletes it', () => {
  expect(filled(liftQuota(virtOperator, created), known)).toEqual([
    'oc describe resourcequota no-pods -n openshift-cnv',
    'oc get resourcequota no-pods -n openshift-cnv -o yaml > resourcequota-no-pods.yaml',
    'oc delete resourcequota no-pods -n openshift-cnv',
  ]);
});

it('looks behind a webhook, and leaves its configuration alone', () => {
  const commands = filled(repairWebhook(virtOperator, created), known);
  expect(commands[1]).toBe('oc get endpointslices -n guards -l kubernetes.io/service-name=guard');
  expect(commands.filter((command) => !/^oc get /.test(command))).toEqual([]);
  expect(repairWebhook(virtOperator, created).risk).toBe('none');
});

it('only looks where it has no name for the refusal', () => {
  expect(filled(readRefusal(virtOperator), known).filter((command) => !/^oc (get|describe) /.test(command))).toEqual([]);
});
