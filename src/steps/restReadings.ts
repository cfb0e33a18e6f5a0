import { type Late } from '../engine/late';
import { type Query, promql } from '../engine/source';
import { type Workload } from '../sources/workload';

/** The calls that the pods of a workload make to the API server, and how a rule judges them. */
export interface RestCalls {
  readonly of: Workload;
  /** What the rule looks back over, minutes. */
  readonly minutes: 5 | 60;
  /** The share of failed calls at which the rule is true, 0 to 1. */
  readonly threshold: number;
}

/** As the Burst rules judge them: KubeVirt 1.8.4, `pkg/monitoring/rules/alerts`. */
export const burstOf = (of: Workload): RestCalls => ({ of, minutes: 5, threshold: 0.8 });

/** As the High rules judged them, the last of which came with KubeVirt 1.4. */
export const highOf = (of: Workload): RestCalls => ({ of, minutes: 60, threshold: 0.05 });

/**
 * Up to KubeVirt 1.2 the counter had the second name: v1.2.2 `pkg/monitoring/client/prometheus/prometheus.go`, v1.3.0
 * `pkg/monitoring/metrics/common/client/rest_metrics.go`. One series per pod, code, method, host, resource and verb; a call that nobody
 * answered has the code `<error>` (`rt_wrapper.go` beside it).
 */
const COUNTERS = ['kubevirt_rest_client_requests_total', 'rest_client_requests_total'] as const;

/** Queries and plain text, one behind the other. */
const joined = (...pieces: readonly (string | Query)[]): Query => pieces.reduce<Query>((before, piece) => {
  const { parts: [first = '', ...rest], values } = typeof piece === 'string' ? { parts: [piece], values: [] } : piece;
  return { parts: [...before.parts.slice(0, -1), `${before.parts.at(-1) ?? ''}${first}`, ...rest], values: [...before.values, ...values] };
}, { parts: [''], values: [] });

const ANY = promql``;
/** What the rules count as failed. */
const FAILED = promql`,code=~"(4|5)[0-9][0-9]"`;
const UNANSWERED = promql`,code="<error>"`;

const ours = ({ of }: RestCalls): Query => promql`namespace="${of.in}",pod=~"${of.name}-.*"`;

/** The same question about both names of the counter. */
const either = (calls: RestCalls, ask: (rate: (which: Query) => Query) => Query): Query => {
  const [newer, older] = COUNTERS.map((counter) => ask((which) => joined(`rate(${counter}{`, ours(calls), which, `}[${calls.minutes}m])`)));
  return joined(newer ?? '', ' or ', older ?? '');
};

/** Calls per second by code. */
export const callsByCode = (calls: RestCalls): Query => either(calls, (rate) => joined('sum by (code) (', rate(ANY), ')'));

/** The share of failed calls, as the rule computes it. */
export const failedShare = (calls: RestCalls): Query => either(calls, (rate) => joined('sum(', rate(FAILED), ') / sum(', rate(ANY), ')'));

/** The calls that fail most, per second: at most 20 of verb, resource and code. */
export const failingCalls = (calls: RestCalls): Query =>
  joined('topk(20, ', either(calls, (rate) => joined('sum by (verb, resource, code) (', rate(FAILED), ') > 0')), ')');

/** One kind of call, by verb and resource as the counter names them. */
export interface Call {
  readonly verb: Late<string>;
  readonly resource: Late<string>;
}

/** Calls per second by pod: all, those that failed, those that nobody answered; of one kind, or without it of every kind. */
export const callsByPod = (calls: RestCalls, which: 'all' | 'failed' | 'unanswered', only?: Call): Query => {
  const call = only ? promql`,verb="${only.verb}",resource="${only.resource}"` : ANY;
  const matcher = { all: ANY, failed: FAILED, unanswered: UNANSWERED }[which];
  return either(calls, (rate) => joined('sum by (pod) (', rate(joined(matcher, call)), ')'));
};

/** The raw series that all of these rest on. */
export const rawCalls = (calls: RestCalls): Query => joined(`{__name__=~"${COUNTERS.join('|')}",`, ours(calls), '}');

/** How long the slowest hundredth of the calls waits for the program's own rate limiter, seconds. */
export const limiterWait = ({ of }: RestCalls): Query =>
  promql`histogram_quantile(0.99, sum by (le) (rate(kubevirt_rest_client_rate_limiter_duration_seconds_bucket{namespace="${of.in}",pod=~"${of.name}-.*"}[5m])))`;
