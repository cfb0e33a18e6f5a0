import { type Metrics } from '../../testing/door';
import { askFor } from '../../testing/apiRequests';
import { healthyCluster } from '../../testing/healthy';
import { testRunbook } from '../../testing/testRunbook';
import { kubeVirtDeprecatedApiRequested } from './KubeVirtDeprecatedAPIRequested';

const labels = { resource: 'virtualmachines', group: 'kubevirt.io', version: 'v1alpha3' };

/** What the counters of the API servers say of the last 15 minutes. */
const counted = (verb: string, calls: number): Metrics => [[/^sum by \(verb\) \(increase\(apiserver_request_total/, [{ labels: { verb }, points: [[0, calls]] }]]];

/** A cluster in which somebody asked. */
const asking = (user: string, agent: string, verb = 'get') => () => {
  const cluster = healthyCluster();
  askFor(cluster, 'virtualmachines.v1alpha3.kubevirt.io', { user, agent, verb });
  return cluster;
};

const AGENT = 'kube-controller-manager/v1.35.4';

testRunbook(kubeVirtDeprecatedApiRequested, {
  'a program asks': {
    given: asking('system:serviceaccount:nightly-backup:backup-agent', 'backup-agent/v1.4.2'), labels, metrics: counted('GET', 15),
    finds: { 'deprecated-version': 'replaced', 'deprecated-calls': 'ongoing', 'deprecated-clients': 'workload' }, cause: 'old-workload', offers: ['update-workload', 'move-manifests'], answer: 'causeFound',
  },
  'a person asks': { given: asking('alice', 'virtctl/v0.40.0', 'create'), labels, metrics: counted('POST', 2), finds: { 'deprecated-clients': 'person' }, cause: 'old-manifests', offers: ['move-manifests'] },
  'the garbage collector asks': {
    given: asking('system:serviceaccount:kube-system:generic-garbage-collector', AGENT), labels, metrics: counted('GET', 40), cause: 'old-references', offers: ['renew-references'],
  },
  'virtualization asks': {
    given: asking('system:serviceaccount:openshift-cnv:hyperconverged-cluster-operator', 'hyperconverged-cluster-operator'), labels, metrics: counted('GET', 15), cause: 'old-platform', offers: ['update-virtualization'],
  },
  'only the sum moved': {
    given: asking('system:serviceaccount:nightly-backup:backup-agent', 'backup-agent/v1.4.2', 'list'), labels, metrics: counted('GET', 0),
    finds: { 'deprecated-calls': 'sumMoved', 'deprecated-clients': 'readsOnly' }, cause: 'counters-moved', offers: ['await-counters'], answer: 'causeFound',
  },
  'it is a preset': { given: healthyCluster, labels: { ...labels, resource: 'virtualmachineinstancepresets' }, metrics: counted('GET', 15), finds: { 'deprecated-clients': 'notCounted', 'deprecated-calls': 'ongoing' }, cause: null, answer: 'problemFound' },
  'nothing fires': { given: healthyCluster, labels, firing: false, metrics: counted('GET', 0), finds: { 'deprecated-calls': 'quiet' }, cause: null, offers: [] },
});
