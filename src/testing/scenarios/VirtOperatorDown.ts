import { INSTALL_NAMESPACE } from '../builders/names';
import { plain } from '../builders/platform';
import { settle } from '../controllers';
import {
  breakPodAdmission, cordonAll, editToZero, evictForever, loseImage, loseNodes, losePriorityClass, loseRoles, reserveNodes, takeAllCpu, fillQuota,
} from '../deploymentFaults';
import { scaleDeployment } from '../faults';
import { kindInfo } from '../kinds';
import { scenario } from './define';
import type { Scenario, ScenarioSpec } from './scenario';

const OPERATOR = 'virt-operator';
const down = (spec: ScenarioSpec): Scenario => scenario({ alert: 'VirtOperatorDown', ...spec });

/** Every way in which no virt-operator pod is in phase Running, and the one in which the rule is wrong about it. */
export const virtOperatorDown: readonly Scenario[] = [
  down({
    id: 'operator-scaled-to-zero',
    title: 'Somebody scaled virt-operator to zero',
    cause: 'scaled-to-zero',
    apply: (cluster) => editToZero(cluster, OPERATOR),
  }),
  down({
    id: 'operator-scaled-to-zero-main',
    title: 'Somebody scaled virt-operator to zero; the alerting rules are those of KubeVirt main',
    cause: 'scaled-to-zero',
    rules: 'kubevirt-main',
    apply: (cluster) => editToZero(cluster, OPERATOR),
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
    apply: (cluster) => losePriorityClass(cluster, OPERATOR),
  }),
  down({
    id: 'operator-rejected-quota',
    title: 'New virt-operator pods are rejected: a quota in openshift-cnv is used up',
    cause: 'creation-rejected-quota',
    apply: (cluster) => fillQuota(cluster, OPERATOR),
  }),
  down({
    id: 'operator-rejected-webhook',
    title: 'New virt-operator pods are rejected: an admission webhook on pods does not answer',
    cause: 'creation-rejected-webhook',
    apply: (cluster) => breakPodAdmission(cluster, OPERATOR),
  }),
  down({
    id: 'operator-image-pull',
    title: 'The image of virt-operator cannot be pulled: the pull secret lost its registry',
    cause: 'image-pull',
    apply: (cluster) => loseImage(cluster, OPERATOR),
  }),
  down({
    id: 'operator-unschedulable-cpu',
    title: 'virt-operator finds no node: the control plane has no CPU left',
    cause: 'unschedulable-room',
    apply: (cluster) => takeAllCpu(cluster, OPERATOR),
  }),
  down({
    id: 'operator-unschedulable-taint',
    title: 'virt-operator finds no node: somebody reserved the control plane with a taint',
    cause: 'unschedulable-taint',
    apply: (cluster) => reserveNodes(cluster, OPERATOR),
  }),
  down({
    id: 'operator-unschedulable-selector',
    title: 'virt-operator finds no node: the control-plane nodes lost their role labels',
    cause: 'unschedulable-selector',
    apply: (cluster) => loseRoles(cluster, OPERATOR),
  }),
  down({
    id: 'operator-unschedulable-cordon',
    title: 'virt-operator finds no node: the whole control plane is cordoned',
    cause: 'unschedulable-cordon',
    apply: (cluster) => cordonAll(cluster, OPERATOR),
  }),
  down({
    id: 'operator-pods-failed',
    title: 'virt-operator is evicted again and again: it tolerates the one node whose disk is full',
    cause: 'pods-failed',
    apply: (cluster) => evictForever(cluster, OPERATOR),
  }),
  down({
    id: 'operator-nodes-not-ready',
    title: 'The kubelets of the control plane stopped, and the pods stuck on those nodes were force-deleted',
    cause: 'nodes-not-ready',
    apply: (cluster) => loseNodes(cluster, OPERATOR),
  }),
  down({
    id: 'operator-series-missing',
    title: 'False alarm: kube-state-metrics is scaled to zero, virt-operator runs',
    cause: 'series-missing',
    apply: (cluster) => scaleDeployment(cluster, 'kube-state-metrics', 0, { namespace: 'openshift-monitoring' }),
  }),
];
