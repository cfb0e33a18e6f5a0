import { type ExecuteMitigation, type Mitigation, type Runbook } from '../engine';
import { virtHandlerRESTErrorsBurst } from '../runbooks/virt-handler/VirtHandlerRESTErrorsBurst';
import { virtOperatorRESTErrorsBurst } from '../runbooks/virt-operator/VirtOperatorRESTErrorsBurst';
import { pass } from '../testing/controllers';
import { podsOf } from '../testing/faults';
import { decideIn, filled, lineOf, made, plansInTheDark, sendTo } from '../testing/planned';
import { restMetrics } from '../testing/restMetrics';
import { forgetOne, remakeAccount } from '../testing/scenarios/restErrors';
import { clusterOf } from '../testing/world';

const of = ({ causes, company }: Runbook, id: string): Mitigation => {
  const found = [...causes, ...company].flatMap(({ mitigations }) => mitigations).find((one) => one.id === id);
  if (!found) throw new Error(`Nothing offers ${id}`);
  return found;
};
const executing = (runbook: Runbook, id: string): ExecuteMitigation => {
  const found = of(runbook, id);
  if (found.mode !== 'execute') throw new Error(`${id} is not carried out here`);
  return found;
};

it('replaces the one pod that fails and no other, and then none fails', async () => {
  const cluster = clusterOf({ sinceMinutes: 10, apply: (world) => forgetOne(world, 'virt-handler') });
  const metrics = restMetrics(cluster);
  const ill = podsOf(cluster, 'virt-handler')[0]?.metadata.name ?? '';
  const { plan, choices } = await decideIn(virtHandlerRESTErrorsBurst, executing(virtHandlerRESTErrorsBurst, 'replace-pod'), cluster, { metrics });
  if (!plan) throw new Error('There is no plan');
  const { operations, confirm } = made(plan);
  expect(choices).toEqual([]);
  expect(operations.map((operation) => lineOf(operation))).toEqual([expect.stringContaining(`DELETE /api/v1/namespaces/openshift-cnv/pods/${ill} `)]);
  expect(confirm.kind).toBe('acknowledge');
  for (const operation of operations) expect(sendTo(cluster, operation)).toBe(200);
  pass(cluster, 120_000);
  expect(podsOf(cluster, 'virt-handler').map(({ metadata }) => metadata.name)).not.toContain(ill);
  const after = restMetrics(cluster);
  expect(after.filter(([query]) => query.source.startsWith('^topk\\(20')).map(([, answer]) => answer)).toEqual([[], [], [], []]);
});

it('gives pods new tokens one at a time, and they are known again', async () => {
  const cluster = clusterOf({ sinceMinutes: 10, apply: (world) => remakeAccount(world, 'kubevirt-operator') });
  const names = podsOf(cluster, 'virt-operator').map(({ metadata }) => metadata.name);
  const { plan } = await decideIn(virtOperatorRESTErrorsBurst, executing(virtOperatorRESTErrorsBurst, 'renew-tokens'), cluster, { picked: { pods: names.join(',') } });
  if (!plan) throw new Error('There is no plan');
  expect(made(plan)).toMatchObject({ pace: { between: { id: 'pods-running' } } });
  for (const operation of made(plan).operations) {
    expect(sendTo(cluster, operation)).toBe(200);
    pass(cluster, 120_000);
  }
  const codes = restMetrics(cluster).find(([query]) => query.test('sum by (code) (rate(kubevirt_rest_client_requests_total{namespace="openshift-cnv",pod=~"virt-operator-.*"}[5m]))'))?.[1];
  expect(codes).toEqual([expect.objectContaining({ labels: { code: '200' } })]);
});

it('makes no plan of what it could not read', async () => {
  expect(await plansInTheDark(virtHandlerRESTErrorsBurst, executing(virtHandlerRESTErrorsBurst, 'replace-pod'))).toEqual([]);
  expect(await plansInTheDark(virtOperatorRESTErrorsBurst, executing(virtOperatorRESTErrorsBurst, 'renew-tokens'))).toEqual([]);
});

it('writes a missing right as a role of its own, bound to the account', () => {
  expect(filled(of(virtHandlerRESTErrorsBurst, 'restore-right'), { namespace: 'openshift-cnv', binding: 'clusterrolebinding', verbs: 'update,patch', verb: 'update', resource: 'virtualmachineinstances.kubevirt.io', account: 'kubevirt-handler' })).toEqual([
    'oc create clusterrole virt-handler-missing-right --verb=update,patch --resource=virtualmachineinstances.kubevirt.io',
    'oc create clusterrolebinding -n openshift-cnv virt-handler-missing-right --clusterrole=virt-handler-missing-right --serviceaccount=openshift-cnv:kubevirt-handler',
    'oc auth can-i update virtualmachineinstances.kubevirt.io -n openshift-cnv --as=system:serviceaccount:openshift-cnv:kubevirt-handler',
  ]);
});
