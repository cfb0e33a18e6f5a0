import { type Pod } from '../sources/objects';
import { READ_AT, evidence } from '../testing/evidence';
import { testStep } from '../testing/testStep';
import { leaderCandidates } from './leaderCandidates';
import { operatorElection } from './leaderElection';

const ago = (seconds: number): string => new Date(READ_AT - seconds * 1000).toISOString();
const pod = (name: string, phase: string, endedAgo?: number): Pod => ({
  metadata: { name, namespace: 'openshift-cnv', uid: name, resourceVersion: '1' },
  spec: { serviceAccountName: 'kubevirt-operator' },
  status: {
    phase,
    conditions: [{ type: 'Ready', status: phase === 'Running' ? 'True' : 'False' }],
    containerStatuses: phase === 'Running' ? [{
      name: 'virt-operator', ready: true, state: { running: {} },
      ...(endedAgo === undefined ? {} : { restartCount: 1, lastState: { terminated: { exitCode: 1, finishedAt: ago(endedAgo) } } }),
    }] : [],
  },
});

testStep(leaderCandidates(operatorElection), {
  'two run': {
    given: { pods: evidence([pod('a', 'Running'), pod('b', 'Running', 1800)]) }, finds: ['pass', 'some'],
    out: {
      running: [{ pod: 'a', container: 'virt-operator' }, { pod: 'b', container: 'virt-operator' }], restarted: [{ pod: 'b', container: 'virt-operator' }],
      candidate: 'a', account: 'kubevirt-operator',
    },
  },
  'one ended a day ago and runs since': { given: { pods: evidence([pod('a', 'Running', 86_400)]) }, finds: ['pass', 'some'], out: { restarted: [] } },
  'one is pending': { given: { pods: evidence([pod('a', 'Pending')]) }, finds: ['fail', 'none'], out: { running: [], candidate: undefined } },
  'one is being removed': {
    given: { pods: evidence([{ ...pod('a', 'Running'), metadata: { name: 'a', uid: 'a', resourceVersion: '1', deletionTimestamp: ago(5) } }]) }, finds: ['fail', 'none'],
  },
  'there are none': { given: { pods: evidence([]) }, finds: ['fail', 'none'], out: { account: undefined } },
});
