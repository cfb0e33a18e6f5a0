import { evidence, unread } from '../testing/evidence';
import { instanceOf, launcherNames, migrationOf, seriesOf } from '../testing/launcherSamples';
import { kubeVirtOf, metadata, nodeOf, podOf } from '../testing/samples';
import { testStep } from '../testing/testStep';
import { type MigrationLoop, migrationLoops } from './migrationLoops';
import { migrationDemand } from './migrationDemand';
import { migrationHandler } from './migrationHandler';
import { migrationNetworkState, staleLines } from './migrationNetworkState';
import { migrationTargets } from './migrationTargets';

const spot = { namespace: 'shop', vm: 'web', node: 'worker-1', count: 40 };
const targets = (count: number, vm = 'web') => Array.from({ length: count }, (_, i) => launcherNames(vm, `t${i}`, { migration: `kubevirt-evacuation-${i}` }));
const handler = { pod: 'virt-handler-x', container: 'virt-handler' };

testStep(migrationTargets, {
  'no VM has many on one node': { given: { targets: evidence() }, inputs: { spots: [] }, finds: ['notApplicable', 'notNeeded'] },
  'eleven targets of the VM died there': { given: { targets: evidence(targets(11)) }, inputs: { spots: [spot] }, finds: ['warn', 'many'], says: 'web' },
  'ten did, and those of another VM do not count': { given: { targets: evidence([...targets(10), ...targets(9, 'db')]) }, inputs: { spots: [spot] }, finds: ['pass', 'few'], says: '10 of them' },
});

testStep(migrationHandler, {
  'no VM has many on one node': { given: { handlers: evidence() }, inputs: { spots: [] }, finds: ['notApplicable', 'notNeeded'], out: { handlers: [] } },
  'it is ready': { given: { handlers: evidence([podOf('virt-handler-x')]) }, inputs: { spots: [spot] }, finds: ['pass', 'ready'], out: { handlers: [handler] } },
  'it is missing': { given: { handlers: evidence() }, inputs: { spots: [spot] }, finds: ['warn', 'missing'] },
  'it is not ready': { given: { handlers: evidence([podOf('virt-handler-x', { status: { conditions: [{ type: 'Ready', status: 'False' }] } })]) }, inputs: { spots: [spot] }, finds: ['warn', 'notReady'] },
});

const log = (...texts: readonly string[]) => evidence(texts.map((text) => ({ pod: 'virt-handler-x', container: 'virt-handler', text })));
// Composed: virt-handler's own line with the error of virt-launcher that kubevirt/kubevirt#18087 quotes in part.
const STALE = '{"component":"virt-handler","level":"error","msg":"Synchronizing the VirtualMachineInstance failed.","pos":"migration-target.go:521","reason":"syncing migration target failed: server error. command SyncMigrationTarget failed: \\"pre-start pod-setup failed: preparing the pod network failed: failed plugging phase2 at nic \'pod37a8eec1ce1\': open /proc/self/root/var/run/kubevirt-private/vif-cache-pod37a8eec1ce1.json: no such file or directory\\""}';
const asked = { spots: [spot], handlers: [handler] };

/** As the data of known bugs answers: 1.8.4 has it, 1.9.0 has not, anything else cannot be told. */
const hasBug = (version: string): boolean | undefined => ({ 'v1.8.4': true, 'v1.9.0': false })[version];

testStep(migrationNetworkState(hasBug), {
  'no VM has many on one node': { given: { logs: evidence(), kubevirts: evidence([kubeVirtOf()]) }, inputs: { spots: [], handlers: [] }, finds: ['notApplicable', 'notNeeded'] },
  'no virt-handler is there': { given: { logs: evidence(), kubevirts: evidence([kubeVirtOf()]) }, inputs: { spots: [spot], handlers: [] }, finds: ['warn', 'noHandler'] },
  'it does not miss anything': { given: { logs: log('hello', 'open tls.crt: no such file or directory'), kubevirts: evidence([kubeVirtOf()]) }, inputs: asked, finds: ['pass', 'clean'] },
  'it misses the state, in a release with the bug': { given: { logs: log('hello', STALE), kubevirts: evidence([kubeVirtOf()]) }, inputs: asked, finds: ['fail', 'staleNetwork'], says: 'v1.8.4' },
  'it misses the state, and the release is of no known form': { given: { logs: log(STALE), kubevirts: evidence([kubeVirtOf({ observedKubeVirtVersion: 'devel' })]) }, inputs: asked, finds: ['fail', 'staleNetwork'] },
  'it misses the state, and the release cannot be read': { given: { logs: log(STALE), kubevirts: unread('kubevirts') }, inputs: asked, finds: ['fail', 'staleNetwork'] },
  'it misses the state in a repaired release': { given: { logs: log(STALE), kubevirts: evidence([kubeVirtOf({ observedKubeVirtVersion: 'v1.9.0' })]) }, inputs: asked, finds: ['warn', 'staleThoughRepaired'] },
});

