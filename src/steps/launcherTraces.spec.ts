import { READ_AT, evidence, unread } from '../testing/evidence';
import { eventOf, metadata, minutesAgo, nodeOf, podOf, unplacedPod } from '../testing/samples';
import { instanceOf, seriesOf } from '../testing/launcherSamples';
import { testStep } from '../testing/testStep';
import { type Node, type Pod } from '../sources/objects';
import { launcherEvents, launcherPendingEvents } from './launcherEvents';
import { HANDLER_LINES, launcherHandlerLog } from './launcherHandlerLog';
import { launcherLog, launcherPattern } from './launcherLog';
import { launcherNodes } from './launcherNodes';
import { launcherTenant } from './launcherTenant';
import { launchersPending } from './launchersPending';
import { patternOf } from './logPatterns';
import { troubleOf } from './launcherTrouble';

const line = (text: string) => ({ pod: 'p', container: 'compute', text });

describe('what a launcher writes', () => {
  // Composed from the words in KubeVirt's, QEMU's and Go's sources; no such failure was recorded.
  it.each([
    ["preparing the pod network failed: failed plugging phase2 at nic 'pod37a8eec1ce1': open /proc/self/root/var/run/kubevirt-private/vif-cache-pod37a8eec1ce1.json: no such file or directory", 'staleNetwork'],
    ['Could not access KVM kernel module: Permission denied', 'noKvm'],
    ['qemu-kvm: -accel kvm: failed to initialize kvm: Operation not permitted', 'noKvm'],
    ['qemu-kvm: failed to initialize KVM: Permission denied', 'noKvm'],
    ['process exited while connecting to monitor: Failed to get \\"write\\" lock', 'imageLocked'],
    ['Failed to get shared "write" lock', 'imageLocked'],
    ['Is another process using the image [/var/run/kubevirt-private/disk.img]?', 'imageLocked'],
    ['write /var/run/x: no space left on device', 'noSpace'],
    // Harmless: kubevirt#16264, and a probe's words.
    ['open /etc/virt-handler/clientcertificates/tls.crt: no such file or directory', undefined],
    ['{"component":"virt-launcher","level":"info","msg":"Marked as ready"}', undefined],
    ['open /proc/self/root/var/run/kubevirt-private/vif-cache-pod37a8eec1ce1.json: permission denied', undefined],
  ])('%s', (text, known) => {
    expect(launcherPattern(text)).toBe(known);
  });
});

describe('what virt-handler writes', () => {
  // Composed from the words in KubeVirt's sources, but for the certificate that is not there: kubevirt/kubevirt#16264 quotes that line.
  it.each([
    ['panic: runtime error: invalid memory address or nil pointer dereference', 'panic'],
    ['{"component":"virt-handler","msg":"Failed to create an inotify watcher","pos":"cert-manager.go:105","reason":"too many open files"}', 'noInotify'],
    ['{"component":"virt-handler","level":"error","msg":"virt-launcher crashed due to a network error. Updating VMI web status to Failed","pos":"vm.go:1118"}', 'networkSetup'],
    ['dial tcp 172.30.0.1:443: connect: connection refused', 'apiUnreachable'],
    ['tls: failed to verify certificate: x509: certificate signed by unknown authority', 'certificate'],
    ['http: TLS handshake error from 10.1.2.3:4: remote error: x509: bad', undefined],
    ['{"component":"virt-handler","level":"error","msg":"failed to load the certificate /etc/virt-handler/clientcertificates/tls.crt and /etc/virt-handler/clientcertificates/tls.key","pos":"cert-manager.go:189","reason":"open /etc/virt-handler/clientcertificates/tls.crt: no such file or directory"}', undefined],
    ['{"component":"virt-handler","level":"info","msg":"re-enqueuing VirtualMachineInstance shop/web"}', undefined],
  ])('%s', (text, known) => {
    expect(patternOf(HANDLER_LINES, line(text))).toBe(known);
  });
});

const crashed = [{ namespace: 'shop', pod: 'p', container: 'compute' }];

testStep(launcherLog, {
  'no pod crashed': { given: { logs: evidence() }, inputs: { crashed: [] }, finds: ['info', 'notNeeded'] },
  'the log is empty': { given: { logs: evidence() }, inputs: { crashed }, finds: ['info', 'empty'] },
  'nothing known is in it': { given: { logs: evidence([line('hello')]) }, inputs: { crashed }, finds: ['info', 'notKnown'] },
  'a vif cache is missing': { given: { logs: evidence([line('hello'), line('vif-cache-pod1.json: no such file or directory')]) }, inputs: { crashed }, finds: ['fail', 'staleNetwork'] },
  'KVM may not be used': { given: { logs: evidence([line('Could not access KVM kernel module: No such file')]) }, inputs: { crashed }, finds: ['fail', 'noKvm'] },
  'the disk is full': { given: { logs: evidence([line('no space left on device')]) }, inputs: { crashed }, finds: ['fail', 'noSpace'] },
  'the disk is locked': { given: { logs: evidence([line('Failed to get "write" lock')]) }, inputs: { crashed }, finds: ['fail', 'imageLocked'] },
});

