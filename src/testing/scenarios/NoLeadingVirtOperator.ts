import { INSTALL_NAMESPACE } from '../builders/names';
import { plain, webhook, webhooks } from '../builders/platform';
import type { Cluster } from '../cluster';
import { settle } from '../controllers';
import { deletePods, editDeployment, podsOf, scaleDeployment } from '../faults';
import { kindInfo } from '../kinds';
import type { Lease, PolicyRule } from '../objects';
import { scenario } from './define';
import type { Scenario, ScenarioSpec } from './scenario';

const OPERATOR = 'virt-operator';
const leaderless = (spec: ScenarioSpec): Scenario => scenario({ alert: 'NoLeadingVirtOperator', ...spec });

/** The roles of virt-operator's account lose a right; their names are OLM's, so they are found by what they grant. */
function takeRight(cluster: Cluster, kind: 'Role' | 'ClusterRole', resource: string): void {
  for (const { metadata, rules } of cluster.list(kind)) {
    const isOperators = metadata.labels?.['olm.owner'] !== undefined;
    if (!isOperators || !rules.some((rule: PolicyRule) => rule.resources.includes(resource))) continue;
    cluster.update(kind, metadata.namespace, metadata.name, (draft) => {
      draft.rules = draft.rules.filter((rule: PolicyRule) => !rule.resources.includes(resource));
    });
  }
}

/** Somebody writes into the lease of virt-operator by hand. */
function writeLease(cluster: Cluster, spec: Lease['spec']): void {
  cluster.update('Lease', INSTALL_NAMESPACE, OPERATOR, (draft) => {
    draft.spec = { ...draft.spec, ...spec };
  });
}

/** A policy engine asks to see leases, and its pods do not run. */
function guardLeases(cluster: Cluster): void {
  const name = 'policy.guard.example.com';
  const rule = { apiGroups: ['coordination.k8s.io'], apiVersions: ['v1'], resources: ['leases'], operations: ['CREATE', 'UPDATE'] };
  const guard = webhook({ name, service: { namespace: 'policy-guard', name: 'policy-guard', path: '/validate' }, rule });
  cluster.create(webhooks('ValidatingWebhookConfiguration', 'policy-guard', [
    { ...guard, namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': INSTALL_NAMESPACE } }, objectSelector: {} },
  ]));
}

/** Somebody forbids virt-operator to call anybody. */
function cutOff(cluster: Cluster): void {
  cluster.create(plain(kindInfo('NetworkPolicy'), { name: 'deny-egress', namespace: INSTALL_NAMESPACE }, {
    spec: { podSelector: { matchLabels: { 'kubevirt.io': OPERATOR } }, policyTypes: ['Egress'], egress: [] },
  }));
}

/** Somebody limits the CPU of virt-operator to next to nothing. */
function starve(cluster: Cluster): void {
  editDeployment(cluster, OPERATOR, { manager: 'kubectl-edit' }, (spec) => {
    // The API server takes no limit below what is requested.
    for (const container of spec.template.spec.containers) container.resources = { requests: { ...container.resources?.requests, cpu: '1m' }, limits: { cpu: '1m' } };
  });
  settle(cluster);
}

/** The leader is no longer selected by the service that is scraped, and goes on leading. */
function hideLeader(cluster: Cluster): void {
  const holder = cluster.need('Lease', INSTALL_NAMESPACE, OPERATOR).spec.holderIdentity ?? '';
  cluster.update('Pod', INSTALL_NAMESPACE, holder, (draft) => {
    const { 'prometheus.kubevirt.io': _gone, ...others } = draft.metadata.labels ?? {};
    draft.metadata.labels = others;
  });
}

/** Every way in which no virt-operator leads while its pods run, and those in which the rule is wrong about it. */
export const noLeadingVirtOperator: readonly Scenario[] = [
  leaderless({
    id: 'leader-stuck-before-election',
    title: 'The virt-operator pods are Ready and never reach the election: they may not list CustomResourceDefinitions',
    cause: 'stuck-before-election',
    apply: (cluster) => {
      takeRight(cluster, 'ClusterRole', 'customresourcedefinitions');
      deletePods(cluster, OPERATOR);
    },
  }),
  leaderless({
    id: 'leader-lease-forbidden',
    title: 'virt-operator lost its right to use leases',
    cause: 'lease-forbidden',
    apply: (cluster) => takeRight(cluster, 'Role', 'leases'),
  }),
  leaderless({
    id: 'leader-lease-webhook',
    title: 'A policy webhook that does not answer keeps virt-operator from writing its lease',
    cause: 'lease-webhook',
    apply: guardLeases,
  }),
  leaderless({
    id: 'leader-api-unreachable',
    title: 'A NetworkPolicy keeps virt-operator from the API server',
    cause: 'api-unreachable',
    apply: cutOff,
  }),
  leaderless({
    id: 'leader-flapping',
    title: 'virt-operator gets no CPU: each leader loses its lease after ten seconds',
    cause: 'flapping',
    apply: starve,
  }),
  leaderless({
    id: 'leader-abnormal-lease',
    title: 'The lease of virt-operator is valid for 68 years and its holder is gone: restored from a backup',
    cause: 'abnormal-lease',
    apply: (cluster) => {
      const [one] = podsOf(cluster, OPERATOR);
      writeLease(cluster, { holderIdentity: `${one?.metadata.generateName ?? 'virt-operator-'}x9k2q`, leaseDurationSeconds: 2_147_483_647 });
    },
  }),
  leaderless({
    id: 'leader-not-scraped',
    title: 'False alarm: virt-operator leads, and its pod is no scrape target any more',
    cause: 'leader-not-scraped',
    apply: hideLeader,
  }),
  leaderless({
    id: 'leader-no-candidate-main',
    title: 'No virt-operator pod runs; the alerting rules are those of KubeVirt main, which count nobody as nobody leading',
    cause: 'no-candidate',
    rules: 'kubevirt-main',
    apply: (cluster) => scaleDeployment(cluster, OPERATOR, 0),
  }),
];
