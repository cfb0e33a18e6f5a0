import { ADMIN } from '../launch/users';
import { type ControlPlane } from '../plane/controlPlane';
import { NAMESPACE } from '../plane/kubevirt';
import { NODES } from '../plane/nodes';
import { type ApiObject, list, merge, read, write } from '../plane/objects';
import { until } from '../plane/wait';
import { type Table } from '../table';

/** Something that is broken in the real control plane, and put right again. */
export interface Fault {
  id: string;
  /** What is done. */
  title: string;
  /** The alert that it raises. */
  alert: 'VirtOperatorDown' | 'NoLeadingVirtOperator' | 'VirtLauncherPodsStuckFailed';
  /** The one cause that the runbook of the alert confirms. */
  cause: string;
  begin(plane: ControlPlane): Promise<void>;
  end(plane: ControlPlane): Promise<void>;
}

const OPERATOR = `/apis/apps/v1/namespaces/${NAMESPACE}/deployments/virt-operator`;
const PODS = `/api/v1/namespaces/${NAMESPACE}/pods`;
const OPERATOR_PODS = `${PODS}?labelSelector=kubevirt.io%3Dvirt-operator`;

const operatorPods = ({ server }: ControlPlane): Promise<readonly ApiObject[]> => list(server.as(ADMIN.name), OPERATOR_PODS);

/** Sets the replicas of virt-operator's Deployment. */
export const scaleOperator = ({ server }: ControlPlane, replicas: number): Promise<void> => merge(server.as(ADMIN.name), `${OPERATOR}/scale`, { spec: { replicas } });

/** Ends virt-operator by its Deployment, and waits until its processes are gone. */
async function stopOperator(plane: ControlPlane): Promise<void> {
  await scaleOperator(plane, 0);
  await until('virt-operator has ended', 120, async () => (await operatorPods(plane)).length === 0 || undefined);
}

/** Deletes the pods, so that the ReplicaSet must make new ones. */
async function replaceOperatorPods({ server, ...plane }: ControlPlane): Promise<void> {
  for (const { metadata } of await operatorPods({ server, ...plane })) await write(server.as(ADMIN.name), 'DELETE', `${PODS}/${metadata.name}`);
}

/** Refused once, the ReplicaSet tries again after longer and longer pauses; a new one tries at once. */
async function restartOperator(plane: ControlPlane): Promise<void> {
  await scaleOperator(plane, 0);
  await scaleOperator(plane, 2);
}

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

const ROLE = `/apis/rbac.authorization.k8s.io/v1/namespaces/${NAMESPACE}/roles/kubevirt-operator`;

interface Role extends ApiObject {
  rules: readonly { apiGroups?: readonly string[]; resources?: readonly string[]; verbs: readonly string[] }[];
}

/** What the Role said before its leases were taken away. */
let roleBefore: Role | undefined;

async function takeLeasesAway({ server }: ControlPlane): Promise<void> {
  const send = server.as(ADMIN.name);
  roleBefore = await read<Role>(send, ROLE);
  await merge(send, ROLE, { rules: (roleBefore?.rules ?? []).filter(({ resources = [] }) => !resources.includes('leases')) });
}

const TENANTS = ['web-shop', 'billing', 'analytics', 'build-farm', 'staging', 'training'] as const;
const LAUNCHERS = 300;
const WORKERS = NODES.filter(({ role }) => role === 'worker');

const launcher = (number: number): object => ({
  apiVersion: 'v1', kind: 'Pod',
  metadata: { name: `virt-launcher-vm-${number}-x${number}`, labels: { 'kubevirt.io': 'virt-launcher', 'vm.kubevirt.io/name': `vm-${number}` }, annotations: { 'kubevirt.io/domain': `vm-${number}` } },
  spec: { nodeName: WORKERS[number % WORKERS.length]?.name, restartPolicy: 'Never', containers: [{ name: 'compute', image: 'quay.io/kubevirt/virt-launcher:v1.8.4' }] },
});

const outOfMemory = (): object => {
  const at = new Date().toISOString().replace(/\.\d+/, '');
  return {
    phase: 'Failed',
    containerStatuses: [{
      name: 'compute', image: 'quay.io/kubevirt/virt-launcher:v1.8.4', imageID: '', ready: false, restartCount: 0,
      state: { terminated: { exitCode: 137, reason: 'OOMKilled', startedAt: at, finishedAt: at } },
    }],
  };
};

async function failLaunchers({ server }: ControlPlane): Promise<void> {
  const send = server.as(ADMIN.name);
  for (const name of TENANTS) await write(send, 'POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  // A namespace takes pods once it has its service account.
  for (const name of TENANTS) await until(`the account of ${name}`, 60, () => read(send, `/api/v1/namespaces/${name}/serviceaccounts/default`));
  await Promise.all(Array.from({ length: LAUNCHERS }, async (_, number) => {
    const pods = `/api/v1/namespaces/${TENANTS[number % TENANTS.length] ?? ''}/pods`;
    await write(send, 'POST', pods, launcher(number));
    await merge(send, `${pods}/virt-launcher-vm-${number}-x${number}/status`, { status: outOfMemory() });
  }));
}

/** Every fault, in the order in which they are tried. */
export const FAULTS: readonly Fault[] = [
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
    id: 'leader-lease-forbidden', title: 'The Role of virt-operator loses its leases', alert: 'NoLeadingVirtOperator', cause: 'lease-forbidden',
    begin: takeLeasesAway,
    end: ({ server }) => merge(server.as(ADMIN.name), ROLE, { rules: roleBefore?.rules ?? [] }),
  },
  {
    id: 'launchers-out-of-memory', title: `${LAUNCHERS} launcher pods in ${TENANTS.length} namespaces were killed for memory (simulated)`, alert: 'VirtLauncherPodsStuckFailed', cause: 'launchers-out-of-memory',
    begin: failLaunchers,
    end: async ({ server }) => {
      for (const name of TENANTS) await write(server.as(ADMIN.name), 'DELETE', `/api/v1/namespaces/${name}`);
    },
  },
];

/** The same as a table. */
export const FAULT_TABLE: Table = {
  title: 'Faults of the real KubeVirt',
  intro: 'Each is brought about in the running control plane. The alert of the rule that virt-operator wrote must fire, its runbook must confirm this cause and no other, and once the fault is undone the alert must go.',
  columns: ['Fault', 'Alert', 'Cause'],
  rows: FAULTS.map(({ title, alert, cause }) => [title, alert, cause]),
};
