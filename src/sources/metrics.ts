import { type MetricsSource, type Query, promql } from '../engine/source';

/**
 * The value of a query now. `freshBy`: the raw series it rests on; without it the age of the answer is not known, and
 * Prometheus hands out samples up to five minutes old.
 */
export const metric = (query: Query, freshBy?: Query): MetricsSource =>
  freshBy ? { kind: 'metrics', query, freshBy } : { kind: 'metrics', query };

/** The same over a range that ends now; both in seconds. */
export const metricOver = (query: Query, over: { readonly range: number; readonly step: number }): MetricsSource =>
  ({ kind: 'metrics', query, over });

/**
 * How many VMs run. One series per VM instance, exposed by the leading virt-controller alone (kubevirt v1.8.4,
 * pkg/monitoring/metrics/virt-controller/vmistats_collector.go): without any, none run if one leads, and two minutes are enough
 * for its caches to fill; else the number is not known.
 */
export const runningVms: MetricsSource = metric(
  promql`count(kubevirt_vmi_info{phase="running"}) or 0 * max(min_over_time(kubevirt_virt_controller_leading_status[2m]) == 1)`,
  // A selector, nothing more: of anything else Prometheus takes the time of the query for that of the sample.
  promql`{__name__=~"kubevirt_vmi_info|kubevirt_virt_controller_leading_status"}`,
);
