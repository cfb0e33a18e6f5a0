import { type Series } from '../engine/source';
import { type Pod } from '../sources/objects';
import { READ_AT, evidence, unread } from '../testing/evidence';
import { testStep } from '../testing/testStep';
import { controllerElection, operatorElection } from './leaderElection';
import { leaderReady } from './leaderReady';

const series = (pod: string, value: number): Series => ({ labels: { pod }, points: [[READ_AT / 1000, value]] });
const pod = (name: string, readyFor?: number): Pod => ({
  metadata: { name, namespace: 'openshift-cnv', uid: name, resourceVersion: '1' },
  status: { phase: 'Running', conditions: readyFor === undefined ? [] : [{ type: 'Ready', status: 'True', lastTransitionTime: new Date(READ_AT - readyFor * 1000).toISOString() }] },
});
const both = evidence([pod('a', 3600), pod('b', 3600)]);

testStep(leaderReady(operatorElection), {
  'both have entered': { given: { ready: evidence([series('a', 1), series('b', 1)]), pods: both }, finds: ['pass', 'reached'] },
  'both are Ready for an hour and have not': { given: { ready: evidence([series('a', 0), series('b', 0)]), pods: both }, finds: ['fail', 'stuck'] },
  'one of them has not': { given: { ready: evidence([series('a', 1), series('b', 0)]), pods: both }, finds: ['warn', 'someStuck'] },
  'they are Ready for a minute': {
    given: { ready: evidence([series('a', 0)]), pods: evidence([pod('a', 60)]) }, finds: ['info', 'starting'],
  },
  'it is not Ready yet': { given: { ready: evidence([series('a', 0)]), pods: evidence([pod('a')]) }, finds: ['info', 'starting'] },
  'nothing is scraped': { given: { ready: evidence<Series>([]), pods: both }, finds: ['info', 'noSeries'] },
  'the pods may not be read': { given: { ready: evidence([series('a', 0)]), pods: unread('pods') }, finds: ['info', 'noSeries'] },
});

const mute = (name: string, unreadyFor: number): Pod => ({
  metadata: { name, namespace: 'openshift-cnv', uid: name, resourceVersion: '1' },
  status: {
    phase: 'Running', conditions: [{ type: 'Ready', status: 'False', lastTransitionTime: new Date(READ_AT - unreadyFor * 1000).toISOString() }],
    containerStatuses: [{ name: 'virt-controller', ready: false, restartCount: 3, state: { running: {} } }],
  },
});

// It serves nothing before the election.
testStep(leaderReady(controllerElection), {
  'both have entered': { given: { ready: evidence([series('a', 1), series('b', 1)]), pods: both }, finds: ['pass', 'reached'] },
  'both run for an hour and nobody has heard of them': { given: { ready: evidence<Series>([]), pods: evidence([mute('a', 3600), mute('b', 3600)]) }, finds: ['fail', 'stuck'] },
  'one of them has entered': { given: { ready: evidence([series('a', 1)]), pods: evidence([pod('a', 3600), mute('b', 3600)]) }, finds: ['warn', 'someStuck'] },
  'one started a minute ago': { given: { ready: evidence<Series>([]), pods: evidence([mute('a', 60)]) }, finds: ['info', 'starting'] },
  'both are Ready and not scraped': { given: { ready: evidence<Series>([]), pods: both }, finds: ['info', 'noSeries'] },
});
