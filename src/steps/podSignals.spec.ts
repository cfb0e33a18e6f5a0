import { evidence, unread } from '../testing/evidence';
import { minutesAgo, podOf } from '../testing/samples';
import { testStep } from '../testing/testStep';
import { podSignals } from './podSignals';
import { virtOperator } from './workloads';

const series = (values: Readonly<Record<string, number>>) => evidence(Object.entries(values).map(([pod, value]) => ({ labels: { pod }, points: [[0, value] as const] })));
const unready = podOf('b', { container: { ready: false }, status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'False' }] } });
const young = podOf('b', { status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: minutesAgo(1) }] } });
const both = { pods: evidence([podOf('a'), podOf('b')]), up: series({ a: 1, b: 1 }), own: series({ a: 1, b: 1 }) };

testStep(podSignals(virtOperator), {
  'all say the same': { given: both, finds: ['pass', 'agree'] },
  'no pod is ready': { given: { ...both, pods: evidence([unready]), own: series({ b: 0 }) }, finds: ['info', 'noReadyPod'] },
  'no pod is scraped': { given: { ...both, up: series({}), own: series({}) }, finds: ['fail', 'notScraped'], says: 'none of 2' },
  'one pod is not scraped': { given: { ...both, up: series({ a: 1, b: 0 }), own: series({ a: 1 }) }, finds: ['fail', 'someNotScraped'], says: 'b' },
  'all programs say that they are not ready': { given: { ...both, own: series({ a: 0, b: 0 }) }, finds: ['fail', 'saysNotReady'] },
  'one program says that it is not ready': { given: { ...both, own: series({ a: 1, b: 0 }) }, finds: ['warn', 'someSayNotReady'] },
  'one pod has been ready for a minute and was not scraped yet': { given: { pods: evidence([podOf('a'), young]), up: series({ a: 1 }), own: series({ a: 1 }) }, finds: ['info', 'behind'] },
  'Prometheus does not answer': { given: { ...both, own: unread('own', 'stale') }, finds: ['unknown', 'noAnswer'] },
});
