import { clusterAdmin } from '../users';
import type { Scenario, ScenarioSpec } from './scenario';

/** Completes a scenario: seen by a cluster admin, 23 minutes after it began, under the rules of KubeVirt 1.8.4, with Prometheus up. */
export function scenario(spec: ScenarioSpec): Scenario {
  return { sinceMinutes: 23, rules: 'kubevirt-1.8.4', user: clusterAdmin, prometheus: 'up', ...spec };
}
