import { type EndpointSlice, type KubeObject, type WebhookConfiguration } from '../sources/objects';
import { evidence } from '../testing/evidence';
import { testStep } from '../testing/testStep';
import { operatorElection } from './leaderElection';
import { leaseWebhookBackends, leaseWebhooks } from './leaseWebhooks';

const namespace = evidence<KubeObject>([{ metadata: { name: 'openshift-cnv', uid: 'n', resourceVersion: '1', labels: { 'kubernetes.io/metadata.name': 'openshift-cnv', 'openshift.io/cluster-monitoring': 'true' } } }]);
const none = evidence<WebhookConfiguration>([]);

const configuration = (change: Readonly<Record<string, unknown>> = {}): WebhookConfiguration => ({
  metadata: { name: 'policy', uid: 'p', resourceVersion: '1' },
  webhooks: [{
    name: 'validate.policy.example.com', clientConfig: { service: { name: 'policy', namespace: 'policy-system' } },
    rules: [{ operations: ['CREATE', 'UPDATE'], apiGroups: ['*'], resources: ['*'] }], ...change,
  }],
});

const step = leaseWebhooks(operatorElection);
const backend = { namespace: 'policy-system', service: 'policy', selector: 'kubernetes.io/service-name=policy' };
const other = { ...backend, service: 'other', selector: 'kubernetes.io/service-name=other' };
const passes = (change: Readonly<Record<string, unknown>>) =>
  ({ given: { validating: evidence([configuration(change)]), mutating: none, namespace }, finds: ['pass', 'none'] as const, out: { backends: undefined, configuration: undefined } });

testStep(step, {
  'there is none': { given: { validating: none, mutating: none, namespace }, finds: ['pass', 'none'] },
  'one asks to see everything': {
    given: { validating: evidence([configuration()]), mutating: evidence([configuration()]), namespace }, finds: ['info', 'some'], says: 'validate.policy.example.com',
    out: { backends: [backend], configuration: 'validatingwebhookconfigurations/policy' },
  },
  'one changes leases': {
    given: { validating: none, mutating: evidence([configuration({ rules: [{ operations: ['*'], apiGroups: ['coordination.k8s.io'], resources: ['leases'] }] })]), namespace },
    finds: ['info', 'some'], out: { configuration: 'mutatingwebhookconfigurations/policy' },
  },
  'one answers at an address outside': {
    given: { validating: evidence([configuration({ clientConfig: {} })]), mutating: none, namespace }, finds: ['info', 'some'], out: { backends: undefined },
  },
  'its failure is ignored': passes({ failurePolicy: 'Ignore' }),
  'it asks to see pods': passes({ rules: [{ operations: ['*'], apiGroups: [''], resources: ['pods'] }] }),
  'it asks to see deletions': passes({ rules: [{ operations: ['DELETE'], apiGroups: ['*'], resources: ['*'] }] }),
  'it leaves this namespace out': passes({ namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['openshift-cnv'] }] } }),
  'it is for namespaces with a label': passes({ namespaceSelector: { matchLabels: { tenant: 'yes' } } }),
  'it is for namespaces that are not monitored': passes({ namespaceSelector: { matchExpressions: [{ key: 'openshift.io/cluster-monitoring', operator: 'DoesNotExist' }] } }),
  'it is for a few namespaces': passes({ namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['web-shop'] }] } }),
  'a condition may leave leases out': passes({ matchConditions: [{ name: 'no-leases', expression: 'true' }] }),
});

const slice = (service: string, ...ready: readonly boolean[]): EndpointSlice => ({
  metadata: { name: `${service}-abcde`, namespace: 'policy-system', uid: service, resourceVersion: '1', labels: { 'kubernetes.io/service-name': service } },
  endpoints: ready.map((one) => ({ conditions: { ready: one } })),
});

testStep(leaseWebhookBackends(step), {
  'it has one that is ready': { given: { endpoints: evidence([slice('policy', false, true)]) }, inputs: { backends: [backend] }, finds: ['pass', 'ready'], out: { service: 'policy', namespace: 'policy-system' } },
  'none is ready': { given: { endpoints: evidence([slice('policy', false)]) }, inputs: { backends: [backend] }, finds: ['fail', 'noBackend'], says: 'policy-system' },
  'the second has no slice': { given: { endpoints: evidence([slice('policy', true)]) }, inputs: { backends: [backend, other] }, finds: ['fail', 'noBackend'], out: { service: 'other' } },
});
