import type { HourOfRequests } from '../sources/apiRequests';
import type { Cluster } from './cluster';
import { controlPlaneNodes } from './faults';
import type { KubeObject } from './types';

/** One client of a deprecated version. */
interface Caller {
  /** As the API server knows it: `system:serviceaccount:backup:agent`. */
  readonly user: string;
  readonly agent: string;
  /** Lower case, as access reviews write it. */
  readonly verb: string;
}

/** Calls of the hour before, so that a reader sees who asks whatever the hour. */
const IN_AN_HOUR = 60;

/** Somebody begins to ask for an old version of a resource, once a minute; OpenShift counts it under resource, version and group. */
export function askFor(cluster: Cluster, api: string, { user, agent, verb }: Caller): void {
  const nodeName = controlPlaneNodes(cluster)[0]?.metadata.name ?? '';
  const byUser = [{ username: user, userAgent: agent, requestCount: IN_AN_HOUR, byVerb: [{ verb, requestCount: IN_AN_HOUR }] }];
  const asked: HourOfRequests = { requestCount: IN_AN_HOUR, byNode: [{ nodeName, requestCount: IN_AN_HOUR, byUser }] };
  const hour = cluster.now().getUTCHours();
  const last24h: readonly HourOfRequests[] = Array.from({ length: 24 }, (_, index) => (index === hour ? asked : { requestCount: 0 }));
  cluster.create({
    apiVersion: 'apiserver.openshift.io/v1', kind: 'APIRequestCount', metadata: { name: api },
    spec: { numberOfUsersToReport: 10 }, status: { currentHour: asked, last24h, removedInRelease: '', requestCount: IN_AN_HOUR },
  });
}

/** Who calls, as it stands in a count. */
export const requestsOf = (count: KubeObject): readonly (Caller & { readonly node: string })[] => {
  const { last24h = [] } = (count['status'] ?? {}) as { readonly last24h?: readonly HourOfRequests[] };
  return last24h.flatMap(({ byNode = [] }) => byNode).flatMap(({ nodeName = '', byUser = [] }) => byUser.flatMap(({ username = '', userAgent = '', byVerb = [] }) =>
    byVerb.map(({ verb = '' }) => ({ user: username, agent: userAgent, verb, node: nodeName }))));
};
