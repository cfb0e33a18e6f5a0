import { type Finding, fail, pass, unknown } from '../engine/finding';
import { msg } from '../engine/message';
import { type Series } from '../engine/source';
import { step } from '../engine/step';
import { metric, metricOver } from '../sources/metrics';
import { FAILED, FAILED_LIMIT, query, valueOf } from './launcherReadings';

const HOUR = 3600;
const QUARTER = 900;
const REASONS = ['below', 'growing', 'settled', 'flat', 'falling', 'trendNotKnown', 'noSeries'] as const;
type Code = (typeof REASONS)[number];

/** By how much the sum rose within that many seconds; undefined if nothing is known of so long ago. */
const riseWithin = (seconds: number, { points }: Series, now: number): number | undefined => {
  const then = points.findLast(([at]) => at <= now / 1000 - seconds + 60);
  const last = points.at(-1);
  return then && last ? last[1] - then[1] : undefined;
};

// A handful of pods comes and goes in every large cluster: less than a fiftieth of the sum is no trend.
const noticeable = (total: number): number => Math.max(2, total / 50);

const trendOf = (total: number, history: Series | undefined, now: number): 'growing' | 'settled' | 'flat' | 'falling' | 'trendNotKnown' => {
  const hour = history && riseWithin(HOUR, history, now);
  const quarter = history && riseWithin(QUARTER, history, now);
  if (quarter !== undefined && quarter > noticeable(total)) return 'growing';
  if (hour === undefined || quarter === undefined) return 'trendNotKnown';
  if (hour > noticeable(total)) return 'settled';
  return hour < -noticeable(total) ? 'falling' : 'flat';
};

/** The sum of the alert over the last hour. */
export const failedOverHour = metricOver(query(`sum(${FAILED})`), { range: HOUR + 300, step: 300 });

/** Do they become more? Undefined if it cannot be told. */
export const doesGrow = (history: Series | undefined, now: number): boolean | undefined => {
  const total = history?.points.at(-1)?.[1];
  const trend = total === undefined ? 'trendNotKnown' : trendOf(total, history, now);
  return trend === 'trendNotKnown' ? undefined : trend === 'growing';
};

const SAYS = {
  growing: msg('The count still rises. Stop the source first: pods that are deleted now come back.'),
  settled: msg('The count rose within the last hour and has stood still for 15 minutes.'),
  flat: msg('The count has stood still for an hour: nothing new fails, these are left over.'),
  falling: msg('The count falls: somebody or something is cleaning up.'),
  trendNotKnown: msg('Prometheus does not know the last hour, so it cannot be told whether the count still rises.'),
};

const about = (total: number, history: Series | undefined, now: number): Finding<Code> => {
  const trend = trendOf(total, history, now);
  const details = {
    expected: msg('fewer than {{limit}} in phase Failed', { limit: FAILED_LIMIT }),
    actual: msg('{{total}} in phase Failed', { total }),
    rows: history ? [{ of: 'series' as const, unit: 'count' as const, series: [{ name: 'Failed', points: history.points }], threshold: FAILED_LIMIT }] : [],
  };
  return total < FAILED_LIMIT
    ? pass<Code>('below', msg('virt-launcher pods in phase Failed: {{total}}, below the limit of the alert.', { total }), details)
    : fail(trend, msg('{{total}} virt-launcher pods are in phase Failed. {{trend}}', { total, trend: { message: SAYS[trend] } }), details);
};

/** How many failed virt-launcher pods there are, and whether there will be more. The alert's own expression, over an hour. */
export const launchersFailed = step({
  id: 'launchers-failed',
  asks: msg('How many virt-launcher pods have failed, and do they become more?'),
  why: msg('This sum is what the alert looks at. Whether it still rises decides what comes first: stopping the source, or cleaning up.'),
  reads: {
    now: metric(query(`sum(${FAILED})`), query(FAILED)),
    // Finished pods of any kind: without a single one of these series kube-state-metrics itself is gone.
    anyPod: metric(query('count(kube_pod_status_phase{phase="Failed"})')),
    hour: failedOverHour,
  },
  optional: ['anyPod'],
  reasons: REASONS,
  check: ({ now, anyPod, hour }, given) => {
    const [sum] = now.items;
    if (sum) return about(valueOf(sum), hour.items[0], given.now);
    return anyPod.items[0] && valueOf(anyPod.items[0]) > 0
      ? pass('below', msg('There is no virt-launcher pod at all, so none has failed.'), { expected: msg('fewer than {{limit}} in phase Failed', { limit: FAILED_LIMIT }), actual: msg('none') })
      : unknown('noSeries', msg('Prometheus has no state of any pod: kube-state-metrics or its scrape is gone. The alert cannot see either.'));
  },
  out: {
    total: ({ now }) => now.items[0] && valueOf(now.items[0]),
  },
});
