import { fail, info, pass } from '../engine/finding';
import { msg } from '../engine/message';
import { promql } from '../engine/source';
import { step } from '../engine/step';
import { metric } from '../sources/metrics';
import { rounded, sumOf, valueOf } from './restCounts';

/**
 * Which flow schema and priority level of the API server reject requests? Labels and names as Kubernetes 1.35 has them:
 * `staging/src/k8s.io/apiserver/pkg/util/flowcontrol/metrics/metrics.go`.
 */
export const restFlow = step({
  id: 'rest-flow',
  asks: msg('Whom does the API server turn away to protect itself?'),
  why: msg('Priority and fairness gives each kind of client its own queue. All pods of one account are one client to it: many virt-handlers share what one may have.'),
  reads: {
    rejected: metric(promql`topk(10, sum by (flow_schema, priority_level, reason) (rate(apiserver_flowcontrol_rejected_requests_total[5m])) > 0)`),
    served: metric(promql`sum(rate(apiserver_flowcontrol_dispatched_requests_total[5m]))`),
  },
  required: false,
  reasons: ['none', 'rejects', 'noSeries'],
  check: ({ rejected, served }) => {
    const [most] = rejected.items.toSorted((a, b) => valueOf(b) - valueOf(a));
    if (!most) return served.items.length === 0 ? info('noSeries', msg('Prometheus holds no metrics of the API server.')) : pass('none', msg('Nobody, in the last 5 minutes.'));
    const { flow_schema: schema = '', priority_level: level = '', reason = '' } = most.labels;
    return fail('rejects', msg('{{rate}} requests per second of the flow schema {{schema}}, at priority level {{level}}: {{reason}}.', { rate: rounded(valueOf(most)), schema, level, reason }), {
      expected: msg('0 rejected'), actual: msg('{{rejected}} per second rejected, {{served}} served', { rejected: rounded(sumOf(rejected.items)), served: rounded(sumOf(served.items)) }),
      rows: [{
        of: 'table', columns: [msg('Flow schema'), msg('Priority level'), msg('Reason'), msg('Per second')],
        rows: rejected.items.map((one) => [one.labels['flow_schema'] ?? '', one.labels['priority_level'] ?? '', one.labels['reason'] ?? '', rounded(valueOf(one))]),
      }],
    });
  },
  out: {
    /** The flow schema that is rejected most. */
    schema: ({ rejected }) => rejected.items.toSorted((a, b) => valueOf(b) - valueOf(a))[0]?.labels['flow_schema'],
    /** Its priority level. */
    level: ({ rejected }) => rejected.items.toSorted((a, b) => valueOf(b) - valueOf(a))[0]?.labels['priority_level'],
  },
});
