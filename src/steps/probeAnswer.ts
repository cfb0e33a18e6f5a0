import { type Finding, fail, info, notApplicable } from '../engine/finding';
import { type Message, msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { step } from '../engine/step';
import { eventCount, eventTime, eventsAbout, warnings } from '../sources/events';
import { type ClusterEvent, type Pod } from '../sources/objects';
import { podsOf } from '../sources/pods';
import { type Workload } from '../sources/workload';
import { judge } from './podState';
import { quote } from './words';

const REASONS = ['notNeeded', 'noEvent', 'refused', 'timeout', 'status', 'tls', 'otherwise'] as const;
type Reason = (typeof REASONS)[number];
type Answer = Exclude<Reason, 'notNeeded' | 'noEvent'>;

/** What the kubelet writes into an event when a probe fails: kubernetes 1.35, pkg/kubelet/prober and pkg/probe/http. */
const PROBE = /^(Readiness|Liveness|Startup) probe (?:failed|errored[^:]*): (.*)$/s;
const ANSWERS: readonly (readonly [Answer, RegExp])[] = [
  ['refused', /connection refused|connection reset by peer|\bEOF\b/],
  ['timeout', /context deadline exceeded|Client\.Timeout exceeded|i\/o timeout/],
  ['status', /HTTP probe failed with statuscode: \d+/],
  ['tls', /tls: |x509: |remote error/],
];

interface Failure {
  readonly event: ClusterEvent;
  readonly probe: string;
  readonly words: string;
  readonly answer: Answer;
}

const failureIn = (event: ClusterEvent): readonly Failure[] => {
  const [, probe, words] = PROBE.exec(event.message ?? '') ?? [];
  return event.reason === 'Unhealthy' && probe !== undefined && words !== undefined
    ? [{ event, probe, words, answer: ANSWERS.find(([, pattern]) => pattern.test(words))?.[0] ?? 'otherwise' }] : [];
};

const SAYS: Readonly<Record<Answer, (probe: string, words: string) => Message>> = {
  refused: (probe, words) => msg('The {{probe}} probe reaches nobody: the program does not listen, or has ended. “{{words}}”', { probe, words }),
  timeout: (probe, words) => msg('The {{probe}} probe gets no answer in time: the program hangs, or its node is overloaded. “{{words}}”', { probe, words }),
  status: (probe, words) => msg('The program answers the {{probe}} probe and says that it is not well. “{{words}}”', { probe, words }),
  tls: (probe, words) => msg('The {{probe}} probe fails in the TLS handshake. “{{words}}”', { probe, words }),
  otherwise: (probe, words) => msg('The {{probe}} probe fails: “{{words}}”', { probe, words }),
};

const rowsOf = (failures: readonly Failure[]) => [{
  of: 'table' as const,
  columns: [msg('Last seen'), msg('Times'), msg('Pod'), msg('Probe'), msg('Answer')],
  rows: failures.map(({ event, probe, words }) => [{ instant: eventTime(event) ?? '' }, eventCount(event), event.involvedObject.name ?? null, probe, quote(words)]),
}];

const conclude = (name: string, { pods, events }: { readonly pods: Evidence<Pod>; readonly events: Evidence<ClusterEvent> }, now: number): Finding<Reason> => {
  // A container that has just started, and one between two restarts, fails its probe as well.
  const unready = pods.items.filter((pod) => judge(pod, now).state === 'notReady').map(({ metadata }) => metadata.name);
  if (unready.length === 0) return notApplicable('notNeeded', msg('Not needed: no pod runs without being ready.'));
  const failures = eventsAbout(events.items, name, 'Pod').filter(({ involvedObject }) => unready.includes(involvedObject.name ?? '')).flatMap(failureIn);
  const [newest] = failures;
  if (!newest) return info('noEvent', msg('No event tells: events are kept for a few hours at most.'));
  return fail(newest.answer, SAYS[newest.answer](newest.probe.toLowerCase(), quote(newest.words)), {
    subjects: unready.map((pod) => ({ kind: 'Pod', name: pod, ...(pods.items[0]?.metadata.namespace ? { namespace: pods.items[0].metadata.namespace } : {}) })), rows: rowsOf(failures),
  });
};

/** Which probe fails, and what does it get for an answer? */
export const probeAnswer = (of: Workload) => step({
  id: 'probe-answer',
  asks: msg('Which probe of {{name}} fails, and with what answer?', { name: of.name }),
  why: msg('The kubelet asks the program. “Connection refused” means that nobody listens, a status of 500 that the program says it is not well, a time-out that it hangs.'),
  reads: { pods: podsOf(of), events: warnings(of.in) },
  required: false,
  reasons: REASONS,
  check: (seen, { now }) => conclude(of.name, seen, now),
});
