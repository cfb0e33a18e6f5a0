import { type Series } from '../engine/source';
import { evidence } from '../testing/evidence';
import { podOf } from '../testing/samples';
import { testStep } from '../testing/testStep';
import { restCalls } from './restCalls';
import { restPods } from './restPods';
import { burstOf } from './restReadings';
import { virtHandler } from './workloads';

const calls = burstOf(virtHandler);
const by = (rates: Readonly<Record<string, number>>) => evidence(Object.entries(rates).map(([pod, rate]): Series => ({ labels: { pod }, points: [[0, rate]] })));
const pods = evidence(['a', 'b', 'c'].map((name) => podOf(name, { spec: { nodeName: `node-${name}` } })));

testStep(restPods(calls, restCalls(calls)), {
  'one fails, makes nearly all of the calls, and the others are well': {
    given: { same: by({ a: 90, b: 1, c: 1 }), sameFailed: by({ a: 90 }), all: by({ a: 91, b: 2, c: 2 }), allFailed: by({ a: 90 }), pods },
    finds: ['fail', 'oneExplains'], says: 'a fails where the 2 others do not', out: { alone: ['a'], differing: 'a', node: 'node-a', failing: [{ pod: 'a', container: 'virt-handler' }] },
  },
  'one fails, and without it the rule would be true all the same': {
    given: { same: by({ a: 1, b: 1, c: 1 }), sameFailed: by({ a: 1 }), all: by({ a: 1, b: 10, c: 10 }), allFailed: by({ a: 1, b: 9, c: 9 }), pods },
    finds: ['warn', 'oneDiffers'], out: { alone: [], differing: 'a' },
  },
  'all fail': { given: { same: by({ a: 1, b: 1 }), sameFailed: by({ a: 1, b: 0.9 }), all: by({ a: 1, b: 1 }), allFailed: by({ a: 1, b: 0.9 }), pods }, finds: ['info', 'alike'], out: { alone: [], differing: undefined } },
  'half of them fail': { given: { same: by({ a: 1, b: 1, c: 1 }), sameFailed: by({ a: 1, b: 1 }), all: by({ a: 1, b: 1, c: 1 }), allFailed: by({ a: 1, b: 1 }), pods }, finds: ['warn', 'someDiffer'] },
  'the leader alone makes the call': { given: { same: by({ a: 9 }), sameFailed: by({ a: 9 }), all: by({ a: 9, b: 0.5 }), allFailed: by({ a: 9 }), pods }, finds: ['info', 'onlyOne'], out: { alone: [], differing: undefined } },
  'no pod fails with more than half': { given: { same: by({ a: 1, b: 1 }), sameFailed: by({ a: 0.3 }), all: by({ a: 1, b: 1 }), allFailed: by({ a: 0.3 }), pods }, finds: ['pass', 'noneStands'] },
});
