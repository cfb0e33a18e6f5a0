import { type Finding, info, pass, warn } from '../engine/finding';
import { msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { type Series } from '../engine/source';
import { step } from '../engine/step';
import { metric } from '../sources/metrics';
import { FAILED, query, valueOf, vmiRef } from './launcherReadings';

/** One VM with many failed pods on one node. */
export interface HotSpot {
  readonly namespace: string;
  readonly vm: string;
  readonly node: string;
  readonly count: number;
}

// More failed pods of one VM than virt-controller's own retries explain: it keeps 5 finished migrations per VM
// (KubeVirt v1.8.4 pkg/virt-controller/watch/migration/migration.go, garbageCollectFinalizedMigrations).
const MANY = 10;

const spots = ({ items }: Evidence<Series>): readonly HotSpot[] => items
  .flatMap((series) => {
    const { namespace, vmi: vm, node } = series.labels;
    return namespace && vm && node ? [{ namespace, vm, node, count: valueOf(series) }] : [];
  })
  .toSorted((a, b) => b.count - a.count);

const hotSpots = (vms: Evidence<Series>): readonly HotSpot[] => spots(vms).filter(({ count }) => count > MANY);

const REASONS = ['none', 'oneVmOneNode', 'manyVmsOneNodeEach', 'fewEach'] as const;

const about = (vms: Evidence<Series>): Finding<(typeof REASONS)[number]> => {
  const all = spots(vms);
  const hot = hotSpots(vms);
  const [worst] = hot;
  const rows = [{
    of: 'table' as const,
    columns: [msg('VM'), msg('Node'), msg('Failed pods')],
    rows: all.slice(0, 20).map(({ namespace, vm, node, count }) => [{ object: vmiRef({ name: vm, namespace }) }, { object: { kind: 'Node', name: node } }, count]),
  }];
  const expected = msg('at most {{many}} of one VM on one node', { many: MANY });
  if (!worst) return info('fewEach', msg('No VM has more than {{many}} failed pods on one node: many VMs have a few each.', { many: MANY }), { expected, actual: msg('a few each'), rows });
  return warn(
    hot.length === 1 ? 'oneVmOneNode' : 'manyVmsOneNodeEach',
    msg('VM {{vm}} in {{namespace}} has {{count}} failed pods on node {{node}}.', { vm: worst.vm, namespace: worst.namespace, node: worst.node, count: worst.count }),
    { expected, actual: msg('{{count}} of one VM on one node', { count: worst.count }), subjects: hot.map(({ vm, namespace }) => vmiRef({ name: vm, namespace })), rows },
  );
};

/** Which VMs the failed pods belong to, by the names of the pods: Prometheus knows no owner. */
export const launchersPerVm = step({
  id: 'launchers-per-vm',
  asks: msg('Do they belong to one VM or to many?'),
  why: msg('More than {{many}} failed pods of one VM on one node are the sign of migrations that can never succeed there.', { many: MANY }),
  reads: {
    // A launcher is called virt-launcher-<VM>-<5 characters>; of names over 43 characters the API server cuts the rest and the hyphen off
    // (k8s.io/apiserver pkg/storage/names/generate.go: 58 characters before the random ones).
    vms: metric(query(`topk(20, count by (namespace, node, vmi) (label_replace((${FAILED} == 1) * on (namespace, pod) group_left (node) kube_pod_info{pod=~"virt-launcher-.*",node!=""}, "vmi", "$1", "pod", "virt-launcher-(.+?)-?[a-z0-9]{5}")))`), query(FAILED)),
  },
  reasons: REASONS,
  check: ({ vms }) => (vms.items.length === 0 ? pass('none', msg('No virt-launcher pod is in phase Failed.'), { expected: msg('none'), actual: msg('none') }) : about(vms)),
  out: {
    /** The worst of them, as a list of none or one. */
    worst: ({ vms }) => hotSpots(vms).slice(0, 1),
    namespace: ({ vms }) => hotSpots(vms)[0]?.namespace,
    vm: ({ vms }) => hotSpots(vms)[0]?.vm,
    node: ({ vms }) => hotSpots(vms)[0]?.node,
  },
});
