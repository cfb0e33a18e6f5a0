import { fail, pass, warn } from '../engine/finding';
import { msg } from '../engine/message';
import { promql } from '../engine/source';
import { step } from '../engine/step';
import { metric, metricOver } from '../sources/metrics';
import { type Election } from './leaderElection';
import { type leaseHolder } from './leaseHolder';

/** How far back the chart goes, and one point of it, seconds. */
const CHART = { range: 2 * 60 * 60, step: 60 };

/** Who has held the lease for less, in seconds, may not have been scraped since, or may still fill its caches. */
const BEGINNING = 3 * 60;

/** What the rule is made of: which pods say that they lead. */
export const leaderMetric = ({ of, leading }: Election) => step({
  id: 'leader-metric',
  asks: msg('Which pod reports that it leads?'),
  why: msg('The alert adds up what the pods report. It knows nothing of the lease.'),
  reads: { leading: metric(leading, leading), history: metricOver(leading, CHART) },
  optional: ['history'],
  reasons: ['oneLeads', 'severalLead', 'noneLeads', 'noSeries'],
  check: ({ leading: { items }, history }) => {
    const leaders = items.filter(({ points }) => points.at(-1)?.[1] === 1).map(({ labels }) => labels['pod'] ?? '');
    const details = {
      expected: msg('1 pod leads'), actual: msg('{{leaders}} of {{of}} pods lead', { leaders: leaders.length, of: items.length }),
      subjects: leaders.map((name) => ({ kind: 'Pod', name, namespace: items[0]?.labels['namespace'] ?? '' })),
      rows: history.items.length === 0 ? [] : [{
        of: 'series' as const, unit: 'count' as const, series: history.items.map(({ labels, points }) => ({ name: labels['pod'] ?? '', points })), threshold: 1,
      }],
    };
    if (items.length === 0) {
      return warn('noSeries', msg('None reports anything: no pod of {{name}} runs, or none is scraped.', { name: of.name }), details);
    }
    const [leader, ...others] = leaders;
    if (leader === undefined) return fail('noneLeads', msg('None: 0 of {{of}} pods that report.', { of: items.length }), details);
    return others.length === 0
      ? pass('oneLeads', msg('{{leader}}.', { leader }), details)
      : fail('severalLead', msg('{{leaders}} at the same time. Right after a change that is an echo of the last scrape; for longer it is a fault.', { leaders: { list: leaders } }), details);
  },
});

/** Does monitoring see the pod that holds the lease? If not, the alert is about monitoring. */
export const leaderScraped = ({ of, leading }: Election, lease: ReturnType<typeof leaseHolder>) => step({
  id: 'leader-scraped',
  asks: msg('Does monitoring see the pod that holds the lease?'),
  why: msg('If a living leader is not scraped, virtualization is fine and monitoring is not.'),
  reads: {
    leading: metric(leading),
    up: metric(promql`up{namespace="${of.in}",pod="${lease.out.leader}"}`),
  },
  inputs: { leader: lease.out.leader, since: lease.out.leadsSince },
  reasons: ['seen', 'saysNo', 'idle', 'notTarget', 'scrapeFails', 'dropped'],
  check: ({ leading: { items }, up }, { now, inputs: { leader, since } }) => {
    const says = items.find(({ labels }) => labels['pod'] === leader)?.points.at(-1)?.[1];
    const reached = up.items.map(({ points }) => points.at(-1)?.[1]);
    if (says === 1) return pass('seen', msg('Yes. {{leader}} is scraped and reports that it leads.', { leader }));
    const leads = (now - since) / 1000;
    if (says !== undefined && leads > BEGINNING) {
      return fail('idle', msg('It is scraped. {{leader}} has held the lease for {{leads}} and says that it does not lead: it waits for something before it works.', { leader, leads: { duration: leads } }), { expected: msg('it reports that it leads'), actual: msg('it reports that it does not') });
    }
    if (says !== undefined) return warn('saysNo', msg('It is scraped, and {{leader}} says that it does not lead. After a change of leaders that lasts until the next scrape.', { leader }));
    const details = { expected: msg('1 series of {{leader}}', { leader }), actual: msg('none') };
    if (reached.length === 0) return fail('notTarget', msg('No. {{leader}} holds the lease and renews it, and is no scrape target.', { leader }), details);
    return reached.includes(1)
      ? fail('dropped', msg('No. {{leader}} holds the lease and is scraped, and the series does not arrive in Prometheus.', { leader }), details)
      : fail('scrapeFails', msg('No. {{leader}} holds the lease and renews it, and its scrape fails.', { leader }), details);
  },
});
