import { type LogLine } from '../engine/source';
import { type ClusterEvent, type Lease, type Pod } from '../sources/objects';
import { READ_AT, absent, evidence, unread } from '../testing/evidence';
import { testStep } from '../testing/testStep';
import { leaderCandidates } from './leaderCandidates';
import { leaderChanges, leaderLost } from './leaderChanges';
import { operatorElection } from './leaderElection';

const ago = (seconds: number): string => new Date(READ_AT - seconds * 1000).toISOString();
const event = (pod: string, says: string, count: number, secondsAgo: number, name = 'virt-operator'): ClusterEvent => ({
  metadata: { name: `${pod}.1`, uid: pod, resourceVersion: '1' }, reason: 'LeaderElection', message: `${pod} ${says}`, count, lastTimestamp: ago(secondsAgo),
  involvedObject: { kind: 'Lease', name },
});
const lease: Lease = { metadata: { name: 'virt-operator', uid: 'l', resourceVersion: '1' }, spec: { leaseTransitions: 41 } };

/** The pods that are there now. */
const pods = evidence(['a', 'b'].map((name): Pod => ({ metadata: { name, uid: name, resourceVersion: '1' } })));

testStep(leaderChanges(operatorElection), {
  'each of two pods was elected a few times, the last a minute ago': {
    given: { events: evidence([event('a', 'became leader', 3, 60), event('b', 'became leader', 2, 300), event('a', 'stopped leading', 3, 50)]), lease: evidence([lease]), pods },
    finds: ['fail', 'flapping'], says: '5 times',
  },
  'each of five pods was elected once, and three of them are gone: somebody restarted the operator again and again': {
    given: { events: evidence(['a', 'b', 'c', 'd', 'e'].map((pod, place) => event(pod, 'became leader', 1, 60 * (place + 1)))), lease: evidence([lease]), pods }, finds: ['info', 'some'], says: '5 times',
  },
  'the pods cannot be read: every election counts': {
    given: { events: evidence([event('c', 'became leader', 5, 60)]), lease: evidence([lease]), pods: unread('pods', 'forbidden') }, finds: ['fail', 'flapping'],
  },
  'it was restless until ten minutes ago, and the last one elected renews since': {
    given: { events: evidence([event('a', 'became leader', 5, 600)]), lease: evidence([{ ...lease, spec: { ...lease.spec, renewTime: ago(2) } }]), pods }, finds: ['info', 'some'],
  },
  'it was restless an hour ago': { given: { events: evidence([event('a', 'became leader', 9, 3600)]), lease: evidence([lease]), pods }, finds: ['info', 'some'] },
  'an upgrade changed the leader twice': {
    given: { events: evidence([event('a', 'became leader', 1, 300), event('b', 'became leader', 1, 240)]), lease: absent(), pods }, finds: ['info', 'some'],
  },
  'only the other election was restless': { given: { events: evidence([event('c', 'became leader', 9, 60, 'virt-controller')]), lease: evidence([lease]), pods }, finds: ['info', 'none'] },
  'no event is kept': { given: { events: evidence<ClusterEvent>([]), lease: evidence([lease]), pods }, finds: ['info', 'none'] },
});

const line = (text: string): LogLine => ({ pod: 'a', container: 'virt-operator', text });
const restarted = { restarted: [{ pod: 'a', container: 'virt-operator' }] };

testStep(leaderLost(operatorElection, leaderCandidates(operatorElection)), {
  'nothing was started again': { given: { previous: evidence<LogLine>([]) }, inputs: { restarted: [] }, finds: ['pass', 'noRestart'] },
  'it lost the lease': {
    given: { previous: evidence([line('{"msg":"Started leading"}'), line('2026/11/21 06:04:57 leaderelection lost')]) }, inputs: restarted, finds: ['fail', 'lost'], says: 'leaderelection lost',
  },
  'it ended for another reason': { given: { previous: evidence([line('panic: runtime error')]) }, inputs: restarted, finds: ['info', 'otherEnd'] },
  'the previous log is empty': { given: { previous: evidence<LogLine>([]) }, inputs: restarted, finds: ['info', 'otherEnd'] },
});
