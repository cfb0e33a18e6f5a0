import { evidence } from '../testing/evidence';
import { metadata, nodeOf } from '../testing/samples';
import { testStep } from '../testing/testStep';
import { type WebhookConfiguration } from '../sources/objects';
import { webhooksBlock } from './webhooksBlock';
import { virtApi } from './workloads';

const asking = (failurePolicy: string): WebhookConfiguration => ({
  metadata: metadata('virt-api-validator', { namespace: undefined }),
  webhooks: ['pods/eviction', 'virtualmachines', 'virtualmachinepools'].map((resource) => ({
    name: resource, failurePolicy, clientConfig: { service: { name: 'virt-api', namespace: 'openshift-cnv' } }, rules: [{ operations: ['CREATE'], resources: [resource] }],
  })),
});
const slice = (ready: boolean) => evidence([{ metadata: metadata('virt-api-x'), endpoints: [{ addresses: ['10.129.0.31'], conditions: { ready } }] }]);
const seen = { validating: evidence([asking('Fail')]), mutating: evidence(), endpoints: slice(true), nodes: evidence([nodeOf('a')]) };
const inputs = { namespace: 'openshift-cnv' };

testStep(webhooksBlock(virtApi, 'virt-api'), {
  'a pod answers': { given: seen, inputs, finds: ['pass', 'answers'], says: '3 webhooks' },
  'no pod is ready': { given: { ...seen, endpoints: slice(false) }, inputs, finds: ['fail', 'blocks'], says: 'dry runs included' },
  'no pod is there and a node is cordoned': { given: { ...seen, endpoints: evidence(), nodes: evidence([nodeOf('a', { spec: { unschedulable: true } })]) }, inputs, finds: ['fail', 'blocks'], says: 'drains wait' },
  'its webhooks may fail': { given: { ...seen, validating: evidence([asking('Ignore')]) }, inputs, finds: ['info', 'none'] },
  'the webhooks are those of another installation': { given: seen, inputs: { namespace: 'kubevirt' }, finds: ['info', 'none'] },
});
