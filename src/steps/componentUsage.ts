import { type Cell, type Finding, type Rows, info, pass, warn } from '../engine/finding';
import { label } from '../engine/late';
import { type Hole, msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { type Query, type Series, promql } from '../engine/source';
import { step } from '../engine/step';
import { metric } from '../sources/metrics';
import { type HyperConverged, type KubeVirt } from '../sources/objects';
import { hyperConvergeds, kubeVirts } from '../sources/virtualization';

/** What is measured of a pod: how much it asks for, and how much it uses. */
export interface Measured {
  readonly name: 'cpu' | 'memory';
  /** Of the container that the alert names. */
  readonly requested: Query;
  /** Of each container. */
  readonly used: Query;
  /** Of the whole pod: what the rule compares with the request of one container. */
  readonly ofPod: Query;
  /** How it is drawn in charts. */
  readonly unit: Extract<Rows, { of: 'series' }>['unit'];
  readonly shown: (value: number) => Hole;
}

const pod = { namespace: label('namespace'), name: label('pod'), container: label('container') };

/** CPU, in cores. */
export const cpu: Measured = {
  name: 'cpu', unit: 'count',
  requested: promql`sum(kube_pod_container_resource_requests{namespace="${pod.namespace}",pod="${pod.name}",container="${pod.container}",resource="cpu"})`,
  used: promql`sum by (container) (rate(container_cpu_usage_seconds_total{namespace="${pod.namespace}",pod="${pod.name}",container!~"|POD"}[5m]))`,
  ofPod: promql`sum(rate(container_cpu_usage_seconds_total{namespace="${pod.namespace}",pod="${pod.name}",container=""}[5m]))`,
  shown: (cores) => ({ quantity: `${Math.round(cores * 1000)}m` }),
};

/** Memory, in bytes: the working set, which is what the kubelet goes by. */
export const memory: Measured = {
  name: 'memory', unit: 'bytes',
  requested: promql`sum(kube_pod_container_resource_requests{namespace="${pod.namespace}",pod="${pod.name}",container="${pod.container}",resource="memory"})`,
  used: promql`sum by (container) (container_memory_working_set_bytes{namespace="${pod.namespace}",pod="${pod.name}",container!~"|POD"})`,
  ofPod: promql`sum(container_memory_working_set_bytes{namespace="${pod.namespace}",pod="${pod.name}",container=""})`,
  shown: (bytes) => ({ bytes }),
};

const valueOf = (one: Series | undefined): number | undefined => one?.points.at(-1)?.[1];

/** How much does the pod use, and how much does it ask for? */
export const componentUsage = ({ requested, used, ofPod, shown }: Measured) => step({
  id: 'component-usage',
  asks: msg('How much does the component use, and how much does it ask for?'),
  why: msg('The rule holds the use of the whole pod against the request of one of its containers. A request reserves room on a node; it limits nothing.'),
  reads: { requested: metric(requested), used: metric(used), ofPod: metric(ofPod) },
  inputs: { container: label('container') },
  reasons: ['above', 'otherContainers', 'below', 'noSeries'],
  check: ({ requested: asks, used: each, ofPod: all }, { inputs: { container } }) => {
    const request = valueOf(asks.items[0]);
    const total = valueOf(all.items[0]);
    if (request === undefined || total === undefined) return info('noSeries', msg('The pod is gone, or its use is not measured.'));
    const own = valueOf(each.items.find(({ labels }) => labels['container'] === container)) ?? 0;
    const details = {
      expected: msg('at most {{request}}', { request: shown(request) }), actual: msg('{{total}}', { total: shown(total) }),
      rows: [{
        of: 'table' as const, columns: [msg('Container'), msg('Used'), msg('Requested')],
        rows: each.items.map((one): readonly Cell[] => [one.labels['container'] ?? null, shown(valueOf(one) ?? 0), one.labels['container'] === container ? shown(request) : null]),
      }],
    };
    const numbers = { container, own: shown(own), request: shown(request), total: shown(total) };
    if (own > request) return warn('above', msg('{{container}} uses {{own}} and asks for {{request}}.', { container, own: numbers.own, request: numbers.request }), details);
    return total > request
      ? warn('otherContainers', msg('{{container}} uses {{own}} of the {{request}} that it asks for. With everything else in its pod it is {{total}}.', numbers), details)
      : pass('below', msg('{{container}} uses {{own}} of the {{request}} that it asks for.', { container, own: numbers.own, request: numbers.request }), details);
  },
  out: {
    /** The request, cores or bytes; 0 if it is not known. */
    request: ({ requested: asks }) => valueOf(asks.items[0]) ?? 0,
    /** Is it the other containers of the pod, not the one with the request? */
    others: ({ requested: asks, used: each, ofPod: all }, { inputs: { container } }: { inputs: { container: string } }) => {
      const own = valueOf(each.items.find(({ labels }) => labels['container'] === container)) ?? 0;
      const request = valueOf(asks.items[0]);
      return request !== undefined && own <= request && (valueOf(all.items[0]) ?? 0) > request;
    },
  },
});

const patchesOf = ({ items: [kubevirt] }: Evidence<KubeVirt>): readonly string[] =>
  (kubevirt?.spec?.customizeComponents?.patches ?? []).filter(({ patch = '' }) => /resources/.test(patch)).map(({ resourceName = '' }) => resourceName);

/** HCO passes these on to the KubeVirt object; kubevirt/hyperconverged-cluster-operator `controllers/common/consts.go`. */
const PATCH = 'kubevirt.kubevirt.io/jsonpatch';

const conclude = (kubevirts: Evidence<KubeVirt>, hco: Evidence<HyperConverged>, container: string): Finding<'shipped' | 'patched'> => {
  const patched = patchesOf(kubevirts);
  const annotated = hco.items.some(({ metadata }) => metadata.annotations?.[PATCH] !== undefined);
  return patched.includes(container)
    ? warn('patched', annotated
      ? msg('No: a patch in the KubeVirt object changes the resources of {{container}}. It comes from the annotation {{annotation}} of HyperConverged.', { container, annotation: PATCH })
      : msg('No: a patch in the KubeVirt object changes the resources of {{container}}.', { container }))
    : pass('shipped', msg('Yes: no patch in the KubeVirt object changes them.'));
};

/** Are the requests those that KubeVirt ships? virt-operator writes them; nobody has a field for them. */
export const requestsShipped = step({
  id: 'requests-shipped',
  asks: msg('Are these the requests that KubeVirt ships?'),
  why: msg('virt-operator writes the requests of its components. Neither KubeVirt nor HyperConverged has a field for them; only a patch changes them.'),
  reads: { kubevirts: kubeVirts(), hco: hyperConvergeds('all namespaces') },
  optional: ['hco'],
  inputs: { container: label('container') },
  reasons: ['shipped', 'patched'],
  check: ({ kubevirts, hco }, { inputs: { container } }) => conclude(kubevirts, hco, container),
  out: { patched: ({ kubevirts }, { inputs: { container } }: { inputs: { container: string } }) => patchesOf(kubevirts).includes(container) },
});
