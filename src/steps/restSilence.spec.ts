import { type Series } from '../engine/source';
import { evidence } from '../testing/evidence';
import { testStep } from '../testing/testStep';
import { burstOf } from './restReadings';
import { restSilence } from './restSilence';
import { virtHandler } from './workloads';

const by = (rates: Readonly<Record<string, number>>) => evidence(Object.entries(rates).map(([pod, rate]): Series => ({ labels: { pod }, points: [[0, rate]] })));

testStep(restSilence(burstOf(virtHandler)), {
  'every call is answered': { given: { unanswered: by({}), all: by({ a: 1, b: 1 }) }, finds: ['pass', 'none'] },
  'there is no call': { given: { unanswered: by({}), all: by({}) }, finds: ['pass', 'none'] },
  'a few are not, of all pods': { given: { unanswered: by({ a: 0.1, b: 0.1 }), all: by({ a: 1, b: 1 }) }, finds: ['warn', 'some'], says: '10 %' },
  'one pod is cut off': { given: { unanswered: by({ a: 0.9, b: 0.1 }), all: by({ a: 1, b: 1 }) }, finds: ['warn', 'onePod'], out: { pod: 'a' } },
  'all pods are cut off': { given: { unanswered: by({ a: 1, b: 1 }), all: by({ a: 1, b: 1 }) }, finds: ['warn', 'allPods'] },
});
