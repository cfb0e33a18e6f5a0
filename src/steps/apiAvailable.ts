import { type Finding, fail, pass } from '../engine/finding';
import { type Message, msg } from '../engine/message';
import { step } from '../engine/step';
import { type ApiService, type Condition } from '../sources/objects';
import { apiServices } from '../sources/operandObjects';
import { quote } from './words';

const REASONS = ['available', 'absent', 'noEndpoints', 'timeout', 'refused', 'certificate', 'answersBadly', 'otherwise'] as const;
type Trouble = Exclude<(typeof REASONS)[number], 'available' | 'absent'>;

/** The API group that virt-api serves: KubeVirt 1.8.4, pkg/virt-operator/resource/generate/components/apiservices.go. */
const GROUP = 'subresources.kubevirt.io';

/**
 * The words of the controller that asks: kube-aggregator 1.35, pkg/controllers/status/remote/remote_available_controller.go
 * for the reasons and "failing or missing response from"; Go's net and crypto/tls for what follows it. The most specific first.
 */
const TROUBLE: readonly (readonly [Trouble, RegExp])[] = [
  ['noEndpoints', /MissingEndpoints|EndpointsNotFound|ServiceNotFound|ServicePortError|endpoints for service\/\S+ in "[^"]*" have no addresses|no endpoints available/],
  ['certificate', /x509: |tls: failed to verify|remote error: tls/],
  ['timeout', /context deadline exceeded|i\/o timeout|Client\.Timeout|TLS handshake timeout|no route to host/],
  ['refused', /connection refused|connection reset|\bEOF\b/],
  ['answersBadly', /bad status from|status code|FailedDiscoveryCheck/],
];

const troubleOf = ({ reason = '', message = '' }: Condition): Trouble => TROUBLE.find(([, pattern]) => pattern.test(`${reason} ${message}`))?.[0] ?? 'otherwise';

const SAYS: Readonly<Record<Trouble, (words: string) => Message>> = {
  noEndpoints: (words) => msg('No: no ready virt-api pod stands behind it. “{{words}}”', { words }),
  timeout: (words) => msg('No: the control plane gets no answer from virt-api in time. The path from its nodes to the pods is cut, or large packets do not come through. “{{words}}”', { words }),
  refused: (words) => msg('No: virt-api refuses the connection. “{{words}}”', { words }),
  certificate: (words) => msg('No: the control plane and virt-api do not trust each other’s certificates. “{{words}}”', { words }),
  answersBadly: (words) => msg('No: virt-api answers, and not as it should. “{{words}}”', { words }),
  otherwise: (words) => msg('No: “{{words}}”', { words }),
};

const availability = ({ status }: ApiService): Condition | undefined => status?.conditions?.find(({ type }) => type === 'Available');

const conclude = (all: readonly ApiService[]): Finding<(typeof REASONS)[number]> => {
  const ours = all.filter(({ spec }) => spec?.group === GROUP);
  if (ours.length === 0) return fail('absent', msg('No: the API {{group}} is not registered. virt-operator makes the registration again.', { group: GROUP }));
  const rows = [{
    of: 'table' as const, columns: [msg('API'), msg('Available'), msg('Reason'), msg('Message')],
    rows: ours.map((one) => [one.metadata.name, availability(one)?.status ?? null, availability(one)?.reason ?? null, quote(availability(one)?.message ?? '')]),
  }];
  const down = ours.map(availability).find((condition) => condition?.status !== 'True');
  if (ours.every((one) => availability(one)?.status === 'True')) return pass('available', msg('Yes: all checks of the API server pass.'), { rows });
  const condition = down ?? { type: 'Available', status: 'Unknown' };
  const trouble = troubleOf(condition);
  return fail(trouble, SAYS[trouble](quote(condition.message ?? '')), { rows, expected: msg('Available=True'), actual: msg('Available={{status}}', { status: condition.status }) });
};

/** Does the control plane reach virt-api? Its own condition of the registered API says so, in its own words. */
export const apiAvailable = step({
  id: 'api-available',
  asks: msg('Does the API server reach virt-api?'),
  why: msg('Starting, stopping and pausing VMs, consoles and migrations go through this API. It can be out of reach although the pods are ready.'),
  reads: { services: apiServices() },
  reasons: REASONS,
  check: ({ services: { items } }) => conclude(items),
});
