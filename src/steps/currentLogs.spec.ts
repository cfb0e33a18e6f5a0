import { evidence } from '../testing/evidence';
import { testStep } from '../testing/testStep';
import { currentLogs } from './currentLogs';
import { podsRunning } from './podsRunning';
import { virtOperator } from './workloads';

const lines = (...texts: readonly string[]) => texts.map((text) => ({ pod: 'virt-operator-1', text }));
const given = (...texts: readonly string[]) => ({ logs: evidence(lines(...texts)) });
const REFUSED = 'dial tcp 172.30.0.1:443: connect: connection refused';

testStep(currentLogs(virtOperator, podsRunning(virtOperator)), {
  'nothing has run': { given: given(), finds: ['notApplicable', 'noLog'] },
  'all of it is harmless': { given: given('Started leading'), finds: ['pass', 'quiet'] },
  'the end of it is harmless': { given: { logs: evidence(lines('Started leading'), { complete: false }) }, finds: ['info', 'cut'], says: '200 lines' },
  'a node has no file watches left': { given: given('failed to creating a fsnotify watcher: too many open files'), finds: ['warn', 'noInotify'] },
  'it panicked': { given: given('panic: boom'), finds: ['warn', 'panic'] },
  'the lease was lost': { given: given('leaderelection lost'), finds: ['warn', 'leaseLost'] },
  'a right is missing': { given: given('pods is forbidden: User "system:serviceaccount:a:b" cannot list resource "pods"'), finds: ['warn', 'forbidden'] },
  'a certificate ran out, and the API server went': { given: given('x509: certificate has expired', REFUSED, REFUSED), finds: ['warn', 'certificate', 'apiUnreachable'] },
  'the API server went': { given: given(REFUSED, REFUSED), finds: ['warn', 'apiUnreachable'], says: '2 lines' },
});
