import { INSTALL_NAMESPACE } from '../builders/names';
import { bindingOf, role } from '../builders/platform';
import type { Cluster } from '../cluster';
import { pass } from '../controllers';
import { leads } from '../controllers/leases';
import { editDeployment, podsOf, scaleDeployment } from '../faults';
import { metricsOf } from '../metrics';
import { clusterOf } from '../world';
import { noLeadingVirtOperator as scenarios } from './NoLeadingVirtOperator';

const OPERATOR = 'virt-operator';

const hasLeader = (cluster: Cluster): boolean => podsOf(cluster, OPERATOR).some((pod) => leads(cluster, OPERATOR, pod));
/** What the rule adds up; undefined where there is nothing to add. */
const sum = (cluster: Cluster): number | undefined => {
  const series = metricsOf(cluster).filter(({ name }) => name === 'kubevirt_virt_operator_leading_status');
  return series.length === 0 ? undefined : series.reduce((total, { value }) => total + value, 0);
};

const grant = (cluster: Cluster, options: Parameters<typeof role>[0]): void => {
  const given = role(options);
  cluster.create(given);
  cluster.create(bindingOf(given, { namespace: INSTALL_NAMESPACE, name: 'kubevirt-operator' }));
};

/** What the mitigations of each cause do, by hand. */
const CURES: Readonly<Record<string, (cluster: Cluster) => void>> = {
  'leader-stuck-before-election': (cluster) => grant(cluster, { name: 'definitions', rules: [{ apiGroups: ['apiextensions.k8s.io'], resources: ['customresourcedefinitions'], verbs: ['get', 'list', 'watch'] }] }),
  'leader-lease-forbidden': (cluster) => grant(cluster, { name: 'virt-operator-lease', namespace: INSTALL_NAMESPACE, rules: [{ apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['get', 'create', 'update'] }] }),
  'leader-lease-webhook': (cluster) => cluster.remove('ValidatingWebhookConfiguration', undefined, 'policy-guard'),
  'leader-api-unreachable': (cluster) => cluster.remove('NetworkPolicy', INSTALL_NAMESPACE, 'deny-egress'),
  'leader-flapping': (cluster) => editDeployment(cluster, OPERATOR, { manager: 'kubectl-edit' }, (spec) => {
    for (const { resources } of spec.template.spec.containers) delete resources?.limits;
  }),
  'leader-abnormal-lease': (cluster) => cluster.update('Lease', INSTALL_NAMESPACE, OPERATOR, (draft) => {
    draft.spec.leaseDurationSeconds = 15;
  }),
  'leader-not-scraped': (cluster) => {
    for (const { metadata } of podsOf(cluster, OPERATOR)) {
      cluster.update('Pod', INSTALL_NAMESPACE, metadata.name, (draft) => {
        draft.metadata.labels = { ...draft.metadata.labels, 'prometheus.kubevirt.io': 'true' };
      });
    }
  },
  'leader-no-candidate-main': (cluster) => scaleDeployment(cluster, OPERATOR, 2),
};

describe.each(scenarios.map((scenario) => [scenario.id, scenario] as const))('%s', (id, scenario) => {
  const cluster = clusterOf(scenario);

  it('has no leader that monitoring sees', () => {
    expect(sum(cluster)).toBe(id === 'leader-no-candidate-main' ? undefined : 0);
    expect(hasLeader(cluster)).toBe(id === 'leader-not-scraped');
  });

  it('heals when it is undone', () => {
    CURES[id]?.(cluster);
    pass(cluster, 180_000);
    expect(hasLeader(cluster)).toBe(true);
    expect(sum(cluster)).toBe(1);
  });
});
