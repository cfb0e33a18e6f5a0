import { INSTALL_NAMESPACE } from '../builders/names';
import { serviceAccount, webhook, webhooks } from '../builders/platform';
import { timestamp } from '../clock';
import type { Cluster } from '../cluster';
import { podsOf } from '../faults';
import type { Condition, PolicyRule } from '../objects';
import type { RestFault } from '../restCalls';
import { scenario } from './define';
import type { Scenario, ScenarioSpec } from './scenario';

type Component = 'Api' | 'Controller' | 'Handler' | 'Operator';

const failing = (component: Component, spec: ScenarioSpec): Scenario => scenario({ alert: `Virt${component}RESTErrorsBurst`, ...spec });

/** Something goes wrong with calls that no object tells of. */
const befall = (...faults: readonly RestFault[]) => (cluster: Cluster): void => {
  cluster.calls.faults.push(...faults);
};

/** The role that OLM gave virt-operator in its own namespace loses a resource. */
export function takeOwnRight(cluster: Cluster, resource: string): void {
  for (const { metadata, rules } of cluster.list('Role', INSTALL_NAMESPACE)) {
    if (metadata.labels?.['olm.owner'] === undefined || !rules.some((rule: PolicyRule) => rule.resources.includes(resource))) continue;
    cluster.update('Role', INSTALL_NAMESPACE, metadata.name, (draft) => {
      draft.rules = draft.rules.filter((rule: PolicyRule) => !rule.resources.includes(resource));
    });
  }
}

/** Somebody deletes an account and makes it again: its name is the old one, its tokens are not. */
export function remakeAccount(cluster: Cluster, name: string): void {
  cluster.remove('ServiceAccount', INSTALL_NAMESPACE, name);
  cluster.create(serviceAccount(INSTALL_NAMESPACE, name));
}

/** A policy engine asks to see changes of VM instances, and its pods do not run; meanwhile the VMs go on changing. */
export function guardInstances(cluster: Cluster): void {
  const rule = { apiGroups: ['kubevirt.io'], apiVersions: ['v1'], resources: ['virtualmachineinstances'], operations: ['UPDATE'] };
  cluster.create(webhooks('ValidatingWebhookConfiguration', 'policy-guard', [
    webhook({ name: 'policy.guard.example.com', service: { namespace: 'policy-guard', name: 'policy-guard', path: '/validate' }, rule }),
  ]));
  cluster.calls.faults.push({ component: 'virt-handler', verb: 'UPDATE', resource: 'virtualmachineinstances', perSecond: 1 });
}

/** etcd is slow, and its operator says so. */
export function slowEtcd(cluster: Cluster, component: string): void {
  cluster.calls.faults.push({ component, code: '500', words: 'Internal error occurred: etcdserver: request timed out', times: 20 });
  cluster.update('ClusterOperator', undefined, 'etcd', (draft) => {
    const status = draft['status'] as { conditions: Condition[] };
    status.conditions = status.conditions.map((one) => (one.type === 'Degraded'
      ? { ...one, status: 'True', reason: 'EtcdMembers_UnhealthyMembers', message: 'EtcdMembersDegraded: 1 of 3 members are available, control-plane-1 is unhealthy, control-plane-2 is unhealthy', lastTransitionTime: timestamp(cluster.now()) } : one));
  });
}

/** The first pod of a component, by name, is no longer known to the API server: the clock of its node is wrong. */
export function forgetOne(cluster: Cluster, component: string): void {
  const pod = podsOf(cluster, component)[0]?.metadata.name ?? '';
  cluster.calls.faults.push({ component, pod, code: '401', words: 'Unauthorized', times: 200 });
}

/** What the API server says when somebody else was faster. */
const CHANGED = 'Operation cannot be fulfilled on virtualmachineinstances.kubevirt.io "shop-db-0": the object has been modified; please apply your changes to the latest version and try again';
const PUT_OFF = 'the server has received too many requests and has asked us to try again later';
const INVALID = 'VirtualMachineInstance.kubevirt.io "shop-db-0" is invalid: status.phaseTransitionTimestamps[0].phase: Unsupported value: "Draining"';
const GONE = 'virtualmachineinstance.kubevirt.io "shop-db-9" not found';

/** A client that asks for a VM that does not run: how often, each pod of virt-api. */
export const askForMissing = (perSecond: number) => befall({ component: 'virt-api', verb: 'GET', resource: 'virtualmachineinstances', code: '404', words: GONE, perSecond });
/** A second writer of VM instances. */
export const writeToo = befall({ component: 'virt-controller', verb: 'UPDATE', resource: 'virtualmachineinstances', code: '409', words: CHANGED, perSecond: 9 });
/** All virt-handlers share one flow, and it is full. client-go tries up to ten times. */
export const fillFlow = befall({ component: 'virt-handler', code: '429', words: PUT_OFF, times: 10 });
/** The definition of VM instances in the cluster is older than virt-handler. */
export const mismatch = befall({ component: 'virt-handler', verb: 'UPDATE', resource: 'virtualmachineinstances', code: '422', words: INVALID, perSecond: 1 });

/** What the API server can answer to most calls of a component, and why. */
export const restErrors: readonly Scenario[] = [
  failing('Operator', {
    id: 'rest-operator-forbidden',
    title: 'virt-operator lost its right to use leases, and leases are most of what a quiet virt-operator asks for',
    cause: 'right-missing',
    apply: (cluster) => takeOwnRight(cluster, 'leases'),
  }),
  failing('Operator', {
    id: 'rest-operator-unauthorized',
    title: 'The account of virt-operator was deleted and made again: the tokens of its pods are void',
    cause: 'not-logged-in',
    apply: (cluster) => remakeAccount(cluster, 'kubevirt-operator'),
  }),
  failing('Controller', { id: 'rest-controller-conflicts', title: 'A second program writes the same VM instances as virt-controller', cause: 'conflicting-writer', apply: writeToo }),
  failing('Api', {
    id: 'rest-api-server-failing',
    title: 'etcd is slow, and the API server answers virt-api with errors',
    cause: 'api-server-failing',
    apply: (cluster) => slowEtcd(cluster, 'virt-api'),
  }),
  failing('Api', { id: 'rest-api-asked-for-missing', title: 'False alarm: a script asks virt-api for VMs that do not run', cause: 'not-found', apply: askForMissing(2) }),
  failing('Api', { id: 'rest-api-few-calls', title: 'False alarm: in a quiet night a handful of harmless answers is most of what virt-api gets', cause: 'few-calls', apply: askForMissing(0.06) }),
  failing('Handler', { id: 'rest-handler-throttled', title: 'The API server turns the virt-handlers away to protect itself', cause: 'throttled', apply: fillFlow }),
  failing('Handler', { id: 'rest-handler-webhook-down', title: 'A policy webhook that does not answer stops what virt-handler writes', cause: 'webhook-down', apply: guardInstances }),
  failing('Handler', { id: 'rest-handler-one-pod', title: 'One virt-handler is no longer known to the API server and tries without end', cause: 'one-pod', apply: (cluster) => forgetOne(cluster, 'virt-handler') }),
  failing('Handler', { id: 'rest-handler-invalid', title: 'The definition of VM instances is older than virt-handler, which an upgrade left behind', cause: 'refused-as-invalid', apply: mismatch }),
];
