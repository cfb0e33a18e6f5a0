import { type RuleGroup } from '../rules/rules';
import { type Series, valueText } from './openmetrics';
import { type Span, instants } from './history';

/** What has to fire at one instant: names of alerts, each as often as it has instances. */
export interface Expectation {
  /** Seconds after the begin of the span. */
  at: number;
  /** Alert name to number of firing instances; nothing else may fire. */
  firing: Readonly<Record<string, number>>;
  /** Look at this alert alone. */
  of?: string;
}

/** Values in promtool's notation: runs of equal values are shortened, and the end of a series is marked as a scrape would mark it. */
function valuesOf({ points }: Series, span: Span): string {
  const at = new Map(points);
  const runs: { value: string; times: number }[] = [];
  let alive = false;
  for (const instant of instants(span)) {
    const value = at.get(instant);
    const text = value === undefined ? (alive ? 'stale' : '_') : valueText(value);
    alive = value !== undefined;
    const last = runs.at(-1);
    if (last?.value === text) last.times += 1;
    else runs.push({ value: text, times: 1 });
  }
  return runs
    .map(({ value, times }) => {
      if (times === 1) return value;
      if (/^-?[\d.]+$/.test(value)) return `${value}+0x${times - 1}`;
      return value === '_' ? `_x${times}` : new Array(times).fill(value).join(' ');
    })
    .join(' ');
}

const seconds = (count: number): string => `${count}s`;

/**
 * A file for `promtool test rules`: the series as given, the rules as loaded, and which alerts have to fire when. Groups
 * are evaluated in their order, so that an alert sees what was recorded in the same round.
 */
export function promtoolTest(name: string, ruleFile: string, groups: readonly RuleGroup[], series: readonly Series[], span: Span, expectations: readonly Expectation[]): object {
  return {
    rule_files: [ruleFile],
    group_eval_order: groups.map((group) => group.name),
    evaluation_interval: seconds(span.step),
    tests: [
      {
        name,
        interval: seconds(span.step),
        input_series: series.map((one) => ({ series: one.key, values: valuesOf(one, span) })),
        promql_expr_test: expectations.map(({ at, firing, of }) => ({
          expr: `count by (alertname) (ALERTS{alertstate="firing"${of === undefined ? '' : `,alertname="${of}"`}})`,
          eval_time: seconds(at),
          exp_samples: Object.entries(firing).map(([alertname, value]) => ({ labels: `{alertname="${alertname}"}`, value })),
        })),
      },
    ],
  };
}
