import { ask, reasonOf, type Answer } from '../bridge/ask';
import { connectionTrouble } from './realCluster';
import type { RealCredentials } from './realCredentials';
import type { RealOptions } from './realOptions';
import { Refusal } from './refusal';

/** A part of the monitoring: where it is, if anywhere, and what is to be said about it. */
export interface Found {
  url: string | undefined;
  says: string;
}

/** What differs between the two. The keys are those of cluster-monitoring-operator (pkg/manifests, `SharingConfig`). */
const PARTS = {
  prometheus: { name: 'Prometheus', variable: 'PROMETHEUS', key: 'thanosPublicURL', probe: '/api/v1/query?query=vector(1)' },
  alertmanager: { name: 'Alertmanager', variable: 'ALERTMANAGER', key: 'alertmanagerPublicURL', probe: '/api/v2/status' },
} as const;
type Part = (typeof PARTS)[keyof typeof PARTS];

const SHARED_CONFIG = '/api/v1/namespaces/openshift-config-managed/configmaps/monitoring-shared-config';
const TRUST = 'name the file of its CA with CA_FILE=…';

/** Addresses that OpenShift's monitoring publishes for others; none if there is no such ConfigMap, or it may not be read. */
async function published(credentials: RealCredentials): Promise<Readonly<Record<string, string>>> {
  const { agent, headers } = await credentials.carriedTo(credentials.server);
  try {
    const { status, body } = await ask(`${credentials.server}${SHARED_CONFIG}`, { headers: { ...headers, Accept: 'application/json' }, agent });
    return status === 200 ? ((JSON.parse(body) as { data?: Record<string, string> }).data ?? {}) : {};
  } catch {
    return {};
  }
}

/** Why an answer is not that of a part of the monitoring, or undefined if it is. */
function troubleIn({ status, type }: Answer, what: string): string | undefined {
  if (status === 401) return `${what} does not accept these credentials (401): give a token with TOKEN_FILE=… .`;
  if (status === 403) return `${what} does not let this user in (403).`;
  if (status >= 500) return `${what} is not well (${status}).`;
  return status === 200 && type.includes('json') ? undefined : `${what} does not answer as one (${status}, ${type === '' ? 'no content type' : type}): check the address.`;
}

// What was typed must be right; what was found is said, and the page says what it cannot read.
async function reach(credentials: RealCredentials, { name, variable, probe }: Part, url: string, isTyped: boolean): Promise<Found> {
  const what = `${name} at ${url}`;
  const { agent, headers, isTokenWithheld } = await credentials.carriedTo(url);
  const result = await ask(`${url}${probe}`, { headers: { ...headers, Accept: 'application/json' }, agent }).catch(reasonOf);
  const isSilent = typeof result === 'string';
  const trouble = isSilent ? connectionTrouble(what, result, TRUST) : troubleIn(result, what);
  const isElsewhere = isSilent || (trouble !== undefined && result.status < 500 && result.status !== 401 && result.status !== 403);
  if (isTyped && trouble !== undefined && isElsewhere) throw new Refusal(trouble);
  const plain = isTokenWithheld ? ' Credentials are not sent there, since others could read them: an https address would get them.' : '';
  if (plain !== '') return { url, says: `${trouble ?? `${url}.`}${plain}` };
  return { url, says: trouble ?? (isTyped ? url : `${url} (found in the cluster; ${variable}=… names another one)`) };
}

/** Where the monitoring of the cluster is. Throws a {@link Refusal} for an address that was typed and does not answer as it should. */
export async function findMonitoring(credentials: RealCredentials, { prometheus, alertmanager }: RealOptions): Promise<{ prometheus: Found; alertmanager: Found }> {
  const known = prometheus !== undefined && alertmanager !== undefined ? {} : await published(credentials);
  const find = async (part: Part, typed: string | undefined): Promise<Found> => {
    const url = typed ?? known[part.key]?.replace(/\/+$/, '');
    if (url === undefined || url === '') return { url: undefined, says: `none: the cluster publishes no address that this user may read; name one with ${part.variable}=… .` };
    return reach(credentials, part, url, typed !== undefined);
  };
  const [first, second] = await Promise.all([find(PARTS.prometheus, prometheus), find(PARTS.alertmanager, alertmanager)]);
  return { prometheus: first, alertmanager: second };
}
