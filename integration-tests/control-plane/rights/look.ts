import { type Runbook, type Transport, READ_METRICS, accessReview } from '../../../src/engine';
import { type Cluster } from '../../../src/testing/cluster';
import { clusterAdmin } from '../../../src/testing/users';
import { type Scenario } from '../../../src/testing/scenarios';
import { type ApiServer } from '../launch/apiServer';
import { type Asked, diagnoseBy, realDoor } from '../truth/look';
import { answersOf, firingOf } from '../truth/metrics';
import { METRICS_REFUSAL } from './permissions';

/** Whether the API server lets a user read Prometheus: what the proxy before it asks, with the answer cached as there. */
const mayReadMetrics = async (server: ApiServer, user: string): Promise<boolean> => {
  const { body } = await server.as(user)({ method: 'POST', path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', body: accessReview(READ_METRICS) });
  return (JSON.parse(body) as { status: { allowed: boolean } }).status.allowed;
};

/**
 * A door as one user has it: the real API server, and a Prometheus behind the rights that it says the user has. Simulated: the
 * proxy itself, and what Prometheus answers.
 */
const doorOf = async (server: ApiServer, user: string, behind: Parameters<typeof realDoor>[1], asked: (request: Asked) => void): Promise<Transport> => {
  const door = realDoor(server, { ...behind, user: { ...clusterAdmin, name: user } }, asked);
  const mayRead = await mayReadMetrics(server, user);
  return {
    get: async (request, signal) => {
      if (request.to === 'kubernetes' || mayRead) return door.get(request, signal);
      asked({ method: 'GET', path: `${request.to}${request.path}`, status: 403, words: METRICS_REFUSAL });
      return { state: 'answered', status: 403, body: 'Forbidden' };
    },
  };
};

/** What one user sees of a runbook, and every request that was made for it. */
export interface Look {
  readonly report: ReturnType<Awaited<ReturnType<typeof diagnoseBy>>['report']>;
  readonly asked: readonly Asked[];
}

/** Diagnoses one alert of a loaded scenario as a user of the real API server. */
export const lookAs = async (server: ApiServer, user: string, { runbook, cluster, scenario }: { readonly runbook: Runbook; readonly cluster: Cluster; readonly scenario: Scenario }): Promise<Look> => {
  const asked: Asked[] = [];
  const behind = { cluster, user: clusterAdmin, rules: firingOf(runbook.alert, scenario), metrics: answersOf(cluster, scenario), down: scenario.prometheus === 'down' };
  const diagnosis = await diagnoseBy(await doorOf(server, user, behind, (request) => asked.push(request)), runbook, Date.now);
  return { report: diagnosis.report(), asked };
};
