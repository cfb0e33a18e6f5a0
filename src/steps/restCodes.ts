import { type Finding, fail, info, pass } from '../engine/finding';
import { type Message, msg } from '../engine/message';
import { type Series } from '../engine/source';
import { step } from '../engine/step';
import { CLASSES, type CodeClass, judgeCalls, percent, rounded, valueOf } from './restCounts';
import { type restPods } from './restPods';
import { answersTo } from './restRatio';
import { type RestCalls } from './restReadings';

const REASONS = ['few', 'onePod', ...CLASSES] as const;

/** A class with less than this share of the failing calls is noise beside the largest. */
const ALSO = 0.2;

const SAYS: Readonly<Record<CodeClass, (percent: number) => Message>> = {
  forbidden: (share) => msg('403, forbidden: {{percent}} % of those that fail. A right is missing, or a webhook refuses.', { percent: share }),
  unauthorized: (share) => msg('401, unauthorized: {{percent}} % of those that fail. The API server does not accept who the pods say they are.', { percent: share }),
  serverError: (share) => msg('5xx: {{percent}} % of those that fail. The API server, etcd or a webhook behind it fails.', { percent: share }),
  throttled: (share) => msg('429, too many requests: {{percent}} % of those that fail. The API server protects itself.', { percent: share }),
  conflict: (share) => msg('409, conflict: {{percent}} % of those that fail. Somebody else writes the same objects, or they exist already.', { percent: share }),
  invalid: (share) => msg('422 or 400: {{percent}} % of those that fail. The API server does not accept what is written.', { percent: share }),
  notFound: (share) => msg('404, not found: {{percent}} % of those that fail. What is asked for is not there.', { percent: share }),
  otherRefusal: (share) => msg('Other 4xx: {{percent}} % of those that fail.', { percent: share }),
};

const rowsOf = (series: readonly Series[]) => {
  const all = series.reduce((sum, one) => sum + valueOf(one), 0);
  return series.length === 0 ? [] : [{
    of: 'table' as const, columns: [msg('Answer'), msg('Per second'), msg('Of all calls, %')],
    rows: series.filter((one) => valueOf(one) > 0).toSorted((a, b) => valueOf(b) - valueOf(a)).map((one) => [
      one.labels['code'] ?? '', rounded(valueOf(one)), percent(valueOf(one) / all),
    ]),
  }];
};

const conclude = (calls: RestCalls, series: readonly Series[], [alone]: readonly string[]): Finding<(typeof REASONS)[number]> => {
  const rows = rowsOf(series);
  const { isAbove, isChance, classes, failed } = judgeCalls(calls, series);
  const [most, ...others] = classes;
  if (!most) return pass('few', msg('None of the calls was answered with an error.'), { rows });
  if (!isAbove) return pass('few', msg('Some errors, as a busy client gets them, and fewer than the rule minds.'), { rows });
  if (isChance) return info('few', msg('Too few calls to say what they mean.'), { rows });
  if (alone !== undefined) return fail('onePod', msg('They are those of one pod, {{pod}}: what the others get is in order.', { pod: alone }), { rows });
  const [reason, rate] = most;
  return fail(reason, SAYS[reason](percent(rate / failed)), { rows, also: others.filter(([, value]) => value / failed >= ALSO).map(([one]) => one) });
};

/** With which codes does the API server answer the calls that fail? */
export const restCodes = (calls: RestCalls, pods: ReturnType<typeof restPods>) => step({
  id: 'rest-codes',
  asks: msg('What does the API server answer?'),
  why: msg('The code says where to look: rights, the API server, a webhook, another writer. A restart changes none of these.'),
  reads: { codes: answersTo(calls) },
  inputs: { alone: pods.out.alone },
  reasons: REASONS,
  check: ({ codes }, { inputs: { alone } }) => conclude(calls, codes.items, alone),
});
