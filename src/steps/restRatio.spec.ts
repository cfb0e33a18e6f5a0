import { type Series } from '../engine/source';
import { evidence } from '../testing/evidence';
import { testStep } from '../testing/testStep';
import { restRatio } from './restRatio';
import { burstOf, highOf } from './restReadings';
import { virtApi } from './workloads';

const code = (name: string, rate: number): Series => ({ labels: { code: name }, points: [[0, rate]] });
const given = (...codes: readonly Series[]) => ({ codes: evidence(codes), history: evidence<Series>() });

testStep(restRatio(burstOf(virtApi)), {
  'nine of ten are refused': { given: given(code('200', 1), code('403', 8), code('500', 1)), finds: ['fail', 'above'], says: '90 %' },
  'exactly the threshold': { given: given(code('200', 2), code('429', 8)), finds: ['fail', 'above'] },
  'one of ten is refused': { given: given(code('200', 9), code('404', 1)), finds: ['pass', 'below'] },
  'nobody answers, which the rule does not count': { given: given(code('200', 1), code('<error>', 9)), finds: ['pass', 'below'], says: '0 %' },
  'a handful, most of them not found': { given: given(code('200', 0.01), code('404', 0.1)), finds: ['warn', 'chance'], says: '33 calls' },
  'a handful, all of them forbidden': { given: given(code('403', 0.1)), finds: ['fail', 'above'] },
  'no call is made': { given: given(code('200', 0)), finds: ['info', 'noCalls'] },
  'nothing is scraped': { given: given(), finds: ['warn', 'noSeries'] },
});

it('holds calls of an hour against the threshold of the older rule', () => {
  const { check } = restRatio(highOf(virtApi));
  expect(check(given(code('200', 9), code('409', 1)), { now: 0, labels: {}, inputs: {} })).toMatchObject({ outcome: 'fail', reason: 'above' });
});
