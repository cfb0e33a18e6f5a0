import { type DaemonSet, type HyperConverged, type KubeVirt, type Node, type Pod, type VirtualMachineInstance } from '../sources/objects';
import { plainText } from '../engine';
import { READ_AT, evidence } from '../testing/evidence';
import { kubeVirtOf, metadata, minutesAgo, nodeOf, podOf } from '../testing/samples';
import { testStep } from '../testing/testStep';
import { handlerNodes } from './handlerNodes';
import { unmanagedVms } from './unmanagedVms';
import { workloadPlacement } from './workloadPlacement';

const beaten = (node: Node): Node => ({ ...node, metadata: { ...node.metadata, annotations: { 'kubevirt.io/heartbeat': minutesAgo(1) } } });
const worker = (name: string, more: Parameters<typeof nodeOf>[1] = {}): Node => beaten(nodeOf(name, { labels: { vms: 'yes' }, ...more }));
const set: DaemonSet = { metadata: metadata('virt-handler'), spec: { template: { spec: { nodeSelector: { vms: 'yes' } } } } };
const handler = (nodeName: string, ready = true): Pod => podOf(`virt-handler-${nodeName}`, { spec: { nodeName }, ...(ready ? {} : { status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'False', reason: 'ContainersNotReady' }] } }) });
const waiting = (name: string): Pod => podOf('virt-handler-x', {
  spec: { nodeName: undefined, affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [name] }] }] } } } },
  status: { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: 'no' }] },
});
const given = (nodes: readonly Node[], ...pods: readonly Pod[]) => ({ nodes: evidence(nodes), pods: evidence(pods), set: evidence([set]) });
const down = worker('w1', { conditions: [{ type: 'Ready', status: 'Unknown' }] });
const gpu = worker('w1', { spec: { taints: [{ key: 'dedicated', value: 'gpu', effect: 'NoSchedule' }] } });

testStep(handlerNodes, {
  'every node has one': { given: given([worker('w0'), worker('w1')], handler('w0'), handler('w1')), finds: ['pass', 'allReady'], says: '2 nodes', out: { unserved: [], node: undefined } },
  'a node is down': { given: given([worker('w0'), down], handler('w0'), handler('w1', false)), finds: ['fail', 'nodeDown'], says: 'w1', out: { node: 'w1', unserved: [{ node: 'w1' }] } },
  'a pod is not ready': { given: given([worker('w0'), worker('w1')], handler('w0'), handler('w1', false)), finds: ['fail', 'handlerIll'] },
  'a pod waits for room on a node that it names': { given: given([worker('w0'), worker('w1')], handler('w0'), waiting('w1')), finds: ['fail', 'handlerIll'], says: 'w1' },
  'a node has none, and another is down': { given: given([worker('w0'), down], handler('w1', false)), finds: ['fail', 'nodeDown', 'handlerMissing'] },
  'a node that it ran on is tainted': { given: given([worker('w0'), gpu], handler('w0')), finds: ['warn', 'tainted'] },
  'a node that it ran on is left out': { given: given([worker('w0'), worker('w1', { labels: {} })], handler('w0')), finds: ['info', 'excluded'] },
  'a node of the control plane never had one': { given: given([worker('w0'), nodeOf('cp-0')], handler('w0')), finds: ['pass', 'allReady'] },
  'no node may have one': { given: given([nodeOf('cp-0')]), finds: ['fail', 'noNodes'] },
  'nobody has a DaemonSet': { given: { ...given([worker('w0')]), set: evidence() }, finds: ['fail', 'handlerMissing'] },
});

const vm = (name: string, phase = 'Running'): VirtualMachineInstance => ({ metadata: metadata(name, { namespace: 'web-shop' }), status: { phase, nodeName: 'w1' } });

describe('which VMs notice', () => {
  const ask = (instances: readonly VirtualMachineInstance[], ...nodes: readonly string[]): string => {
    const finding = unmanagedVms.check({ instances: evidence(instances) }, { now: READ_AT, labels: {}, inputs: { unserved: nodes.map((node) => ({ node })) } });
    return `${finding.reason}: ${plainText(finding.says)}`;
  };

  it.each([
    ['none: None: every node', ask([])],
    ['none: None: no VM runs on the 1 nodes', ask([vm('old', 'Succeeded')], 'w1')],
    ['unmanaged: 1 VMs on 2 nodes', ask([vm('mailer'), vm('old', 'Failed')], 'w1', 'w2')],
  ])('%s', (begin, said) => expect(said.startsWith(begin)).toBe(true));
});

const hco = (nodeSelector?: Readonly<Record<string, string>>): HyperConverged => ({ metadata: metadata('kubevirt-hyperconverged'), spec: nodeSelector ? { workloads: { nodePlacement: { nodeSelector } } } : {} });
const kubevirt: KubeVirt = kubeVirtOf();
const placed = (of: HyperConverged, ...nodes: readonly Node[]) => ({ hyperConvergeds: evidence([of]), kubevirts: evidence([kubevirt]), nodes: evidence(nodes) });
const newer: HyperConverged = { metadata: metadata('kubevirt-hyperconverged'), spec: { deployment: { nodePlacements: { workload: { nodeSelector: { vms: 'no' } } } } } };

testStep(workloadPlacement, {
  'there is none': { given: placed(hco(), worker('w0')), finds: ['pass', 'anywhere'] },
  'it fits every node': { given: placed(hco({ vms: 'yes' }), worker('w0')), finds: ['pass', 'allNodes'] },
  'it leaves a node out': { given: placed(hco({ vms: 'yes' }), worker('w0'), nodeOf('cp-0')), finds: ['info', 'someNodes'], says: '1 of 2' },
  'it fits none': { given: placed(hco({ vms: 'never' }), worker('w0')), finds: ['warn', 'noNode'], says: 'HyperConverged' },
  'a newer HyperConverged says it elsewhere': { given: placed(newer, worker('w0')), finds: ['warn', 'noNode'] },
  'KubeVirt has it, without HCO': {
    given: { hyperConvergeds: evidence(), kubevirts: evidence([{ ...kubevirt, spec: { workloads: { nodePlacement: { nodeSelector: { vms: 'no' } } } } }]), nodes: evidence([worker('w0')]) }, finds: ['warn', 'noNode'], says: 'KubeVirt',
  },
  'there is no KubeVirt': { given: { hyperConvergeds: evidence(), kubevirts: evidence(), nodes: evidence() }, finds: ['notApplicable', 'noKubeVirt'] },
});
