import { cutOff, guardLeases, hideLeader, restoreLease, starve, takeRight } from '../electionFaults';
import { deletePods, scaleDeployment } from '../faults';
import type { Role } from '../objects';
import { scenario } from './define';
import type { Scenario, ScenarioSpec } from './scenario';

const OPERATOR = 'virt-operator';
const leaderless = (spec: ScenarioSpec): Scenario => scenario({ alert: 'NoLeadingVirtOperator', ...spec });

/** The names of the operator's roles are OLM's. */
const isOperators = ({ metadata }: Role): boolean => metadata.labels?.['olm.owner'] !== undefined;

/** Every way in which no virt-operator leads while its pods run, and those in which the rule is wrong about it. */
export const noLeadingVirtOperator: readonly Scenario[] = [
  leaderless({
    id: 'leader-stuck-before-election',
    title: 'The virt-operator pods are Ready and never reach the election: they may not list CustomResourceDefinitions',
    cause: 'stuck-before-election',
    apply: (cluster) => {
      takeRight(cluster, { kind: 'ClusterRole', resource: 'customresourcedefinitions', from: isOperators });
      deletePods(cluster, OPERATOR);
    },
  }),
  leaderless({
    id: 'leader-lease-forbidden',
    title: 'virt-operator lost its right to use leases',
    cause: 'lease-forbidden',
    apply: (cluster) => takeRight(cluster, { kind: 'Role', resource: 'leases', from: isOperators }),
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
    apply: (cluster) => cutOff(cluster, OPERATOR),
  }),
  leaderless({
    id: 'leader-flapping',
    title: 'virt-operator gets no CPU: each leader loses its lease after ten seconds',
    cause: 'flapping',
    apply: (cluster) => starve(cluster, OPERATOR, 'kubectl-edit'),
  }),
  leaderless({
    id: 'leader-abnormal-lease',
    title: 'The lease of virt-operator is valid for 68 years and its holder is gone: restored from a backup',
    cause: 'abnormal-lease',
    apply: (cluster) => restoreLease(cluster, OPERATOR),
  }),
  leaderless({
    id: 'leader-not-scraped',
    title: 'False alarm: virt-operator leads, and its pod is no scrape target any more',
    cause: 'leader-not-scraped',
    apply: (cluster) => hideLeader(cluster, OPERATOR),
  }),
  leaderless({
    id: 'leader-no-candidate-main',
    title: 'No virt-operator pod runs; the alerting rules are those of KubeVirt main, which count nobody as nobody leading',
    cause: 'no-candidate',
    rules: 'kubevirt-main',
    apply: (cluster) => scaleDeployment(cluster, OPERATOR, 0),
  }),
];
