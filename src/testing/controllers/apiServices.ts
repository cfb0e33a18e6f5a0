import { timestamp } from '../clock';
import type { Cluster } from '../cluster';
import type { APIService, Condition } from '../objects';

const PASSED = { status: 'True' as const, reason: 'Passed', message: 'all checks passed' };

/** Says of every registered API whether anything stands behind its service: kube-aggregator's controller of availability. Whether that answers well the world does not ask. */
export function watchApiServices(cluster: Cluster): void {
  for (const api of cluster.list('APIService')) {
    const { service } = api.spec;
    if (!service) continue;
    const { namespace, name } = service;
    const answers = (cluster.get('Endpoints', namespace, name)?.subsets ?? []).length > 0;
    tell(cluster, api, answers ? PASSED : { status: 'False', reason: 'MissingEndpoints', message: `endpoints for service/${name} in "${namespace}" have no addresses with port name ""` });
  }
}

function tell(cluster: Cluster, api: APIService, now: Pick<Condition, 'status' | 'reason' | 'message'>): void {
  const [before] = ((api['status'] as { conditions?: Condition[] } | undefined)?.conditions ?? []);
  if (before?.status === now.status && before.reason === now.reason) return;
  cluster.assign('APIService', undefined, api.metadata.name, { status: { conditions: [{ type: 'Available', ...now, lastTransitionTime: timestamp(cluster.now()) }] } });
}
