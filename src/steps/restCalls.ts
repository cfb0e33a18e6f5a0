import { info, pass } from '../engine/finding';
import { msg } from '../engine/message';
import { type Series } from '../engine/source';
import { step } from '../engine/step';
import { metric } from '../sources/metrics';
import { percent, rounded, sumOf, valueOf } from './restCounts';
import { type RestCalls, failingCalls } from './restReadings';

const first = (series: readonly Series[]): readonly Series[] => series.toSorted((a, b) => valueOf(b) - valueOf(a));
const of = ({ labels }: Series, label: string): string => labels[label] ?? '';

/** A share of all failing calls from which on one kind of call is what it is about. */
const MOST = 0.5;

/** A call that was refused for want of a right. */
export interface RefusedCall {
  /** As the counter writes it: `GET`, `LIST`, `WATCH`, `CREATE`, `UPDATE`, `PATCH`, `DELETE`. */
  readonly verb: string;
  /** The plural without its group. */
  readonly resource: string;
}

/** Which calls fail: verb, resource and answer? */
export const restCalls = (calls: RestCalls) => step({
  id: 'rest-calls',
  asks: msg('Which calls fail?'),
  why: msg('The same answer means something else for each call: nobody misses an event that was refused, and nothing goes without a lease.'),
  reads: { failing: metric(failingCalls(calls)) },
  reasons: ['none', 'one', 'several'],
  check: ({ failing }) => {
    const [most, ...others] = first(failing.items);
    if (!most) return pass('none', msg('None.'));
    const all = sumOf(failing.items);
    const share = valueOf(most) / all;
    const rows = [{
      of: 'table' as const, columns: [msg('Call'), msg('Resource'), msg('Answer'), msg('Per second'), msg('Of the failing, %')],
      rows: [most, ...others].map((one) => [of(one, 'verb'), of(one, 'resource'), of(one, 'code'), rounded(valueOf(one)), percent(valueOf(one) / all)]),
    }];
    const named = { verb: of(most, 'verb'), resource: of(most, 'resource'), code: of(most, 'code'), percent: percent(share) };
    return share >= MOST
      ? info('one', msg('Above all {{verb}} {{resource}}, answered {{code}}: {{percent}} % of those that fail.', named), { rows })
      : info('several', msg('Many kinds. The most frequent is {{verb}} {{resource}}, answered {{code}}: {{percent}} % of those that fail.', named), { rows });
  },
  out: {
    /** Verb of the call that fails most; none if nothing fails, and then nothing is compared. */
    verb: ({ failing }) => first(failing.items)[0]?.labels['verb'],
    /** Its resource. */
    resource: ({ failing }) => first(failing.items)[0]?.labels['resource'],
    /** Calls that were answered 403. */
    refused: ({ failing }): readonly RefusedCall[] =>
      first(failing.items).filter((one) => of(one, 'code') === '403').map((one) => ({ verb: of(one, 'verb'), resource: of(one, 'resource') })),
  },
});
