import { fail, pass, unknown } from '../engine/finding';
import { msg } from '../engine/message';
import { promql } from '../engine/source';
import { step } from '../engine/step';
import { metric } from '../sources/metrics';
import { installed } from './installed';

/** Does kube-state-metrics report the pods of the control plane at all? The same step in every runbook: four Down alerts at once are one fault. */
export const exporterReports = step({
  id: 'exporter-reports',
  asks: msg('Does kube-state-metrics report the pods of the control plane?'),
  why: msg('Without its series VirtOperatorDown, VirtAPIDown, VirtControllerDown and VirtHandlerDown fire together, and so do the NoReady alerts. Then one repair ends all of them.'),
  reads: { pods: metric(promql`count(kube_pod_status_phase{namespace="${installed.out.namespace}"} == 1)`), up: metric(promql`sum(up{job="kube-state-metrics"})`) },
  optional: ['up'],
  reasons: ['reports', 'gone', 'silent', 'noAnswer'],
  check: ({ pods, up }) => {
    const count = pods.items[0]?.points.at(-1)?.[1] ?? 0;
    if (pods.items.length === 0 && pods.missing.length > 0) return unknown('noAnswer', msg('Prometheus gave no answer.'));
    if (count > 0) return pass('reports', msg('Yes, {{count}} pods.', { count }));
    return (up.items[0]?.points.at(-1)?.[1] ?? 0) > 0
      ? fail('silent', msg('No. kube-state-metrics is scraped and reports no pod here: all alerts that count pods fire at once.'))
      : fail('gone', msg('No. kube-state-metrics or its scrape is gone: all alerts that count pods fire at once.'));
  },
});
