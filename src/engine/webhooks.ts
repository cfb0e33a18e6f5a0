import { type Operation } from './operation';

interface Rule {
  readonly apiGroups?: readonly string[];
  readonly apiVersions?: readonly string[];
  readonly resources?: readonly string[];
  readonly operations?: readonly string[];
}

/** A webhook configuration, as far as it matters here: `admissionregistration.k8s.io/v1`, validating or mutating. */
export interface WebhookConfiguration {
  readonly metadata: { readonly name: string };
  readonly webhooks?: readonly {
    readonly name: string;
    readonly failurePolicy?: 'Fail' | 'Ignore';
    readonly rules?: readonly Rule[];
    readonly clientConfig?: { readonly service?: { readonly namespace: string; readonly name: string } };
  }[];
}

/** A webhook that a write may pass: whether its selectors fit the object is for the server to say. */
export interface PassedWebhook {
  readonly name: string;
  /** `namespace/name`; absent for one that is outside the cluster. */
  readonly service?: string;
  /** The write is refused if it does not answer. */
  readonly mustAnswer: boolean;
}

const includes = (list: readonly string[] | undefined, value: string): boolean => (list ?? []).some((one) => one === '*' || one === value);

const DONE_AS: Readonly<Record<Operation['verb'], string>> = { patch: 'UPDATE', delete: 'DELETE', create: 'CREATE', evict: 'CREATE', call: 'UPDATE' };

/** Resource as a rule of a webhook names it: with its subresource after a slash. */
const resourceOf = (operation: Operation): string => {
  const { plural } = operation.target;
  if (operation.verb === 'evict') return `${plural}/eviction`;
  return 'subresource' in operation && operation.subresource ? `${plural}/${operation.subresource}` : plural;
};

const matches = (rule: Rule, operation: Operation): boolean => {
  const { group = '', apiVersion } = operation.target;
  const resource = resourceOf(operation);
  const [plural, subresource] = resource.split('/');
  return includes(rule.apiGroups, group) && includes(rule.apiVersions, apiVersion.split('/').at(-1) ?? '') && includes(rule.operations, DONE_AS[operation.verb]) &&
    (rule.resources ?? []).some((one) => one === '*/*' || one === resource || (one === '*' && !subresource) || (subresource !== undefined && (one === `${plural}/*` || one === `*/${subresource}`)));
};

/** The webhooks that a plan's writes may pass, those that must answer first. A call of a subresource is served by virt-api itself and passes none. */
export const webhooksOf = (operations: readonly Operation[], configurations: readonly WebhookConfiguration[]): readonly PassedWebhook[] => {
  const passed = configurations.flatMap(({ webhooks = [] }) => webhooks)
    .filter(({ rules = [] }) => operations.some((operation) => operation.verb !== 'call' && rules.some((rule) => matches(rule, operation))))
    .map(({ name, failurePolicy, clientConfig }): PassedWebhook => ({
      name, mustAnswer: failurePolicy !== 'Ignore', ...(clientConfig?.service ? { service: `${clientConfig.service.namespace}/${clientConfig.service.name}` } : {}),
    }));
  return passed.sort((a, b) => Number(b.mustAnswer) - Number(a.mustAnswer) || a.name.localeCompare(b.name));
};
