import { type Finding, fail, notApplicable } from '../engine/finding';
import { type Message, msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { type LogLine } from '../engine/source';
import { type Given, step } from '../engine/step';
import { logsOf } from '../sources/logs';
import { type Pod, type Terminated } from '../sources/objects';
import { podsOf } from '../sources/pods';
import { type Workload } from '../sources/workload';
import { OPERATOR_LINES, logRows, patternOf } from './logPatterns';
import { containersOf, judge, lastEnd } from './podState';
import { type podsRunning } from './podsRunning';

const REASONS = ['notNeeded', 'outOfMemory', 'noInotify', 'panic', 'leaseLost', 'forbidden', 'certificate', 'apiUnreachable', 'exited'] as const;
type Reason = (typeof REASONS)[number];

interface Seen {
  readonly pods: Evidence<Pod>;
  readonly logs: Evidence<LogLine>;
}

interface End extends Terminated {
  readonly pod: string;
  readonly restarts: number;
}

const endsOf = (pods: readonly Pod[], now: number): readonly End[] =>
  pods.filter((pod) => judge(pod, now).state === 'crashLoop').flatMap((pod) => containersOf(pod).flatMap((container) => {
    const end = lastEnd(container);
    return end && (container.restartCount ?? 0) > 0 ? [{ ...end, pod: pod.metadata.name, restarts: container.restartCount ?? 0 }] : [];
  }));

const SAYS: Readonly<Record<Exclude<Reason, 'notNeeded'>, (exit: number) => Message>> = {
  outOfMemory: (exit) => msg('It used more memory than it may and was killed (OOMKilled, exit code {{exit}}).', { exit }),
  noInotify: (exit) => msg('The node has no file watches left: its inotify limits are too low (exit code {{exit}}).', { exit }),
  panic: (exit) => msg('The program panicked (exit code {{exit}}). The trace stands in its previous log.', { exit }),
  leaseLost: (exit) => msg('It could not renew its leader lease in time and stopped itself, as it should (exit code {{exit}}). The API server was slow or out of reach.', { exit }),
  forbidden: (exit) => msg('The API server refuses what it asks for: a right of its service account is missing (exit code {{exit}}).', { exit }),
  certificate: (exit) => msg('It does not trust a certificate, or is not trusted (exit code {{exit}}).', { exit }),
  apiUnreachable: (exit) => msg('It does not reach the API server from its pod (exit code {{exit}}).', { exit }),
  exited: (exit) => msg('It ended with exit code {{exit}}. Its last lines name no cause that this page knows.', { exit }),
};

const endRows = (ends: readonly End[]) => ({
  of: 'table' as const,
  columns: [msg('Pod'), msg('Restarts'), msg('Exit code'), msg('Reason'), msg('Ended')],
  rows: ends.map(({ pod, restarts, exitCode, reason, finishedAt }) => [pod, restarts, exitCode, reason ?? null, finishedAt ? { instant: finishedAt } : null]),
});

const conclude = ({ pods, logs }: Seen, now: number): Finding<Reason> => {
  const ends = endsOf(pods.items, now);
  const [last] = ends;
  if (!last) return notApplicable('notNeeded', msg('Not needed: no container ends and is started again.'));
  const killed = ends.find(({ reason }) => reason === 'OOMKilled');
  const known = OPERATOR_LINES.map(({ reason }) => reason).find((reason) => logs.items.some((line) => patternOf(OPERATOR_LINES, line) === reason));
  const reason = killed ? 'outOfMemory' : known ?? 'exited';
  return fail(reason, SAYS[reason]((killed ?? last).exitCode), {
    rows: [endRows(ends), ...logRows(OPERATOR_LINES, logs.items)],
  });
};

/** Why did the containers end that are started again and again? Reads their exit codes and their previous logs. */
export const crashes = (of: Workload, running: { readonly out: Pick<ReturnType<typeof podsRunning>['out'], 'crashing'> }) => step({
  id: 'crashes',
  asks: msg('Why do the containers of {{name}} end?', { name: of.name }),
  reads: { pods: podsOf(of), logs: logsOf(running.out.crashing, { in: of.in, previous: true, tail: 100 }) },
  optional: ['logs'],
  required: false,
  reasons: REASONS,
  check: (seen, { now }: Given) => conclude(seen, now),
});
