import { evidence, unread } from '../testing/evidence';
import { hourOf, seriesOf } from '../testing/launcherSamples';
import { testStep } from '../testing/testStep';
import { launcherReasons } from './launcherReasons';
import { launcherSpread } from './launcherSpread';
import { launchersFailed } from './launchersFailed';
import { launchersPerVm } from './launchersPerVm';

const failed = (total: number, ...hour: Parameters<typeof hourOf>) =>
  ({ now: evidence([seriesOf(total)]), anyPod: evidence([seriesOf(900)]), hour: evidence([hourOf(...hour)]) });

testStep(launchersFailed, {
  'fewer than 200 have failed': { given: failed(199, 199, 199, 199), finds: ['pass', 'below'], out: { total: 199 } },
  'there is no launcher at all': { given: { now: evidence(), anyPod: evidence([seriesOf(12)]), hour: evidence() }, finds: ['pass', 'below'], out: { total: undefined } },
  'Prometheus knows no pod': { given: { now: evidence(), anyPod: evidence(), hour: evidence() }, finds: ['unknown', 'noSeries'] },
  'the count rises': { given: failed(300, 100, 200, 300), finds: ['fail', 'growing'], says: 'Stop the source first' },
  'it rose and stands still': { given: failed(210, 0, 210, 210), finds: ['fail', 'settled'] },
  'it stands still': { given: failed(200, 200, 200, 200), finds: ['fail', 'flat'] },
  'a handful more is no trend': { given: failed(500, 495, 498, 500), finds: ['fail', 'flat'] },
  'it falls': { given: failed(250, 400, 300, 250), finds: ['fail', 'falling'] },
  'the last hour is not known': { given: { ...failed(250, 0, 0, 0), hour: unread('hour', 'timedOut') }, finds: ['fail', 'trendNotKnown'] },
});

const namespaces = (...counts: readonly number[]) => evidence(counts.map((count, i) => seriesOf(count, { namespace: `ns-${i}` })));
const nodes = (...counts: readonly number[]) => evidence(counts.map((count, i) => seriesOf(count, { node: `worker-${i}` })));
const onWorker = (number: number, count: number) => ({ node: `worker-${number}`, count });

testStep(launcherSpread, {
  'none has failed': { given: { byNamespace: evidence(), byNode: evidence() }, finds: ['pass', 'none'], out: { namespaces: [], nodes: [], tenants: [], node: undefined } },
  'they are everywhere': {
    given: { byNamespace: namespaces(50, 50, 50, 50, 30, 20), byNode: nodes(90, 90, 70) }, finds: ['info', 'spread'],
    out: { tenants: [], nodes: [onWorker(0, 90), onWorker(1, 90), onWorker(2, 70)], namespace: 'ns-0' },
  },
  'most are on one node': { given: { byNamespace: namespaces(120, 100), byNode: nodes(20, 200) }, finds: ['warn', 'oneNode'], says: '200 of 220', out: { nodes: [onWorker(1, 200)], node: 'worker-1' } },
  'most are in one namespace': { given: { byNamespace: namespaces(200, 10), byNode: nodes(70, 70, 70) }, finds: ['warn', 'oneNamespace'], out: { tenants: [{ namespace: 'ns-0', count: 200 }] } },
  'both hold': { given: { byNamespace: namespaces(210), byNode: nodes(210) }, finds: ['warn', 'oneNode', 'oneNamespace'] },
  'five pods in one place are an accident': { given: { byNamespace: namespaces(5), byNode: nodes(5) }, finds: ['info', 'spread'], out: { nodes: [] } },
  'Prometheus could not say where': { given: { byNamespace: unread('byNamespace'), byNode: nodes(20, 200) }, finds: ['warn', 'oneNode'], out: { namespaces: [{ namespace: 'all namespaces', count: 1 }] } },
});

const reasons = (pods: Readonly<Record<string, number>>, containers: readonly (readonly [string, string, number])[] = []) => ({
  pods: evidence(Object.entries(pods).map(([reason, count]) => seriesOf(count, { reason }))),
  containers: evidence(containers.map(([container, reason, count]) => seriesOf(count, { container, reason }))),
  failed: evidence([seriesOf(210)]),
});

testStep(launcherReasons, {
  'none has failed': { given: { pods: evidence(), containers: evidence(), failed: evidence() }, finds: ['pass', 'none'] },
  'they were evicted, some ran out of memory': { given: reasons({ Evicted: 150 }, [['compute', 'OOMKilled', 40]]), finds: ['warn', 'evicted', 'outOfMemory'], says: '150' },
  'they were refused': { given: reasons({ UnexpectedAdmissionError: 100, NodeAffinity: 30, Evicted: 120 }), finds: ['warn', 'refused', 'evicted'], says: '130' },
  'their node was shut down': { given: reasons({ Shutdown: 210 }), finds: ['warn', 'shutDown'] },
  'their node was lost': { given: reasons({ NodeLost: 210 }), finds: ['warn', 'nodeLost'] },
  'their container ended with an error': { given: reasons({}, [['compute', 'Error', 210]]), finds: ['warn', 'containerError'] },
  'only the console log ended badly': { given: reasons({}, [['compute', 'Completed', 210], ['guest-console-log', 'Error', 210]]), finds: ['info', 'unexplained'] },
});

const spot = (count: number, vmi: string, node: string) => seriesOf(count, { namespace: 'shop', vmi, node });
const worst = { namespace: 'shop', vm: 'web', node: 'worker-1', count: 120 };

testStep(launchersPerVm, {
  'none has failed': { given: { vms: evidence() }, finds: ['pass', 'none'], out: { worst: [], vm: undefined } },
  'many VMs have a few each': { given: { vms: evidence([spot(10, 'a', 'worker-0'), spot(9, 'b', 'worker-0')]) }, finds: ['info', 'fewEach'], out: { worst: [] } },
  'one VM has many on one node': { given: { vms: evidence([spot(2, 'a', 'worker-0'), spot(120, 'web', 'worker-1')]) }, finds: ['warn', 'oneVmOneNode'], out: { worst: [worst], vm: 'web', namespace: 'shop', node: 'worker-1' } },
  'several VMs have many on a node': { given: { vms: evidence([spot(11, 'a', 'worker-0'), spot(120, 'web', 'worker-1')]) }, finds: ['warn', 'manyVmsOneNodeEach'], says: '120', out: { worst: [worst] } },
  'a pod of another form is left out': { given: { vms: evidence([seriesOf(50, { namespace: 'shop', node: 'worker-0' })]) }, finds: ['info', 'fewEach'] },
});
