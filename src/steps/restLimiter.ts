import { info, pass, warn } from '../engine/finding';
import { msg } from '../engine/message';
import { step } from '../engine/step';
import { metric } from '../sources/metrics';
import { rounded, valueOf } from './restCounts';
import { type RestCalls, limiterWait } from './restReadings';

/** A call that waits longer than this, in seconds, waits noticeably. */
const LONG = 0.5;

/** Do the pods hold their own calls back? Never why a call is answered with an error, and often beside it. */
export const restLimiter = (calls: RestCalls) => step({
  id: 'rest-limiter',
  asks: msg('Do the pods hold their own calls back?'),
  why: msg('Each program limits how many calls it makes per second. What waits there is late, but not refused: it does not raise this alert.'),
  reads: { wait: metric(limiterWait(calls)) },
  required: false,
  reasons: ['quick', 'slow', 'noSeries'],
  check: ({ wait: { items: [wait] } }) => {
    // Without any call the quantile is not a number.
    if (wait === undefined || Number.isNaN(valueOf(wait))) return info('noSeries', msg('Prometheus holds no such measurement.'));
    const seconds = valueOf(wait);
    const details = { expected: msg('less than {{long}} s', { long: LONG }), actual: msg('{{seconds}} s for the slowest hundredth', { seconds: rounded(seconds) }) };
    return seconds < LONG
      ? pass('quick', msg('No. The slowest hundredth of their calls waits {{seconds}} s.', { seconds: rounded(seconds) }), details)
      : warn('slow', msg('Yes. The slowest hundredth of their calls waits {{seconds}} s or more for a free place.', { seconds: rounded(seconds) }), details);
  },
});
