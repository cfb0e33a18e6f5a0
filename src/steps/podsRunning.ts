import { type Cell, type Finding, fail, pass, warn } from '../engine/finding';
import { type Message, msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { type Given, step } from '../engine/step';
import { type LoggedContainer } from '../sources/logs';
import { type Pod } from '../sources/objects';
import { podsOf } from '../sources/pods';
import { type Workload } from '../sources/workload';
import { type WorkloadObject, wantedBy, workloadObject } from '../sources/workloadObjects';
import { type Judged, POD_STATES, type PodState, containersOf, judge } from './podState';
import { quote } from './words';

const REASONS = [
  'allRunning', 'surplus', 'tooFew', 'noPods', 'imagePull', 'configError', 'crashLoop', 'unschedulable', 'stuckStarting', 'failed', 'lost', 'notReady', 'starting', 'terminating',
] as const;
type Reason = (typeof REASONS)[number];

interface Seen {
  readonly pods: Evidence<Pod>;
  readonly workload: Evidence<WorkloadObject>;
}

const restarts = (pod: Pod): number => containersOf(pod).reduce((sum, { restartCount = 0 }) => sum + restartCount, 0);

/** One row per pod: its name, node, what it says of itself, restarts, age. */
const row = ({ pod, state, reason }: Judged): readonly Cell[] => [
  { object: { kind: 'Pod', name: pod.metadata.name, namespace: pod.metadata.namespace ?? '' } },
  pod.spec?.nodeName ?? null, pod.status?.phase ?? null, reason ?? (state === 'ready' ? null : state), restarts(pod),
  pod.metadata.creationTimestamp ? { instant: pod.metadata.creationTimestamp } : null,
];

const rows = (all: readonly Judged[]) => (all.length === 0 ? [] : [{
  of: 'table' as const,
  columns: [msg('Pod'), msg('Node'), msg('Phase'), msg('Reason'), msg('Restarts'), msg('Created')],
  rows: all.map(row),
}]);

const SAYS: Readonly<Record<Exclude<Reason, 'allRunning' | 'surplus' | 'tooFew' | 'noPods'>, (count: number, of: number, reason: string) => Message>> = {
  imagePull: (count, of) => msg('No. The image cannot be pulled ({{count}} of {{of}} pods).', { count, of }),
  configError: (count, of) => msg('No. The container cannot be created from what the pod refers to ({{count}} of {{of}} pods).', { count, of }),
  crashLoop: (count, of) => msg('No. The container starts and ends again and again ({{count}} of {{of}} pods).', { count, of }),
  unschedulable: (count, of) => msg('No. No node takes them ({{count}} of {{of}} pods).', { count, of }),
  stuckStarting: (count, of) => msg('No. They are on a node and have not started for 5 minutes or more ({{count}} of {{of}} pods).', { count, of }),
  failed: (count, of, reason) => msg('No. They ended as failed: {{reason}} ({{count}} of {{of}} pods).', { count, of, reason }),
  lost: (count, of) => msg('Their nodes no longer report ({{count}} of {{of}} pods).', { count, of }),
  notReady: (count, of) => msg('They run and are not ready ({{count}} of {{of}} pods).', { count, of }),
  starting: (count, of) => msg('They are starting ({{count}} of {{of}} pods).', { count, of }),
  terminating: (count, of) => msg('They are being removed ({{count}} of {{of}} pods).', { count, of }),
};

/** States of pods that were replaced or are about to be: they explain nothing if another pod has a problem. */
const LEFTOVERS: readonly PodState[] = ['failed', 'terminating', 'starting'];

/** What passes by itself within minutes. */
const PASSING: readonly PodState[] = ['starting', 'terminating'];

const conclude = ({ name, labels }: Workload, { pods, workload: { items: [of] } }: Seen, now: number): Finding<Reason> => {
  const all = pods.items.map((pod) => judge(pod, now));
  const ready = all.filter(({ state }) => state === 'ready').length;
  const wanted = of && wantedBy(of);
  const details = {
    expected: wanted ? msg('{{wanted}} running and ready', { wanted }) : msg('1 or more running and ready'),
    actual: msg('{{ready}} of {{of}} running and ready', { ready, of: Math.max(wanted ?? 0, all.length) }),
    rows: rows(all),
  };
  if (all.length === 0) return fail('noPods', msg('No. There is no pod with the label {{labels}}.', { labels }), { ...details, actual: msg('0 pods') });
  const troubled = POD_STATES.filter((state) => state !== 'ready' && state !== 'finished' && all.some((one) => one.state === state)) as Exclude<PodState, 'ready' | 'finished'>[];
  // Failed pods stay until they are collected; those that took their place count. A DaemonSet does not want its pod on a silent node, where it stays.
  if (wanted !== undefined && wanted > 0 && ready >= wanted && !troubled.includes('lost')) {
    const stuck = troubled.filter((state) => !LEFTOVERS.includes(state));
    return stuck.length === 0
      ? pass('allRunning', msg('Yes. {{ready}} {{name}} pods run and are ready.', { ready, name }), details)
      : warn<Reason>('surplus', msg('As many as wanted: {{ready}} pods of {{name}} run and are ready. A further one, as a rollout makes it, does not come up.', { ready, name }), { ...details, also: stuck });
  }
  const [worst, ...others] = troubled;
  if (worst === undefined) {
    return ready > 0 && ready >= (wanted ?? 0)
      ? pass('allRunning', msg('Yes. {{ready}} {{name}} pods run and are ready.', { ready, name }), details)
      : warn('tooFew', msg('{{ready}} of {{wanted}} pods run and are ready. The others do not exist.', { ready, wanted: wanted ?? all.length }), details);
  }
  const [one, ...more] = all.filter(({ state }) => state === worst);
  const count = more.length + 1;
  const reason = quote([one?.reason, one?.message].filter(Boolean).join(', '));
  return (PASSING.includes(worst) ? warn : fail)(worst, SAYS[worst](count, all.length, reason), { ...details, also: others.filter((state) => !LEFTOVERS.includes(state)) });
};

const logged = (name: string, pods: readonly Pod[], keep: (one: Judged) => boolean, now: number): readonly LoggedContainer[] =>
  pods.map((pod) => judge(pod, now)).filter(keep).map(({ pod }) => ({ pod: pod.metadata.name, container: name }));

const hasRun = ({ pod, state }: Judged): boolean => state !== 'terminating' && containersOf(pod).some(({ state: is }) => is?.running !== undefined);

/** Are the pods of a workload running and ready, and if not: how far did they come? */
export const podsRunning = (of: Workload) => step({
  id: 'pods-running',
  asks: msg('Are the pods of {{name}} running?', { name: of.name }),
  why: msg('A pod that crashes again and again keeps the phase Running, which is what the Down alerts count. One that cannot start never gets it.'),
  reads: { pods: podsOf(of), workload: workloadObject(of) },
  optional: ['workload'],
  reasons: REASONS,
  check: (seen, { now }) => conclude(of, seen, now),
  out: {
    /** Containers that ended and were started again: their previous log tells why. */
    crashing: ({ pods }, { now }: Given) => logged(of.container, pods.items, ({ state }) => state === 'crashLoop', now),
    /** Containers that run now. */
    running: ({ pods }, { now }: Given) => logged(of.container, pods.items, hasRun, now),
    /** A pod that is not well, for commands: the one in the worst state. */
    unwell: ({ pods }, { now }: Given) => {
      const all = pods.items.map((pod) => judge(pod, now)).filter(({ state }) => state !== 'ready' && state !== 'finished');
      return all.toSorted((a, b) => POD_STATES.indexOf(a.state) - POD_STATES.indexOf(b.state))[0]?.pod.metadata.name;
    },
  },
});
