import { type Finding, fail, info, pass, unknown, warn } from '../engine/finding';
import { msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { type Series, promql } from '../engine/source';
import { step } from '../engine/step';
import { metric } from '../sources/metrics';
import { type Pod } from '../sources/objects';
import { podsOf } from '../sources/pods';
import { type Workload } from '../sources/workload';
import { judge } from './podState';

const REASONS = ['noneRunning', 'counted', 'seriesMissing', 'blind', 'notScraped', 'behind', 'noAnswer'] as const;

interface Seen {
  readonly counted: Evidence<Series>;
  readonly phases: Evidence<Series>;
  readonly exporter: Evidence<Series>;
  readonly up: Evidence<Series>;
  readonly pods: Evidence<Pod>;
}

/** The value of an answer with one series; an empty answer is 0. */
const value = ({ items: [series] }: Evidence<Series>): number => series?.points.at(-1)?.[1] ?? 0;
const isRead = ({ items, missing }: Evidence<unknown>): boolean => items.length > 0 || missing.length === 0;

const conclude = ({ name }: Workload, seen: Seen, now: number): Finding<(typeof REASONS)[number]> => {
  if (!isRead(seen.counted) || !isRead(seen.phases)) return unknown('noAnswer', msg('Prometheus gave no answer that is fresh enough.'));
  const counted = value(seen.counted);
  const running = seen.pods.items.filter(({ status }) => status?.phase === 'Running').length;
  const details = {
    rows: [{
      of: 'table' as const,
      columns: [msg('Seen by'), msg('Running pods')],
      rows: [[{ message: msg('the rule') }, counted], [{ message: msg('the API server') }, isRead(seen.pods) ? running : null]],
    }],
    expected: msg('the rule counts what runs'), actual: msg('{{counted}} counted, {{running}} running', { counted, running }),
  };
  if (value(seen.phases) === 0) {
    const scraped = value(seen.exporter) > 0;
    if (running === 0) return warn('blind', msg('Nothing: the series kube_pod_status_phase is missing here. No {{name}} pod runs either.', { name }), details);
    return scraped
      ? fail('seriesMissing', msg('Nothing: kube-state-metrics is scraped and does not report these pods. {{running}} {{name}} pods run all the same.', { running, name }), details)
      : fail('seriesMissing', msg('Nothing: kube-state-metrics or its scrape is gone. {{running}} {{name}} pods run all the same.', { running, name }), details);
  }
  // A pod that is not ready cannot be scraped for that reason: this is about those that are.
  const ready = seen.pods.items.some((pod) => judge(pod, now).state === 'ready');
  if (ready && isRead(seen.up) && value(seen.up) === 0) {
    return warn('notScraped', msg('{{counted}} running pods. Prometheus reaches the metrics of none of them, which the rules of older releases take for none running.', { counted }), details);
  }
  if (counted > 0) return pass('counted', msg('{{counted}} running pods. A rule that counts running pods misses none.', { counted }), details);
  return running > 0
    ? info('behind', msg('0 running pods, and {{running}} run by now. The rule follows within two scrapes.', { running }), details)
    : info('noneRunning', msg('0 running pods, and that is true.'), details);
};

/** What do the series say that the rule rests on? Tells a missing series from missing pods. */
export const ruleSees = (of: Workload) => step({
  id: 'rule-sees',
  asks: msg('What does the rule itself see?'),
  why: msg('The rule takes no series for no pods. If kube-state-metrics is gone, all Down alerts fire and nothing is down.'),
  reads: {
    counted: metric(
      promql`count(kube_pod_status_phase{namespace="${of.in}", pod=~"${of.name}-.*", phase="Running"} == 1)`,
      promql`kube_pod_status_phase{namespace="${of.in}", pod=~"${of.name}-.*", phase="Running"}`,
    ),
    phases: metric(promql`count(kube_pod_status_phase{namespace="${of.in}"})`),
    exporter: metric(promql`sum(up{job="kube-state-metrics"})`),
    up: metric(promql`sum(up{namespace="${of.in}", pod=~"${of.name}-.*"})`),
    pods: podsOf(of),
  },
  optional: ['exporter', 'up'],
  reasons: REASONS,
  check: (seen, { now }) => conclude(of, seen, now),
});
