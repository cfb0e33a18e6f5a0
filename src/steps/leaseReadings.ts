import { type Late } from '../engine/late';
import { type EachSource, type ListSource, type ObjectSource, each } from '../engine/source';
import { kinds } from '../sources/kinds';
import { type ClusterEvent, type EndpointSlice, type KubeObject, type Role, type RoleBinding, type WebhookConfiguration } from '../sources/objects';

/** Something named: what a reading per element goes over. */
export interface Named {
  readonly name: string;
}

/** The bindings of a namespace: OpenShift Virtualization has about forty. */
export const roleBindings = (namespace: Late<string>): ListSource<RoleBinding> =>
  ({ kind: 'list', of: kinds.RoleBinding, in: namespace, part: 'full', atMost: 500 });

/** The bindings of the cluster: OpenShift has some hundreds, each below 1 kB. */
export const clusterRoleBindings = (): ListSource<RoleBinding> =>
  ({ kind: 'list', of: kinds.ClusterRoleBinding, in: 'the cluster', part: 'full', atMost: 3000 });

/** The roles that a step found bound; an account is seldom bound to more than ten. */
export const rolesNamed = (over: Parameters<typeof each<Named, ObjectSource<Role>>>[0], namespace: Late<string>): EachSource<Role> =>
  each<Named, ObjectSource<Role>>(over, { atMost: 40 }, ({ name }) => ({ kind: 'object', of: kinds.Role, in: namespace, name, part: 'full' }));

/** The cluster roles that a step found bound. */
export const clusterRolesNamed = (over: Parameters<typeof each<Named, ObjectSource<Role>>>[0]): EachSource<Role> =>
  each<Named, ObjectSource<Role>>(over, { atMost: 40 }, ({ name }) => ({ kind: 'object', of: kinds.ClusterRole, in: 'the cluster', name, part: 'full' }));

/** The webhooks that judge objects. A cluster has some dozens of configurations. */
export const validatingWebhooks = (): ListSource<WebhookConfiguration> =>
  ({ kind: 'list', of: kinds.ValidatingWebhookConfiguration, in: 'the cluster', part: 'full', atMost: 300 });

/** The webhooks that change objects. */
export const mutatingWebhooks = (): ListSource<WebhookConfiguration> =>
  ({ kind: 'list', of: kinds.MutatingWebhookConfiguration, in: 'the cluster', part: 'full', atMost: 300 });

/** A namespace's labels. */
export const namespaceLabels = (name: Late<string>): ObjectSource<KubeObject> =>
  ({ kind: 'object', of: kinds.Namespace, in: 'the cluster', name, part: 'metadata' });

/** A service by the labels of its endpoints. */
export interface Backend {
  readonly namespace: string;
  readonly service: string;
  /** `kubernetes.io/service-name=…` */
  readonly selector: string;
}

/** What stands behind services that a step found: one or two slices each. */
export const endpointsOf = (over: Parameters<typeof each<Backend, ListSource<EndpointSlice>>>[0]): EachSource<EndpointSlice> =>
  each<Backend, ListSource<EndpointSlice>>(over, { atMost: 20 }, ({ namespace, selector }) =>
    ({ kind: 'list', of: kinds.EndpointSlice, in: namespace, labels: selector, part: 'full', atMost: 20 }));

/** What candidates tell of elections in a namespace: client-go records one event per pod and says in it who became or stopped being leader. */
export const electionEvents = (namespace: Late<string>): ListSource<ClusterEvent> =>
  ({ kind: 'list', of: kinds.Event, in: namespace, fields: 'reason=LeaderElection', part: 'full', atMost: 200 });
