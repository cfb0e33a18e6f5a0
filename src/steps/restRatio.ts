import { type Finding, fail, info, pass, warn } from '../engine/finding';
import { msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { type Series } from '../engine/source';
import { step } from '../engine/step';
import { metric, metricOver } from '../sources/metrics';
import { judgeCalls, percent, rounded } from './restCounts';
import { type RestCalls, callsByCode, failedShare, rawCalls } from './restReadings';

const REASONS = ['above', 'chance', 'below', 'noCalls', 'noSeries'] as const;

/** How far back the chart goes, and one point of it, seconds. */
const CHART = { range: 2 * 60 * 60, step: 60 };

/** The answers to all calls: one reading for every step that asks. */
export const answersTo = (calls: RestCalls) => metric(callsByCode(calls), rawCalls(calls));

const conclude = (calls: RestCalls, { codes, history }: { codes: Evidence<Series>; history: Evidence<Series> }): Finding<(typeof REASONS)[number]> => {
  const { of: { name }, minutes, threshold } = calls;
  const { rate, share, made, isAbove, isChance } = judgeCalls(calls, codes.items);
  const details = {
    expected: msg('less than {{percent}} % failed', { percent: percent(threshold) }),
    actual: msg('{{percent}} % of {{rate}} calls per second', { percent: percent(share), rate: rounded(rate) }),
    rows: history.items.length === 0 ? [] : [{
      of: 'series' as const, unit: 'ratio' as const, threshold, series: history.items.map(({ points }) => ({ name: 'failed', points })),
    }],
  };
  if (codes.items.length === 0) return warn('noSeries', msg('Nothing: Prometheus holds no calls of {{name}}. The rule is silent then.', { name }));
  if (rate === 0) return info('noCalls', msg('Nothing: {{name}} made no call in the last {{minutes}} minutes.', { name, minutes }), details);
  if (isChance) {
    return warn('chance', msg('{{percent}} % failed, of only {{made}} calls in {{minutes}} minutes, and no answer among them speaks of a fault. So few calls say nothing.', { percent: percent(share), made: Math.round(made), minutes }), details);
  }
  return isAbove
    ? fail('above', msg('{{percent}} % of the calls of the last {{minutes}} minutes were refused or failed.', { percent: percent(share), minutes }), details)
    : pass('below', msg('{{percent}} % of the calls of the last {{minutes}} minutes were refused or failed. That is below the threshold.', { percent: percent(share), minutes }), details);
};

/** What share of the calls does the rule count as failed, and of how many? */
export const restRatio = (calls: RestCalls) => step({
  id: 'rest-ratio',
  asks: msg('How many calls to the API server fail?'),
  why: msg('The rule counts calls that {{name}} makes to the API server, not calls made to it. Answers 4xx and 5xx are failed, calls without any answer are not.', { name: calls.of.name }),
  reads: { codes: answersTo(calls), history: metricOver(failedShare(calls), CHART) },
  optional: ['history'],
  reasons: REASONS,
  check: (seen) => conclude(calls, seen),
});