it('knows the line of the bug and no other missing file', () => {
  expect(staleLines(log(STALE, 'open /x/clientcertificates/tls.crt: no such file or directory', 'vif-cache-pod1.json: permission denied').items)).toHaveLength(1);
});

const failedThrice = (vm: string, prefix: string, ago = 10, manager = 'virt-controller') => [0, 1, 2].map((i) => migrationOf(vm, `${prefix}${i}`, { ago: ago + i * 5, manager }));
const waiting = evidence([seriesOf(7)]);
const loop = (vm: string, asker: MigrationLoop['asker'], by?: string): MigrationLoop => ({ namespace: 'shop', vm, asker, failed: 3, ...(by ? { by } : {}) });

testStep(migrationLoops, {
  'there are no migrations': { given: { migrations: evidence(), waiting }, finds: ['pass', 'none'], out: { loops: [], vm: undefined } },
  'nobody may read them': { given: { migrations: unread('migrations'), waiting }, finds: ['pass', 'none'], out: { loops: undefined } },
  'two failed': { given: { migrations: evidence(failedThrice('web', 'kubevirt-evacuation-').slice(1)), waiting: evidence() }, finds: ['info', 'single'] },
  'three failed long ago': { given: { migrations: evidence(failedThrice('web', 'kubevirt-evacuation-', 61)), waiting: evidence() }, finds: ['info', 'single'] },
  'a node is emptied': { given: { migrations: evidence(failedThrice('web', 'kubevirt-evacuation-')), waiting }, finds: ['warn', 'evacuations'], out: { loops: [loop('web', 'evacuation')], vm: 'web', namespace: 'shop', by: undefined } },
  'VMs move to a new release, one more is asked for': {
    given: { migrations: evidence([...failedThrice('a', 'kubevirt-workload-update-'), ...failedThrice('b', 'kubevirt-workload-update-'), ...failedThrice('c', 'c-rebalance-', 10, 'rebalancer')]), waiting },
    finds: ['warn', 'workloadUpdates', 'requests'], out: { by: 'rebalancer', loops: [loop('a', 'workloadUpdate'), loop('b', 'workloadUpdate'), loop('c', 'request', 'rebalancer')] },
  },
});

const web = (more: Parameters<typeof instanceOf>[1]) => evidence([instanceOf('web', more)]);
const worker = (unschedulable = false) => evidence([nodeOf('worker-1', { labels: {}, spec: unschedulable ? { unschedulable } : {} })]);
const pools = (status: string) => evidence([{ metadata: metadata('worker'), status: { conditions: [{ type: 'Updating', status }] } }]);
const around = { nodes: worker(true), pools: pools('False'), deschedulers: unread('deschedulers', 'apiNotInstalled'), logs: evidence() };
const evacuates = { loops: [loop('web', 'evacuation')] };
const descheduler = evidence([{ metadata: metadata('cluster', { namespace: 'openshift-kube-descheduler-operator' }), spec: { mode: 'Automatic', profiles: ['LongLifecycle'], deschedulingIntervalSeconds: 60 } }]);

testStep(migrationDemand, {
  'no VM migrates in a loop': { given: { ...around, vmis: evidence() }, inputs: { loops: [] }, finds: ['notApplicable', 'notNeeded'] },
  'a node is drained': { given: { ...around, vmis: web({ evacuates: 'worker-1' }) }, inputs: evacuates, finds: ['warn', 'drain'], out: { node: 'worker-1', pool: undefined } },
  'a machine config update drains it': { given: { ...around, vmis: web({ evacuates: 'worker-1' }), pools: pools('True') }, inputs: evacuates, finds: ['warn', 'machineConfig'], out: { pool: 'worker' } },
  'the descheduler evicts': {
    given: { ...around, vmis: web({ evacuates: 'worker-1', source: 'descheduler' }), deschedulers: descheduler }, inputs: evacuates,
    finds: ['warn', 'descheduler'], out: { descheduler: 'cluster', deschedulerNamespace: 'openshift-kube-descheduler-operator' },
  },
  'the node takes pods again': { given: { ...around, vmis: web({ evacuates: 'worker-1' }), nodes: worker() }, inputs: evacuates, finds: ['warn', 'neverCancelled'] },
  'nobody may read nodes': { given: { ...around, vmis: web({ evacuates: 'worker-1' }), nodes: unread('nodes') }, inputs: evacuates, finds: ['warn', 'evacuation'] },
  'an update moves one VM, a tool another': { given: { ...around, vmis: evidence() }, inputs: { loops: [loop('a', 'workloadUpdate'), loop('b', 'request')] }, finds: ['warn', 'workloadUpdate', 'request'] },
  'every attempt meets the known bug': { given: { ...around, vmis: web({ evacuates: 'worker-1' }), logs: log(STALE) }, inputs: evacuates, finds: ['warn', 'deadNode'] },
});