testStep(launcherHandlerLog, {
  'no node is to be asked': { given: { logs: evidence() }, inputs: { handlers: [] }, finds: ['notApplicable', 'notNeeded'] },
  'nothing known is in it': { given: { logs: evidence([line('hello')]) }, inputs: { handlers: crashed }, finds: ['pass', 'quiet'] },
  'only its end was read': { given: { logs: evidence([line('hello')], { complete: false }) }, inputs: { handlers: crashed }, finds: ['info', 'cut'] },
  'it panicked and more': {
    given: { logs: evidence(['panic: x', 'too many open files', 'Critical network error: y', 'dial tcp 1.2.3.4:443: i/o timeout', 'x509: z'].map(line)) }, inputs: { handlers: crashed },
    finds: ['warn', 'panic', 'noInotify', 'networkSetup', 'apiUnreachable', 'certificate'],
  },
});

describe('what an event is about', () => {
  it.each([
    ['FailedCreatePodSandBox', 'plugin type="multus" failed (add): timed out', 'network'],
    ['FailedMount', 'MountVolume.SetUp failed for volume "x"', 'volume'],
    ['FailedAttachVolume', 'Multi-Attach error for volume "pvc-1"', 'volume'],
    ['Failed', 'Failed to pull image "x": unauthorized', 'image'],
    ['Failed', 'Error: ImagePullBackOff', 'image'],
    ['BackOff', 'Back-off restarting failed container', 'otherWarning'],
    ['FailedScheduling', '0/3 nodes are available', 'otherWarning'],
  ])('%s: %s', (reason, message, trouble) => {
    expect(troubleOf(eventOf('Pod', 'p', reason, message))).toBe(trouble);
  });
  it('is nothing if it is not a warning', () => {
    expect(troubleOf({ ...eventOf('Pod', 'p', 'FailedMount', 'x'), type: 'Normal' })).toBeUndefined();
  });
});

const warned = (...of: readonly (readonly [string, string])[]) => ({ events: evidence(of.map(([reason, message]) => eventOf('Pod', 'p', reason, message))) });
const pods = [{ namespace: 'shop', fields: 'involvedObject.name=p' }];

testStep(launcherEvents, {
  'there is no pod': { given: { events: evidence() }, inputs: { pods: [] }, finds: ['info', 'notNeeded'] },
  'nothing was said': { given: { events: evidence() }, inputs: { pods }, activeAt: READ_AT - 23 * 60_000, finds: ['info', 'noWarnings'] },
  'the alert outlives events': { given: { events: evidence() }, inputs: { pods }, activeAt: READ_AT - 26 * 3_600_000, finds: ['info', 'tooOld'] },
  'images, network and volumes': {
    given: warned(['FailedMount', 'x'], ['FailedMount', 'y'], ['FailedCreatePodSandBox', 'z'], ['Failed', 'Failed to pull image "x"'], ['Unhealthy', 'probe']), inputs: { pods }, finds: ['warn', 'volume', 'network', 'image'],
  },
  'something else': { given: warned(['Unhealthy', 'probe']), inputs: { pods }, finds: ['warn', 'otherWarning'] },
});

testStep(launcherPendingEvents, {
  'none is stuck': { given: { events: evidence() }, inputs: { pods: [] }, finds: ['notApplicable', 'notNeeded'] },
  'nothing was said': { given: { events: evidence() }, inputs: { pods }, finds: ['pass', 'noWarnings'] },
  'the network': { given: warned(['FailedCreatePodSandBox', 'z'], ['FailedMount', 'x'], ['FailedCreatePodSandBox', 'z'], ['Failed', 'Failed to pull image "x"']), inputs: { pods }, finds: ['warn', 'network', 'volume', 'image'] },
  'something else': { given: warned(['Unhealthy', 'probe']), inputs: { pods }, finds: ['warn', 'otherWarning'] },
});

const pending = (name: string, status: Pod['status'], ago = 30): Pod =>
  ({ metadata: metadata(name, { namespace: 'shop' }), status: { phase: 'Pending', startTime: minutesAgo(ago), ...status } });
const waits = (reason: string): Pod['status'] => ({ containerStatuses: [{ name: 'compute', state: { waiting: { reason } } }] });
const none = evidence([seriesOf(0)]);
const stuckEvents = (...names: readonly string[]) => names.map((name) => ({ namespace: 'shop', fields: `involvedObject.kind=Pod,involvedObject.name=${name}` }));

