import { type Clock, type Reader, type Reply, createClock, createReader, limited, parsed } from '../engine';
import { type Endpoint, type Identity, type Wanted, addressNamed, endpointOf, identify, loggedIn } from './access';
import { Refusal } from './refusal';
import { type Get, createGet, nodeTransport } from './transport';

/** Which cluster, and where its monitoring is. */
export interface ClusterOptions extends Wanted {
  readonly prometheus?: string;
  readonly alertmanager?: string;
  /** The namespace that monitoring is asked about when the user may not ask across namespaces. */
  readonly namespace?: string;
}

/** A cluster that answers. */
export interface Cluster {
  readonly context: string;
  readonly server: string;
  readonly reader: Reader;
  readonly clock: Clock;
  /** Asks Alertmanager; undefined if no address of it is known. */
  readonly askAlertmanager: ((path: string, signal: AbortSignal) => Promise<Reply>) | undefined;
  /** What is wrong and does not stop the run, a sentence each. */
  readonly notices: readonly string[];
  /** Ends the connections that are kept open. */
  readonly close: () => void;
}

/** Requests under way at once, over all runbooks. */
const AT_ONCE = 6;

// Every user who is logged in may read it; the console's own start script takes the addresses from here (openshift/console contrib/oc-environment.sh).
const SHARED_CONFIG = '/api/v1/namespaces/openshift-config-managed/configmaps/monitoring-shared-config';

const cannotReach = (server: string, reply: Extract<Reply, { state: 'failed' }>): Refusal => {
  if (reply.reason === 'timedOut') return new Refusal(`${server} does not answer in time. Check the address, the network and the proxy.`, 'unreachable');
  if (reply.detail?.startsWith('its certificate')) return new Refusal(`${server} cannot be trusted: ${reply.detail}. Name the CA that signed it with --ca-file.`, 'unreachable');
  return new Refusal(`${server} cannot be reached (${reply.detail ?? reply.reason}). Check the address, the network and the proxy.`, 'unreachable');
};

/** Looks whether a Kubernetes API answers there at all. Throws a {@link Refusal} if none does. */
const knock = async (get: Get, kubernetes: Endpoint, { user }: Identity, signal: AbortSignal): Promise<readonly string[]> => {
  const reply = await get(kubernetes, { path: '/version' }, signal);
  if (reply.state === 'failed') throw cannotReach(kubernetes.url, reply);
  if (reply.status === 401) return [`${kubernetes.url} does not accept the credentials of user ${user.name}. Log in again, or give a token with --token-file.`];
  // Who forbids it speaks for the API; who answers in HTML does not.
  if (typeof parsed(reply.body) !== 'object') {
    throw new Refusal(`${kubernetes.url} answers, but not as a Kubernetes API does (HTTP ${reply.status}). A proxy or a login page may be in between.`, 'unreachable');
  }
  return [];
};

const publishedBy = async (get: Get, kubernetes: Endpoint, signal: AbortSignal): Promise<{ prometheus?: string; alertmanager?: string }> => {
  const reply = await get(kubernetes, { path: SHARED_CONFIG }, signal);
  const { data } = ((reply.state === 'answered' && reply.status === 200 && parsed(reply.body)) || {}) as { data?: Record<string, string> };
  const { thanosPublicURL, alertmanagerPublicURL } = data ?? {};
  return { ...(thanosPublicURL ? { prometheus: thanosPublicURL } : {}), ...(alertmanagerPublicURL ? { alertmanager: alertmanagerPublicURL } : {}) };
};

/**
 * Opens the door to a cluster: its API server, and its monitoring where the command line or OpenShift names one.
 * Throws a {@link Refusal} for wrong options and for an API server that cannot be reached.
 */
export const openCluster = async (options: ClusterOptions, signal: AbortSignal): Promise<Cluster> => {
  const named = {
    ...(options.prometheus === undefined ? {} : { prometheus: addressNamed('--prometheus', options.prometheus) }),
    ...(options.alertmanager === undefined ? {} : { alertmanager: addressNamed('--alertmanager', options.alertmanager) }),
  };
  const identity = await loggedIn(identify(options));
  const get = createGet();
  const kubernetes = await endpointOf(identity);
  const [notices, published] = await Promise.all([
    knock(get, kubernetes, identity, signal),
    // Why the API server cannot be reached is said by who knocks.
    named.prometheus && named.alertmanager ? {} : publishedBy(get, kubernetes, signal).catch(() => ({})),
  ]);
  const addresses = { ...published, ...named };
  const prometheus = addresses.prometheus === undefined ? undefined : await endpointOf(identity, addresses.prometheus);
  const alertmanager = addresses.alertmanager === undefined ? undefined : await endpointOf(identity, addresses.alertmanager);
  // Whoever enforces the namespace of a tenant does it at the address that was named.
  const transport = limited(nodeTransport({ kubernetes, ...(prometheus ? { prometheus, tenancy: prometheus } : {}) }, get), AT_ONCE);
  const clock = createClock(() => Date.now());
  const inTheOpen = [kubernetes, prometheus, alertmanager].flatMap((endpoint) => (endpoint?.isTokenWithheld ? [endpoint.url] : []));
  return {
    context: identity.context, server: kubernetes.url, clock,
    reader: createReader(transport, clock, options.namespace, true),
    askAlertmanager: alertmanager && ((path, asked) => get(alertmanager, { path }, asked)),
    notices: [
      ...notices,
      ...inTheOpen.map((url) => `The token is not sent to ${url}, because that address is not https: anybody on the way could read it.`),
      ...(prometheus ? [] : ['No address of Prometheus is known: name it with --prometheus. Without it no alert and no metric can be read.']),
    ],
    close: () => {
      for (const endpoint of [kubernetes, prometheus, alertmanager]) endpoint?.agent.destroy();
    },
  };
};
