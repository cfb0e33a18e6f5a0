import { pass, unknown, warn } from '../engine/finding';
import { msg } from '../engine/message';
import { promql } from '../engine/source';
import { step } from '../engine/step';
import { metric } from '../sources/metrics';
import { podsOf } from '../sources/pods';
import { type Workload } from '../sources/workload';
import { judge } from './podState';
import { valueOf } from './restCounts';

/** Does Prometheus hear of the calls of every pod? */
export const restScraped = (of: Workload) => step({
  id: 'rest-scraped',
  asks: msg('Does Prometheus hear of every pod?'),
  why: msg('The rule judges the calls of the pods that are scraped. If one is missing, those of the others are taken for all.'),
  reads: { up: metric(promql`up{namespace="${of.in}",pod=~"${of.name}-.*"} == 1`), pods: podsOf(of) },
  required: false,
  reasons: ['all', 'some', 'none', 'noPods', 'unread'],
  check: ({ up, pods }, { now }) => {
    const ready = pods.items.filter((pod) => judge(pod, now).state === 'ready').map(({ metadata: { name } }) => name);
    if (ready.length === 0) return unknown('noPods', msg('No pod is ready, so nothing can be said about its scrape.'));
    // A query that was not answered is no silence of the pods.
    if (up.missing.length > 0) return unknown('unread', msg('Which pods Prometheus hears of could not be read.'));
    const heard = new Set(up.items.filter((one) => valueOf(one) === 1).map(({ labels }) => labels['pod'] ?? ''));
    const missing = ready.filter((name) => !heard.has(name));
    const details = { expected: msg('{{ready}} pods', { ready: ready.length }), actual: msg('{{heard}} pods', { heard: ready.length - missing.length }), subjects: missing.slice(0, 10).map((name) => ({ kind: 'Pod', name })) };
    if (missing.length === 0) return pass('all', msg('Yes, of all {{ready}} that are ready.', { ready: ready.length }), details);
    return missing.length < ready.length
      ? warn('some', msg('No. {{missing}} of {{ready}} ready pods are not scraped: {{pods}}.', { missing: missing.length, ready: ready.length, pods: { list: missing.slice(0, 3) } }), details)
      : warn('none', msg('No. None of the {{ready}} ready pods is scraped, so the rule is silent or about to be.', { ready: ready.length }), details);
  },
});
