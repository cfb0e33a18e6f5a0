import { type Cell, type Finding, fail, info, pass, unknown, warn } from '../engine/finding';
import { type Message, msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { type Query, type Series, promql } from '../engine/source';
import { step } from '../engine/step';
import { metric } from '../sources/metrics';
import { type Pod } from '../sources/objects';
import { podsOf } from '../sources/pods';
import { type Workload } from '../sources/workload';
import { judge } from './podState';

const REASONS = ['agree', 'noReadyPod', 'notScraped', 'someNotScraped', 'saysNotReady', 'someSayNotReady', 'behind', 'noAnswer'] as const;

/** What has been ready for less, in seconds, the next scrapes will find. */
const TWO_SCRAPES = 120;

interface Seen {
  readonly pods: Evidence<Pod>;
  readonly up: Evidence<Series>;
  readonly own: Evidence<Series>;
}

const byPod = ({ items }: Evidence<Series>): ReadonlyMap<string, number> => new Map(items.map(({ labels, points }) => [labels['pod'] ?? '', points.at(-1)?.[1] ?? 0]));

const isRead = ({ items, missing }: Evidence<unknown>): boolean => items.length > 0 || missing.length === 0;

const readySince = ({ status }: Pod): number => Date.parse(status?.conditions?.find(({ type }) => type === 'Ready')?.lastTransitionTime ?? '') || 0;

const yesNo = (value: boolean | undefined): Cell => (value === undefined ? null : { message: value ? msg('yes') : msg('no') });
const said = (value: number | undefined): boolean | undefined => (value === undefined ? undefined : value === 1);

const COUNTS = (count: number, of: number): Message => msg('{{count}} of {{of}}', { count, of });

const conclude = ({ name }: Workload, seen: Seen, now: number): Finding<(typeof REASONS)[number]> => {
  if (!isRead(seen.up) || !isRead(seen.own)) return unknown('noAnswer', msg('Prometheus gave no answer that is fresh enough.'));
  const [up, own] = [byPod(seen.up), byPod(seen.own)];
  const rows = [{
    of: 'table' as const,
    columns: [msg('Pod'), msg('Ready, says the API server'), msg('Scraped'), msg('Ready, says the program')],
    rows: seen.pods.items.map((pod): readonly Cell[] => [pod.metadata.name, yesNo(judge(pod, now).state === 'ready'), yesNo(up.get(pod.metadata.name) === 1), yesNo(said(own.get(pod.metadata.name)))]),
  }];
  const ready = seen.pods.items.filter((pod) => judge(pod, now).state === 'ready');
  const settled = ready.filter((pod) => (now - readySince(pod)) / 1000 > TWO_SCRAPES);
  if (ready.length === 0) return info('noReadyPod', msg('No pod of {{name}} is ready, and monitoring says no more than that.', { name }), { rows });
  const names = (among: readonly Pod[]): readonly string[] => among.map(({ metadata }) => metadata.name);
  const dark = names(settled).filter((pod) => up.get(pod) !== 1);
  const denying = names(settled).filter((pod) => up.get(pod) === 1 && own.get(pod) === 0);
  const details = (count: number) => ({ rows, expected: COUNTS(settled.length, settled.length), actual: COUNTS(settled.length - count, settled.length) });
  if (settled.length > 0 && dark.length === settled.length) return fail('notScraped', msg('Prometheus reaches none of {{count}} ready pods: what it does not reach it counts as missing.', { count: dark.length }), details(dark.length));
  if (settled.length > 0 && denying.length === settled.length) return fail('saysNotReady', msg('The API server calls {{count}} pods ready, and the programs in them report that they are not.', { count: denying.length }), details(denying.length));
  if (dark.length > 0) return fail('someNotScraped', msg('Prometheus does not reach {{pods}}, which is ready.', { pods: { list: dark } }), details(dark.length));
  if (denying.length > 0) return warn('someSayNotReady', msg('{{pods}} is ready, and the program in it reports that it is not.', { pods: { list: denying } }), details(denying.length));
  return settled.length < ready.length
    ? info('behind', msg('A pod became ready within the last 2 minutes. The rule follows with the next scrapes.'), { rows })
    : pass('agree', msg('They agree: {{count}} pods are ready, scraped, and say so themselves.', { count: ready.length }), { rows });
};

/** The metric by which each program says that it is ready: KubeVirt 1.8.4, pkg/monitoring/metrics, `component_metrics.go` of each component. */
const ownReady = ({ in: namespace, name }: Workload): Query => promql`{__name__="${`kubevirt_${name.replaceAll('-', '_')}_ready_status`}", namespace="${namespace}"}`;
const reached = ({ in: namespace, name }: Workload): Query => promql`up{namespace="${namespace}", pod=~"${name}-.*"}`;

/**
 * Do the API server, the scrape and the program itself say the same of each pod? The rules on readiness multiply what
 * kube-state-metrics says by what the program says, so that a pod that is not scraped is not ready for them.
 */
export const podSignals = (of: Workload) => step({
  id: 'pod-signals',
  asks: msg('Do the API server and monitoring say the same of each pod?'),
  why: msg('The rules count a pod only if it is scraped and says itself that it is ready. If the scrape fails, healthy pods count as missing.'),
  reads: { pods: podsOf(of), up: metric(reached(of)), own: metric(ownReady(of), ownReady(of)) },
  reasons: REASONS,
  check: (seen, { now }) => conclude(of, seen, now),
});