testStep(launchersPending, {
  'none is pending': { given: { pods: evidence(), total: none }, finds: ['pass', 'none'], out: { stuck: [], pod: undefined } },
  'one is young': { given: { pods: evidence([pending('a', waits('ContainerCreating'), 1)]), total: none }, finds: ['info', 'young'], out: { stuck: [], pod: undefined } },
  'two wait for an image, one for a node': {
    given: { pods: evidence([pending('a', waits('ErrImagePull')), pending('b', waits('ImagePullBackOff')), unplacedPod('c', '0/3 nodes are available: 3 Insufficient memory.')]), total: evidence([seriesOf(40)]) },
    finds: ['warn', 'imagePull', 'unschedulable'], says: '3 of 40', out: { namespace: 'shop', pod: 'a' },
  },
  'one has been starting for long': { given: { pods: evidence([pending('a', waits('ContainerCreating'))]), total: unread('total') }, finds: ['warn', 'stuckStarting'], out: { stuck: stuckEvents('a') } },
  'one refers to what is not there': { given: { pods: evidence([pending('a', waits('CreateContainerConfigError'))]), total: none }, finds: ['warn', 'misconfigured'] },
});

const share = { node: 'worker-0', count: 200 };
const worker = (more: Partial<NonNullable<Node['status']>> = {}, spec: Node['spec'] = {}): Node => {
  const base = nodeOf('worker-0', { labels: {}, spec });
  return { ...base, status: { ...base.status, allocatable: { 'devices.kubevirt.io/kvm': '1k' }, ...more } };
};
const handler = (ready = true): Pod => podOf('virt-handler-x', { spec: { nodeName: 'worker-0' }, ...(ready ? {} : { status: { conditions: [{ type: 'Ready', status: 'False' }] } }) });
const condition = (type: string, status: string) => ({ conditions: [...(type === 'Ready' ? [] : [{ type: 'Ready', status: 'True' }]), { type, status }] });

testStep(launcherNodes, {
  'no node has many': { given: { nodes: evidence(), handlers: evidence() }, inputs: { shares: [] }, finds: ['notApplicable', 'notNeeded'] },
  'the node is well': { given: { nodes: evidence([worker()]), handlers: evidence([handler()]) }, inputs: { shares: [share] }, finds: ['pass', 'healthy'], out: { node: 'worker-0', handler: 'virt-handler-x' } },
  'it is not ready': { given: { nodes: evidence([worker(condition('Ready', 'Unknown'))]), handlers: evidence([handler()]) }, inputs: { shares: [share] }, finds: ['fail', 'notReady'] },
  'it is short of memory': { given: { nodes: evidence([worker(condition('MemoryPressure', 'True'))]), handlers: evidence([handler()]) }, inputs: { shares: [share] }, finds: ['warn', 'pressure'] },
  'it offers no kvm and is cordoned': {
    given: { nodes: evidence([worker({ allocatable: { 'devices.kubevirt.io/kvm': '0' } }, { unschedulable: true })]), handlers: evidence([handler()]) }, inputs: { shares: [share] }, finds: ['fail', 'noKvm', 'cordoned'],
  },
  'virt-handler is missing': { given: { nodes: evidence([worker()]), handlers: evidence() }, inputs: { shares: [share] }, finds: ['fail', 'handlerMissing'], out: { handler: undefined, handlers: [] } },
  'virt-handler is not ready': { given: { nodes: evidence([worker()]), handlers: evidence([handler(false)]) }, inputs: { shares: [share] }, finds: ['fail', 'handlerNotReady'], out: { handlers: [{ pod: 'virt-handler-x', container: 'virt-handler' }] } },
  'the node is gone': { given: { nodes: evidence(), handlers: evidence() }, inputs: { shares: [share] }, finds: ['warn', 'gone'] },
  'nobody may read nodes': { given: { nodes: unread('nodes'), handlers: evidence([handler()]) }, inputs: { shares: [share] }, finds: ['unknown', 'notReadable'] },
});

const runs = (count: number, ago: number) => evidence(Array.from({ length: count }, (_, i) => instanceOf(`run-${i}`, { phase: 'Failed', controlled: false, ago: ago + i, manager: 'pipeline' })));
const tenants = [{ namespace: 'shop', count: 200 }];

testStep(launcherTenant, {
  'they are in many namespaces': { given: { vmis: evidence() }, inputs: { tenants: [] }, finds: ['notApplicable', 'notNeeded'], out: { namespace: undefined } },
  'a pipeline creates them': { given: { vmis: runs(10, 5) }, inputs: { tenants }, finds: ['warn', 'failingInLoop'], says: 'pipeline creates', out: { namespace: 'shop', creator: 'pipeline' } },
  'nobody knows who does': { given: { vmis: evidence(runs(10, 5).items.map((one) => ({ ...one, metadata: { ...one.metadata, managedFields: [] } }))) }, inputs: { tenants }, finds: ['warn', 'failingInLoop'], says: 'somebody creates' },
  'the last one is of yesterday': { given: { vmis: runs(20, 24 * 60) }, inputs: { tenants }, finds: ['warn', 'failedKept'] },
  'VMs and pools stand behind them': {
    given: { vmis: evidence([...runs(9, 5).items, ...['a', 'b'].map((name) => instanceOf(name, { phase: 'Failed' })), instanceOf('c', { controlled: false })]) }, inputs: { tenants }, finds: ['pass', 'few'], says: ': 9.',
  },
});
