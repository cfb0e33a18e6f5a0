import { type LogLine } from '../engine/source';
import { type Lease } from '../sources/objects';
import { READ_AT, absent, evidence } from '../testing/evidence';
import { type StepCase, testStep } from '../testing/testStep';
import { leaderCandidates } from './leaderCandidates';
import { controllerElection, operatorElection } from './leaderElection';
import { leaderLog } from './leaderLog';

const ago = (seconds: number): string => new Date(READ_AT - seconds * 1000).toISOString();
const line = (secondsAgo: number, text: string, pod = 'a'): LogLine => ({ pod, container: 'virt-operator', at: ago(secondsAgo), text });

const ATTEMPT = 'I1121 06:04:47.490311 1 leaderelection.go:257] attempting to acquire leader lease openshift-cnv/virt-operator...';
const ACQUIRED = 'I1121 06:04:47.541075 1 leaderelection.go:271] successfully acquired lease openshift-cnv/virt-operator';
const LEADS = '{"component":"virt-operator","level":"info","msg":"Started leading","pos":"application.go:454"}';
const LOST = '2026/11/21 06:04:57 leaderelection lost';
const update = (why: string) => `E1121 06:04:47.490311 1 leaderelection.go:484] Failed to update lock: ${why}`;
const FORBIDDEN = 'E1121 06:04:47.490311 1 leaderelection.go:448] error retrieving resource lock openshift-cnv/virt-operator: leases.coordination.k8s.io "virt-operator" is forbidden: User "x" cannot get resource "leases"';
const WEBHOOK = update('Internal error occurred: failed calling webhook "validate.example.com": failed to call webhook: Post "https://p.p.svc:443/?timeout=10s": no endpoints available for service "p"');
const TIMEOUT = update('context deadline exceeded');
const CACHE = 'E1121 06:05:01.123456 1 reflector.go:205] "Failed to watch" err="failed to list *v1.KubeVirt: kubevirts.kubevirt.io is forbidden: User \\"x\\" cannot list resource"';

const CLAIMS = 'E1121 06:05:01.123456 1 reflector.go:205] "Failed to watch" err="failed to list *v1.PersistentVolumeClaim: persistentvolumeclaims is forbidden"';

const renewed = (holderIdentity: string, secondsAgo: number) => evidence<Lease>([
  { metadata: { name: 'virt-operator', uid: 'l', resourceVersion: '1' }, spec: { holderIdentity, renewTime: ago(secondsAgo) } },
]);
const inputs = { running: ['a', 'b'].map((pod) => ({ pod, container: 'virt-operator' })) };
const logs = (...lines: readonly LogLine[]) => ({ logs: evidence(lines), lease: absent() });
/** The same beside a lease that was renewed two seconds ago. */
const healed = (holder: string, ...lines: readonly LogLine[]) => ({ logs: evidence(lines), lease: renewed(holder, 2) });

const table: Readonly<Record<string, StepCase>> = {
  'one leads and the other waits': { given: logs(line(900, ATTEMPT), line(899, ACQUIRED), line(899, LEADS), line(900, ATTEMPT, 'b')), finds: ['pass', 'leads'], says: 'a' },
  'both wait and report nothing': { given: logs(line(900, ATTEMPT), line(900, ATTEMPT, 'b')), finds: ['info', 'waiting'] },
  'it lost the lease and waits': { given: logs(line(900, LEADS), line(60, LOST)), finds: ['info', 'waiting'] },
  'it is refused': { given: logs(line(900, ATTEMPT), line(2, FORBIDDEN), line(900, ATTEMPT, 'b')), finds: ['fail', 'forbidden', 'waiting'], says: 'error retrieving resource lock' },
  'it was refused an hour ago and leads since': { given: logs(line(3600, FORBIDDEN), line(3500, ACQUIRED)), finds: ['pass', 'leads'] },
  'it was refused an hour ago and is silent since': { given: logs(line(3700, ATTEMPT), line(3600, FORBIDDEN)), finds: ['info', 'waiting'] },
  'a webhook does not answer': { given: logs(line(2, WEBHOOK)), finds: ['fail', 'webhookFails'], says: 'validate.example.com' },
  'a webhook says no': { given: logs(line(2, update('admission webhook "v.example.com" denied the request: no'))), finds: ['fail', 'denied'], says: 'v.example.com' },
  'the namespace goes': { given: logs(line(2, update('unable to create new content in namespace openshift-cnv because it is being terminated'))), finds: ['fail', 'terminating'] },
  'it never reaches the server': { given: logs(line(900, ATTEMPT), line(2, TIMEOUT)), finds: ['fail', 'unreachable'] },
  'it had the lease a minute ago and renewals time out': { given: logs(line(60, ACQUIRED), line(2, TIMEOUT)), finds: ['fail', 'slowRenewal'] },
  'another candidate was faster': { given: logs(line(10, ATTEMPT), line(2, update('Operation cannot be fulfilled on leases: the object has been modified'))), finds: ['info', 'waiting'] },
  'the lock fails for a reason without a name': { given: logs(line(2, update('lease not initialized, call get or create first'))), finds: ['fail', 'otherError'] },
  'a cache does not fill': { given: logs(line(2, CACHE)), finds: ['fail', 'cacheNotSynced'], says: 'cannot read kubevirts.kubevirt.io' },
  'a whole log does not mention the election': { given: logs(line(900, 'W1121 client_config.go:667] Neither --kubeconfig nor --master was specified.')), finds: ['warn', 'notAttempted'] },
  'the beginning is gone': { given: { logs: evidence([line(9, 'something')], { more: 1 }), lease: absent() }, finds: ['unknown', 'nothingSaid'] },
  'a webhook did not answer until a minute ago, and the leader renews since': { given: healed('a', line(900, LEADS), line(60, WEBHOOK), line(900, ATTEMPT, 'b')), finds: ['pass', 'leads'] },
  'the right came back a minute ago, and the lines of the start are gone': { given: { ...healed('a', line(60, FORBIDDEN)), logs: evidence([line(60, FORBIDDEN)], { more: 1 }) }, finds: ['info', 'over'] },
  'the lease was renewed before the webhook failed': { given: { ...logs(line(900, LEADS), line(60, WEBHOOK)), lease: renewed('a', 70) }, finds: ['fail', 'webhookFails'] },
  'somebody else renews what the pods are refused': { given: healed('a-laptop', line(900, ATTEMPT), line(60, FORBIDDEN)), finds: ['fail', 'forbidden'] },
  'one of two waits for a cache while the other leads': { given: healed('a', line(900, LEADS), line(60, CACHE, 'b')), finds: ['fail', 'cacheNotSynced', 'leads'] },
  'the leader cannot read what it needs': { given: healed('a', line(90, LEADS), line(60, CLAIMS)), finds: ['fail', 'leaderCacheNotSynced'], says: 'cannot read persistentvolumeclaims' },
  'the logs are empty': { given: logs(), finds: ['unknown', 'nothingSaid'] },
};

// What virt-operator waits for, and what virt-controller does when it has the lease.
const election = { ...operatorElection, after: controllerElection.after };

testStep(leaderLog(election, leaderCandidates(election)), Object.fromEntries(Object.entries(table).map(([title, row]) => [title, { inputs, ...row }])));
