import { type Finding, info, notApplicable, pass, warn } from '../engine/finding';
import { type Message, msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { type LogLine } from '../engine/source';
import { type Given, step } from '../engine/step';
import { logsOf } from '../sources/logs';
import { type Backend } from './leaseReadings';
import { logRows, patternOf } from './logPatterns';
import { namedIn, serviceIn } from './rejection';
import { REST_LINES, type RestLine, plainLine } from './restPatterns';
import { type restPods } from './restPods';
import { type RestCalls } from './restReadings';
import { quote } from './words';

/** Lines read per container. */
const TAIL = 500;

const REASONS = ['notNeeded', 'quiet', 'cut', ...REST_LINES.map(({ reason }) => reason)] as const;
type Reason = 'notNeeded' | 'quiet' | 'cut' | RestLine;

/** The error inside a structured line, or the line without the header of klog. */
const wordsOf = ({ text }: LogLine): string => {
  const plain = plainLine(text);
  return / err="(.*?)"(?: \w+=|$)/.exec(plain)?.[1] ?? /"reason":"(.*?)"(?:,"\w+":|\})/.exec(plain)?.[1] ?? plain.replace(/^[IWEF]\d{4} \S+\s+\d+ [^\]]*\] /, '');
};

const SAYS: Readonly<Record<RestLine, (pod: string, words: string) => Message>> = {
  webhookFails: (pod, words) => msg('A webhook that does not answer stops writes of {{pod}}: “{{words}}”', { pod, words }),
  denied: (pod, words) => msg('A webhook refuses what {{pod}} writes: “{{words}}”', { pod, words }),
  forbidden: (pod, words) => msg('{{pod}} is refused for want of a right: “{{words}}”', { pod, words }),
  unauthorized: (pod, words) => msg('The API server does not know {{pod}}: “{{words}}”', { pod, words }),
  throttled: (pod, words) => msg('The API server puts {{pod}} off: “{{words}}”', { pod, words }),
  serverError: (pod, words) => msg('The API server fails for {{pod}}: “{{words}}”', { pod, words }),
  conflict: (pod, words) => msg('Somebody else changed what {{pod}} writes: “{{words}}”', { pod, words }),
  invalid: (pod, words) => msg('The API server does not accept what {{pod}} writes: “{{words}}”', { pod, words }),
  notFound: (pod, words) => msg('{{pod}} asks for something that is not there: “{{words}}”', { pod, words }),
  unreachable: (pod, words) => msg('{{pod}} does not reach the API server: “{{words}}”', { pod, words }),
  ownLimit: (pod, words) => msg('{{pod}} holds its own calls back: “{{words}}”', { pod, words }),
};

// Of the time that the rule looks back over; a line without a time is taken for new.
const current = ({ minutes }: RestCalls, lines: readonly LogLine[], now: number): readonly LogLine[] =>
  lines.filter(({ at }) => at === undefined || now - Date.parse(at) < minutes * 60_000);

const kindOf = (line: LogLine): RestLine | undefined => patternOf(REST_LINES, line);

const conclude = (calls: RestCalls, logs: Evidence<LogLine>, now: number): Finding<Reason> => {
  const lines = current(calls, logs.items, now);
  const rows = logRows(REST_LINES, logs.items.filter((line) => kindOf(line) !== undefined).slice(-60));
  const found = REST_LINES.map(({ reason }) => ({ reason, all: lines.filter((line) => kindOf(line) === reason) })).filter(({ all }) => all.length > 0)
    .toSorted((a, b) => b.all.length - a.all.length);
  const [most, ...others] = found;
  const last = most?.all.at(-1);
  if (most && last) {
    return warn(most.reason, SAYS[most.reason](last.pod, quote(wordsOf(last))), { also: others.map(({ reason }) => reason), rows, actual: msg('{{lines}} lines in {{minutes}} minutes', { lines: most.all.length, minutes: calls.minutes }) });
  }
  return logs.complete ? pass('quiet', msg('Nothing about a call that fails.'), { rows }) : info('cut', msg('Nothing about a call that fails in the last {{lines}} lines of each. Older lines were not read.', { lines: TAIL }), { rows });
};

const lastOf = (calls: RestCalls, logs: Evidence<LogLine>, now: number, kinds: readonly RestLine[]): string | undefined => {
  const line = current(calls, logs.items, now).findLast((one) => kinds.includes(kindOf(one) ?? 'ownLimit'));
  return line && plainLine(line.text);
};

/** What do the pods that fail most say about it? */
export const restLog = (calls: RestCalls, pods: ReturnType<typeof restPods>) => step({
  id: 'rest-log',
  asks: msg('What do the pods that fail say?'),
  why: msg('The counter knows verb and resource. The log knows the object, the group, the right and the name of a webhook.'),
  reads: { logs: logsOf(pods.out.failing, { in: calls.of.in, tail: TAIL }) },
  inputs: { failing: pods.out.failing },
  required: false,
  reasons: REASONS,
  check: ({ logs }, { now, inputs: { failing } }): Finding<Reason> =>
    (failing.length === 0 ? notApplicable('notNeeded', msg('Not needed: no pod fails.')) : conclude(calls, logs, now)),
  out: {
    /** The webhook that a line names. */
    webhook: ({ logs }, { now }: Pick<Given, 'now'>) => namedIn(lastOf(calls, logs, now, ['webhookFails', 'denied']) ?? ''),
    /** The service behind the webhook that does not answer; none if no line names one. */
    backends: ({ logs }, { now }: Pick<Given, 'now'>): readonly Backend[] => {
      const { name, namespace } = serviceIn(lastOf(calls, logs, now, ['webhookFails']) ?? '') ?? {};
      return name && namespace ? [{ namespace, service: name, selector: `kubernetes.io/service-name=${name}` }] : [];
    },
  },
});
