import { absent, evidence, unread } from '../testing/evidence';
import { deploymentOf, kubeVirtOf, metadata, nodeOf } from '../testing/samples';
import { testStep } from '../testing/testStep';
import { type KubeVirt } from '../sources/objects';
import { askedFor, operandReplicas } from './operandReplicas';
import { virtApi } from './workloads';

const takers = (count: number) => evidence(Array.from({ length: count }, (_, i) => nodeOf(`worker-${i}`, { labels: { 'kubevirt.io/schedulable': 'true' } })));
const asking = (spec: KubeVirt['spec']) => evidence([{ ...kubeVirtOf(), spec }]);
const seen = { deployment: evidence([deploymentOf()]), kubevirts: asking({}), nodes: takers(3) };

testStep(operandReplicas(virtApi), {
  'two on three nodes': { given: seen, finds: ['pass', 'wanted'] },
  'nine on 95 nodes': { given: { ...seen, deployment: evidence([deploymentOf({ replicas: 9 })]), nodes: takers(95) }, finds: ['pass', 'wanted'] },
  'one on a single node': { given: { ...seen, deployment: evidence([deploymentOf({ replicas: 1 })]), nodes: takers(1) }, finds: ['info', 'single'] },
  'one because the KubeVirt object says so': { given: { ...seen, deployment: evidence([deploymentOf({ replicas: 1 })]), kubevirts: asking({ infra: { replicas: 1 } }) }, finds: ['info', 'single'] },
  'two on 95 nodes': { given: { ...seen, nodes: takers(95) }, finds: ['info', 'differs'], says: 'would ask for 9' },
  'two, and a patch may say otherwise': { given: { ...seen, nodes: takers(95), kubevirts: asking({ customizeComponents: { patches: [{ resourceName: 'virt-api', patch: '[{"path":"/spec/replicas"}]' }] } }) }, finds: ['pass', 'wanted'] },
  'nodes may not be listed': { given: { ...seen, nodes: unread('nodes') }, finds: ['pass', 'wanted'] },
  'somebody scaled it to zero': {
    given: { ...seen, deployment: evidence([{ ...deploymentOf({ replicas: 0 }), metadata: metadata('virt-api', { managedFields: [{ manager: 'kubectl-edit', time: '2026-11-21T09:30:00Z', fieldsV1: { 'f:spec': { 'f:replicas': {} } } }] }) }]) },
    finds: ['fail', 'scaledToZero'], says: 'kubectl-edit',
  },
  'nobody is recorded to have scaled it': { given: { ...seen, deployment: evidence([deploymentOf({ replicas: 0 })]) }, finds: ['fail', 'scaledToZero'], says: 'does not record' },
  'it is gone': { given: { ...seen, deployment: absent() }, finds: ['fail', 'absent'] },
});

test.each([[1, 1], [3, 2], [29, 2], [95, 9]])('with %d nodes that take VMs virt-operator asks for %d pods', (count, pods) => {
  expect(askedFor('virt-api', { kubevirts: asking({}), nodes: takers(count) })).toBe(pods);
  expect(askedFor('virt-controller', { kubevirts: asking({}), nodes: takers(count) })).toBe(2);
});
