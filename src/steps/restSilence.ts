import { pass, warn } from '../engine/finding';
import { msg } from '../engine/message';
import { step } from '../engine/step';
import { metric } from '../sources/metrics';
import { percent, sumOf, valueOf } from './restCounts';
import { type RestCalls, callsByPod, rawCalls } from './restReadings';

/** A share of unanswered calls below this is the odd restart of an API server. */
const SOME = 0.01;
/** A pod is cut off if more than this share of its calls gets no answer. */
const CUT_OFF = 0.5;

/** How many calls get no answer at all? */
export const restSilence = (calls: RestCalls) => step({
  id: 'rest-silence',
  asks: msg('How many calls get no answer at all?'),
  why: msg('A connection that fails is counted with the code <error>. The rule does not count it as failed, so lost connections cannot raise this alert: they hide it.'),
  reads: { unanswered: metric(callsByPod(calls, 'unanswered'), rawCalls(calls)), all: metric(callsByPod(calls, 'all'), rawCalls(calls)) },
  required: false,
  reasons: ['none', 'some', 'onePod', 'allPods'],
  check: ({ unanswered, all }) => {
    const share = sumOf(unanswered.items) / (sumOf(all.items) || 1);
    const cut = unanswered.items.filter(({ labels, points }) =>
      valueOf({ points }) > CUT_OFF * sumOf(all.items.filter((one) => one.labels['pod'] === labels['pod'])));
    const pods = cut.map(({ labels }) => labels['pod'] ?? '');
    const details = { expected: msg('less than 1 %'), actual: msg('{{percent}} %', { percent: percent(share) }), subjects: pods.map((name) => ({ kind: 'Pod', name })) };
    const [pod] = pods;
    if (pod !== undefined && pods.length < all.items.length) {
      return warn('onePod', msg('Most calls of {{pods}} get no answer, those of the others do: look at the network of its node.', { pods: { list: pods.slice(0, 3) } }), details);
    }
    if (pod !== undefined) return warn('allPods', msg('Most calls get no answer, of all {{pods}} pods: {{name}} does not reach the API server.', { pods: pods.length, name: calls.of.name }), details);
    return share < SOME ? pass('none', msg('Next to none.'), details) : warn('some', msg('{{percent}} % get no answer.', { percent: percent(share) }), details);
  },
  out: {
    /** A pod most of whose calls get no answer. */
    pod: ({ unanswered, all }) => unanswered.items.find(({ labels, points }) =>
      valueOf({ points }) > CUT_OFF * sumOf(all.items.filter((one) => one.labels['pod'] === labels['pod'])))?.labels['pod'],
  },
});
