import { type Series } from '../engine/source';
import { READ_AT, evidence } from '../testing/evidence';
import { testStep } from '../testing/testStep';
import { deprecatedCalls } from './deprecatedCalls';

const series = (verb: string, value: number): Series => ({ labels: { verb }, points: [[READ_AT / 1000, value]] });
const none = evidence<Series>([]);
const activeAt = READ_AT - 60_000;

testStep(deprecatedCalls, {
  'it is read and written': { given: { calls: evidence([series('GET', 14.6), series('PATCH', 1), series('LIST', 40)]), history: evidence([series('GET', 60)]) }, activeAt, finds: ['warn', 'ongoing'], says: '16 calls' },
  'it is only listed': { given: { calls: evidence([series('LIST', 40), series('GET', 0.2)]), history: none }, activeAt, finds: ['info', 'readsOnly'], says: 'LIST' },
  'no counter moves and the alert fires': { given: { calls: evidence([series('GET', 0)]), history: none }, activeAt, finds: ['warn', 'sumMoved'] },
  'no counter moves and nothing fires': { given: { calls: evidence([series('GET', 0)]), history: none }, finds: ['pass', 'quiet'] },
  'nothing is counted': { given: { calls: none, history: none }, activeAt, finds: ['notApplicable', 'noSeries'] },
});
