import { evidence } from '../testing/evidence';
import { eventOf, podOf } from '../testing/samples';
import { testStep } from '../testing/testStep';
import { probeAnswer } from './probeAnswer';
import { virtOperator } from './workloads';

const ill = podOf('virt-operator-a', { container: { ready: false }, status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'False' }, { type: 'ContainersReady', status: 'False' }], containerStatuses: [{ name: 'virt-operator', ready: false, state: { running: {} } }] } });
const saying = (message: string) => ({ pods: evidence([ill]), events: evidence([eventOf('Pod', 'virt-operator-a', 'Unhealthy', message)]) });
const GET = 'Readiness probe failed: Get "https://10.128.0.5:8443/metrics":';

testStep(probeAnswer(virtOperator), {
  'every pod is ready': { given: { pods: evidence([podOf('virt-operator-a')]), events: evidence([eventOf('Pod', 'virt-operator-a', 'Unhealthy', `${GET} EOF`)]) }, finds: ['notApplicable', 'notNeeded'] },
  'no event is kept': { given: { pods: evidence([ill]), events: evidence() }, finds: ['info', 'noEvent'] },
  'another pod failed once': { given: { ...saying(''), events: evidence([eventOf('Pod', 'virt-operator-gone', 'Unhealthy', `${GET} EOF`)]) }, finds: ['info', 'noEvent'] },
  'nobody listens': { given: saying(`${GET} dial tcp 10.128.0.5:8443: connect: connection refused`), finds: ['fail', 'refused'], says: 'reaches nobody' },
  'it hangs': { given: saying(`${GET} context deadline exceeded (Client.Timeout exceeded while awaiting headers)`), finds: ['fail', 'timeout'] },
  'it says that it is not well': { given: saying('Readiness probe failed: HTTP probe failed with statuscode: 500'), finds: ['fail', 'status'], says: 'readiness' },
  'its certificate is not taken': { given: saying(`${GET} remote error: tls: bad certificate`), finds: ['fail', 'tls'] },
  'it says something else': { given: saying('Liveness probe errored: rpc error: code = Unknown'), finds: ['fail', 'otherwise'], says: 'liveness' },
});
