import { evidence } from '../testing/evidence';
import { deploymentOf, podOf } from '../testing/samples';
import { testStep } from '../testing/testStep';
import { ownerAtWork } from './ownerAtWork';
import { virtApi } from './workloads';

const wanting = (replicas: number) => evidence([deploymentOf({ replicas })]);
const unready = podOf('a', { container: { ready: false }, status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'False' }] } });

testStep(ownerAtWork(virtApi), {
  'a pod is ready': { given: { pods: evidence([podOf('a'), unready]), deployment: wanting(2) }, finds: ['pass', 'atWork'] },
  'none is ready': { given: { pods: evidence([unready]), deployment: wanting(2) }, finds: ['warn', 'notReady'] },
  'it stands at 0': { given: { pods: evidence(), deployment: wanting(0) }, finds: ['fail', 'down'], says: 'scaled to 0' },
  'none runs': { given: { pods: evidence(), deployment: evidence() }, finds: ['fail', 'down'], says: 'No virt-operator pod' },
});
