import { ask, reasonOf, type Answer } from '../bridge/ask';
import type { RealCredentials } from './realCredentials';
import { Refusal } from './refusal';

const REVIEW = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };

// Codes of Node and OpenSSL. The server's own alert about our certificate comes as an SSL error of the other side.
const CLIENT_CERTIFICATE = /ALERT_(CERTIFICATE|BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED|HANDSHAKE_FAILURE)/;
const SERVER_CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|HOSTNAME_MISMATCH/;

/** What is wrong with the connection, and what to do about it; `what` begins the sentence and `trust` says whose CA is meant. */
export function connectionTrouble(what: string, code: string, trust: string): string {
  if (CLIENT_CERTIFICATE.test(code)) return `${what} does not accept the client certificate of this user (${code}): it has expired, or belongs to another cluster; get a new kubeconfig.`;
  if (code === 'CERT_HAS_EXPIRED') return `${what} shows a certificate that has expired (${code}): it must be renewed on the server, or the clock of this machine set right.`;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `${what} shows a certificate for another name (${code}): use the name that the certificate is for.`;
  if (SERVER_CERTIFICATE.test(code)) return `${what} shows a certificate that is not trusted (${code}): ${trust}.`;
  if (code === 'EPROTO' || code.startsWith('ERR_SSL')) return `${what} does not speak TLS as expected (${code}): check its address and port.`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `${what} cannot be found (${code}): check its name, the network and the VPN.`;
  return `${what} cannot be reached (${code}): check that it runs, the network and the VPN.`;
}

function nameIn({ body }: Answer): string | undefined {
  try {
    const parsed = JSON.parse(body) as { status?: { userInfo?: { username?: string } } } | null;
    return parsed?.status?.userInfo?.username;
  } catch {
    return undefined;
  }
}

const ANONYMOUS = 'system:anonymous';

/**
 * Asks the API server who it takes us for; undefined if it does not say. Throws a {@link Refusal} if it cannot be reached,
 * is no API server, or does not know us.
 */
export async function greet(credentials: RealCredentials): Promise<string | undefined> {
  const { server, context, entry } = credentials;
  const what = `The API server ${server} of the context ${context}`;
  const { agent, headers, isTokenWithheld } = await credentials.carriedTo(server);
  if (isTokenWithheld) throw new Refusal(`${what} is reached without TLS, and credentials are not sent where others can read them: name its https address in the kubeconfig.`);
  const answer = await ask(`${server}/apis/authentication.k8s.io/v1/selfsubjectreviews`, {
    method: 'POST', headers: { ...headers, 'Content-Type': 'application/json', Accept: 'application/json' }, body: JSON.stringify(REVIEW), agent,
  }).catch((error: unknown) => {
    throw new Refusal(connectionTrouble(what, reasonOf(error), 'it is not signed by the CA in the kubeconfig; get a new kubeconfig, or choose another context with CONTEXT=…'));
  });
  const { status, type, body } = answer;
  const name = nameIn(answer);
  if (status === 401) throw new Refusal(`${what} does not accept the credentials of user ${entry} (401): the token or certificate has expired or was revoked; log in again, or give TOKEN_FILE=… .`);
  if (name === ANONYMOUS || (status === 403 && body.includes(ANONYMOUS))) throw new Refusal(`${what} was given no credentials for user ${entry}, and lets nobody in without: log in, or give TOKEN_FILE=… .`);
  if (!type.includes('json')) throw new Refusal(`${what} is no Kubernetes API server: it answered with ${status} and ${type === '' ? 'no content type' : type}; check the address in the kubeconfig.`);
  if (status >= 500) throw new Refusal(`${what} is not well (${status}): try again when it answers.`);
  // 404: older than Kubernetes 1.28. 403: not everybody may ask, and who asked is known to the server.
  return name;
}
