import { say } from '../builders/event';
import { INSTALL_NAMESPACE } from '../builders/names';
import { isReady } from '../builders/pod';
import { daemonSet, managedLabels, virtTemplate } from '../builders/workload';
import { timestamp } from '../clock';
import type { Cluster } from '../cluster';
import type { Node, Pod, PodSpec, PodTemplate } from '../objects';
import { leads } from './leases';
import { answerProbe } from './probes';

const HANDLER = 'virt-handler';
const HEARTBEAT = 'kubevirt.io/heartbeat';
const SCHEDULABLE = 'kubevirt.io/schedulable';

/** Where HyperConverged wants virt-handler and VMs; the same shape stands in KubeVirt (kubevirt.io/api core/v1 NodePlacement). */
type Placement = Pick<PodSpec, 'nodeSelector' | 'tolerations' | 'affinity'>;

interface Placed {
  workloads?: { nodePlacement?: Placement };
  [field: string]: unknown;
}

const handlers = (cluster: Cluster): readonly Pod[] => cluster.list('Pod', INSTALL_NAMESPACE).filter(({ metadata }) => metadata.labels?.['kubevirt.io'] === HANDLER);
const leader = (cluster: Cluster, component: 'virt-operator' | 'virt-controller'): boolean =>
  cluster.list('Pod', INSTALL_NAMESPACE).some((pod) => pod.metadata.labels?.['kubevirt.io'] === component && leads(cluster, component, pod));

/** What virt-operator, HCO, virt-controller and virt-handler itself do about virt-handler: its DaemonSet, its probe, its heartbeat. */
export function tendHandlers(cluster: Cluster): void {
  keepDaemonSet(cluster);
  for (const pod of handlers(cluster)) answerProbe(cluster, pod, HANDLER);
  for (const node of cluster.list('Node')) if (node.metadata.annotations?.[HEARTBEAT] !== undefined) keepHeartbeat(cluster, node);
}

/** HCO carries the placement into KubeVirt, and a virt-operator that leads into the DaemonSet, which it makes anew if it is gone. */
function keepDaemonSet(cluster: Cluster): void {
  const [kubevirt] = cluster.list('KubeVirt', INSTALL_NAMESPACE);
  if (!kubevirt) return;
  const hco = cluster.list('HyperConverged', INSTALL_NAMESPACE)[0]?.['spec'] as Placed | undefined;
  const { workloads: _before, ...rest } = kubevirt['spec'] as Placed;
  const wanted = hco?.workloads?.nodePlacement;
  cluster.assign('KubeVirt', INSTALL_NAMESPACE, kubevirt.metadata.name, { spec: { ...rest, ...(wanted ? { workloads: { nodePlacement: wanted } } : {}) } });
  if (!leader(cluster, 'virt-operator')) return;
  const set = cluster.get('DaemonSet', INSTALL_NAMESPACE, HANDLER);
  const template = placed(set?.spec.template ?? virtTemplate(HANDLER), wanted);
  if (set) cluster.assign('DaemonSet', INSTALL_NAMESPACE, HANDLER, { spec: { ...set.spec, template } });
  else cluster.create(daemonSet({ namespace: INSTALL_NAMESPACE, name: HANDLER, labels: managedLabels(HANDLER), template, matchLabels: { 'kubevirt.io': HANDLER } }));
}

/** KubeVirt v1.8.4 pkg/virt-operator/resource/placement/placement.go. */
function placed(template: PodTemplate, placement: Placement = {}): PodTemplate {
  const { affinity: _before, ...spec } = template.spec;
  const base = virtTemplate(HANDLER).spec;
  return {
    ...template,
    spec: {
      ...spec, nodeSelector: { ...placement.nodeSelector, ...base.nodeSelector }, tolerations: [...(base.tolerations ?? []), ...(placement.tolerations ?? [])],
      ...(placement.affinity ? { affinity: placement.affinity } : {}),
    },
  };
}

/** virt-controller gives up on a node whose virt-handler has not written for so long, seconds (pkg/virt-controller/watch/node). */
const HEARTBEAT_TIMEOUT = 300;
/** virt-handler writes every minute or two. */
const HEARTBEAT_EVERY = 90;

function keepHeartbeat(cluster: Cluster, node: Node): void {
  const works = handlers(cluster).some((pod) => pod.spec.nodeName === node.metadata.name && isReady(pod));
  const age = (cluster.now().getTime() - new Date(node.metadata.annotations?.[HEARTBEAT] ?? 0).getTime()) / 1000;
  const is = node.metadata.labels?.[SCHEDULABLE];
  if (works && (age >= HEARTBEAT_EVERY || is === 'false')) mark(cluster, node, 'true', timestamp(cluster.now()));
  if (works || age <= HEARTBEAT_TIMEOUT || is !== 'true' || !leader(cluster, 'virt-controller')) return;
  mark(cluster, node, 'false');
  say(cluster, node, { type: 'Normal', reason: 'NodeUnresponsive', message: 'virt-handler is not responsive, marking node as unresponsive', component: 'node-controller' });
}

function mark(cluster: Cluster, { metadata: { name } }: Node, schedulable: 'true' | 'false', heartbeat?: string): void {
  cluster.update('Node', undefined, name, ({ metadata }) => {
    if (metadata.labels?.[SCHEDULABLE] !== undefined) metadata.labels = { ...metadata.labels, [SCHEDULABLE]: schedulable };
    if (heartbeat !== undefined) metadata.annotations = { ...metadata.annotations, [HEARTBEAT]: heartbeat };
  });
}
