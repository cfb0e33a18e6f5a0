import { type Finding, fail, info, pass, unknown, warn } from '../engine/finding';
import { type Message, msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { type LogLine } from '../engine/source';
import { step } from '../engine/step';
import { type LoggedContainer, logsOf } from '../sources/logs';
import { type Lease } from '../sources/objects';
import { lease } from '../sources/virtualization';
import { type leaderCandidates } from './leaderCandidates';
import { type Election } from './leaderElection';
import { type LineKind, cacheOf, lineKind, wordsOf } from './leaderPatterns';
import { renewedAt } from './leaseTimes';
import { quote } from './words';

const REASONS = [
  'forbidden', 'webhookFails', 'denied', 'terminating', 'unreachable', 'slowRenewal', 'otherError', 'cacheNotSynced', 'leaderCacheNotSynced', 'leads', 'waiting', 'over', 'notAttempted', 'nothingSaid',
] as const;
type Reason = (typeof REASONS)[number];

/** A candidate tries every two seconds and a cache at least every minute: an error that is older, in seconds, is over. */
const CURRENT = 5 * 60;
/** A renewal proves that the lease can be written. An error that is this much older, in seconds, is over; clocks of nodes differ by less. */
const OVERTAKEN = 10;

interface Said {
  readonly line: LogLine;
  readonly kind: LineKind;
}

const ERRORS: Partial<Readonly<Record<LineKind, Reason>>> = {
  forbidden: 'forbidden', webhookFails: 'webhookFails', denied: 'denied', terminating: 'terminating', unreachable: 'unreachable', otherError: 'otherError', cache: 'cacheNotSynced', leaderCache: 'leaderCacheNotSynced',
};

const saidIn = (lines: readonly LogLine[], election: Election): readonly Said[] =>
  lines.flatMap((line) => {
    const kind = lineKind(line.text, election);
    return kind === undefined || kind === 'conflict' ? [] : [{ line, kind }];
  });

/** What decides whether a line is about the present, milliseconds since 1970. */
interface When {
  readonly now: number;
  /** When a candidate last renewed the lease. Whoever else writes it proves nothing about theirs. */
  readonly renewed: number | undefined;
}

const isCurrent = ({ line: { at } }: Said, { now }: When): boolean => at === undefined || now - Date.parse(at) < CURRENT * 1000;

const CACHES: readonly LineKind[] = ['cache', 'leaderCache'];

/** Errors of caches are not about the lease: its renewal by one pod does not fill those of another. */
const isOvertaken = ({ line: { at }, kind }: Said, { renewed }: When): boolean =>
  at !== undefined && renewed !== undefined && !CACHES.includes(kind) && Date.parse(at) + OVERTAKEN * 1000 < renewed;

const isPresentError = (one: Said, when: When): boolean => one.kind in ERRORS && isCurrent(one, when) && !isOvertaken(one, when);

const renewedBy = (running: readonly LoggedContainer[], { items: [of] }: Evidence<Lease>): number | undefined =>
  (of && running.some(({ pod }) => pod === of.spec?.holderIdentity) ? renewedAt(of)?.at : undefined);

/** The state of one candidate: its last word about the election, unless that is an error that is over. */
const stateOf = (said: readonly Said[], when: When): { readonly reason: Reason; readonly last: Said } | undefined => {
  const last = said.findLast((one) => !(one.kind in ERRORS) || isPresentError(one, when));
  if (last === undefined) return undefined;
  const reason = ERRORS[last.kind];
  if (reason === undefined) return { reason: last.kind === 'attempting' || last.kind === 'lost' ? 'waiting' : 'leads', last };
  // It had the lease a moment ago, so it can be written: what fails is to do it in time.
  const hadIt = said.some((one) => (one.kind === 'acquired' || one.kind === 'leads') && isCurrent(one, when));
  return { reason: reason === 'unreachable' && hadIt ? 'slowRenewal' : reason, last };
};

const SAYS: Readonly<Record<Exclude<Reason, 'over' | 'notAttempted' | 'nothingSaid'>, (pod: string, words: string, resource: string) => Message>> = {
  forbidden: (pod, words) => msg('The API server refuses the lease to {{pod}}: “{{words}}”', { pod, words }),
  webhookFails: (pod, words) => msg('A webhook that does not answer keeps {{pod}} from writing the lease: “{{words}}”', { pod, words }),
  denied: (pod, words) => msg('A webhook refuses the lease to {{pod}}: “{{words}}”', { pod, words }),
  terminating: (pod, words) => msg('The namespace is being removed, so {{pod}} cannot create the lease: “{{words}}”', { pod, words }),
  unreachable: (pod, words) => msg('{{pod}} does not reach the API server, or gets no answer in time: “{{words}}”', { pod, words }),
  slowRenewal: (pod, words) => msg('{{pod}} got the lease and cannot renew it in time: “{{words}}”', { pod, words }),
  otherError: (pod, words) => msg('{{pod}} cannot use the lease: “{{words}}”', { pod, words }),
  cacheNotSynced: (pod, words, resource) => msg('{{pod}} cannot read {{resource}}, which it needs before the election: “{{words}}”', { pod, words, resource }),
  leaderCacheNotSynced: (pod, words, resource) => msg('{{pod}} has the lease and cannot read {{resource}}, which it needs before it works: “{{words}}”', { pod, words, resource }),
  leads: (pod) => msg('{{pod}} says that it leads.', { pod }),
  waiting: (pod) => msg('{{pod}} waits for the lease and reports no error.', { pod }),
};

const podsIn = (lines: readonly LogLine[]): readonly string[] => [...new Set(lines.map(({ pod }) => pod))];

const shown = (said: readonly Said[], when: When) => (said.length === 0 ? [] : [{
  of: 'log' as const,
  lines: said.slice(-40).map(({ line, kind }) => ({ from: line.pod, ...(line.at ? { at: line.at } : {}), text: line.text, ...(isPresentError({ line, kind }, when) ? { marked: true } : {}) })),
}]);

const conclude = (logs: Evidence<LogLine>, election: Election, when: When): Finding<Reason> => {
  const said = saidIn(logs.items, election);
  const rows = shown(said, when);
  const states = podsIn(logs.items).flatMap((pod) => {
    const state = stateOf(said.filter(({ line }) => line.pod === pod), when);
    return state ? [{ pod, ...state }] : [];
  }).toSorted((a, b) => REASONS.indexOf(a.reason) - REASONS.indexOf(b.reason));
  const [worst] = states;
  if (worst === undefined) {
    if (logs.items.length === 0) return unknown('nothingSaid', msg('The logs are empty.'));
    if (said.some((one) => isOvertaken(one, when))) return info('over', msg('What they complain of is over: the lease has been renewed since.'), { rows });
    return logs.complete
      ? warn('notAttempted', msg('The logs are complete, and nowhere do they say that the pod entered the election.'), { expected: msg('“{{words}}”', { words: 'attempting to acquire leader lease' }), actual: msg('not said') })
      : unknown('nothingSaid', msg('What is left of the logs says nothing about the election. It is said when the program starts, and those lines are gone.'));
  }
  const also = [...new Set(states.map(({ reason }) => reason))].filter((reason) => reason !== worst.reason);
  const { pod, reason } = worst as { pod: string; reason: keyof typeof SAYS };
  const leader = states.find((one) => one.reason === 'leads');
  if (leader && (reason === 'leads' || reason === 'waiting')) return pass('leads', SAYS.leads(leader.pod, '', ''), { rows });
  const says = SAYS[reason](pod, quote(wordsOf(worst.last.line)), cacheOf(worst.last.line.text, election));
  return (reason === 'waiting' ? info : fail)<Reason>(reason, says, { rows, also, subjects: [{ kind: 'Pod', name: pod }] });
};

/** What the candidates themselves say about the election. */
export const leaderLog = (election: Election, candidates: ReturnType<typeof leaderCandidates>) => step({
  id: 'leader-log',
  asks: msg('What do the pods say about the election?'),
  why: msg('A candidate that cannot use the lease writes down why, every two seconds.'),
  reads: { logs: logsOf(candidates.out.running, { in: election.of.in, tail: 1000 }), lease: lease({ in: election.of.in, name: election.of.name }) },
  // Without the lease an error counts until it is five minutes old.
  optional: ['lease'],
  inputs: { running: candidates.out.running },
  // Running leaders have long logs: their end is enough to see what fails now.
  required: false,
  reasons: REASONS,
  check: ({ logs, lease: of }, { now, inputs: { running } }) => conclude(logs, election, { now, renewed: renewedBy(running, of) }),
});
