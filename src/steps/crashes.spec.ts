import { evidence } from '../testing/evidence';
import { minutesAgo, podOf } from '../testing/samples';
import { testStep } from '../testing/testStep';
import { type Pod } from '../sources/objects';
import { crashes } from './crashes';
import { OPERATOR_LINES, patternOf } from './logPatterns';
import { podsRunning } from './podsRunning';
import { virtOperator } from './workloads';

const crashed = (exitCode: number, reason = 'Error'): Pod => podOf('virt-operator-1', {
  status: {
    phase: 'Running', conditions: [{ type: 'Ready', status: 'False' }],
    containerStatuses: [{ name: 'virt-operator', ready: false, restartCount: 4, state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: { terminated: { exitCode, reason, finishedAt: minutesAgo(1) } } }],
  },
});
const said = (...lines: readonly string[]) => evidence(lines.map((text) => ({ pod: 'virt-operator-1', text })));
const given = (pod: Pod, ...lines: readonly string[]) => ({ pods: evidence([pod]), logs: said(...lines) });

const PANIC = 'panic: runtime error: invalid memory address or nil pointer dereference';
const INOTIFY = '{"component":"virt-handler","level":"fatal","msg":"Failed to create an inotify watcher","pos":"cert-manager.go:105","reason":"too many open files"}';
const LOST = '2026/11/21 09:58:00 leaderelection lost';
const FORBIDDEN = 'E1121 09:58:00.000000       1 reflector.go:205] "Failed to watch" err="failed to list *v1.ConfigMap: configmaps is forbidden: User \\"x\\"" configmaps is forbidden: User "system:serviceaccount:openshift-cnv:kubevirt-operator" cannot list resource "configmaps" in API group "" at the cluster scope';
const X509 = 'Get "https://172.30.0.1:443/api": tls: failed to verify certificate: x509: certificate has expired or is not yet valid';
const REFUSED = 'Get "https://172.30.0.1:443/api?timeout=32s": dial tcp 172.30.0.1:443: connect: connection refused';

testStep(crashes(virtOperator, podsRunning(virtOperator)), {
  'nothing crashes': { given: given(podOf('a')), finds: ['notApplicable', 'notNeeded'] },
  'memory ran out': { given: given(crashed(137, 'OOMKilled')), finds: ['fail', 'outOfMemory'], says: 'exit code 137' },
  'memory ran out after the API server went': { given: given(crashed(137, 'OOMKilled'), REFUSED), finds: ['fail', 'outOfMemory'] },
  'it panicked': { given: given(crashed(2), 'starting', PANIC), finds: ['fail', 'panic'] },
  'the node has no file watches left': { given: given(crashed(2), INOTIFY, 'panic: Failed to create an inotify watcher'), finds: ['fail', 'noInotify'] },
  'it lost its lease': { given: given(crashed(1), LOST), finds: ['fail', 'leaseLost'] },
  'a right is missing': { given: given(crashed(1), FORBIDDEN), finds: ['fail', 'forbidden'] },
  'a certificate ran out': { given: given(crashed(1), X509), finds: ['fail', 'certificate'] },
  'the API server is out of reach': { given: given(crashed(1), REFUSED), finds: ['fail', 'apiUnreachable'] },
  'its last words say nothing': { given: given(crashed(3), 'goodbye'), finds: ['fail', 'exited'], says: 'exit code 3' },
});

describe('patterns of an operator\'s log', () => {
  it.each([
    ['noInotify', INOTIFY], ['panic', PANIC], ['panic', 'goroutine 1 [running]:'], ['panic', 'fatal error: concurrent map writes'], ['leaseLost', LOST], ['leaseLost', 'E1121 09:57:59.0 1 leaderelection.go:452] failed to renew lease openshift-cnv/virt-operator: timed out waiting for the condition'],
    ['forbidden', FORBIDDEN], ['certificate', X509], ['apiUnreachable', REFUSED], ['apiUnreachable', 'dial tcp: lookup api.example on 10.0.0.2:53: no such host'], ['apiUnreachable', 'net/http: TLS handshake timeout'],
  ])('%s: %s', (reason, text) => expect(patternOf(OPERATOR_LINES, { pod: 'p', text })).toBe(reason));

  // Lines of a healthy virt-operator 1.8.4, and one that looks like trouble and is a port scan or an aborted probe.
  it.each([
    '{"component":"virt-operator","level":"info","msg":"Started leading","pos":"application.go:454","timestamp":"2026-11-21T06:04:47.546012Z"}',
    '{"component":"virt-operator","kind":"","level":"error","msg":"Waiting on install strategy to be posted from job kubevirt-b38e","name":"kubevirt-b38e","namespace":"kubevirt","pos":"kubevirt.go:964"}',
    'I1121 06:04:47.490311   32098 leaderelection.go:257] attempting to acquire leader lease kubevirt/virt-operator...',
    '2026/11/21 09:58:00 http: TLS handshake error from 10.128.0.1:41000: remote error: tls: failed to verify certificate: x509: unknown',
    '2026/11/21 09:58:00 http: TLS handshake error from 10.128.0.1:41000: EOF',
    'W1121 06:04:46.085792   32098 client_config.go:667] Neither --kubeconfig nor --master was specified.  Using the inClusterConfig.  This might not work.',
  ])('means nothing: %s', (text) => expect(patternOf(OPERATOR_LINES, { pod: 'p', text })).toBeUndefined());
});
