import { noteManager } from './api/managedFields';
import { INSTALL_NAMESPACE, KUBEVIRT_NAME } from './builders/names';
import { plain, webhook, webhooks } from './builders/platform';
import { say } from './builders/event';
import { timestamp } from './clock';
import type { Cluster } from './cluster';
import { settle } from './controllers';
import { evict } from './controllers/kubelet';
import { terminate } from './controllers/termination';
import { pullSecret } from './healthy/openshift';
import { kindInfo, KINDS } from './kinds';
import type { Condition, Deployment, Node, Pod, Toleration } from './objects';
import { copyOf } from './structure';

/** Small things that go wrong. Each alters objects as whoever did it would have; the controllers make the rest of it. */

const NAMESPACE = INSTALL_NAMESPACE;

/** Changes a Deployment's spec in somebody's name, with the trace that leaves in managedFields. */
export function editDeployment(cluster: Cluster, name: string, options: { manager: string; subresource?: 'scale'; namespace?: string }, change: (spec: Deployment['spec']) => void): void {
  const { manager, subresource, namespace = NAMESPACE } = options;
  const before = cluster.need('Deployment', namespace, name);
  const after: Deployment = copyOf(before);
  change(after.spec);
  noteManager(before, after, { manager, time: timestamp(cluster.now()), subresource });
  cluster.replace(after);
}

/** Somebody scales a Deployment, as `kubectl scale` does: nothing records who set it to 0. */
export function scaleDeployment(cluster: Cluster, name: string, replicas: number, options: { manager?: string; namespace?: string } = {}): void {
  const { manager = 'kubectl', ...rest } = options;
  editDeployment(cluster, name, { manager, subresource: 'scale', ...rest }, (spec) => {
    spec.replicas = replicas;
  });
}

/** The pods of a component. */
export function podsOf(cluster: Cluster, component: string): readonly Pod[] {
  return cluster.list('Pod', NAMESPACE).filter((pod) => pod.metadata.labels?.['kubevirt.io'] === component);
}

/** Somebody deletes the pods of a component, as a drain would; `force` leaves nothing for a kubelet to do. */
export function deletePods(cluster: Cluster, component: string, options: { force?: boolean } = {}): void {
  for (const pod of podsOf(cluster, component)) {
    if (options.force) cluster.remove('Pod', NAMESPACE, pod.metadata.name);
    else terminate(cluster, pod);
  }
}

/** The control-plane nodes. */
export function controlPlaneNodes(cluster: Cluster): readonly Node[] {
  return cluster.list('Node').filter((node) => node.metadata.labels?.['node-role.kubernetes.io/control-plane'] !== undefined);
}

/** Somebody cordons nodes. */
export function cordon(cluster: Cluster, nodes: readonly Node[]): void {
  for (const { metadata } of nodes) {
    cluster.update('Node', undefined, metadata.name, (draft) => {
      draft.spec.unschedulable = true;
    });
  }
}

/** Somebody taints nodes; NoExecute drives pods off as well. */
export function taint(cluster: Cluster, nodes: readonly Node[], { key, value = '', effect }: { key: string; value?: string; effect: 'NoSchedule' | 'NoExecute' }): void {
  for (const { metadata } of nodes) {
    cluster.update('Node', undefined, metadata.name, (draft) => {
      draft.spec.taints = [...(draft.spec.taints ?? []), { key, value, effect, timeAdded: timestamp(cluster.now()) }];
    });
  }
}

/** Nodes get a label, or with undefined lose it. */
export function label(cluster: Cluster, nodes: readonly Node[], key: string, value: string | undefined): void {
  for (const { metadata } of nodes) {
    cluster.update('Node', undefined, metadata.name, (draft) => {
      const { [key]: _gone, ...others } = draft.metadata.labels ?? {};
      draft.metadata.labels = value === undefined ? others : { ...others, [key]: value };
    });
  }
}

/** Nodes report a condition; the world derives the taints and what becomes of the pods. */
export function reportCondition(cluster: Cluster, nodes: readonly Node[], condition: Pick<Condition, 'type' | 'status' | 'reason' | 'message'>): void {
  const at = timestamp(cluster.now());
  for (const { metadata } of nodes) {
    cluster.update('Node', undefined, metadata.name, (draft) => {
      draft.status.conditions = draft.status.conditions.map((each) => (each.type === condition.type ? { ...each, ...condition, lastTransitionTime: at } : each));
    });
  }
}

/** The kubelets of nodes stop: the node controller finds out 50 seconds later and no longer knows any of their conditions. */
export function stopKubelets(cluster: Cluster, nodes: readonly Node[]): void {
  for (const type of ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'Ready']) reportCondition(cluster, nodes, { type, status: 'Unknown', reason: 'NodeStatusUnknown', message: 'Kubelet stopped posting node status.' });
  for (const node of nodes) say(cluster, node, { type: 'Normal', reason: 'NodeNotReady', message: `Node ${node.metadata.name} status is now: NodeNotReady`, component: 'node-controller' });
}

