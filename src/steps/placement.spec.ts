import { evidence } from '../testing/evidence';
import { CONTROL_PLANE_ONLY, nodeOf, podOf, unplacedPod } from '../testing/samples';
import { testStep } from '../testing/testStep';
import { type Node, type PodSpec } from '../sources/objects';
import { keptOffBy, mayHost } from './hosts';
import { placement } from './placement';
import { obstaclesIn } from './scheduler';
import { virtOperator } from './workloads';

const TAIL = ' preemption: 0/6 nodes are available: 6 Preemption is not helpful for scheduling.';
const WORKERS = "3 node(s) didn't match Pod's node affinity/selector";
const given = (words: string, ...nodes: readonly Node[]) => ({ pods: evidence([unplacedPod('virt-operator-1', words, CONTROL_PLANE_ONLY)]), nodes: evidence(nodes) });
const cordoned = nodeOf('cp-0', { spec: { unschedulable: true, taints: [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }] } });
const tainted = nodeOf('cp-1', { spec: { taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }, { key: 'team', value: 'red', effect: 'NoSchedule' }] } });
const worker = nodeOf('worker-0', { labels: {}, spec: { unschedulable: true } });

testStep(placement(virtOperator), {
  'every pod has a node': { given: { pods: evidence([podOf('a')]), nodes: evidence() }, finds: ['notApplicable', 'notNeeded'] },
  'the control plane is cordoned': {
    given: given(`0/6 nodes are available: 3 node(s) were unschedulable, ${WORKERS}.${TAIL}`, worker, cordoned), finds: ['fail', 'cordoned'], out: { taintedNode: undefined },
  },
  'the control plane carries a taint': {
    given: given(`0/6 nodes are available: 3 node(s) had untolerated taint {team: red}, ${WORKERS}.${TAIL}`, tainted),
    finds: ['fail', 'taint'], out: { taintedNode: 'cp-1', taintRemoval: 'team=red:NoSchedule-' },
  },
  'the scheduler does not name the taint and a node does': {
    given: given(`0/6 nodes are available: 3 node(s) had untolerated taint(s), ${WORKERS}.${TAIL}`, nodeOf('cp-0', { spec: { taints: [{ key: 'node.kubernetes.io/disk-pressure', effect: 'NoSchedule' }] } })),
    finds: ['fail', 'nodeTrouble'],
  },
  'the scheduler does not name the taint and nobody can': { given: given('0/6 nodes are available: 6 node(s) had untolerated taint(s).'), finds: ['fail', 'taint'] },
  'the control plane is not ready': { given: given(`0/6 nodes are available: 3 node(s) had untolerated taint {node.kubernetes.io/unreachable: }, ${WORKERS}.${TAIL}`), finds: ['fail', 'nodeTrouble'] },
  'no CPU is left, and on one node no memory either': {
    given: given(`0/6 nodes are available: 1 Insufficient memory, 3 Insufficient cpu, ${WORKERS}.${TAIL}`), finds: ['fail', 'cpu', 'memory'], says: 'no CPU left',
  },
  'no memory is left': { given: given(`0/3 nodes are available: 3 Insufficient memory.${TAIL}`), finds: ['fail', 'memory'] },
  'no pod slot is left': { given: given(`0/6 nodes are available: 3 Too many pods, ${WORKERS}.${TAIL}`), finds: ['fail', 'tooManyPods'] },
  'no node matches': { given: given(`0/6 nodes are available: 6 node(s) didn't match Pod's node affinity/selector.${TAIL}`), finds: ['fail', 'selector'] },
  'pods may not stand together': { given: given(`0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules.${TAIL}`), finds: ['fail', 'affinity'] },
  'pods that stand there want to be alone': { given: given(`0/3 nodes are available: 3 node(s) didn't satisfy existing pods anti-affinity rules.${TAIL}`), finds: ['fail', 'affinity'] },
  'a volume binds': { given: given(`0/3 nodes are available: 3 node(s) had volume node affinity conflict.${TAIL}`), finds: ['fail', 'volume'] },
  'the scheduler says something new': { given: given('no nodes available to schedule pods'), finds: ['fail', 'otherwise'], says: 'no nodes available' },
});

describe('obstaclesIn', () => {
  it('leaves out what is said about preemption', () => {
    expect(obstaclesIn(`0/6 nodes are available: 3 Insufficient cpu, ${WORKERS}.${TAIL}`)).toEqual([{ nodes: 3, obstacle: 'cpu' }, { nodes: 3, obstacle: 'selector' }]);
  });
});

describe('mayHost and keptOffBy', () => {
  const wants = (operator: string, values?: readonly string[]): PodSpec =>
    ({ affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'size', operator, values }] }] } } } });
  const sized = nodeOf('n', { labels: { size: '4' } });

  it.each([['Exists', undefined, true], ['DoesNotExist', undefined, false], ['In', ['4'], true], ['NotIn', ['4'], false], ['Gt', ['3'], true], ['Lt', ['3'], false], ['Near', ['4'], false]] as const)('reads %s %s as %s', (operator, values, allowed) => {
    expect(mayHost(wants(operator, values), sized)).toBe(allowed);
  });

  it('asks the node selector besides', () => {
    expect(mayHost({ nodeSelector: { size: '5' } }, sized)).toBe(false);
    expect(mayHost({}, sized)).toBe(true);
    const named = (name: string): PodSpec => ({ affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [name] }] }] } } } });
    expect([mayHost(named('n'), sized), mayHost(named('m'), sized)]).toEqual([true, false]);
  });

  it.each([
    [[{ operator: 'Exists' }], 0], [[{ key: 'team', operator: 'Exists' }], 0], [[{ key: 'team', value: 'red' }], 0], [[{ key: 'team', value: 'blue' }], 1], [[{ key: 'team', operator: 'Exists', effect: 'NoExecute' }], 1], [[], 1],
  ] as const)('tolerates %j', (tolerations, left) => {
    expect(keptOffBy({ tolerations }, nodeOf('n', { spec: { taints: [{ key: 'team', value: 'red', effect: 'NoSchedule' }, { key: 'soft', effect: 'PreferNoSchedule' }] } }))).toHaveLength(left);
  });
});
