import { type Finding, info, notApplicable, pass, warn } from '../engine/finding';
import { msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { step } from '../engine/step';
import { nodes } from '../sources/nodes';
import { type HyperConverged, type KubeVirt, type Node, type PodSpec } from '../sources/objects';
import { hyperConvergeds, kubeVirts } from '../sources/virtualization';
import { barringTaints } from './daemonSet';
import { mayHost } from './hosts';

const REASONS = ['anywhere', 'allNodes', 'someNodes', 'noNode', 'noKubeVirt'] as const;

/** Where HyperConverged says it: v1beta1 `spec.workloads.nodePlacement`, v1 `spec.deployment.nodePlacements.workload`. */
const ofHyperConverged = (of: HyperConverged | undefined): PodSpec | undefined => of?.spec?.workloads?.nodePlacement ?? of?.spec?.deployment?.nodePlacements?.workload;

interface Seen {
  readonly hyperConvergeds: Evidence<HyperConverged>;
  readonly kubevirts: Evidence<KubeVirt>;
  readonly nodes: Evidence<Node>;
}

const conclude = ({ hyperConvergeds: hcos, kubevirts: { items: [kubevirt] }, nodes: all }: Seen): Finding<(typeof REASONS)[number]> => {
  if (!kubevirt) return notApplicable('noKubeVirt', msg('Not needed: there is no KubeVirt object.'));
  const source = ofHyperConverged(hcos.items[0]) ? 'HyperConverged' : 'KubeVirt';
  const placement = ofHyperConverged(hcos.items[0]) ?? kubevirt.spec?.workloads?.nodePlacement;
  if (!placement) return pass('anywhere', msg('No. Neither HyperConverged nor KubeVirt has a placement for workloads.'));
  const fitting = all.items.filter((node) => mayHost(placement, node));
  const open = fitting.filter((node) => barringTaints(placement, node).length === 0);
  const details = {
    expected: msg('the nodes that carry VMs'), actual: msg('{{count}} of {{of}} nodes', { count: fitting.length, of: all.items.length }),
    rows: [{
      of: 'table' as const, columns: [msg('Node'), msg('Allowed')],
      rows: all.items.map((node) => [{ object: { kind: 'Node', name: node.metadata.name } }, { message: open.includes(node) ? msg('yes') : fitting.includes(node) ? msg('no: taint') : msg('no: labels') }]),
    }],
  };
  if (fitting.length === 0) return warn('noNode', msg('Yes. The placement of {{source}} fits no node at all.', { source }), details);
  return fitting.length < all.items.length
    ? info('someNodes', msg('Yes. The placement of {{source}} fits {{count}} of {{of}} nodes.', { source, count: fitting.length, of: all.items.length }), details)
    : pass('allNodes', msg('No. The placement of {{source}} fits all {{of}} nodes.', { source, of: all.items.length }), details);
};

/** Does a placement policy for workloads keep virt-handler, and with it VMs, off nodes? */
export const workloadPlacement = step({
  id: 'workload-placement',
  asks: msg('Does a placement policy keep virt-handler off nodes?'),
  why: msg('HyperConverged carries the policy into KubeVirt, and virt-operator into the DaemonSet: it is changed in HyperConverged, because what is written into the other two is put back.'),
  reads: { hyperConvergeds: hyperConvergeds('all namespaces'), kubevirts: kubeVirts(), nodes: nodes() },
  optional: ['hyperConvergeds'],
  required: false,
  reasons: REASONS,
  check: (seen) => conclude(seen),
});