/** The disk of nodes fills up and their kubelets evict the pods of a component. */
export function fillDisks(cluster: Cluster, nodes: readonly Node[], component: string): void {
  reportCondition(cluster, nodes, { type: 'DiskPressure', status: 'True', reason: 'KubeletHasDiskPressure', message: 'kubelet has disk pressure' });
  const names = nodes.map((node) => node.metadata.name);
  for (const pod of podsOf(cluster, component).filter((each) => names.includes(each.spec.nodeName ?? ''))) {
    evict(cluster, pod, `The node was low on resource: ephemeral-storage. Threshold quantity: 75161927680, available: 61203412Ki. Container ${component} was using 36Ki, request is 0, has larger consumption of ephemeral-storage. `);
  }
}

/** Pods nobody may push aside take all of a resource on nodes. */
export function fillNodes(cluster: Cluster, nodes: readonly Node[], resource: 'cpu' | 'memory', amount: string): void {
  for (const { metadata } of nodes) {
    cluster.create<Pod>({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `etcd-defrag-${metadata.name}`, namespace: 'kube-system', labels: { app: 'etcd-defrag' } },
      spec: { containers: [{ name: 'defrag', image: 'quay.io/openshift-release-dev/ocp-v4.0-art-dev:tools', resources: { requests: { [resource]: amount } } }], nodeName: metadata.name, priorityClassName: 'system-node-critical', priority: 2_000_001_000, tolerations: [{ operator: 'Exists' }] },
      status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: timestamp(cluster.now()) }], podIP: '10.0.1.200', startTime: timestamp(cluster.now()) },
    });
  }
}

/** The pull secret of the cluster loses a registry, and the nodes have collected the images of a component. */
export function loseRegistry(cluster: Cluster, registry: string, image: string): void {
  cluster.replace({ ...cluster.need('Secret', 'openshift-config', 'pull-secret'), ...pullSecret(['quay.io', 'cloud.openshift.com'].filter((each) => each !== registry)) });
  for (const { metadata } of cluster.list('Node')) {
    cluster.update('Node', undefined, metadata.name, (draft) => {
      draft.status.images = draft.status.images?.filter((each) => !each.names.includes(image)) ?? [];
    });
  }
}

/** A quota comes into a namespace. */
export function limit(cluster: Cluster, name: string, hard: Record<string, string>): void {
  cluster.create(plain(kindInfo('ResourceQuota'), { name, namespace: NAMESPACE }, { spec: { hard }, status: { hard, used: {} } }));
}

/** An admission webhook on pods comes, whose backend does not run. */
export function breakAdmission(cluster: Cluster, name: string, backend: { namespace: string; name: string; path: string }): void {
  const rule = { apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], operations: ['CREATE', 'UPDATE'] };
  cluster.create(webhooks('ValidatingWebhookConfiguration', name, [webhook({ name, service: backend, rule })]));
}

/** A component's pods get another toleration through their Deployment, rolled out to the end. */
export function tolerate(cluster: Cluster, name: string, toleration: Toleration): void {
  editDeployment(cluster, name, { manager: 'olm' }, (spec) => {
    spec.template.spec.tolerations = [...(spec.template.spec.tolerations ?? []), toleration];
  });
  settle(cluster);
}

/** OpenShift Virtualization is uninstalled, with everything it brought but its alerting rules, which the world does not hold. */
export function uninstall(cluster: Cluster): void {
  for (const { kind, group, namespaced } of KINDS) {
    for (const { metadata, ...object } of cluster.list(kind)) {
      const ours = metadata.namespace === NAMESPACE || /(^|\.)kubevirt\.io$/.test(group) || isPartOfVirtualization(kind, metadata.name, metadata.labels ?? {});
      if (ours && (namespaced || kind !== 'Namespace')) cluster.remove(object.kind, metadata.namespace, metadata.name);
    }
  }
  for (const kind of ['Namespace', 'Project']) cluster.remove(kind, undefined, NAMESPACE);
}

function isPartOfVirtualization(kind: string, name: string, labels: Record<string, string>): boolean {
  if (kind === 'Pod') return labels['kubevirt.io'] === 'virt-launcher';
  if (['CustomResourceDefinition', 'APIService', 'ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration', 'PriorityClass', 'ClusterRole', 'ClusterRoleBinding'].includes(kind)) return /kubevirt|^virt-/.test(name);
  return false;
}

/** There are two KubeVirt objects, which nobody is meant to have. */
export function addSecondKubeVirt(cluster: Cluster, namespace: string): void {
  const first = cluster.need('KubeVirt', NAMESPACE, KUBEVIRT_NAME);
  cluster.create({ ...first, metadata: { name: 'kubevirt', namespace }, status: { phase: 'Deploying', conditions: [] } });
}
