import { podsOf } from '../../testing/faults';
import { quietRow, restRow } from '../../testing/restRow';
import { fillFlow, forgetOne, guardInstances, mismatch } from '../../testing/scenarios/restErrors';
import { testRunbook } from '../../testing/testRunbook';
import { virtHandlerRESTErrorsBurst } from './VirtHandlerRESTErrorsBurst';

testRunbook(virtHandlerRESTErrorsBurst, {
  'the flow that all virt-handlers share is full': restRow(fillFlow, {
    cause: 'throttled', answer: 'causeFound', finds: { 'rest-ratio': 'above', 'rest-codes': 'throttled', 'rest-pods': 'alike', 'rest-flow': 'rejects', 'rest-log': 'throttled' }, offers: ['ease-load'],
  }),
  'a policy webhook on VM instances does not answer': restRow(guardInstances, {
    cause: 'webhook-down', answer: 'causeFound', finds: { 'rest-codes': 'serverError', 'rest-log': 'webhookFails', 'rest-webhook': 'noBackend', 'rest-calls': 'one' }, offers: ['revive-webhook', 'mend-api-server'],
  }),
  'one pod fails where the others do not': restRow((cluster) => forgetOne(cluster, 'virt-handler'), {
    cause: 'one-pod', answer: 'causeFound', finds: { 'rest-pods': 'oneExplains', 'rest-codes': 'onePod', 'rest-log': 'unauthorized' }, offers: ['replace-pod', 'see-node', 'renew-tokens', 'see-account'],
  }),
  'the definition of VM instances is older': restRow(mismatch, {
    cause: 'refused-as-invalid', answer: 'causeFound', finds: { 'rest-codes': 'invalid', 'rest-log': 'invalid' }, offers: ['compare-versions'],
  }),
  'one pod gets no answers, which the rule does not count': restRow((cluster) => {
    const pod = podsOf(cluster, 'virt-handler')[0]?.metadata.name ?? '';
    cluster.calls.faults.push({ component: 'virt-handler', pod, code: '<error>', words: 'dial tcp 172.30.0.1:443: i/o timeout' });
  }, { cause: 'pod-cut-off', answer: 'problemFound', finds: { 'rest-silence': 'onePod', 'rest-ratio': 'below' }, offers: ['check-node-network'] }),
  'a policy refuses what virt-handler writes': restRow((cluster) => {
    cluster.calls.faults.push({ component: 'virt-handler', verb: 'UPDATE', resource: 'virtualmachineinstances', code: '403', words: 'admission webhook "policy.guard.example.com" denied the request: label owner is missing', perSecond: 1 });
  }, { cause: 'webhook-denies', answer: 'causeFound', finds: { 'rest-codes': 'forbidden', 'rest-rights': 'allowed', 'rest-log': 'denied' }, offers: ['ask-refuser'] }),
  'nothing is wrong': quietRow(),
});
