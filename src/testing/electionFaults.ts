import { INSTALL_NAMESPACE } from './builders/names';
import { plain, webhook, webhooks } from './builders/platform';
import type { Cluster } from './cluster';
import { settle } from './controllers';
import { editDeployment, podsOf } from './faults';
import { kindInfo } from './kinds';
import type { Lease, PolicyRule, Role } from './objects';

/** What keeps a component from electing a leader. Each alters objects as whoever did it would have. */

/** Somebody takes the right on a resource out of the roles of one kind that are meant. */
export function takeRight(cluster: Cluster, { kind, resource, from }: { kind: 'Role' | 'ClusterRole'; resource: string; from: (role: Role) => boolean }): void {
  for (const role of cluster.list(kind)) {
    if (!from(role) || !role.rules.some((rule: PolicyRule) => rule.resources.includes(resource))) continue;
    cluster.update(kind, role.metadata.namespace, role.metadata.name, (draft) => {
      draft.rules = draft.rules.map((rule: PolicyRule) => ({ ...rule, resources: rule.resources.filter((each) => each !== resource) })).filter(({ resources }) => resources.length > 0);
    });
  }
}

/** Somebody writes into the lease of a component by hand. */
function writeLease(cluster: Cluster, component: string, spec: Lease['spec']): void {
  cluster.update('Lease', INSTALL_NAMESPACE, component, (draft) => {
    draft.spec = { ...draft.spec, ...spec };
  });
}

/** The lease of a component comes back from a backup: valid for 68 years, held by a pod that is gone. */
export function restoreLease(cluster: Cluster, component: string): void {
  const [one] = podsOf(cluster, component);
  writeLease(cluster, component, { holderIdentity: `${one?.metadata.generateName ?? `${component}-`}x9k2q`, leaseDurationSeconds: 2_147_483_647 });
}

/** A policy engine asks to see leases, and its pods do not run. */
export function guardLeases(cluster: Cluster): void {
  const name = 'policy.guard.example.com';
  const rule = { apiGroups: ['coordination.k8s.io'], apiVersions: ['v1'], resources: ['leases'], operations: ['CREATE', 'UPDATE'] };
  const guard = webhook({ name, service: { namespace: 'policy-guard', name: 'policy-guard', path: '/validate' }, rule });
  cluster.create(webhooks('ValidatingWebhookConfiguration', 'policy-guard', [
    { ...guard, namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': INSTALL_NAMESPACE } }, objectSelector: {} },
  ]));
}

/** Somebody forbids a component to call anybody. */
export function cutOff(cluster: Cluster, component: string): void {
  cluster.create(plain(kindInfo('NetworkPolicy'), { name: 'deny-egress', namespace: INSTALL_NAMESPACE }, {
    spec: { podSelector: { matchLabels: { 'kubevirt.io': component } }, policyTypes: ['Egress'], egress: [] },
  }));
}

/** Somebody limits the CPU of a component to next to nothing. */
export function starve(cluster: Cluster, component: string, manager: string): void {
  editDeployment(cluster, component, { manager }, (spec) => {
    // The API server takes no limit below what is requested.
    for (const container of spec.template.spec.containers) container.resources = { requests: { ...container.resources?.requests, cpu: '1m' }, limits: { cpu: '1m' } };
  });
  settle(cluster);
}

/** The leader is no longer selected by the service that is scraped, and goes on leading. */
export function hideLeader(cluster: Cluster, component: string): void {
  const holder = cluster.need('Lease', INSTALL_NAMESPACE, component).spec.holderIdentity ?? '';
  cluster.update('Pod', INSTALL_NAMESPACE, holder, (draft) => {
    const { 'prometheus.kubevirt.io': _gone, ...others } = draft.metadata.labels ?? {};
    draft.metadata.labels = others;
  });
}
