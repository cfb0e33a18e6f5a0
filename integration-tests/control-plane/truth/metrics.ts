import { type Cluster } from '../../../src/testing/cluster';
import { type Firing, type Metrics } from '../../../src/testing/door';
import { launcherMetrics } from '../../../src/testing/launcherMetrics';
import { leaderMetrics } from '../../../src/testing/leaderMetrics';
import { controlPlaneMetrics } from '../../../src/testing/workloadMetrics';
import { restMetrics } from '../../../src/testing/restMetrics';
import { type Scenario } from '../../../src/testing/scenarios';
import { durationSeconds, isAlerting, loadRules } from '../../../sandbox/rules/rules';

/**
 * What both doors are answered by Prometheus: fixed answers from the world's samples. They are no subject of the comparison;
 * that a real Prometheus answers so is proved by the project `causes`.
 */
export const answersOf = (cluster: Cluster, { sinceMinutes }: Scenario): Metrics =>
  [...leaderMetrics(cluster), ...leaderMetrics(cluster, 'virt-controller'), ...controlPlaneMetrics(cluster), ...launcherMetrics(cluster, sinceMinutes), ...restMetrics(cluster)];

/** The rule of an alert as the scenario has it loaded, firing since the fault began if it is the scenario's alert. */
export const firingOf = (alert: string, { rules, sinceMinutes, alert: fires }: Scenario): readonly Firing[] => {
  const loaded = loadRules(rules).flatMap((group) => group.rules);
  return loaded.filter(isAlerting).filter((rule) => rule.alert === alert).map(({ expr, labels, annotations, for: wait }) => {
    const record = loaded.find((rule) => !isAlerting(rule) && expr.startsWith(`${rule.record} `));
    return { alert, expr, for: durationSeconds(wait), labels, annotations, ...(record ? { record: record.expr } : {}), ...(fires === alert ? { since: sinceMinutes } : {}) };
  });
};
