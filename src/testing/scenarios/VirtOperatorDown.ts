import { imageOf, INSTALL_NAMESPACE } from '../builders/names';
import { plain } from '../builders/platform';
import type { Cluster } from '../cluster';
import { settle } from '../controllers';
import { breakAdmission, controlPlaneNodes, cordon, deletePods, editDeployment, fillDisks, fillNodes, label, limit, loseRegistry, scaleDeployment, stopKubelets, taint, tolerate } from '../faults';
import { kindInfo } from '../kinds';
import { scenario } from './define';
import type { Scenario, ScenarioSpec } from './scenario';

const OPERATOR = 'virt-operator';
const down = (spec: ScenarioSpec): Scenario => scenario({ alert: 'VirtOperatorDown', ...spec });

/** A drain: the pods go, and whatever stands in their way keeps the next ones from running. */
const replace = (cluster: Cluster): void => deletePods(cluster, OPERATOR);

/** Somebody writes 0 into the Deployment itself, as `kubectl edit` does: that is recorded, a `kubectl scale` to 0 is not. */
const editToZero = (cluster: Cluster): void => editDeployment(cluster, OPERATOR, { manager: 'kubectl-edit' }, (spec) => {
  spec.replicas = 0;
});

/** Every way in which no virt-operator pod is in phase Running, and the one in which the rule is wrong about it. */
export const virtOperatorDown: readonly Scenario[] = [
  down({
    id: 'operator-scaled-to-zero',
    title: 'Somebody scaled virt-operator to zero',
    cause: 'scaled-to-zero',
    apply: editToZero,
  }),
  down({
    id: 'operator-scaled-to-zero-main',
    title: 'Somebody scaled virt-operator to zero; the alerting rules are those of KubeVirt main',
    cause: 'scaled-to-zero',
    rules: 'kubevirt-main',
    apply: editToZero,
  }),
  down({
    id: 'operator-deployment-absent',
    title: 'The Deployment of virt-operator is gone and OLM cannot bring it back: its namespace has two OperatorGroups',
    cause: 'deployment-absent',
    apply: (cluster) => {
      cluster.create(plain(kindInfo('OperatorGroup'), { name: 'openshift-cnv-second', namespace: INSTALL_NAMESPACE }, { spec: { upgradeStrategy: 'Default' }, status: { namespaces: [''] } }));
      settle(cluster);
      cluster.remove('Deployment', INSTALL_NAMESPACE, OPERATOR);
    },
  }),
  down({
    id: 'operator-rejected-priority-class',
    title: 'New virt-operator pods are rejected: their PriorityClass is missing',
    cause: 'creation-rejected-priority-class',
    apply: (cluster) => {
      cluster.remove('PriorityClass', undefined, 'kubevirt-cluster-critical');
      replace(cluster);
    },
  }),
  down({
    id: 'operator-rejected-quota',
    title: 'New virt-operator pods are rejected: a quota in openshift-cnv is used up',
    cause: 'creation-rejected-quota',
    apply: (cluster) => {
      deletePods(cluster, OPERATOR, { force: true });
      limit(cluster, 'compute', { pods: String(cluster.list('Pod', INSTALL_NAMESPACE).length), 'requests.memory': '3Gi' });
    },
  }),
  down({
    id: 'operator-rejected-webhook',
    title: 'New virt-operator pods are rejected: an admission webhook on pods does not answer',
    cause: 'creation-rejected-webhook',
    apply: (cluster) => {
      breakAdmission(cluster, 'image-policy.example.com', { namespace: 'image-policy', name: 'image-policy-webhook', path: '/validate-pods' });
      replace(cluster);
    },
  }),
  down({
    id: 'operator-image-pull',
    title: 'The image of virt-operator cannot be pulled: the pull secret lost its registry',
    cause: 'image-pull',
    apply: (cluster) => {
      loseRegistry(cluster, 'registry.redhat.io', imageOf(OPERATOR));
      replace(cluster);
    },
  }),
  down({
    id: 'operator-unschedulable-cpu',
    title: 'virt-operator finds no node: the control plane has no CPU left',
    cause: 'unschedulable-room',
    apply: (cluster) => {
      deletePods(cluster, OPERATOR, { force: true });
      // Two pods of ours need 10m each; what is left of 7500m after this and the other components is less.
      fillNodes(cluster, controlPlaneNodes(cluster), 'cpu', '7495m');
    },
  }),
  down({
    id: 'operator-unschedulable-taint',
    title: 'virt-operator finds no node: somebody reserved the control plane with a taint',
    cause: 'unschedulable-taint',
    apply: (cluster) => {
      taint(cluster, controlPlaneNodes(cluster), { key: 'maintenance.example.com/storage', value: 'planned', effect: 'NoSchedule' });
      replace(cluster);
    },
  }),
  down({
    id: 'operator-unschedulable-selector',
    title: 'virt-operator finds no node: the control-plane nodes lost their role labels',
    cause: 'unschedulable-selector',
    apply: (cluster) => {
      const nodes = controlPlaneNodes(cluster);
      for (const role of ['control-plane', 'master']) label(cluster, nodes, `node-role.kubernetes.io/${role}`, undefined);
      replace(cluster);
    },
  }),
  down({
    id: 'operator-unschedulable-cordon',
    title: 'virt-operator finds no node: the whole control plane is cordoned',
    cause: 'unschedulable-cordon',
    apply: (cluster) => {
      cordon(cluster, controlPlaneNodes(cluster));
      replace(cluster);
    },
  }),
  down({
    id: 'operator-pods-failed',
    title: 'virt-operator is evicted again and again: it tolerates the one node whose disk is full',
    cause: 'pods-failed',
    apply: (cluster) => {
      tolerate(cluster, OPERATOR, { key: 'node.kubernetes.io/disk-pressure', operator: 'Exists', effect: 'NoSchedule' });
      const [full, ...others] = controlPlaneNodes(cluster);
      cordon(cluster, others);
      replace(cluster);
      settle(cluster);
      if (full) fillDisks(cluster, [full], OPERATOR);
    },
  }),
  down({
    id: 'operator-nodes-not-ready',
    title: 'The kubelets of the control plane stopped, and the pods stuck on those nodes were force-deleted',
    cause: 'nodes-not-ready',
    apply: (cluster) => {
      stopKubelets(cluster, controlPlaneNodes(cluster));
      settle(cluster);
      deletePods(cluster, OPERATOR, { force: true });
    },
  }),
  down({
    id: 'operator-series-missing',
    title: 'False alarm: kube-state-metrics is scaled to zero, virt-operator runs',
    cause: 'series-missing',
    apply: (cluster) => scaleDeployment(cluster, 'kube-state-metrics', 0, { namespace: 'openshift-monitoring' }),
  }),
];
