import { operatorElection } from '../steps/leaderElection';
import { electionSteps } from '../steps/leaderSteps';
import { filled } from '../testing/planned';
import { calmElection, checkApiPath, findHolder, grantLease, openDown, repairCaches, repairLeaseWebhook } from './leaseRepairs';

const steps = electionSteps(operatorElection);
const known = { namespace: 'openshift-cnv', account: 'kubevirt-operator', configuration: 'validatingwebhookconfigurations/guard', service: 'guard', holder: 'stranger-1' };

it('gives rights to the account of the candidates, on leases of their namespace alone, and asks whether it worked', () => {
  expect(filled(grantLease(operatorElection, steps), known)).toEqual([
    'oc -n openshift-cnv create role virt-operator-lease --verb=get,list,watch,create,update,patch,delete --resource=leases.coordination.k8s.io',
    'oc -n openshift-cnv create rolebinding virt-operator-lease --role=virt-operator-lease --serviceaccount=openshift-cnv:kubevirt-operator',
    'oc auth can-i update leases.coordination.k8s.io/virt-operator -n openshift-cnv --as=system:serviceaccount:openshift-cnv:kubevirt-operator',
  ]);
});

it('asks for what the election waits for as that account', () => {
  const commands = filled(repairCaches(operatorElection, steps), known);
  expect(commands.filter((command) => command.includes('auth can-i')).every((command) => command.includes('--as=system:serviceaccount:openshift-cnv:kubevirt-operator'))).toBe(true);
  expect(commands.join('\n')).toContain('kubevirts.kubevirt.io');
});

it.each([
  ['a webhook', repairLeaseWebhook(steps)], ['the API path', checkApiPath(operatorElection)], ['who holds it', findHolder(operatorElection, steps)], ['what makes leaders lose it', calmElection(operatorElection)],
])('only looks at %s', (_, mitigation) => {
  expect(mitigation.risk).toBe('none');
  const commands = filled(mitigation, known);
  expect(commands.length).toBeGreaterThan(0);
  expect(commands.filter((command) => /\b(delete|patch|create|apply|edit|scale|replace)\b/.test(command))).toEqual([]);
  expect(commands.filter((command) => /‹/.test(command))).toEqual([]);
});

it('leads to the runbook that knows why no pod runs', () => expect(openDown(operatorElection)).toMatchObject({ place: { page: 'runbook', alert: 'VirtOperatorDown' } }));
