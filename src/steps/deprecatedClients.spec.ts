import { type ApiRequestCount } from '../sources/apiRequests';
import { READ_AT, absent, evidence } from '../testing/evidence';
import { testStep } from '../testing/testStep';
import { deprecatedClients } from './deprecatedClients';

/** READ_AT is 10:00 UTC: the hour that runs is number 10. */
const HOUR = new Date(READ_AT).getUTCHours();

type Call = readonly [username: string, userAgent: string, verb: string, requestCount: number];

const requests = (...hours: readonly (readonly [hour: number, ...Call[]])[]) => evidence<ApiRequestCount>([{
  metadata: { name: 'virtualmachines.v1alpha3.kubevirt.io', uid: 'c', resourceVersion: '1' },
  status: {
    last24h: Array.from({ length: 24 }, (_, index) => ({
      byNode: hours.filter(([hour]) => hour === index).map(([, ...calls]) => ({
        nodeName: 'control-plane-0', byUser: calls.map(([username, userAgent, verb, requestCount]) => ({ username, userAgent, requestCount, byVerb: [{ verb, requestCount }] })),
      })),
    })),
  },
}]);

const BACKUP = 'system:serviceaccount:nightly-backup:agent';
const inputs = { namespace: 'openshift-cnv' };

testStep(deprecatedClients, {
  'a program asks more than a person': {
    given: { requests: requests([HOUR, [BACKUP, 'agent/1', 'get', 12], ['alice', 'oc/4.12', 'create', 1]]) }, inputs, finds: ['warn', 'workload', 'person'], says: BACKUP,
    out: { home: 'nightly-backup', account: 'agent' },
  },
  'a person asked an hour ago': {
    given: { requests: requests([HOUR - 1, ['alice', 'virtctl/v0.40', 'update', 2]]) }, inputs, finds: ['warn', 'person'], says: 'alice, with virtctl/v0.40', out: { home: undefined },
  },
  'the old virt-operator asks': { given: { requests: requests([HOUR, ['system:serviceaccount:openshift-cnv:kubevirt-operator', 'virt-operator', 'patch', 3]]) }, inputs, finds: ['warn', 'virtualization'] },
  'the garbage collector looks up owners': { given: { requests: requests([HOUR, ['system:serviceaccount:kube-system:generic-garbage-collector', 'kube-controller-manager', 'get', 5]]) }, inputs, finds: ['warn', 'garbageCollector'] },
  'the API server asks itself': { given: { requests: requests([HOUR, ['system:apiserver', 'kube-apiserver', 'get', 5]]) }, inputs, finds: ['warn', 'platform'] },
  'somebody only watches and deletes': { given: { requests: requests([HOUR, [BACKUP, 'agent/1', 'watch', 7], [BACKUP, 'agent/1', 'delete', 1]]) }, inputs, finds: ['info', 'readsOnly'], out: { home: undefined } },
  'it was yesterday': { given: { requests: requests([HOUR + 5, [BACKUP, 'agent/1', 'get', 12]]) }, inputs, finds: ['info', 'notLately'] },
  'nothing was written yet': { given: { requests: requests() }, inputs, finds: ['info', 'notLately'] },
  'the cluster is no OpenShift': { given: { requests: absent() }, inputs, finds: ['notApplicable', 'notCounted'] },
});
