import { type LogPattern } from './logPatterns';

/**
 * What the programs write when a call fails, most telling first. Sentences of Kubernetes 1.35: `apimachinery/pkg/api/errors`, `apiserver` admission
 * and RBAC, client-go `rest/request.go`. KubeVirt logs JSON, in which quotes are escaped: `pkg/virt-handler/vm.go`, `pkg/virt-controller/watch`.
 */
export const REST_LINES = [
  { reason: 'webhookFails', matches: /failed calling webhook \\?"/ },
  { reason: 'denied', matches: /admission webhook \\?"[^"\\]+\\?" denied the request/ },
  { reason: 'forbidden', matches: /is forbidden: User \\?"system:serviceaccount:/ },
  // virt-handler's missing client certificate is another matter, and harmless: kubevirt issue 16264.
  { reason: 'unauthorized', matches: /\bUnauthorized\b|has asked for the client to provide credentials/, butNot: /clientcertificates\/tls\.crt/ },
  { reason: 'throttled', matches: /has received too many (API )?requests|due to server-side throttling/ },
  { reason: 'serverError', matches: /etcdserver: |Internal error occurred: |server is currently unable to handle the request|unable to return a response in the time allotted|an error on the server \(/ },
  { reason: 'conflict', matches: /the object has been modified; please apply your changes to the latest version/ },
  { reason: 'invalid', matches: / is invalid: |server rejected our request due to an error in our request/ },
  { reason: 'notFound', matches: /the server could not find the requested resource|\\?"[^"\\]+\\?" not found/ },
  { reason: 'unreachable', matches: /dial tcp \S+: (connect: )?(connection refused|i\/o timeout|no route to host|network is unreachable)|dial tcp: lookup \S+ .*no such host|TLS handshake timeout|Client\.Timeout exceeded/ },
  { reason: 'ownLimit', matches: /client-side throttling, not priority and fairness|client rate limiter Wait returned an error/ },
] as const satisfies readonly LogPattern<string>[];

/** What one of these lines says. */
export type RestLine = (typeof REST_LINES)[number]['reason'];

/** A line as its author wrote it: without the escapes of JSON. */
export const plainLine = (text: string): string => text.replaceAll('\\"', '"');
