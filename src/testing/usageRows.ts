import { type Cluster } from './cluster';
import { type Metrics } from './door';
import { podsOf, reportCondition } from './faults';
import { healthyCluster } from './healthy';
import { type RunbookCase } from './testRunbook';

/** A day of a component, in 49 points of half an hour: what its pod uses, as a function of the part of the day that has passed (0 to 1). */
interface Day {
  readonly request: number;
  readonly used: (part: number) => number;
  /** Of it the container's own; all of it by default. */
  readonly own?: number;
  readonly vms?: (part: number) => number;
}

const POINTS = Array.from({ length: 49 }, (_, index) => index / 48);

/** What Prometheus answers to the queries about one component. Over a range and at one moment the same queries are asked: the last point counts then. */
const usageMetrics = ({ request, used, own = used(1), vms = () => 24 }: Day): Metrics => {
  const course = (value: (part: number) => number) => [{ labels: {}, points: POINTS.map((part) => [part, value(part)] as const) }];
  return [
    [/^sum\(kube_pod_container_resource_requests/, request],
    [/^sum by \(container\)/, [{ labels: { container: 'virt-controller' }, points: [[0, own]] }, { labels: { container: 'sidecar' }, points: [[0, used(1) - own]] }]],
    [/^sum\((rate\(container_cpu_usage_seconds_total|container_memory_working_set_bytes)/, course(used)],
    [/^sum\(kubevirt_vmi_phase_count/, course(vms)],
  ];
};

const cluster = healthyCluster();
const [pod] = podsOf(cluster, 'virt-controller');
const labels = { namespace: 'openshift-cnv', pod: pod?.metadata.name ?? '', container: 'virt-controller', node: pod?.spec.nodeName ?? '' };

/** A row about a day of virt-controller, in a cluster that is well but for one thing. */
const after = (day: Day, row: Pick<RunbookCase, 'cause' | 'offers' | 'finds' | 'answer'>, change: (world: Cluster) => void = () => undefined): RunbookCase => ({
  given: () => {
    const world = healthyCluster();
    change(world);
    return world;
  },
  metrics: usageMetrics(day), labels, answer: 'causeFound', ...row,
});

/** A patch in the KubeVirt object lowers the requests. */
const patch = (world: Cluster): void => {
  world.update('KubeVirt', 'openshift-cnv', 'kubevirt-kubevirt-hyperconverged', (draft) => {
    draft['spec'] = { customizeComponents: { patches: [{ resourceName: 'virt-controller', resourceType: 'Deployment', type: 'strategic', patch: '{"spec":{"template":{"spec":{"containers":[{"name":"virt-controller","resources":{"requests":{"cpu":"1m","memory":"10Mi"}}}]}}}}' }] } };
  });
};

/** The node of the pod runs short of memory. */
const press = (world: Cluster): void => reportCondition(world, world.list('Node').filter(({ metadata }) => metadata.name === labels.node), {
  type: 'MemoryPressure', status: 'True', reason: 'KubeletHasInsufficientMemory', message: 'kubelet has insufficient memory available',
});

/** The table of an alert about what a component uses; `request` in cores or bytes, `growing`: what is made of a use that grows without reason. */
export const usageRows = (request: number, growing: Pick<RunbookCase, 'cause' | 'offers'>): Readonly<Record<string, RunbookCase>> => {
  const steady = { request, used: () => 2 * request };
  return {
    'it uses twice its request, as always': after(steady, { finds: { 'component-usage': 'above', 'requests-shipped': 'shipped' }, cause: 'small-request', offers: ['leave-request'] }),
    'it grows all day': after({ request, used: (part) => request * (1 + part) }, { finds: { 'usage-course': 'growing' }, ...growing }),
    'it grows with the VMs': after({ request, used: (part) => request * (1 + part), vms: (part) => 20 * (1 + part) }, { cause: 'usage-of-more-vms', offers: ['leave-request'] }),
    'it rose an hour ago': after({ request, used: (part) => request * (part > 0.97 ? 6 : 0.8) }, { cause: 'usage-spike', offers: ['find-load', 'leave-request'] }),
    'a patch lowered its request': after(steady, { finds: { 'requests-shipped': 'patched' }, cause: 'patched-request', offers: ['take-patch-back'] }, patch),
    'its node is under pressure': after(steady, { finds: { 'usage-course': 'nodePressed' }, cause: 'usage-on-pressed-node', offers: ['relieve-node'] }, press),
    'another container of its pod uses it': after({ ...steady, own: request / 2 }, { finds: { 'component-usage': 'otherContainers' }, cause: 'other-containers', offers: ['leave-request'] }),
    'its pod is young': after({ request, used: (part) => (part < 0.9 ? Number.NaN : 2 * request) }, { finds: { 'usage-course': 'noHistory' }, cause: null, offers: [], answer: 'problemFound' }),
  };
};
