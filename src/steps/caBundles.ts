import { type Cell, type Finding, fail, info, pass, warn } from '../engine/finding';
import { msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { step } from '../engine/step';
import { type ApiService, type ConfigMap, type WebhookConfiguration } from '../sources/objects';
import { apiServices, configMap } from '../sources/operandObjects';
import { type Workload } from '../sources/workload';
import { mutatingWebhooks, validatingWebhooks } from './leaseReadings';

/** Where virt-operator publishes the authorities that it signs with: KubeVirt 1.8.4, `components/secrets.go`, KubeVirtCASecretName and CABundleKey. */
const PUBLISHED = { name: 'kubevirt-ca', key: 'ca-bundle' };

interface Seen {
  readonly published: Evidence<ConfigMap>;
  readonly validating: Evidence<WebhookConfiguration>;
  readonly mutating: Evidence<WebhookConfiguration>;
  readonly services: Evidence<ApiService>;
}

interface Trusting {
  readonly name: string;
  readonly bundle: readonly string[];
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g;

/** The certificates of a bundle, without the line breaks that writers put in differently. They are public: no key is among them. */
const certificatesIn = (pem: string): readonly string[] => [...pem.matchAll(CERTIFICATE)].map(([, body = '']) => body.replace(/\s/g, ''));

const trustingOf = ({ validating, mutating, services }: Seen, service: string): readonly Trusting[] => [
  ...[...validating.items, ...mutating.items].flatMap(({ webhooks = [] }) => webhooks)
    .filter(({ clientConfig }) => clientConfig?.service?.name === service).map(({ name, clientConfig }) => ({ name, bundle: certificatesIn(atob(clientConfig?.caBundle ?? '')) })),
  ...services.items.filter(({ spec }) => spec?.service?.name === service).map(({ metadata: { name }, spec }) => ({ name, bundle: certificatesIn(atob(spec?.caBundle ?? '')) })),
];

const conclude = (service: string, seen: Seen): Finding<'same' | 'behind' | 'differs' | 'unpublished' | 'nobody'> => {
  const published = certificatesIn(seen.published.items[0]?.data?.[PUBLISHED.key] ?? '');
  const trusting = trustingOf(seen, service);
  if (published.length === 0) return info('unpublished', msg('Not known: there is no ConfigMap {{name}} to compare with.', { name: PUBLISHED.name }));
  if (trusting.length === 0) return info('nobody', msg('No webhook and no API names the service {{service}}.', { service }));
  const newest = published.at(-1) ?? '';
  const foreign = trusting.filter(({ bundle }) => !bundle.some((one) => published.includes(one)));
  const behind = trusting.filter(({ bundle }) => !published.every((one) => bundle.includes(one)));
  const rows = [{
    of: 'table' as const, columns: [msg('Who must trust it'), msg('Certificates'), msg('Has the newest authority')],
    rows: trusting.map(({ name, bundle }): readonly Cell[] => [name, bundle.length, { message: bundle.includes(newest) ? msg('yes') : msg('no') }]),
  }];
  const details = { rows, expected: msg('{{count}} of {{count}} with the published authorities', { count: trusting.length }), actual: msg('{{count}} of {{of}}', { count: trusting.length - behind.length, of: trusting.length }) };
  if (foreign.length > 0) return fail('differs', msg('No. {{count}} of them know none of the published authorities, so every call of the API server to {{service}} fails.', { count: foreign.length, service }), details);
  return behind.length > 0
    ? warn('behind', msg('Not all: {{count}} lack a published authority. virt-operator writes it there; while it does not run, calls fail as soon as the older one has run out.', { count: behind.length }), details)
    : pass('same', msg('Yes, all {{count}} know the published authorities.', { count: trusting.length }), details);
};

/** Do the webhooks and APIs of a service trust the authority that virt-operator signs with? Compares public bundles, reads no secret. */
export const caBundles = (of: Workload, service: string) => step({
  id: 'ca-bundles',
  asks: msg('Does the API server trust the certificates of {{name}}?', { name: of.name }),
  why: msg('virt-operator renews the authority and writes it into webhooks and APIs. If somebody overwrote them, calls fail although the pods are well.'),
  reads: { published: configMap({ in: of.in, name: PUBLISHED.name }), validating: validatingWebhooks(), mutating: mutatingWebhooks(), services: apiServices() },
  required: false,
  reasons: ['same', 'behind', 'differs', 'unpublished', 'nobody'],
  check: (seen) => conclude(service, seen),
});
