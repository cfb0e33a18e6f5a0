import { type Series } from '../engine/source';
import { evidence } from '../testing/evidence';
import { testStep } from '../testing/testStep';
import { restCalls } from './restCalls';
import { restCodes } from './restCodes';
import { restPods } from './restPods';
import { burstOf } from './restReadings';
import { virtApi } from './workloads';

const calls = burstOf(virtApi);
const codes = (rates: Readonly<Record<string, number>>) => ({ codes: evidence(Object.entries(rates).map(([code, rate]): Series => ({ labels: { code }, points: [[0, rate]] }))) });
const inputs = { alone: [] };

testStep(restCodes(calls, restPods(calls, restCalls(calls))), {
  'all succeed': { given: codes({ 200: 5, 201: 1 }), inputs, finds: ['pass', 'few'] },
  'some conflicts, as usual': { given: codes({ 200: 5, 409: 1 }), inputs, finds: ['pass', 'few'], says: 'fewer than the rule minds' },
  'too few to say': { given: codes({ 404: 0.1 }), inputs, finds: ['info', 'few'] },
  'those of one pod': { given: codes({ 401: 9 }), inputs: { alone: ['virt-api-a'] }, finds: ['fail', 'onePod'], says: 'virt-api-a' },
  'most are forbidden, and many not known': { given: codes({ 403: 6, 401: 3, 404: 0.1 }), inputs, finds: ['fail', 'forbidden', 'unauthorized'], says: '66 %' },
  'server errors of every kind are one': { given: codes({ 500: 3, 503: 3, 504: 1 }), inputs, finds: ['fail', 'serverError'], says: '100 %' },
  'turned away': { given: codes({ 429: 9 }), inputs, finds: ['fail', 'throttled'] },
  'conflicts': { given: codes({ 409: 9 }), inputs, finds: ['fail', 'conflict'] },
  'invalid and malformed': { given: codes({ 422: 5, 400: 4 }), inputs, finds: ['fail', 'invalid'] },
  'not found': { given: codes({ 404: 9 }), inputs, finds: ['fail', 'notFound'] },
  'something else': { given: codes({ 410: 9 }), inputs, finds: ['fail', 'otherRefusal'] },
});
