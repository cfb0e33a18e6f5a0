import { readFileSync } from 'node:fs';
import http from 'node:http';
import type https from 'node:https';
import { type Cluster, KubeConfig, type User } from '@kubernetes/client-node';
import { getProxyForUrl } from 'proxy-from-env';
import { Refusal } from './refusal';

/** Where the command was told to look for its cluster. All absent: as kubectl does, KUBECONFIG, then the home folder, then the pod's own account. */
export interface Wanted {
  readonly kubeconfig?: string;
  readonly context?: string;
  /** File with a bearer token that takes the place of the kubeconfig's own credentials. */
  readonly tokenFile?: string;
  /** File with the CA certificates of servers that the command line names. */
  readonly caFile?: string;
}

/** A cluster and a user, as the kubeconfig has them. */
export interface Identity {
  /** Name of the context. */
  readonly context: string;
  readonly cluster: Cluster;
  readonly user: User;
  /** Set when the command line gave one. */
  readonly caFile?: string;
}

/** How to reach one server: its address without a slash at the end, and what every request to it carries. */
export interface Endpoint {
  readonly url: string;
  readonly agent: http.Agent | https.Agent;
  readonly headers: Readonly<Record<string, string>>;
  /** Set where there is a token that would have been readable on its way. */
  readonly isTokenWithheld?: true;
}

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The content of a file that the command line names. Throws a {@link Refusal} if it cannot be read. */
export const fileNamed = (option: string, file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Refusal(`${option} ${file}: the file cannot be read (${words(error)}).`, 'usage');
  }
};

const loaded = ({ kubeconfig }: Wanted): KubeConfig => {
  const config = new KubeConfig();
  const place = kubeconfig ?? process.env['KUBECONFIG'] ?? '~/.kube/config';
  if (kubeconfig !== undefined) fileNamed('--kubeconfig', kubeconfig);
  try {
    if (kubeconfig === undefined) config.loadFromDefault();
    else config.loadFromFile(kubeconfig);
  } catch (error) {
    throw new Refusal(`The kubeconfig ${place} cannot be used (${words(error).split('\n')[0] ?? ''}). Name another one with --kubeconfig.`, 'usage');
  }
  // The library's last resort, which nobody asked for.
  if (kubeconfig === undefined && config.getCurrentContext() === 'loaded-context' && config.getCurrentCluster()?.server === 'http://localhost:8080') {
    throw new Refusal('There is no kubeconfig: $KUBECONFIG is not set, and there is no ~/.kube/config. Name one with --kubeconfig.', 'usage');
  }
  return config;
};

/** The cluster and user of a context. Throws a {@link Refusal} for a file, context, cluster or user that is not there. */
export const identify = (wanted: Wanted): Identity => {
  const config = loaded(wanted);
  const context = wanted.context ?? config.getCurrentContext();
  const names = config.getContexts().map(({ name }) => name);
  const known = names.length === 0 ? 'The kubeconfig has none.' : `There are: ${names.join(', ')}.`;
  if (!context) throw new Refusal(`The kubeconfig has no current context. Choose one with --context. ${known}`, 'usage');
  if (!names.includes(context)) throw new Refusal(`There is no context ${context} in the kubeconfig. ${known}`, 'usage');
  config.setCurrentContext(context);
  const [cluster, user] = [config.getCurrentCluster(), config.getCurrentUser()];
  if (!cluster) throw new Refusal(`The context ${context} names a cluster that the kubeconfig does not have.`, 'usage');
  if (wanted.caFile !== undefined) fileNamed('--ca-file', wanted.caFile);
  const token = wanted.tokenFile === undefined ? undefined : fileNamed('--token-file', wanted.tokenFile).trim();
  if (token === '') throw new Refusal(`--token-file ${wanted.tokenFile ?? ''}: the file is empty.`, 'usage');
  return {
    context, cluster,
    user: token === undefined ? user ?? { name: 'nobody' } : { name: 'token', token },
    ...(wanted.caFile === undefined ? {} : { caFile: wanted.caFile }),
  };
};

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Credentials go over TLS, or to this machine itself; never readable over a network. */
const mayCarryCredentials = (url: URL): boolean => url.protocol === 'https:' || LOOPBACK.test(url.hostname);

