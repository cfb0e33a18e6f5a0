import { type DaemonSet, type Node } from '../sources/objects';
import { absent, evidence, unread } from '../testing/evidence';
import { metadata, minutesAgo, nodeOf, podOf } from '../testing/samples';
import { testStep } from '../testing/testStep';
import { daemonRollout } from './daemonRollout';
import { daemonSet } from './daemonSet';
import { virtHandler } from './workloads';

const setOf = (status: DaemonSet['status'], nodeSelector: Readonly<Record<string, string>> = { vms: 'yes' }): DaemonSet =>
  ({ metadata: metadata('virt-handler'), spec: { template: { spec: { nodeSelector } }, updateStrategy: { rollingUpdate: { maxUnavailable: '10%' } } }, status });
const nowhere = { desiredNumberScheduled: 0, currentNumberScheduled: 0, numberReady: 0, numberMisscheduled: 1 };
const vms = { vms: 'yes' };
const plain = nodeOf('worker-0', { labels: {} });
const gpu = nodeOf('worker-1', { labels: vms, spec: { taints: [{ key: 'dedicated', value: 'gpu', effect: 'NoSchedule' }] } });
const control = nodeOf('cp-0', { labels: vms, spec: { taints: [{ key: 'node-role.kubernetes.io/master', effect: 'NoSchedule' }] } });
const silent = nodeOf('worker-2', { labels: vms, spec: { taints: [{ key: 'node.kubernetes.io/unreachable', effect: 'NoSchedule' }] } });
const given = (set: DaemonSet, ...nodes: readonly Node[]) => ({ set: evidence([set]), nodes: evidence(nodes) });

testStep(daemonSet(virtHandler), {
  'it is wanted': { given: given(setOf({ desiredNumberScheduled: 3, numberReady: 2 }), plain), finds: ['pass', 'wanted'], says: '3 nodes', out: { taintedNode: undefined } },
  'it is gone': { given: { set: absent(), nodes: evidence([plain]) }, finds: ['fail', 'absent'] },
  'no node has the labels': { given: given(setOf(nowhere), plain), finds: ['fail', 'excludedByLabels'], says: 'vms=yes' },
  'every node is tainted': { given: given(setOf(nowhere), control, gpu), finds: ['fail', 'excludedByTaints'], out: { taintedNode: 'worker-1', taintRemoval: 'dedicated=gpu:NoSchedule-' } },
  'only the control plane is left, whose taint is meant': { given: given(setOf(nowhere), control), finds: ['fail', 'excludedByTaints'], out: { taintedNode: 'cp-0' } },
  'the nodes are silent': { given: given(setOf(nowhere), control, silent), finds: ['fail', 'nodesDown'] },
  'the nodes cannot be read': { given: { set: evidence([setOf(nowhere)]), nodes: unread('nodes') }, finds: ['fail', 'noneWanted'] },
});

const old = podOf('virt-handler-a', { creationTimestamp: minutesAgo(500) });
const young = (minutes: number, ready = true) => podOf('virt-handler-b', {
  creationTimestamp: minutesAgo(minutes), spec: { nodeName: 'worker-1' }, ...(ready ? {} : { status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'False' }] } }),
});
const rolling = setOf({ desiredNumberScheduled: 3, updatedNumberScheduled: 1 });

testStep(daemonRollout(virtHandler), {
  'all are of the newest template': { given: { set: evidence([setOf({ desiredNumberScheduled: 3, updatedNumberScheduled: 3 })]), pods: evidence([old]) }, finds: ['pass', 'done'] },
  'the last pod was made lately': { given: { set: evidence([rolling]), pods: evidence([old, young(5)]) }, finds: ['info', 'rolling'], says: '1 of 3' },
  'the last pod was made long ago': { given: { set: evidence([rolling]), pods: evidence([old, young(40, false)]) }, finds: ['warn', 'stuck'], says: 'worker-1' },
  'there is none': { given: { set: absent(), pods: evidence() }, finds: ['notApplicable', 'absent'] },
});
