import { evidence } from '../testing/evidence';
import { deploymentOf, metadata, minutesAgo, podOf, unplacedPod } from '../testing/samples';
import { testStep } from '../testing/testStep';
import { type ContainerStatus, type Pod } from '../sources/objects';
import { podsRunning } from './podsRunning';
import { virtOperator } from './workloads';

const wanting = (replicas: number) => evidence([deploymentOf({ replicas })]);
const of = (...pods: readonly Pod[]) => ({ pods: evidence(pods), workload: wanting(2) });
const waits = (reason: string, message?: string): Partial<ContainerStatus> => ({ ready: false, state: { waiting: { reason, message } } });
const pending = (name: string, container: Partial<ContainerStatus>, startTime = minutesAgo(20)): Pod =>
  podOf(name, { container, status: { phase: 'Pending', startTime, conditions: [{ type: 'PodScheduled', status: 'True' }], containerStatuses: [{ name: 'virt-operator', ...container }] } });
const evicted = podOf('c', { status: { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.', containerStatuses: [] } });
const notReady = { status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'False', reason: 'ContainersNotReady' }] } };
const crashing = podOf('a', {
  ...notReady, status: { ...notReady.status, containerStatuses: [{ name: 'virt-operator', ready: false, restartCount: 7, state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: { terminated: { exitCode: 2, finishedAt: minutesAgo(1) } } }] },
});
const between = podOf('a', {
  ...notReady, status: { ...notReady.status, containerStatuses: [{ name: 'virt-operator', ready: false, restartCount: 7, state: { running: { startedAt: minutesAgo(0.1) } }, lastState: { terminated: { exitCode: 2, finishedAt: minutesAgo(2) } } }] },
});

const nothing = { pods: evidence(), workload: evidence() };

testStep(podsRunning(virtOperator), {
  'two run': { given: of(podOf('a'), podOf('b')), finds: ['pass', 'allRunning'], out: { crashing: [], unwell: undefined, running: [{ pod: 'a', container: 'virt-operator' }, { pod: 'b', container: 'virt-operator' }] } },
  'two run beside one that was evicted long ago': { given: of(podOf('a'), podOf('b'), evicted), finds: ['pass', 'allRunning'] },
  'two run beside one of a rollout that crashes': { given: of(podOf('a'), podOf('b'), crashing), finds: ['warn', 'surplus', 'crashLoop'], says: 'As many as wanted: 2' },
  'two run and it is not known how many are wanted': { given: { ...nothing, pods: evidence([podOf('a'), podOf('b')]) }, finds: ['pass', 'allRunning'] },
  'one runs and two are wanted': { given: of(podOf('a')), finds: ['warn', 'tooFew'] },
  'all ended as if their work were done': { given: { pods: evidence([podOf('a', { status: { phase: 'Succeeded' } })]), workload: evidence() }, finds: ['warn', 'tooFew'] },
  'none exists': { given: nothing, finds: ['fail', 'noPods'], says: 'kubevirt.io=virt-operator' },
  'images that cannot be pulled': { given: of(pending('a', waits('ImagePullBackOff')), pending('b', waits('ErrImagePull'))), finds: ['fail', 'imagePull'], says: '2 of 2', out: { running: [], unwell: 'a' } },
  'a secret that is missing': { given: of(pending('a', waits('CreateContainerConfigError', 'secret "x" not found'))), finds: ['fail', 'configError'] },
  'a crash loop': { given: of(crashing, podOf('b')), finds: ['fail', 'crashLoop'], says: '1 of 2', out: { crashing: [{ pod: 'a', container: 'virt-operator' }] } },
  'a crash loop between two crashes': { given: of(between, podOf('b')), finds: ['fail', 'crashLoop'] },
  'no node': { given: of(unplacedPod('a', '0/6 nodes are available: 6 Insufficient cpu.'), evicted), finds: ['fail', 'unschedulable'] },
  'no node for one, no image for the other': { given: of(unplacedPod('a', ''), pending('b', waits('ErrImagePull'))), finds: ['fail', 'imagePull', 'unschedulable'] },
  'on a node for 20 minutes, without a container': { given: of(pending('a', waits('ContainerCreating'))), finds: ['fail', 'stuckStarting'] },
  'on a node for a minute': { given: of(pending('a', waits('ContainerCreating'), minutesAgo(1))), finds: ['warn', 'starting'] },
  'started half a minute ago': { given: of(podOf('a', { ...notReady, status: { ...notReady.status, containerStatuses: [{ name: 'virt-operator', ready: false, state: { running: { startedAt: minutesAgo(0.5) } } }] } })), finds: ['warn', 'starting'] },
  'evicted, and nothing came after': { given: of(evicted, evicted), finds: ['fail', 'failed'], says: '2 of 2' },
  'on a node that no longer reports': { given: of(podOf('a', { status: { phase: 'Unknown', reason: 'NodeLost' } })), finds: ['fail', 'lost'] },
  'taken back by the node controller, because their node no longer reports': {
    given: of(podOf('a', { status: { phase: 'Running', conditions: [{ type: 'ContainersReady', status: 'True' }, { type: 'Ready', status: 'False' }] } })), finds: ['fail', 'lost'],
  },
  'as many as are wanted, and one on a node that no longer reports': {
    given: of(podOf('a'), podOf('b'), podOf('c', { status: { phase: 'Running', conditions: [{ type: 'ContainersReady', status: 'True' }, { type: 'Ready', status: 'False' }] } })), finds: ['fail', 'lost'],
  },
  'a readiness gate that is not open': {
    given: of(podOf('a', { status: { phase: 'Running', conditions: [{ type: 'ContainersReady', status: 'True' }, { type: 'Ready', status: 'False', reason: 'ReadinessGatesNotReady' }] } })), finds: ['fail', 'notReady'],
  },
  'of a DaemonSet, on two of three nodes': {
    given: { pods: evidence([podOf('a'), podOf('b')]), workload: evidence([{ metadata: metadata('virt-handler'), status: { desiredNumberScheduled: 3, currentNumberScheduled: 2 } }]) }, finds: ['warn', 'tooFew'], says: '2 of 3',
  },
  'running and not ready': { given: of(podOf('a', notReady)), finds: ['fail', 'notReady'] },
  'on the way out': { given: of(podOf('a', { deletionTimestamp: minutesAgo(0.2) })), finds: ['warn', 'terminating'], out: { running: [] } },
});
