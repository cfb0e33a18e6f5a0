import { type Cell, fail, info, pass } from '../engine/finding';
import { msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { step } from '../engine/step';
import { type EndpointSlice, type KubeObject, type Webhook, type WebhookConfiguration } from '../sources/objects';
import { type Election } from './leaderElection';
import { type Backend, endpointsOf, mutatingWebhooks, namespaceLabels, validatingWebhooks } from './leaseReadings';

interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly { readonly key: string; readonly operator: string; readonly values?: readonly string[] }[];
}

/** What of a webhook decides whether a write passes it. */
interface Selecting extends Webhook {
  readonly namespaceSelector?: Selector;
  readonly matchConditions?: readonly unknown[];
}

const selects = ({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Readonly<Record<string, string>>): boolean =>
  Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
  matchExpressions.every(({ key, operator, values = [] }) => {
    const value = labels[key];
    if (operator === 'In') return value !== undefined && values.includes(value);
    if (operator === 'NotIn') return value === undefined || !values.includes(value);
    return (operator === 'Exists') === (value !== undefined);
  });

const covers = (words: readonly string[] | undefined, ...any: readonly string[]): boolean =>
  words?.some((word) => word === '*' || any.includes(word)) ?? false;

/** Does a failure of this webhook stop writes of leases in a namespace with these labels? The default of failurePolicy is Fail. */
const stops = (webhook: Selecting, labels: Readonly<Record<string, string>>): boolean =>
  (webhook.failurePolicy ?? 'Fail') === 'Fail' && (webhook.matchConditions ?? []).length === 0 && selects(webhook.namespaceSelector ?? {}, labels) &&
  (webhook.rules ?? []).some(({ operations, apiGroups, resources }) =>
    covers(operations, 'CREATE', 'UPDATE') && covers(apiGroups, 'coordination.k8s.io') && covers(resources, 'leases', '*/*'));

interface Standing {
  readonly webhook: Selecting;
  readonly configuration: string;
  /** `validatingwebhookconfigurations` or `mutatingwebhookconfigurations`. */
  readonly resource: string;
}

interface Seen {
  readonly validating: Evidence<WebhookConfiguration>;
  readonly mutating: Evidence<WebhookConfiguration>;
  readonly namespace: Evidence<KubeObject>;
}

const standing = ({ validating, mutating, namespace: { items: [namespace] } }: Seen): readonly Standing[] => {
  if (namespace === undefined) return [];
  const labels = namespace.metadata.labels ?? {};
  const among = (configurations: readonly WebhookConfiguration[], resource: string) => configurations.flatMap(({ metadata, webhooks = [] }) =>
    webhooks.filter((webhook) => stops(webhook, labels)).map((webhook) => ({ webhook, configuration: metadata.name, resource })));
  return [...among(validating.items, 'validatingwebhookconfigurations'), ...among(mutating.items, 'mutatingwebhookconfigurations')];
};

const serviceOf = ({ webhook }: Pick<Standing, 'webhook'>): Backend | undefined => {
  const { name, namespace } = webhook.clientConfig?.service ?? {};
  return name && namespace ? { namespace, service: name, selector: `kubernetes.io/service-name=${name}` } : undefined;
};

const row = ({ webhook, configuration }: Standing): readonly Cell[] => {
  const { namespace, service } = serviceOf({ webhook }) ?? {};
  return [configuration, webhook.name, service ? `${namespace}/${service}` : null];
};

/** Which admission webhooks must answer before a lease can be written? */
export const leaseWebhooks = ({ of }: Election) => step({
  id: 'lease-webhooks',
  asks: msg('Does writing the lease depend on a webhook?'),
  why: msg('A webhook with failurePolicy Fail that does not answer stops every write that it asks to see. KubeVirt’s own do not ask to see leases; those of policy engines may.'),
  reads: { validating: validatingWebhooks(), mutating: mutatingWebhooks(), namespace: namespaceLabels(of.in) },
  required: false,
  reasons: ['none', 'some'],
  check: (seen) => {
    const found = standing(seen);
    if (found.length === 0) return pass('none', msg('No.'));
    return info('some', msg('Yes: {{webhooks}}.', { webhooks: { list: found.map(({ webhook }) => webhook.name) } }), {
      rows: [{ of: 'table', columns: [msg('Configuration'), msg('Webhook'), msg('Service')], rows: found.map(row) }],
    });
  },
  out: {
    backends: (seen) => {
      const found = standing(seen).flatMap((one) => serviceOf(one) ?? []);
      return found.length === 0 ? undefined : [...new Map(found.map((one) => [`${one.namespace}/${one.service}`, one])).values()];
    },
    /** The first of the configurations as `oc` names it: resource, slash, name. */
    configuration: (seen) => {
      const [first] = standing(seen);
      return first && `${first.resource}/${first.configuration}`;
    },
  },
});

/** Who of them has nothing that could answer. */
const deadAmong = (backends: readonly Backend[], slices: readonly EndpointSlice[]): readonly Backend[] =>
  backends.filter(({ namespace, service }) => !slices
    .filter(({ metadata }) => metadata.namespace === namespace && metadata.labels?.['kubernetes.io/service-name'] === service)
    .some(({ endpoints }) => endpoints?.some(({ conditions }) => conditions?.ready !== false)));

/** Do the services behind those webhooks have anything to answer with? */
export const leaseWebhookBackends = (webhooks: ReturnType<typeof leaseWebhooks>) => step({
  id: 'lease-webhook-backends',
  asks: msg('Do these webhooks answer?'),
  why: msg('A service without ready endpoints cannot answer, and then the lease cannot be written.'),
  reads: { endpoints: endpointsOf(webhooks.out.backends) },
  inputs: { backends: webhooks.out.backends },
  required: false,
  reasons: ['ready', 'noBackend'],
  check: ({ endpoints }, { inputs: { backends } }) => {
    const dead = deadAmong(backends, endpoints.items);
    const details = {
      expected: msg('1 ready endpoint or more each'), actual: msg('{{ready}} of {{of}} services have one', { ready: backends.length - dead.length, of: backends.length }),
      subjects: dead.map(({ namespace, service }) => ({ kind: 'Service', name: service, namespace })),
    };
    const [first] = dead;
    if (first && endpoints.complete) {
      return fail('noBackend', msg('No. The service {{service}} in {{namespace}} has no ready endpoint, so no lease in this namespace can be written.', { service: first.service, namespace: first.namespace }), details);
    }
    return pass('ready', msg('Each has a ready endpoint.'), details);
  },
  out: {
    /** The first service that cannot answer; if all can, the first of them. */
    service: ({ endpoints }, { inputs: { backends } }: { inputs: { backends: readonly Backend[] } }) => (deadAmong(backends, endpoints.items)[0] ?? backends[0])?.service,
    namespace: ({ endpoints }, { inputs: { backends } }: { inputs: { backends: readonly Backend[] } }) => (deadAmong(backends, endpoints.items)[0] ?? backends[0])?.namespace,
  },
});
