/** Why the API server refused a pod. */
export type Rejection =
  | 'priorityClass' | 'quota' | 'webhookDown' | 'webhookDenied' | 'securityContext' | 'serviceAccount' | 'rejected';

/**
 * The sentences of the API server and its admission plugins (kubernetes 1.35: plugin/pkg/admission/{priority,resourcequota,
 * serviceaccount}, staging/src/k8s.io/apiserver/pkg/admission/plugin/webhook, pod security admission; OpenShift: its SCC
 * plugin), most specific first.
 */
const PATTERNS: readonly (readonly [Rejection, RegExp])[] = [
  ['priorityClass', /no PriorityClass with name \S+ was found/],
  ['quota', /exceeded quota: |failed quota: |insufficient quota to match these scopes/],
  ['webhookDown', /failed calling webhook "/],
  ['webhookDenied', /admission webhook "[^"]+" denied the request/],
  ['securityContext', /unable to validate against any security context constraint|violates PodSecurity "/],
  ['serviceAccount', /error looking up service account /],
];

/** Which kind of refusal these words are. */
export const rejectionOf = (words: string): Rejection => PATTERNS.find(([, pattern]) => pattern.test(words))?.[0] ?? 'rejected';

const NAMED: Readonly<Partial<Record<Rejection, RegExp>>> = {
  priorityClass: /no PriorityClass with name (\S+) was found/,
  quota: /(?:exceeded|failed) quota: ([^,:\s]+)/,
  webhookDown: /failed calling webhook "([^"]+)"/,
  webhookDenied: /admission webhook "([^"]+)" denied/,
  serviceAccount: /error looking up service account \S+?\/(\S+?):/,
};

/** What the refusal names: the priority class, the quota, the webhook, the service account. */
export const namedIn = (words: string): string | undefined => NAMED[rejectionOf(words)]?.exec(words)?.[1];

/** The service behind a webhook that does not answer, where the server names it. */
export const serviceIn = (words: string): { readonly name: string; readonly namespace?: string } | undefined => {
  const [, name, namespace] = /Post "https:\/\/([^."/]+)\.([^."/]+)\.svc[:/]/.exec(words) ?? [];
  if (name !== undefined) return { name, ...(namespace ? { namespace } : {}) };
  const service = /no endpoints available for service "([^"]+)"/.exec(words)?.[1];
  return service === undefined ? undefined : { name: service };
};
