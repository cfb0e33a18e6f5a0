import { evidence } from '../testing/evidence';
import { CONTROL_PLANE_ONLY, deploymentOf, minutesAgo, nodeOf } from '../testing/samples';
import { testStep } from '../testing/testStep';
import { type Node } from '../sources/objects';
import { nodesHealthy } from './nodesHealthy';
import { virtOperator } from './workloads';

const placed = deploymentOf({ replicas: 2, template: { spec: CONTROL_PLANE_ONLY } });
const given = (...nodes: readonly Node[]) => ({ nodes: evidence(nodes), workload: evidence([placed]) });
const down = (name: string) => nodeOf(name, { conditions: [{ type: 'Ready', status: 'Unknown', message: 'Kubelet stopped posting node status.', lastTransitionTime: minutesAgo(30) }] });
const pressed = (name: string) => nodeOf(name, { conditions: [{ type: 'DiskPressure', status: 'True', message: 'kubelet has disk pressure' }] });
const cordoned = (name: string) => nodeOf(name, { spec: { unschedulable: true } });
const worker = nodeOf('worker-0', { labels: {} });
const downWorker = { ...down('worker-1'), metadata: { ...worker.metadata, name: 'worker-1' } };

testStep(nodesHealthy(virtOperator), {
  'all are ready': { given: given(nodeOf('cp-0'), worker), finds: ['pass', 'healthy'], out: { troubledNode: undefined } },
  'a condition that nobody knows says nothing': { given: given(nodeOf('cp-0', { conditions: [{ type: 'Sunny', status: 'False' }] })), finds: ['pass', 'healthy'] },
  'the control plane is gone': { given: given(down('cp-0'), down('cp-1'), worker), finds: ['fail', 'hostsDown'], says: 'None of the 2 nodes', out: { troubledNode: 'cp-0' } },
  'the control plane has no disk left': { given: given(pressed('cp-0'), down('cp-1'), worker), finds: ['fail', 'hostsPressed'] },
  'the control plane is cordoned': { given: given(cordoned('cp-0'), cordoned('cp-1'), worker), finds: ['fail', 'hostsCordoned'], out: { cordonedNode: 'cp-0', troubledNode: undefined } },
  'no node has the role': { given: given(worker), finds: ['fail', 'noHost'] },
  'a worker is gone': { given: given(nodeOf('cp-0'), downWorker), finds: ['warn', 'someDown'], says: '1 of 1 that may run virt-operator' },
  'one of two is pressed': { given: given(nodeOf('cp-0'), pressed('cp-1')), finds: ['warn', 'somePressed'] },
  'one of two is cordoned': { given: given(nodeOf('cp-0'), cordoned('cp-1')), finds: ['warn', 'someCordoned'] },
  'without the Deployment every node counts': { given: { nodes: evidence([worker]), workload: evidence() }, finds: ['pass', 'healthy'] },
});
