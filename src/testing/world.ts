import type { Cluster } from './cluster';
import { pass } from './controllers';
import { healthyCluster, SPEC_TIME } from './healthy';
import type { Scenario } from './scenarios/scenario';

const MINUTE = 60_000;

/** The cluster of a scenario as it is now, in process: healthy until the fault began, lived through by the controllers since. The clock stands. */
export function clusterOf(scenario: Pick<Scenario, 'sinceMinutes' | 'apply'>, now: Date = SPEC_TIME): Cluster {
  const cluster = healthyCluster(new Date(now.getTime() - scenario.sinceMinutes * MINUTE));
  scenario.apply(cluster);
  pass(cluster, scenario.sinceMinutes * MINUTE);
  return cluster;
}
