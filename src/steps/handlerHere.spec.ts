import { plainText } from '../engine';
import { type DaemonSet, type Node, type Pod, type VirtualMachineInstance } from '../sources/objects';
import { READ_AT, absent, evidence, unread } from '../testing/evidence';
import { metadata, nodeOf, podOf } from '../testing/samples';
import { testStep } from '../testing/testStep';
import { guestsHere, vmsHere } from './guestsHere';
import { handlerHere } from './handlerHere';
import { launchersHere } from './launchersHere';
import { nodeHere } from './nodeHere';

const NAME = 'worker-0';
const labels = { vms: 'yes' };
const well = nodeOf(NAME, { labels });
const reports = (status: string, message?: string): Node => nodeOf(NAME, { labels, conditions: [{ type: 'Ready', status, ...(message ? { message } : {}) }] });
const launcher = (phase: string, uid = 'uid-mailer'): Pod => podOf(`virt-launcher-${phase}`, { namespace: 'web-shop', labels: { 'kubevirt.io/created-by': uid }, spec: { nodeName: NAME }, status: { phase } });

testStep(launchersHere, {
  'one is alive': { given: { launchers: evidence([launcher('Running'), launcher('Succeeded')]) }, inputs: { node: NAME }, finds: ['info', 'active'], out: { active: 1 } },
  'all have ended': { given: { launchers: evidence([launcher('Failed'), launcher('Succeeded')]) }, inputs: { node: NAME }, finds: ['warn', 'onlyFinished'], says: '2 launcher pods', out: { active: 0 } },
  'there is none': { given: { launchers: evidence() }, inputs: { node: NAME }, finds: ['pass', 'none'] },
});

testStep(nodeHere, {
  'it is well': { given: { node: evidence([well]) }, inputs: { name: NAME }, finds: ['pass', 'ready'] },
  'it is silent': { given: { node: evidence([reports('Unknown')]) }, inputs: { name: NAME }, finds: ['fail', 'silent'] },
  'it says that it is not ready': { given: { node: evidence([reports('False', 'container runtime is down')]) }, inputs: { name: NAME }, finds: ['fail', 'notReady'], says: 'container runtime is down' },
  'it runs out of disk': { given: { node: evidence([nodeOf(NAME, { conditions: [{ type: 'DiskPressure', status: 'True' }] })]) }, inputs: { name: NAME }, finds: ['warn', 'pressed'], says: 'DiskPressure' },
  'it is gone': { given: { node: absent() }, inputs: { name: NAME }, finds: ['fail', 'gone'] },
});

const set: DaemonSet = { metadata: metadata('virt-handler'), spec: { template: { spec: { nodeSelector: labels } } } };
const handler = (status: Pod['status'], nodeName: string | undefined = NAME): Pod => podOf('virt-handler-a', { spec: { nodeName }, status });
const waits = (reason: string): Pod => handler({ phase: 'Pending', conditions: [], containerStatuses: [{ name: 'virt-handler', ready: false, state: { waiting: { reason } } }] });
const unready: Pod['status'] = { phase: 'Running', conditions: [{ type: 'Ready', status: 'False', reason: 'ContainersNotReady' }] };
const given = (node: Node, ...pods: readonly Pod[]) => ({ pods: evidence(pods), set: evidence([set]), node: evidence([node]) });
const inputs = { name: NAME, active: 2 };
const tainted = nodeOf(NAME, { labels, spec: { taints: [{ key: 'dedicated', value: 'gpu', effect: 'NoSchedule' }] } });
const placeless: Pod = {
  ...podOf('virt-handler-a', { status: { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: 'Insufficient cpu' }] } }),
  spec: { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [NAME] }] }] } } } },
};

