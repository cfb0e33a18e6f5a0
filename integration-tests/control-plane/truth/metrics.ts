import { type Cluster } from '../../../src/testing/cluster';
import { type Firing, type Metrics } from '../../../src/testing/door';
import { launcherMetrics } from '../../../src/testing/launcherMetrics';
import { leaderMetrics } from '../../../src/testing/leaderMetrics';
import { metricsOf } from '../../../src/testing/metrics';
import { restMetrics } from '../../../src/testing/restMetrics';
import { type Scenario } from '../../../src/testing/scenarios';
import { durationSeconds, isAlerting, loadRules } from '../../../sandbox/rules/rules';

const counted = (number: number): number | 'none' => (number === 0 ? 'none' : number);

/** What Prometheus answers about the pods of virt-operator, counted from the samples that it would scrape. */
const operatorMetrics = (cluster: Cluster): Metrics => {
  const samples = metricsOf(cluster);
  const ours = samples.filter(({ labels }) => labels['namespace'] === 'openshift-cnv');
  const phases = ours.filter(({ name }) => name === 'kube_pod_status_phase');
  const isOperator = (pod = ''): boolean => pod.startsWith('virt-operator-');
  const running = phases.filter(({ labels, value }) => isOperator(labels['pod']) && labels['phase'] === 'Running' && value === 1).length;
  const up = ours.filter(({ name, labels, value }) => name === 'up' && isOperator(labels['pod']) && value === 1).length;
  return [
    [/^count\(kube_pod_status_phase\{.*phase="Running"\} == 1\)/, counted(running)],
    [/^count\(kube_pod_status_phase\{namespace="[^"]*"\}\)/, counted(phases.length)],
    [/^sum\(up\{job="kube-state-metrics"\}\)/, samples.filter(({ name, labels, value }) => name === 'up' && labels['job'] === 'kube-state-metrics' && value === 1).length],
    [/^sum\(up\{namespace=/, counted(up)],
  ];
};

/**
 * What both doors are answered by Prometheus: fixed answers from the world's samples. They are no subject of the comparison;
 * that a real Prometheus answers so is proved by the project `causes`.
 */
export const answersOf = (cluster: Cluster, { sinceMinutes }: Scenario): Metrics =>
  [...operatorMetrics(cluster), ...leaderMetrics(cluster), ...launcherMetrics(cluster, sinceMinutes), ...restMetrics(cluster)];

/** The rule of an alert as the scenario has it loaded, firing since the fault began if it is the scenario's alert. */
export const firingOf = (alert: string, { rules, sinceMinutes, alert: fires }: Scenario): readonly Firing[] => {
  const loaded = loadRules(rules).flatMap((group) => group.rules);
  return loaded.filter(isAlerting).filter((rule) => rule.alert === alert).map(({ expr, labels, annotations, for: wait }) => {
    const record = loaded.find((rule) => !isAlerting(rule) && expr.startsWith(`${rule.record} `));
    return { alert, expr, for: durationSeconds(wait), labels, annotations, ...(record ? { record: record.expr } : {}), ...(fires === alert ? { since: sinceMinutes } : {}) };
  });
};
