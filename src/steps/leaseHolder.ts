import { type Finding, fail, pass, unknown, warn } from '../engine/finding';
import { msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { type Given, step } from '../engine/step';
import { type Lease, type Pod } from '../sources/objects';
import { podsOf } from '../sources/pods';
import { lease } from '../sources/virtualization';
import { type Election } from './leaderElection';
import { LONGEST, durationOf, renewalOf, renewedAt } from './leaseTimes';
import { containersOf } from './podState';

const REASONS = ['renewed', 'absent', 'unheld', 'holderGone', 'notRenewed', 'longLease', 'foreignHolder', 'unclear'] as const;
type Result = Finding<(typeof REASONS)[number]>;

interface Seen {
  readonly lease: Evidence<Lease>;
  readonly pods: Evidence<Pod>;
}

const alive = (pods: readonly Pod[], name: string): Pod | undefined =>
  pods.find(({ metadata, status }) => metadata.name === name && status?.phase !== 'Failed' && status?.phase !== 'Succeeded');

/** The living pod that holds the lease and renews it. */
const leaderOf = ({ lease: { items: [of], ...seen }, pods }: Seen): Pod | undefined =>
  (of && renewalOf(of, seen) === 'renewed' ? alive(pods.items, of.spec?.holderIdentity ?? '') : undefined);

const rows = (of: Lease) => [{
  of: 'table' as const,
  columns: [msg('Holder'), msg('Acquired'), msg('Renewed'), msg('Valid for'), msg('Transitions')],
  rows: [[
    of.spec?.holderIdentity ?? null,
    of.spec?.acquireTime ? { instant: of.spec.acquireTime } : null,
    of.spec?.renewTime ? { instant: of.spec.renewTime } : null,
    { duration: durationOf(of) }, of.spec?.leaseTransitions ?? null,
  ]],
}];

const abandoned = (of: Lease, holder: string, lives: boolean): Result => {
  const at = renewedAt(of);
  const details = {
    expected: msg('renewed every few seconds'), actual: at ? msg('renewed {{at}}', { at: { instant: new Date(at.at).toISOString() } }) : msg('never renewed'), rows: rows(of),
  };
  const duration = { duration: durationOf(of) };
  if (durationOf(of) > LONGEST) {
    return fail('longLease', msg('{{holder}} holds it and does not renew it, and the lease is valid for {{duration}}: every candidate waits that long before it takes over.', { holder, duration }), details);
  }
  return lives
    ? warn('notRenewed', msg('{{holder}} holds it and does not renew it. That is a symptom: after {{duration}} any candidate may take the lease over. What keeps them from it is asked below.', { holder, duration }), details)
    : warn('holderGone', msg('{{holder}} holds it and no longer exists. That is a symptom: after {{duration}} any candidate may take the lease over. What keeps them from it is asked below.', { holder, duration }), details);
};

const conclude = (name: string, { lease: seen, pods }: Seen): Result => {
  const of = seen.items[0];
  if (of === undefined) {
    return seen.absent
      ? warn('absent', msg('Nobody: there is no lease {{name}}. The first candidate that reaches the election creates it.', { name }), { expected: msg('1 lease'), actual: msg('none') })
      : unknown('unclear', msg('The lease could not be read.'));
  }
  const holder = of.spec?.holderIdentity;
  if (!holder) return warn('unheld', msg('Nobody: the lease {{name}} is free, and any candidate may take it at once.', { name }), { rows: rows(of) });
  const lives = alive(pods.items, holder) !== undefined;
  const renewal = renewalOf(of, seen);
  if (renewal === 'unclear') {
    return unknown('unclear', msg('{{holder}} holds it. Whether it is renewed cannot be told yet: the clocks are too far apart, and it was read once.', { holder }), { rows: rows(of) });
  }
  if (renewal === 'silent') return abandoned(of, holder, lives);
  if (lives) {
    return pass('renewed', msg('{{holder}} holds it and renews it.', { holder }), {
      expected: msg('renewed every few seconds'), actual: msg('renewed'), rows: rows(of),
    });
  }
  return pods.complete
    ? fail('foreignHolder', msg('{{holder}} holds it and renews it, and is no pod of {{name}} here. As long as it does, nobody else can lead.', { holder, name }), { expected: msg('held by a pod of {{name}}', { name }), actual: msg('held by {{holder}}', { holder }), rows: rows(of) })
    : unknown('unclear', msg('{{holder}} holds it and renews it. Whether that is a pod of {{name}} could not be read.', { holder, name }), { rows: rows(of) });
};

/** Who holds the lease of an election, and is it alive? A stale lease alone blocks nobody, and the step says so. */
export const leaseHolder = ({ of }: Election) => step({
  id: 'lease-holder',
  asks: msg('Who holds the lease, and is it renewed?'),
  why: msg('The leader is whoever holds the lease {{name}}. Candidates do not look at the time that stands in it: they wait for its duration by their own clock and take it over.', { name: of.name }),
  reads: { lease: lease({ in: of.in, name: of.name }), pods: podsOf(of) },
  reasons: REASONS,
  check: (seen) => conclude(of.name, seen),
  out: {
    holder: ({ lease: { items } }) => items[0]?.spec?.holderIdentity || undefined,
    /** The pod that holds the lease and renews it. */
    leader: (seen) => leaderOf(seen)?.metadata.name,
    /** Since when it can have led, milliseconds since 1970: a process that starts again in the same pod takes the lease back with its old time. */
    leadsSince: (seen, { now }: Given) => {
      const pod = leaderOf(seen);
      const times = [seen.lease.items[0]?.spec?.acquireTime, ...(pod ? containersOf(pod) : []).map(({ state }) => state?.running?.startedAt)].map((time) => Date.parse(time ?? '')).filter(Number.isFinite);
      return pod && (times.length > 0 ? Math.max(...times) : now);
    },
  },
});
