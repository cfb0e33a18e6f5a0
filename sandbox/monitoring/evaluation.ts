import { type AlertingRule, type RecordingRule, type RuleGroup, durationSeconds, isAlerting } from '../rules/rules';
import { type Span } from './history';
import { type Series, seriesKey } from './openmetrics';

/** An alert that is active at the end of a span. Instants are unix seconds. */
export interface ActiveAlert {
  labels: Readonly<Record<string, string>>;
  activeSince: number;
  /** When its `for` was over; undefined while it is pending. */
  firingSince?: number;
}

interface Matrix {
  status: string;
  error?: string;
  data?: { result: { metric: Record<string, string>; values: [number, string][] }[] };
}

async function queryRange(prometheusUrl: string, expr: string, { from, to, step }: Span): Promise<{ metric: Record<string, string>; points: [number, number][] }[]> {
  const body = new URLSearchParams({ query: expr, start: String(from), end: String(to), step: String(step) });
  const response = await fetch(`${prometheusUrl}/api/v1/query_range`, { method: 'POST', body });
  const answer = (await response.json()) as Matrix;
  if (answer.data === undefined) throw new Error(`Prometheus could not evaluate ${expr}: ${answer.error ?? response.statusText}`);
  return answer.data.result.map(({ metric, values }) => ({ metric, points: values.map(([at, value]): [number, number] => [at, Number(value)]) }));
}

/** The words of an expression that can be names of metrics; KubeVirt has no metric whose name is also a label or a value in a rule. */
export const wordsIn = (expr: string): readonly string[] => expr.match(/[a-zA-Z_:][\w:]*/g) ?? [];

/** Recording rules in the order in which they can be evaluated: each level needs only raw series and earlier levels. */
export function levelsOf(groups: readonly RuleGroup[]): RecordingRule[][] {
  let waiting = groups.flatMap(({ rules }) => rules.filter((rule): rule is RecordingRule => !isAlerting(rule)));
  const levels: RecordingRule[][] = [];
  while (waiting.length > 0) {
    const unknown = new Set(waiting.map(({ record }) => record));
    const needsUnknown = ({ expr }: RecordingRule): boolean => wordsIn(expr).some((word) => unknown.has(word));
    const ready = waiting.filter((rule) => !needsUnknown(rule));
    if (ready.length === 0) throw new Error(`recording rules that need each other: ${[...unknown].join(', ')}`);
    levels.push(ready);
    waiting = waiting.filter(needsUnknown);
  }
  return levels;
}

/** What the rules would have recorded over the span, computed by Prometheus itself. */
export async function recorded(prometheusUrl: string, rules: readonly RecordingRule[], span: Span): Promise<Series[]> {
  const results = await Promise.all(
    rules.map(async ({ record, expr, labels }) =>
      (await queryRange(prometheusUrl, expr, span)).map(({ metric: { __name__: _, ...metric }, points }) => ({ key: seriesKey(record, { ...metric, ...labels }), points })),
    ),
  );
  return results.flat();
}

/** Cuts a result into stretches without a gap: each is one life of the alert. */
export function lives(points: readonly [number, number][], step: number): [number, number][] {
  const stretches: [number, number][] = [];
  for (const [at] of points) {
    const last = stretches.at(-1);
    if (last !== undefined && at - last[1] <= step) last[1] = at;
    else stretches.push([at, at]);
  }
  return stretches;
}

/** The series Prometheus itself keeps about one life of an alert: its state over time, and the begin it restores `for` from. */
function stateSeries(labels: Readonly<Record<string, string>>, [begin, end]: [number, number], hold: number, step: number): Series[] {
  const states = new Map<'pending' | 'firing', Series['points']>();
  const begins: Series['points'] = [];
  for (let at = begin; at <= end; at += step) {
    const state = at - begin >= hold ? 'firing' : 'pending';
    states.set(state, [...(states.get(state) ?? []), [at, 1]]);
    begins.push([at, begin]);
  }
  const ofState = [...states].map(([alertstate, points]) => ({ key: seriesKey('ALERTS', { ...labels, alertstate }), points }));
  return [...ofState, { key: seriesKey('ALERTS_FOR_STATE', labels), points: begins }];
}

async function pastOf(prometheusUrl: string, rule: AlertingRule, span: Span): Promise<{ series: Series[]; active: ActiveAlert[] }> {
  const hold = durationSeconds(rule.for);
  const results = await queryRange(prometheusUrl, rule.expr, span);
  const past = { series: new Map<string, Series>(), active: [] as ActiveAlert[] };
  for (const { metric, points } of results) {
    const { __name__: _, ...own } = metric;
    const labels = { ...own, ...rule.labels, alertname: rule.alert };
    for (const life of lives(points, span.step)) {
      for (const { key, points: more } of stateSeries(labels, life, hold, span.step)) {
        past.series.set(key, { key, points: [...(past.series.get(key)?.points ?? []), ...more] });
      }
      const [begin, end] = life;
      if (end !== span.to) continue;
      past.active.push({ labels, activeSince: begin, ...(end - begin >= hold ? { firingSince: begin + hold } : {}) });
    }
  }
  return { series: [...past.series.values()], active: past.active };
}

/**
 * What the alerting rules would have done over the span, computed by Prometheus itself: the series it keeps about its
 * alerts (`ALERTS`, `ALERTS_FOR_STATE`), and the alerts that are active at the end. Throws on a rule whose labels are
 * templates: those only Prometheus can fill in, and KubeVirt has none.
 */
export async function alerted(prometheusUrl: string, groups: readonly RuleGroup[], span: Span): Promise<{ series: Series[]; active: ActiveAlert[] }> {
  const rules = groups.flatMap((group) => group.rules.filter(isAlerting));
  const templated = rules.find(({ labels }) => Object.values(labels).some((value) => value.includes('{{')));
  if (templated !== undefined) throw new Error(`the labels of ${templated.alert} are templates`);
  const pasts = await Promise.all(rules.map((rule) => pastOf(prometheusUrl, rule, span)));
  return { series: pasts.flatMap(({ series }) => series), active: pasts.flatMap(({ active }) => active) };
}
