import { type Cell, type Finding, fail, info, pass } from '../engine/finding';
import { type Message, msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { step } from '../engine/step';
import { kinds } from '../sources/kinds';
import { nodes } from '../sources/nodes';
import { type EndpointSlice, type Node, type Webhook, type WebhookConfiguration } from '../sources/objects';
import { type Workload } from '../sources/workload';
import { mutatingWebhooks, validatingWebhooks } from './leaseReadings';

interface Seen {
  readonly validating: Evidence<WebhookConfiguration>;
  readonly mutating: Evidence<WebhookConfiguration>;
  readonly endpoints: Evidence<EndpointSlice>;
  readonly nodes: Evidence<Node>;
}

/** What waits or is refused while nothing answers, in the words of whoever waits. Rules: KubeVirt 1.8.4, `components/webhooks.go`. */
const MEANING: Readonly<Record<string, Message>> = {
  'pods/eviction': msg('Evictions of launcher pods: drains and machine config updates wait'),
  virtualmachines: msg('Every create and update of a VM, start and stop of most'),
  virtualmachineinstances: msg('Every create of a VM instance: no VM starts'),
  virtualmachineinstancemigrations: msg('Every new migration'),
  kubevirts: msg('Every change of the KubeVirt object, and through it of HyperConverged'),
};

const mustAnswer = ({ failurePolicy = 'Fail' }: Webhook): boolean => failurePolicy === 'Fail';

const hooksOf = ({ validating, mutating }: Seen, service: string, namespace: string): readonly Webhook[] =>
  [...validating.items, ...mutating.items].flatMap(({ webhooks = [] }) => webhooks).filter((hook) =>
    mustAnswer(hook) && hook.clientConfig?.service?.name === service && hook.clientConfig.service.namespace === namespace);

const rowsOf = (hooks: readonly Webhook[]) => {
  const resources = [...new Set(hooks.flatMap(({ rules = [] }) => rules.flatMap(({ resources: some = [] }) => some)))].toSorted((a, b) => Number(b in MEANING) - Number(a in MEANING));
  const operations = (resource: string): string => [...new Set(hooks.flatMap(({ rules = [] }) => rules.filter((rule) => rule.resources?.includes(resource)).flatMap((rule) => rule.operations ?? [])))].join(', ');
  return [{
    of: 'table' as const, columns: [msg('Asks to see'), msg('Operations'), msg('What that means')],
    rows: resources.map((resource): readonly Cell[] => [resource, operations(resource), MEANING[resource] ? { message: MEANING[resource] } : null]),
  }];
};

const conclude = (name: string, service: string, seen: Seen, namespace: string): Finding<'answers' | 'blocks' | 'none'> => {
  const slices = seen.endpoints.items;
  const hooks = hooksOf(seen, service, namespace);
  if (hooks.length === 0) return info('none', msg('No webhook asks {{name}}.', { name }));
  const answers = slices.some(({ endpoints }) => endpoints?.some(({ conditions }) => conditions?.ready !== false));
  const cordoned = seen.nodes.items.filter(({ spec }) => spec?.unschedulable).length;
  const details = { rows: rowsOf(hooks), expected: msg('1 ready endpoint of the service {{service}} or more', { service }), actual: answers ? msg('some') : msg('0') };
  if (answers) return pass('answers', msg('Nothing: a ready pod stands behind the {{hooks}} webhooks that must answer.', { hooks: hooks.length }), details);
  return fail('blocks', cordoned === 0
    ? msg('What the table says is refused, dry runs included: nothing answers for {{hooks}} webhooks.', { hooks: hooks.length })
    : msg('What the table says is refused, dry runs included: nothing answers for {{hooks}} webhooks. {{cordoned}} nodes are cordoned, and their drains wait.', { hooks: hooks.length, cordoned }), details);
};

/** What do the webhooks of a component block right now, because nothing answers for them? */
export const webhooksBlock = (of: Workload, service: string) => step({
  id: 'webhooks-block',
  asks: msg('What is refused because {{name}} does not answer?', { name: of.name }),
  why: msg('Its webhooks have the failurePolicy Fail: what they ask to see is refused while nobody answers, whoever wants it.'),
  reads: {
    validating: validatingWebhooks(), mutating: mutatingWebhooks(),
    endpoints: { kind: 'list', of: kinds.EndpointSlice, in: of.in, labels: `kubernetes.io/service-name=${service}`, part: 'full', atMost: 20 },
    nodes: nodes(),
  },
  optional: ['nodes'],
  inputs: { namespace: of.in },
  required: false,
  reasons: ['answers', 'blocks', 'none'],
  check: (seen, { inputs: { namespace } }) => conclude(of.name, service, seen, namespace),
});
