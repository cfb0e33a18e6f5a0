import { type Finding, fail, info, pass } from '../engine/finding';
import { msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { type LogLine } from '../engine/source';
import { step } from '../engine/step';
import { EVENT_LIFETIME, eventCount, eventTime } from '../sources/events';
import { logsOf } from '../sources/logs';
import { type ClusterEvent, type Lease, type Pod } from '../sources/objects';
import { podsOf } from '../sources/pods';
import { lease } from '../sources/virtualization';
import { type leaderCandidates } from './leaderCandidates';
import { type Election } from './leaderElection';
import { lineKind, wordsOf } from './leaderPatterns';
import { electionEvents } from './leaseReadings';
import { renewedAt } from './leaseTimes';
import { quote } from './words';

/** So many elections while events are kept are no accident: an upgrade needs two. */
const MANY = 4;
/** An election that is further back, in seconds, is not what keeps the alert firing. */
const LATELY = 20 * 60;
/** Who renews so long after its election, in seconds, has been seen leading by several scrapes: it is over. */
const KEPT = 2 * 60;

const elections = (events: readonly ClusterEvent[], name: string): readonly ClusterEvent[] =>
  events.filter(({ involvedObject, message = '' }) => involvedObject.kind === 'Lease' && involvedObject.name === name && message.endsWith('became leader'));

/** Who flaps stays: its container starts again in the same pod. An election that a pod won which has been deleted since says nothing against those that are there. */
const byThoseThatStay = (found: readonly ClusterEvent[], pods: Evidence<Pod>): readonly ClusterEvent[] =>
  (pods.missing.length > 0 ? found : found.filter(({ message = '' }) => pods.items.some(({ metadata }) => message === `${metadata.name} became leader`)));

const countOf = (events: readonly ClusterEvent[]): number => events.reduce((sum, event) => sum + eventCount(event), 0);

interface Read {
  readonly events: Evidence<ClusterEvent>;
  readonly lease: Evidence<Lease>;
  readonly pods: Evidence<Pod>;
}

const conclude = (name: string, { events, lease: seen, pods }: Read, now: number): Finding<'none' | 'some' | 'flapping'> => {
  const found = elections(events.items, name).toSorted((a, b) => (eventTime(b) ?? '').localeCompare(eventTime(a) ?? ''));
  const staying = byThoseThatStay(found, pods);
  const count = countOf(found);
  const newest = found[0] && eventTime(found[0]);
  const transitions = seen.items[0]?.spec?.leaseTransitions ?? 0;
  const details = {
    actual: msg('{{count}} elections, {{transitions}} changes of holder ever', { count, transitions }),
    rows: found.length === 0 ? [] : [{
      of: 'table' as const, columns: [msg('Last'), msg('Times'), msg('Event')],
      rows: found.map((event) => [{ instant: eventTime(event) ?? '' }, eventCount(event), event.message ?? null]),
    }],
  };
  if (count === 0 || newest === undefined) {
    return info('none', msg('None that is still kept. Events live for {{hours}} or longer.', { hours: { duration: EVENT_LIFETIME } }), details);
  }
  const last = (staying[0] && eventTime(staying[0])) ?? '';
  const lately = (now - Date.parse(last)) / 1000 < LATELY;
  const renewed = seen.items[0] && renewedAt(seen.items[0])?.at;
  const kept = renewed !== undefined && (renewed - Date.parse(newest)) / 1000 > KEPT;
  return countOf(staying) >= MANY && lately && !kept
    ? fail('flapping', msg('{{count}} times, the last {{newest}}: whoever is elected loses the lease again.', { count: countOf(staying), newest: { instant: last } }), { ...details, expected: msg('rarely') })
    : info('some', msg('{{count}} times, the last {{newest}}.', { count, newest: { instant: newest } }), details);
};

/**
 * How often was a leader elected? `leaseTransitions` alone is not enough: a container that starts again in the same pod
 * takes its own lease back, which client-go does not count.
 */
export const leaderChanges = ({ of }: Election) => step({
  id: 'leader-changes',
  asks: msg('How often was a leader elected lately?'),
  why: msg('A leader that cannot renew in 10 seconds ends its own process. If each one does, nobody leads long enough to be seen.'),
  reads: { events: electionEvents(of.in), lease: lease({ in: of.in, name: of.name }), pods: podsOf(of) },
  optional: ['lease', 'pods'],
  required: false,
  reasons: ['none', 'some', 'flapping'],
  check: (read, { now }) => conclude(of.name, read, now),
});

/** Why did containers that were started again end: did they lose the lease? */
export const leaderLost = (election: Election, candidates: ReturnType<typeof leaderCandidates>) => step({
  id: 'leader-lost',
  asks: msg('Did a leader end because it lost the lease?'),
  why: msg('It says so in the last lines before it ends; they stand in the previous log of its container.'),
  reads: { previous: logsOf(candidates.out.restarted, { in: election.of.in, tail: 200, previous: true }) },
  inputs: { restarted: candidates.out.restarted },
  required: false,
  reasons: ['noRestart', 'lost', 'otherEnd'],
  check: ({ previous: { items } }, { inputs: { restarted } }) => {
    if (restarted.length === 0) return pass('noRestart', msg('No container was started again within the last hour.'));
    const lines = items.filter(({ text }) => lineKind(text, election) !== undefined);
    const rows = [{ of: 'log' as const, lines: (lines.length > 0 ? lines : items).slice(-20).map(logRow) }];
    const lost = lines.findLast(({ text }) => lineKind(text, election) === 'lost');
    return lost
      ? fail('lost', msg('Yes, {{pod}}: “{{words}}”', { pod: lost.pod, words: quote(wordsOf(lost)) }), { rows })
      : info('otherEnd', msg('No. Containers started again within the last hour: {{count}}. None says that it lost the lease.', { count: restarted.length }), { rows });
  },
});

const logRow = ({ pod, at, text }: LogLine) => ({ from: pod, ...(at ? { at } : {}), text });
