import type { Cluster } from '../cluster';
import { guardLeases, hideLeader, starve, takeRight } from '../electionFaults';
import { deletePods, scaleDeployment } from '../faults';
import type { Role } from '../objects';
import { scenario } from './define';
import type { Scenario, ScenarioSpec } from './scenario';

const CONTROLLER = 'virt-controller';
// Only the rules of main have this alert.
const leaderless = (spec: ScenarioSpec): Scenario => scenario({ alert: 'NoLeadingVirtController', rules: 'kubevirt-main', ...spec });

const isControllers = ({ metadata }: Role): boolean => metadata.name === 'kubevirt-controller';

/** virt-operator would put a right of virt-controller back within seconds, so it lasts only while that one is scaled to 0. */
const takeForGood = (cluster: Cluster, kind: 'Role' | 'ClusterRole', resource: string): void => {
  scaleDeployment(cluster, 'virt-operator', 0);
  takeRight(cluster, { kind, resource, from: isControllers });
};

/** Ways in which no virt-controller leads while its pods run. */
export const noLeadingVirtController: readonly Scenario[] = [
  leaderless({
    id: 'controller-lease-forbidden',
    title: 'virt-controller lost its right to use leases, and virt-operator is scaled to 0 and does not give it back',
    cause: 'lease-forbidden',
    apply: (cluster) => takeForGood(cluster, 'Role', 'leases'),
  }),
  leaderless({
    id: 'controller-lease-webhook',
    title: 'A policy webhook that does not answer keeps virt-controller, and virt-operator, from writing a lease',
    cause: 'lease-webhook',
    apply: guardLeases,
  }),
  leaderless({
    id: 'controller-idle-leader',
    title: 'virt-controller has a leader that manages nothing: it may not list claims, and virt-operator is scaled to 0 and does not give the right back',
    cause: 'idle-leader',
    apply: (cluster) => {
      takeForGood(cluster, 'ClusterRole', 'persistentvolumeclaims');
      deletePods(cluster, CONTROLLER);
    },
  }),
  leaderless({
    id: 'controller-flapping',
    title: 'A patch in the KubeVirt object leaves virt-controller no CPU: each leader loses its lease after ten seconds',
    cause: 'flapping',
    apply: (cluster) => starve(cluster, CONTROLLER, 'virt-operator'),
  }),
  leaderless({
    id: 'controller-not-scraped',
    title: 'False alarm: virt-controller leads, and its pod is no scrape target any more',
    cause: 'leader-not-scraped',
    apply: (cluster) => hideLeader(cluster, CONTROLLER),
  }),
];
