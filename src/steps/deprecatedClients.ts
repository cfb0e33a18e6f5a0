import { type Finding, info, notApplicable, warn } from '../engine/finding';
import { type Message, msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { type Given, step } from '../engine/step';
import { type ApiRequestCount, type HourOfRequests, requestCount } from '../sources/apiRequests';
import { UNCOUNTED } from './deprecatedCalls';
import { installed } from './installed';

const REASONS = ['workload', 'person', 'virtualization', 'garbageCollector', 'platform', 'readsOnly', 'notLately', 'notCounted'] as const;
type Reason = (typeof REASONS)[number];
/** What kind of client it is. */
type Kind = Extract<Reason, 'workload' | 'person' | 'virtualization' | 'garbageCollector' | 'platform'>;

/** Somebody who asked, with how often; reading whole lists aside, which the rule does not count. */
interface Client {
  readonly name: string;
  readonly agent: string;
  readonly verbs: readonly string[];
  readonly counted: number;
  readonly count: number;
}

const GARBAGE_COLLECTOR = 'system:serviceaccount:kube-system:generic-garbage-collector';
const ACCOUNT = /^system:serviceaccount:([^:]+):(.+)$/;

const kindOf = ({ name }: Client, namespace: string): Kind => {
  if (name === GARBAGE_COLLECTOR) return 'garbageCollector';
  const [, home] = ACCOUNT.exec(name) ?? [];
  if (home !== undefined) return home === namespace ? 'virtualization' : 'workload';
  return name.startsWith('system:') ? 'platform' : 'person';
};

const SAYS: Readonly<Record<Kind, (client: string, agent: string, count: number) => Message>> = {
  workload: (client, agent, count) => msg('A program with the account {{client}}, as {{agent}}: {{count}} calls.', { client, agent, count }),
  person: (client, agent, count) => msg('{{client}}, with {{agent}}: {{count}} calls.', { client, agent, count }),
  virtualization: (client, agent, count) => msg('Virtualization itself, with the account {{client}}, as {{agent}}: {{count}} calls.', { client, agent, count }),
  garbageCollector: (_, agent, count) => msg('The garbage collector of Kubernetes, as {{agent}}: {{count}} calls. Some object names an owner in the old version.', { agent, count }),
  platform: (client, agent, count) => msg('The platform itself, as {{client}} with {{agent}}: {{count}} calls.', { client, agent, count }),
};

const isCounted = (verb: string): boolean => !UNCOUNTED.includes(verb.toUpperCase());

const clientsIn = (hours: readonly HourOfRequests[]): readonly Client[] => {
  const found = new Map<string, Client>();
  for (const { username = '', userAgent = '', byVerb = [] } of hours.flatMap(({ byNode = [] }) => byNode).flatMap(({ byUser = [] }) => byUser)) {
    const key = `${username} ${userAgent}`;
    const before = found.get(key) ?? { name: username, agent: userAgent, verbs: [], counted: 0, count: 0 };
    const sum = (all: typeof byVerb): number => all.reduce((total, { requestCount: count = 0 }) => total + count, 0);
    found.set(key, {
      ...before, verbs: [...new Set([...before.verbs, ...byVerb.map(({ verb = '' }) => verb)])],
      counted: before.counted + sum(byVerb.filter(({ verb = '' }) => isCounted(verb))), count: before.count + sum(byVerb),
    });
  }
  return [...found.values()].toSorted((a, b) => b.counted - a.counted || b.count - a.count);
};

/** The hour that runs and the one before it: element 0 is the hour after midnight, UTC, in which the API server counts. */
const lately = (hours: readonly HourOfRequests[], now: number): readonly HourOfRequests[] => {
  const hour = new Date(now).getUTCHours();
  return [hour, (hour + 23) % 24].flatMap((index) => hours[index] ?? []);
};

const table = (clients: readonly Client[]) => (clients.length === 0 ? [] : [{
  of: 'table' as const, columns: [msg('User'), msg('Client'), msg('Verbs'), msg('Calls')],
  rows: clients.map(({ name, agent, verbs, count }) => [name, agent, { list: verbs }, count]),
}]);

const conclude = (seen: Evidence<ApiRequestCount>, namespace: string, now: number): Finding<Reason> => {
  const hours = seen.items[0]?.status?.last24h;
  if (hours === undefined) return notApplicable('notCounted', msg('This cluster does not count by client. Only the audit log of the API servers names who asks.'));
  const recent = clientsIn(lately(hours, now));
  const counted = recent.filter((client) => client.counted > 0);
  const [first] = counted;
  if (first) {
    const kind = kindOf(first, namespace);
    const also = [...new Set(counted.map((client) => kindOf(client, namespace)))].filter((other) => other !== kind);
    return warn<Reason>(kind, SAYS[kind](first.name, first.agent, first.counted), { also, rows: table(recent) });
  }
  return recent.length > 0
    ? info('readsOnly', msg('In this hour and the one before, {{clients}} asked, and only for lists, watches and deletions.', { clients: { list: recent.map(({ name }) => name) } }), { rows: table(recent) })
    : info('notLately', msg('Nobody in this hour and the one before, as far as the API servers have written down. They do that every few minutes.'), { rows: table(clientsIn(hours)) });
};

const leadOf = (seen: Evidence<ApiRequestCount>, now: number): RegExpExecArray | undefined => {
  const account = clientsIn(lately(seen.items[0]?.status?.last24h ?? [], now)).find(({ counted, name }) => counted > 0 && ACCOUNT.test(name));
  return ACCOUNT.exec(account?.name ?? '') ?? undefined;
};

/** Who asks? OpenShift counts the calls of each user and client by the hour; the ten busiest of each API server are kept. */
export const deprecatedClients = step({
  id: 'deprecated-clients',
  asks: msg('Who asks for it?'),
  why: msg('The alert names the API, not the client. OpenShift keeps the ten busiest users of each hour.'),
  reads: { requests: requestCount() },
  inputs: { namespace: installed.out.namespace },
  required: false,
  reasons: REASONS,
  check: ({ requests }, { now, inputs: { namespace } }) => conclude(requests, namespace, now),
  out: {
    /** Namespace and account of the busiest program, for commands. */
    home: ({ requests }, { now }: Given<{ namespace: typeof installed.out.namespace }>) => leadOf(requests, now)?.[1],
    account: ({ requests }, { now }: Given<{ namespace: typeof installed.out.namespace }>) => leadOf(requests, now)?.[2],
  },
});