testStep(handlerHere, {
  'no launcher is alive': { given: given(well), inputs: { ...inputs, active: 0 }, finds: ['notApplicable', 'notNeeded'] },
  'it is ready': { given: given(well, podOf('virt-handler-a', { spec: { nodeName: NAME } })), inputs, finds: ['pass', 'ready'], out: { served: true, pod: 'virt-handler-a' } },
  'the node is down': { given: given(reports('Unknown'), handler(unready)), inputs, finds: ['fail', 'nodeDown'], out: { served: false } },
  'the node is gone, and its pod with it': { given: { ...given(well), node: absent() }, inputs, finds: ['fail', 'nodeDown'] },
  'the node may not be read': { given: { ...given(well), node: unread('node') }, inputs, finds: ['unknown', 'notReadable'] },
  'it runs and is not ready': { given: given(well, handler(unready)), inputs, finds: ['fail', 'notReady'] },
  'it ends again and again': {
    given: given(well, handler({ ...unready, containerStatuses: [{ name: 'virt-handler', ready: false, restartCount: 4, state: { waiting: { reason: 'CrashLoopBackOff' } } }] })), inputs, finds: ['fail', 'ends'],
    out: { crashing: [{ pod: 'virt-handler-a', container: 'virt-handler' }], running: [] },
  },
  'it has no image': { given: given(well, waits('ImagePullBackOff')), inputs, finds: ['fail', 'noImage'] },
  'it waits for room': { given: given(well, placeless), inputs, finds: ['fail', 'unplaced'], says: 'Insufficient cpu' },
  'it cannot start': { given: given(well, waits('CreateContainerConfigError')), inputs, finds: ['fail', 'notStarted'] },
  'it was evicted': { given: given(well, handler({ phase: 'Failed', reason: 'Evicted' })), inputs, finds: ['fail', 'failed'], says: 'Evicted' },
  'it is only just starting': { given: given(well, { ...handler({ phase: 'Pending', startTime: new Date(READ_AT - 5000).toISOString(), conditions: [] }) }), inputs, finds: ['warn', 'starting'] },
  'it is on another node': { given: given(well, handler(undefined, 'worker-1')), inputs, finds: ['fail', 'missing'] },
  'the labels of the node do not fit': { given: given(nodeOf(NAME, { labels: {} })), inputs, finds: ['fail', 'excluded'] },
  'a taint keeps it off': { given: given(tainted), inputs, finds: ['fail', 'tainted'], out: { taintRemoval: 'dedicated=gpu:NoSchedule-' } },
  'there is no DaemonSet': { given: { ...given(well), set: absent() }, inputs, finds: ['fail', 'noDaemonSet'] },
});

const mailer: VirtualMachineInstance = { metadata: metadata('mailer', { namespace: 'web-shop' }), status: { phase: 'Running', nodeName: NAME } };
const guests = (node: Node, ...launchers: readonly Pod[]) => ({ instances: evidence([mailer]), launchers: evidence(launchers), node: evidence([node]) });
const alone = { name: NAME, served: false };

testStep(guestsHere, {
  'its launcher runs on a node that reports': { given: guests(well, launcher('Running')), inputs: alone, finds: ['warn', 'running'], says: '1 of 1 VMs' },
  'its node is silent': { given: guests(reports('Unknown'), launcher('Running')), inputs: alone, finds: ['fail', 'unknown'], says: 'take them for running' },
  'its launcher has ended': { given: guests(well, launcher('Failed')), inputs: alone, finds: ['warn', 'ended'] },
  'virt-handler manages it': { given: guests(well, launcher('Running')), inputs: { ...alone, served: true }, finds: ['pass', 'managed'] },
  'no VM is there': { given: { ...guests(well), instances: evidence() }, inputs: alone, finds: ['pass', 'none'] },
  'the node may not be read': { given: { ...guests(well), node: unread('node') }, inputs: alone, finds: ['unknown', 'notReadable'] },
});

describe('which VMs notice on this node', () => {
  const ask = (served: boolean, instances: readonly VirtualMachineInstance[]): string =>
    plainText(vmsHere.check({ ...guests(well, launcher('Running')), instances: evidence(instances) }, { now: READ_AT, labels: {}, inputs: { name: NAME, served } }).says);

  it.each([['None: virt-handler is ready', ask(true, [mailer])], ['None: no VM is placed', ask(false, [])], ['1 VMs on worker-0', ask(false, [mailer])]])('%s', (begin, said) => expect(said.startsWith(begin)).toBe(true));
});
