import { type Picked, decide } from '../engine';
import { virtOperatorDown as runbook } from '../runbooks/virt-operator/VirtOperatorDown';
import { type KubeObject } from '../sources/objects';
import { nodesHealthy } from '../steps/nodesHealthy';
import { virtOperator } from '../steps/workloads';
import { READ_AT, evidence } from '../testing/evidence';
import { filled, lineOf, made, plansInTheDark, refusedWith } from '../testing/planned';
import { metadata, minutesAgo } from '../testing/samples';
import { clearFailedPods, repairNode } from './nodes';

const mitigation = clearFailedPods(virtOperator);
const failed = (name: string, minutes: number): KubeObject => ({ metadata: metadata(name, { creationTimestamp: minutesAgo(minutes) }) });
const decided = (items: readonly KubeObject[], picked: Picked = {}) => decide(mitigation, { items: evidence(items) }, { now: READ_AT, labels: {}, inputs: {} }, picked);

it('clears the failed pods of one workload away, each as it was seen, and keeps the newest', () => {
  expect(mitigation.reads).toMatchObject({ items: { part: 'identity', labels: 'kubevirt.io=virt-operator', fields: 'status.phase=Failed' } });
  const plan = made(decided([failed('old', 900), failed('older', 1000), failed('oldest', 1100)]).plan);
  expect(plan.operations.map((operation) => lineOf(operation))).toEqual([
    expect.stringContaining('DELETE /api/v1/namespaces/openshift-cnv/pods/older {"kind":"DeleteOptions","apiVersion":"v1","preconditions":{"uid":"uid-older","resourceVersion":"1"}}'),
    expect.stringContaining('/pods/oldest '),
  ]);
  expect(plan.saveFirst).toMatchObject({ logs: [{ pod: 'older', container: 'virt-operator' }, { pod: 'oldest' }], leftOut: 0 });
});

it('asks for the reason first while they keep failing', () => {
  const young = [1, 2, 3, 4].map((minutes) => failed(`p${minutes}`, minutes));
  expect(refusedWith(decided(young).plan)).toContain('Stop the source first');
  expect(made(decided(young, { source: 'insist' }).plan).operations).toHaveLength(3);
  expect(refusedWith(decided([]).plan)).toContain('There are none');
});

it('is not planned while nothing can be read', async () => expect(await plansInTheDark(runbook, mitigation)).toEqual([]));

it('brings a node back by looking at it, never by deleting it', () => {
  expect(filled(repairNode(nodesHealthy(virtOperator)), { troubledNode: 'worker-0' }).filter((command) => /delete/.test(command))).toEqual([]);
});
