import { ADMIN } from '../launch/users';
import { type ControlPlane } from '../plane/controlPlane';
import { NAMESPACE } from '../plane/kubevirt';
import { NODES } from '../plane/nodes';
import { merge, read, write } from '../plane/objects';
import { until } from '../plane/wait';
import { type Fault, OPERATOR, replaceOperatorPods, restartOperator, scaleOperator, stopOperator } from './fault';

const PRIORITY_CLASS = '/apis/scheduling.k8s.io/v1/priorityclasses';
const priorityClass = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'kubevirt-cluster-critical' }, value: 1_000_000_000, description: 'This priority class should be used for core kubevirt components only.' };

const QUOTAS = `/api/v1/namespaces/${NAMESPACE}/resourcequotas`;
const quota = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'no-more-pods' }, spec: { hard: { pods: '1' } } };

const WEBHOOKS = '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations';
/** Its service has no pods: whatever it is asked about is refused. */
const webhook = {
  apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingWebhookConfiguration', metadata: { name: 'image-policy' },
  webhooks: [{
    name: 'pods.image-policy.example.com', sideEffects: 'None', admissionReviewVersions: ['v1'], failurePolicy: 'Fail', timeoutSeconds: 5,
    clientConfig: { service: { namespace: 'image-policy', name: 'image-policy', path: '/validate', port: 443 } },
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': NAMESPACE } },
    rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'], scope: 'Namespaced' }],
  }],
};

/** Changes every node: virt-operator may run on any of them. */
async function onEveryNode({ server }: ControlPlane, spec: object): Promise<void> {
  for (const { name } of NODES) await merge(server.as(ADMIN.name), `/api/v1/nodes/${name}`, { spec });
}

/** Lets virt-operator look for a node anew, and find none. */
const withoutNodes = (spec: object) => async (plane: ControlPlane): Promise<void> => {
  await stopOperator(plane);
  await onEveryNode(plane, spec);
  await scaleOperator(plane, 2);
};

/** What keeps virt-operator from running at all. */
export const OPERATOR_FAULTS: readonly Fault[] = [
  {
    id: 'operator-scaled-to-zero', title: 'The Deployment of virt-operator stands at 0', alert: 'VirtOperatorDown', cause: 'scaled-to-zero',
    begin: stopOperator,
    end: (plane) => scaleOperator(plane, 2),
  },
  {
    id: 'operator-selector', title: 'virt-operator asks for a node label that no node has', alert: 'VirtOperatorDown', cause: 'unschedulable-selector',
    begin: async (plane) => {
      await stopOperator(plane);
      await merge(plane.server.as(ADMIN.name), OPERATOR, { spec: { replicas: 2, template: { spec: { nodeSelector: { 'example.com/rack': 'gone' } } } } });
    },
    end: ({ server }) => merge(server.as(ADMIN.name), OPERATOR, { spec: { template: { spec: { nodeSelector: { 'example.com/rack': null } } } } }),
  },
  {
    id: 'operator-image', title: 'virt-operator asks for an image that no registry has (the pull is simulated)', alert: 'VirtOperatorDown', cause: 'image-pull',
    begin: async (plane) => {
      await stopOperator(plane);
      await plane.kubectl('-n', NAMESPACE, 'set', 'image', 'deployment/virt-operator', 'virt-operator=quay.io/kubevirt/virt-operator:v9.9.9');
      await scaleOperator(plane, 2);
    },
    end: async (plane) => void (await plane.kubectl('-n', NAMESPACE, 'set', 'image', 'deployment/virt-operator', 'virt-operator=quay.io/kubevirt/virt-operator:v1.8.4')),
  },
  {
    id: 'operator-priority-class', title: 'The priority class is deleted before virt-operator is replaced', alert: 'VirtOperatorDown', cause: 'creation-rejected-priority-class',
    begin: async (plane) => {
      await stopOperator(plane);
      await write(plane.server.as(ADMIN.name), 'DELETE', `${PRIORITY_CLASS}/${priorityClass.metadata.name}`);
      await scaleOperator(plane, 2);
    },
    end: async (plane) => {
      await write(plane.server.as(ADMIN.name), 'POST', PRIORITY_CLASS, priorityClass);
      await restartOperator(plane);
    },
  },
  {
    id: 'operator-quota', title: 'A quota leaves no room for pods in the namespace of KubeVirt', alert: 'VirtOperatorDown', cause: 'creation-rejected-quota',
    begin: async (plane) => {
      await write(plane.server.as(ADMIN.name), 'POST', QUOTAS, quota);
      // A quota refuses once its use was counted.
      await until('the quota is counted', 60, async () => {
        const { used } = ((await read(plane.server.as(ADMIN.name), `${QUOTAS}/${quota.metadata.name}`))?.['status'] ?? {}) as { used?: { pods?: string } };
        return used?.pods === undefined ? undefined : true;
      });
      await replaceOperatorPods(plane);
    },
    end: async (plane) => {
      await write(plane.server.as(ADMIN.name), 'DELETE', `${QUOTAS}/${quota.metadata.name}`);
      await restartOperator(plane);
    },
  },
  {
    id: 'operator-webhook', title: 'A webhook on pods has a service without pods', alert: 'VirtOperatorDown', cause: 'creation-rejected-webhook',
    begin: async (plane) => {
      await write(plane.server.as(ADMIN.name), 'POST', WEBHOOKS, webhook);
      await stopOperator(plane);
      await scaleOperator(plane, 2);
    },
    end: async (plane) => {
      await write(plane.server.as(ADMIN.name), 'DELETE', `${WEBHOOKS}/${webhook.metadata.name}`);
      await restartOperator(plane);
    },
  },
  {
    id: 'operator-cordon', title: 'Every node is cordoned before virt-operator is replaced', alert: 'VirtOperatorDown', cause: 'unschedulable-cordon',
    begin: withoutNodes({ unschedulable: true }),
    end: (plane) => onEveryNode(plane, { unschedulable: null }),
  },
  {
    id: 'operator-taint', title: 'Every node carries a taint that virt-operator does not tolerate', alert: 'VirtOperatorDown', cause: 'unschedulable-taint',
    begin: withoutNodes({ taints: [{ key: 'example.com/maintenance', effect: 'NoSchedule' }] }),
    end: (plane) => onEveryNode(plane, { taints: null }),
  },
];
