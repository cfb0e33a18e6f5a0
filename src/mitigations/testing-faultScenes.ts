import { type ExecuteMitigation, type Picked, type Runbook } from '../engine';
import { noLeadingVirtOperator as leaderRunbook } from '../runbooks/virt-operator/NoLeadingVirtOperator';
import { virtOperatorDown as downRunbook } from '../runbooks/virt-operator/VirtOperatorDown';
import { virtLauncherPodsStuckFailed as launcherRunbook } from '../runbooks/virtual-machine/VirtLauncherPodsStuckFailed';
import { operatorElection } from '../steps/leaderElection';
import { electionSteps } from '../steps/leaderSteps';
import { virtOperator } from '../steps/workloads';
import { TENANTS } from '../testing/builders/names';
import { type Cluster } from '../testing/cluster';
import { settle } from '../testing/controllers';
import { type Metrics } from '../testing/door';
import { restoreLease } from '../testing/electionFaults';
import { podsOf, scaleDeployment } from '../testing/faults';
import { healthyCluster } from '../testing/healthy';
import { launcherMetrics } from '../testing/launcherMetrics';
import { leaderMetrics } from '../testing/leaderMetrics';
import { failedByHand, minutesAgo, turn, workers } from '../testing/scenarios/launchers';
import { scenarios } from '../testing/scenarios';
import { clusterOf } from '../testing/world';
import { deleteOperatorPod } from './deletePod';
import { deleteFailedLaunchers } from './launcherCleanup';
import { deleteStaleLease } from './leaseDelete';
import { scaleBack } from './scaleBack';

/** One mitigation in a world in which it is planned: one of each builder stands for all that are made with it. */
export interface Scene {
  readonly name: string;
  readonly runbook: Runbook;
  readonly mitigation: ExecuteMitigation;
  readonly given: () => Cluster;
  readonly picked?: (cluster: Cluster) => Picked;
  readonly metrics?: (cluster: Cluster) => Metrics;
  /** Milliseconds between two looks that are proof. */
  readonly proof?: number;
  /** Somebody, mostly the owner, brings back what the mitigation took away. Absent where nobody can: a pod that went is another one. */
  readonly revert?: (cluster: Cluster) => void;
  /** What the world has nobody for: whoever carries on what was begun. */
  readonly goesOn?: (cluster: Cluster) => void;
  /** Its target does not exist before. */
  readonly creates?: true;
  /** A deletion that a finalizer holds up leaves what it was meant to end. */
  readonly staysIfHeld?: true;
  /** Whether its verification needs Prometheus. */
  readonly verifiedBy: 'objects' | 'metrics';
}

const scenarioCalled = (id: string) => {
  const found = scenarios.find((one) => one.id === id);
  if (!found) throw new Error(`There is no scenario ${id}`);
  return found;
};

const fail = (cluster: Cluster, name: string, namespace: string, ago: number): void => {
  failedByHand(cluster, { name, namespace, node: turn(workers(cluster), 0), at: minutesAgo(cluster, ago), end: { compute: { exitCode: 1, reason: 'Error' } } });
};
const [FEW, MANY] = [TENANTS[0], TENANTS[1]];
/** Of 205 failed launchers, five above the limit, ten lie in one namespace. */
const failedLaunchers = (): Cluster => {
  const cluster = healthyCluster();
  for (let one = 0; one < 10; one += 1) fail(cluster, `batch-${one}`, FEW, 300);
  for (let one = 0; one < 195; one += 1) fail(cluster, `night-${one}`, MANY, 300);
  settle(cluster);
  return cluster;
};

/** A Deployment of ten pods. */
const tenOperators = (): Cluster => {
  const cluster = healthyCluster();
  scaleDeployment(cluster, 'virt-operator', 10);
  settle(cluster);
  return cluster;
};

/** One of each builder. */
export const SCENES: readonly Scene[] = [
  {
    name: 'scale', runbook: downRunbook, mitigation: scaleBack(virtOperator), given: () => clusterOf(scenarioCalled('operator-scaled-to-zero')),
    revert: (cluster) => scaleDeployment(cluster, 'virt-operator', 0, { manager: 'gitops' }), verifiedBy: 'objects',
  },
  {
    name: 'deletePods', runbook: downRunbook, mitigation: deleteOperatorPod(virtOperator), given: tenOperators,
    picked: (cluster) => ({ pods: podsOf(cluster, 'virt-operator').map(({ metadata }) => metadata.name).join(',') }),
    revert: (cluster) => scaleDeployment(cluster, 'virt-operator', 0, { manager: 'gitops' }), verifiedBy: 'objects',
  },
  {
    name: 'deleteChecked: a lease', runbook: leaderRunbook, mitigation: deleteStaleLease(operatorElection, electionSteps(operatorElection)), given: () => clusterOf(scenarioCalled('leader-abnormal-lease')),
    metrics: leaderMetrics, proof: 200_000, staysIfHeld: true, revert: (cluster) => restoreLease(cluster, 'virt-operator'), verifiedBy: 'metrics',
  },
  {
    name: 'deleteSelection', runbook: launcherRunbook, mitigation: deleteFailedLaunchers, given: failedLaunchers, metrics: (cluster) => launcherMetrics(cluster, 120),
    picked: () => ({ part: FEW, keep: '0', failures: '0' }), verifiedBy: 'metrics', staysIfHeld: true,
    revert: (cluster) => { for (let one = 0; one < 10; one += 1) fail(cluster, `again-${one}-${cluster.random.letters(4)}`, FEW, 0); },
  },
];
