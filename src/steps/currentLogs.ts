import { type Finding, info, notApplicable, pass, warn } from '../engine/finding';
import { type Message, msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { type LogLine } from '../engine/source';
import { step } from '../engine/step';
import { logsOf } from '../sources/logs';
import { type Workload } from '../sources/workload';
import { OPERATOR_LINES, logRows, patternOf } from './logPatterns';
import { type podsRunning } from './podsRunning';

/** Lines read per container. */
const TAIL = 200;

const REASONS = ['quiet', 'cut', 'noLog', 'noInotify', 'panic', 'leaseLost', 'forbidden', 'certificate', 'apiUnreachable'] as const;
type Reason = (typeof REASONS)[number];

const SAYS: Readonly<Record<Exclude<Reason, 'quiet' | 'cut' | 'noLog'>, (lines: number) => Message>> = {
  noInotify: (lines) => msg('That the node has no file watches left ({{lines}} lines).', { lines }),
  panic: (lines) => msg('A panic ({{lines}} lines).', { lines }),
  leaseLost: (lines) => msg('That the leader lease could not be renewed ({{lines}} lines).', { lines }),
  forbidden: (lines) => msg('That the API server refuses what they ask for ({{lines}} lines).', { lines }),
  certificate: (lines) => msg('That a certificate is not trusted ({{lines}} lines).', { lines }),
  apiUnreachable: (lines) => msg('That the API server cannot be reached ({{lines}} lines).', { lines }),
};

const conclude = (logs: Evidence<LogLine>): Finding<Reason> => {
  const found = OPERATOR_LINES.map(({ reason }) => ({ reason, lines: logs.items.filter((line) => patternOf(OPERATOR_LINES, line) === reason).length }))
    .filter(({ lines }) => lines > 0);
  const [first, ...others] = found;
  if (first) return warn(first.reason, SAYS[first.reason](first.lines), { also: others.map(({ reason }) => reason), rows: logRows(OPERATOR_LINES, logs.items) });
  if (logs.items.length === 0) return notApplicable('noLog', msg('Not needed: no container has run.'));
  return logs.complete
    ? pass('quiet', msg('Nothing that this page knows as a problem.'), { rows: logRows(OPERATOR_LINES, logs.items) })
    : info('cut', msg('Nothing that this page knows as a problem in the last {{lines}} lines of each. Older lines were not read.', { lines: TAIL }), { rows: logRows(OPERATOR_LINES, logs.items) });
};

/** What do the containers that run now say? */
export const currentLogs = (of: Workload, running: { readonly out: Pick<ReturnType<typeof podsRunning>['out'], 'running'> }) => step({
  id: 'current-logs',
  asks: msg('What do the running containers of {{name}} say?', { name: of.name }),
  reads: { logs: logsOf(running.out.running, { in: of.in, tail: TAIL }) },
  required: false,
  reasons: REASONS,
  check: ({ logs }) => conclude(logs),
});