/** The address of a server, checked. Throws a {@link Refusal} that names the option. */
export const addressNamed = (option: string, text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw new Refusal(`${option} ${text}: that is not an http or https address.`, 'usage');
  return text.replace(/\/+$/, '');
};

const bearer = (token: string | undefined): Readonly<Record<string, string>> => (token ? { Authorization: `Bearer ${token}` } : {});

// The library checks none of this: a cluster entry with http and without skipTLSVerify makes it throw.
const plain = (url: string, { token }: User): Endpoint => {
  const isSent = mayCarryCredentials(new URL(url));
  return { url, agent: new http.Agent({ keepAlive: true }), headers: bearer(isSent ? token : undefined), ...(token && !isSent ? { isTokenWithheld: true } : {}) };
};

const optionsFor = async (cluster: Cluster, user: User): Promise<https.RequestOptions> => {
  const config = new KubeConfig();
  config.loadFromClusterAndUser(cluster, user);
  const options: https.RequestOptions = {};
  try {
    await config.applyToHTTPSOptions(options);
  } catch (error) {
    throw new Refusal(`The credentials of user ${user.name} cannot be had (${words(error).split('\n')[0] ?? ''}). Log in again, or give a token with --token-file.`, 'unreachable');
  }
  return options;
};

const inBase64 = (pem: unknown): string | undefined => (typeof pem === 'string' || Buffer.isBuffer(pem) ? Buffer.from(pem).toString('base64') : undefined);

/**
 * The same user with credentials that stand: a program that hands them out is run once, however many servers are asked
 * afterwards, because it may ask a person. Throws a {@link Refusal} when the credentials cannot be had.
 */
export const loggedIn = async (identity: Identity): Promise<Identity> => {
  const { cluster, user } = identity;
  if ((user.exec === undefined && user.authProvider === undefined) || !cluster.server.startsWith('https:')) return identity;
  const { headers, cert, key } = await optionsFor(cluster, user);
  const token = /^Bearer (.+)$/.exec(String((headers as Record<string, unknown> | undefined)?.['Authorization'] ?? ''))?.[1];
  const [certData, keyData] = [inBase64(cert), inBase64(key)];
  return {
    ...identity,
    user: {
      name: user.name, ...(token === undefined ? {} : { token }), ...(certData === undefined ? {} : { certData }), ...(keyData === undefined ? {} : { keyData }),
      ...(user.impersonateUser === undefined ? {} : { impersonateUser: user.impersonateUser }),
    },
  };
};

/**
 * What requests of this user to a server carry: the API server of the kubeconfig, or another server of the same cluster.
 * Runs exec plugins and refreshes tokens. Throws a {@link Refusal} when the credentials cannot be had.
 */
export const endpointOf = async ({ cluster, user, caFile }: Identity, address: string = cluster.server): Promise<Endpoint> => {
  const url = address.replace(/\/+$/, '');
  if (url.startsWith('http:')) return plain(url, user);
  const proxyUrl = (address === cluster.server ? cluster.proxyUrl : undefined) ?? (getProxyForUrl(url) || undefined);
  // Another server of the cluster usually shows a certificate of its own CA, which the machine trusts or --ca-file names.
  const trust = address === cluster.server && caFile === undefined ? cluster : { ...(caFile === undefined ? {} : { caFile }), skipTLSVerify: address === cluster.server && cluster.skipTLSVerify };
  const options = await optionsFor({ ...trust, name: 'cluster', server: url, ...(proxyUrl ? { proxyUrl } : {}) } as Cluster, user);
  const agent = Object.assign(options.agent as https.Agent, { keepAlive: true });
  const headers = { ...(options.headers as Record<string, string> | undefined) };
  if (options.auth) headers['Authorization'] = `Basic ${Buffer.from(options.auth).toString('base64')}`;
  return { url, agent, headers };
};
