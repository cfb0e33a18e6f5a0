import { type Series } from '../engine/source';
import { READ_AT, evidence } from '../testing/evidence';
import { testStep } from '../testing/testStep';
import { operatorElection } from './leaderElection';
import { leaderMetric, leaderScraped } from './leaderMetric';
import { leaseHolder } from './leaseHolder';

const series = (pod: string, value: number): Series => ({ labels: { namespace: 'openshift-cnv', pod }, points: [[READ_AT / 1000, value]] });
const none = evidence<Series>([]);

testStep(leaderMetric(operatorElection), {
  'one of two leads': { given: { leading: evidence([series('a', 1), series('b', 0)]), history: none }, finds: ['pass', 'oneLeads'], says: 'a.' },
  'none of two leads, and it is known since when': {
    given: { leading: evidence([series('a', 0), series('b', 0)]), history: evidence([series('a', 0)]) }, finds: ['fail', 'noneLeads'],
  },
  'two lead': { given: { leading: evidence([series('a', 1), series('b', 1)]), history: none }, finds: ['fail', 'severalLead'], says: 'a, b' },
  'no pod reports': { given: { leading: none, history: none }, finds: ['warn', 'noSeries'] },
});

const leader = { leader: 'a', since: READ_AT - 60_000 };

testStep(leaderScraped(operatorElection, leaseHolder(operatorElection)), {
  'it is scraped and leads': { given: { leading: evidence([series('a', 1)]), up: evidence([series('a', 1)]) }, inputs: leader, finds: ['pass', 'seen'] },
  'it was scraped before it led': { given: { leading: evidence([series('a', 0)]), up: evidence([series('a', 1)]) }, inputs: leader, finds: ['warn', 'saysNo'] },
  'it has had the lease for an hour and does not lead': {
    given: { leading: evidence([series('a', 0)]), up: evidence([series('a', 1)]) }, inputs: { ...leader, since: READ_AT - 3_600_000 }, finds: ['fail', 'idle'],
  },
  'another pod alone is a target': { given: { leading: evidence([series('b', 0)]), up: none }, inputs: leader, finds: ['fail', 'notTarget'] },
  'its scrape fails': { given: { leading: evidence([series('b', 0)]), up: evidence([series('a', 0)]) }, inputs: leader, finds: ['fail', 'scrapeFails'] },
  'its series is dropped': { given: { leading: evidence([series('b', 0)]), up: evidence([series('a', 1)]) }, inputs: leader, finds: ['fail', 'dropped'] },
});
