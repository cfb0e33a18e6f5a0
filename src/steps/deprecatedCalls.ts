import { info, notApplicable, pass, warn } from '../engine/finding';
import { label } from '../engine/late';
import { msg } from '../engine/message';
import { type Series, promql } from '../engine/source';
import { step } from '../engine/step';
import { metric, metricOver } from '../sources/metrics';

/** What the rule does not count since KubeVirt 1.6; up to 1.5 it counted DELETE. Verbs as the API server writes them. */
export const UNCOUNTED: readonly string[] = ['LIST', 'WATCH', 'DELETE'];
/** How far back the chart goes, and one point of it, seconds. */
const CHART = { range: 24 * 60 * 60, step: 60 * 60 };

const which = { resource: label('resource'), group: label('group'), version: label('version') };

// A little longer than the ten minutes of the rule. A series that is new counts in full if its API server was scraped before it came.
const calls = promql`sum by (verb) (increase(apiserver_request_total{group="${which.group}",version="${which.version}",resource="${which.resource}"}[15m]) or (apiserver_request_total{group="${which.group}",version="${which.version}",resource="${which.resource}"} unless apiserver_request_total{group="${which.group}",version="${which.version}",resource="${which.resource}"} offset 15m) * on (instance) group_left () max by (instance) (up{job="apiserver"} offset 15m))`;
const hourly = promql`sum by (verb) (increase(apiserver_request_total{group="${which.group}",version="${which.version}",resource="${which.resource}"}[1h]))`;

const verbOf = ({ labels }: Series): string => labels['verb'] ?? '';
const countOf = ({ points }: Series): number => Math.round(points.at(-1)?.[1] ?? 0);

/** Is the old version really asked for, by the counters of each API server? The rule adds them up first, and a sum falls when one starts again. */
export const deprecatedCalls = step({
  id: 'deprecated-calls',
  asks: msg('Is the old version still asked for?'),
  why: msg('The rule adds up the counters of all API servers before it looks for growth. When one of them starts again, or is scraped again after a pause, the sum moves though nobody asked.'),
  reads: { calls: metric(calls), history: metricOver(hourly, CHART) },
  optional: ['history'],
  reasons: ['ongoing', 'readsOnly', 'sumMoved', 'quiet', 'noSeries'],
  check: ({ calls: { items }, history }, { activeAt }) => {
    if (items.length === 0) return notApplicable('noSeries', msg('The API servers count no such call, or their metrics are not collected here.'));
    const counted = items.filter((one) => !UNCOUNTED.includes(verbOf(one)) && countOf(one) > 0);
    const count = counted.reduce((sum, one) => sum + countOf(one), 0);
    const others = items.filter((one) => UNCOUNTED.includes(verbOf(one)) && countOf(one) > 0);
    const details = {
      expected: msg('0 calls'), actual: msg('{{count}} calls', { count }),
      rows: [
        { of: 'table' as const, columns: [msg('Verb'), msg('Calls in 15 minutes')], rows: items.map((one) => [verbOf(one), countOf(one)]) },
        ...(history.items.length === 0 ? [] : [{ of: 'series' as const, unit: 'count' as const, series: history.items.map((one) => ({ name: verbOf(one), points: one.points })) }]),
      ],
    };
    if (count > 0) return warn('ongoing', msg('Yes: {{count}} calls in the last 15 minutes, {{verbs}}.', { count, verbs: { list: counted.map(verbOf) } }), details);
    if (others.length > 0) {
      return info('readsOnly', msg('Only with {{verbs}}, which the rule does not count. They end with the version all the same.', { verbs: { list: others.map(verbOf) } }), details);
    }
    return activeAt === undefined
      ? pass('quiet', msg('No. Nobody asked for it in the last 15 minutes.'), details)
      : warn('sumMoved', msg('No: 0 calls in the last 15 minutes, and the alert fires. The sum of the counters moved, not a counter.'), details);
  },
});
