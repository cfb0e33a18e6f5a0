import { imageOf, INSTALL_NAMESPACE } from './builders/names';
import type { Cluster } from './cluster';
import { settle } from './controllers';
import { breakAdmission, controlPlaneNodes, cordon, deletePods, editDeployment, fillDisks, fillNodes, label, limit, loseRegistry, podsOf, stopKubelets, taint, tolerate } from './faults';
import type { PodTemplate } from './objects';

/** What takes a component of the control plane down, or a part of it. Each alters objects as whoever did it would have; any component can be meant. */

/** A Deployment of KubeVirt's control plane. */
export type Component = 'virt-operator' | 'virt-api' | 'virt-controller';

/** Who writes the Deployment of a component. */
const ownerOf = (component: Component): string => (component === 'virt-operator' ? 'olm' : 'virt-operator');

/** A drain: the pods go, and whatever stands in their way keeps the next ones from running. `all` or the first of them. */
const drain = (cluster: Cluster, component: Component, which: 'all' | 'one' = 'all', options: { force?: boolean } = {}): void => {
  if (which === 'all') return deletePods(cluster, component, options);
  const [first] = podsOf(cluster, component);
  if (first) cluster.remove('Pod', INSTALL_NAMESPACE, first.metadata.name);
};

/** Somebody writes 0 into the Deployments, as `kubectl edit` does: that is recorded, a `kubectl scale` to 0 is not. */
export function editToZero(cluster: Cluster, ...components: readonly Component[]): void {
  for (const component of components) editDeployment(cluster, component, { manager: 'kubectl-edit' }, (spec) => {
    spec.replicas = 0;
  });
}

/** virt-operator stands at 0, and somebody deletes the Deployment of a component that it would make again. */
export function deleteDeployment(cluster: Cluster, component: Component): void {
  editToZero(cluster, 'virt-operator');
  settle(cluster);
  cluster.remove('Deployment', INSTALL_NAMESPACE, component);
}

/** New pods are refused: their priority class is gone. */
export function losePriorityClass(cluster: Cluster, component: Component): void {
  cluster.remove('PriorityClass', undefined, 'kubevirt-cluster-critical');
  drain(cluster, component);
}

/** New pods are refused: a quota leaves no room. */
export function fillQuota(cluster: Cluster, component: Component): void {
  drain(cluster, component, 'all', { force: true });
  limit(cluster, 'compute', { pods: String(cluster.list('Pod', INSTALL_NAMESPACE).length), 'requests.memory': '3Gi' });
}

/** New pods are refused: an admission webhook does not answer. */
export function breakPodAdmission(cluster: Cluster, component: Component): void {
  breakAdmission(cluster, 'image-policy.example.com', { namespace: 'image-policy', name: 'image-policy-webhook', path: '/validate-pods' });
  drain(cluster, component);
}

/** The image cannot be pulled: the pull secret lost its registry. */
export function loseImage(cluster: Cluster, component: Component, which: 'all' | 'one' = 'all'): void {
  loseRegistry(cluster, 'registry.redhat.io', imageOf(component));
  drain(cluster, component, which);
}

/** The control plane has no CPU left: less than the 5m that the smallest component asks for remain of 7500m. */
export function takeAllCpu(cluster: Cluster, component: Component, which: 'all' | 'one' = 'all'): void {
  drain(cluster, component, which, { force: true });
  fillNodes(cluster, controlPlaneNodes(cluster), 'cpu', '7497m');
}

/** Somebody reserves the control plane with a taint. */
export function reserveNodes(cluster: Cluster, component: Component, which: 'all' | 'one' = 'all'): void {
  taint(cluster, controlPlaneNodes(cluster), { key: 'maintenance.example.com/storage', value: 'planned', effect: 'NoSchedule' });
  drain(cluster, component, which);
}

/** The control-plane nodes lose their role labels. */
export function loseRoles(cluster: Cluster, component: Component): void {
  const nodes = controlPlaneNodes(cluster);
  for (const role of ['control-plane', 'master']) label(cluster, nodes, `node-role.kubernetes.io/${role}`, undefined);
  drain(cluster, component);
}

/** The whole control plane is cordoned. */
export function cordonAll(cluster: Cluster, component: Component): void {
  cordon(cluster, controlPlaneNodes(cluster));
  drain(cluster, component);
}

/** The pods are evicted again and again: they tolerate the one node whose disk is full. */
export function evictForever(cluster: Cluster, component: Component): void {
  tolerate(cluster, component, { key: 'node.kubernetes.io/disk-pressure', operator: 'Exists', effect: 'NoSchedule' });
  const [full, ...others] = controlPlaneNodes(cluster);
  cordon(cluster, others);
  drain(cluster, component);
  settle(cluster);
  if (full) fillDisks(cluster, [full], component);
}

/** The kubelets of the control plane stop, and somebody force-deletes the pods that are stuck there. */
export function loseNodes(cluster: Cluster, component: Component): void {
  stopKubelets(cluster, controlPlaneNodes(cluster));
  settle(cluster);
  drain(cluster, component, 'all', { force: true });
}

const rollOut = (cluster: Cluster, component: Component, which: 'all' | 'one', change: (template: PodTemplate) => void): void => {
  const manager = ownerOf(component);
  // A rollout keeps what is ready until its successor is; only a Deployment that stood at 0 starts with nothing but the new template.
  if (which === 'all') {
    editDeployment(cluster, component, { manager }, (spec) => {
      spec.replicas = 0;
    });
    settle(cluster);
  }
  editDeployment(cluster, component, { manager }, (spec) => {
    spec.replicas = 2;
    change(spec.template);
  });
  settle(cluster);
};

/** A patch of somebody's gives the program a flag that it does not know: it ends at once, with exit code 2. `one`: the rollout stops at the first pod. */
export function addUnknownFlag(cluster: Cluster, component: Component, which: 'all' | 'one' = 'all'): void {
  rollOut(cluster, component, which, ({ spec }) => {
    for (const container of spec.containers) container['args'] = [...(container['args'] ?? []) as string[], '--kube-api-qps=200'];
  });
}

/** A patch of somebody's gives the container a memory limit that it cannot live in. */
export function limitMemory(cluster: Cluster, component: Component, which: 'all' | 'one' = 'all'): void {
  rollOut(cluster, component, which, ({ spec }) => {
    for (const container of spec.containers) container.resources = { requests: { ...container.resources?.requests, memory: '64Mi' }, limits: { memory: '64Mi' } };
  });
}

/** The service that is scraped no longer selects one pod, the last of them; it works all the same. */
export function hideOnePod(cluster: Cluster, component: Component, holder: string): void {
  const pod = podsOf(cluster, component).find(({ metadata }) => metadata.name !== holder);
  if (!pod) return;
  cluster.update('Pod', INSTALL_NAMESPACE, pod.metadata.name, (draft) => {
    const { 'prometheus.kubevirt.io': _gone, ...labels } = draft.metadata.labels ?? {};
    draft.metadata.labels = labels;
  });
}
