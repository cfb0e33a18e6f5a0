import { fail, notApplicable, warn } from '../engine/finding';
import { msg } from '../engine/message';
import { step } from '../engine/step';
import { endpointsOf } from './leaseReadings';
import { type restLog } from './restLog';

/** Does anything answer behind the webhook that the log names? */
export const restWebhook = (log: ReturnType<typeof restLog>) => step({
  id: 'rest-webhook',
  asks: msg('Does the webhook that the log names answer?'),
  why: msg('Every write that a webhook asks to see fails while nothing answers for it. The API server reports that as its own error.'),
  reads: { endpoints: endpointsOf(log.out.backends) },
  inputs: { backends: log.out.backends },
  required: false,
  reasons: ['notNeeded', 'noBackend', 'hasBackend'],
  check: ({ endpoints }, { inputs: { backends } }) => {
    const [backend] = backends;
    if (!backend) return notApplicable('notNeeded', msg('Not needed: no log names a webhook that fails.'));
    const { service, namespace } = backend;
    const subjects = [{ kind: 'Service', name: service, namespace }];
    const ready = endpoints.items.flatMap((slice) => slice.endpoints ?? []).filter(({ conditions }) => conditions?.ready !== false).length;
    return ready === 0
      ? fail('noBackend', msg('No. The service {{service}} in {{namespace}} has no ready endpoint.', { service, namespace }), { subjects, expected: msg('1 ready endpoint or more'), actual: msg('0') })
      : warn('hasBackend', msg('Its service {{service}} has {{ready}} ready endpoints and the call fails all the same: a certificate, a NetworkPolicy or a backend that is too slow.', { service, ready }), { subjects });
  },
  out: {
    service: (_, { inputs: { backends } }) => backends[0]?.service,
    namespace: (_, { inputs: { backends } }) => backends[0]?.namespace,
  },
});
