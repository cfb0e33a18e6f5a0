import { fail, info, pass, warn } from '../engine/finding';
import { msg } from '../engine/message';
import { step } from '../engine/step';
import { metric } from '../sources/metrics';
import { type Pod } from '../sources/objects';
import { podsOf } from '../sources/pods';
import { type Election } from './leaderElection';

/** A pod that has been ready for less, in seconds, may still be filling its caches. */
const FILLING = 2 * 60;

const readySince = ({ status }: Pod): number | undefined => {
  const ready = status?.conditions?.find(({ type, status: is }) => type === 'Ready' && is === 'True');
  return ready ? Date.parse(ready.lastTransitionTime ?? '') || 0 : undefined;
};

/**
 * Have the candidates come as far as the election? Their probes ask for `/metrics`, which answers long before: KubeVirt
 * 1.8.4, `pkg/virt-operator/application.go` sets the metric right before it enters the election.
 */
export const leaderReady = ({ of, ready }: Election) => step({
  id: 'leader-ready',
  asks: msg('Have the pods of {{name}} come as far as the election?', { name: of.name }),
  why: msg('Ready means that the pod serves its metrics. It enters the election only after it has read CRDs, KubeVirt objects and the cluster’s authentication settings.'),
  reads: { ready: metric(ready, ready), pods: podsOf(of) },
  reasons: ['reached', 'stuck', 'someStuck', 'starting', 'noSeries'],
  check: ({ ready: { items }, pods }, { now }) => {
    const value = new Map(items.map(({ labels, points }) => [labels['pod'] ?? '', points.at(-1)?.[1] ?? 0]));
    const known = pods.items.filter(({ metadata }) => value.has(metadata.name));
    const before = known.filter(({ metadata }) => value.get(metadata.name) === 0);
    const stuck = before.filter((pod) => now - (readySince(pod) ?? now) > FILLING * 1000);
    const details = {
      expected: msg('all of them'), actual: msg('{{count}} of {{of}} pods', { count: known.length - before.length, of: known.length }),
      subjects: stuck.map(({ metadata: { name, namespace = '' } }) => ({ kind: 'Pod', name, namespace })),
    };
    if (known.length === 0) return info('noSeries', msg('No running pod reports it.'));
    if (stuck.length === known.length) {
      return fail('stuck', msg('No. {{count}} of {{of}} pods are Ready and none has entered the election: they wait for something to read.', { count: stuck.length, of: known.length }), details);
    }
    if (stuck.length > 0) return warn('someStuck', msg('{{count}} of {{of}} pods are Ready and have not entered the election.', { count: stuck.length, of: known.length }), details);
    if (before.length > 0) return info('starting', msg('{{count}} of {{of}} pods are still on their way.', { count: before.length, of: known.length }), details);
    return pass('reached', msg('Yes, {{count}} of {{of}} pods.', { count: known.length, of: known.length }), details);
  },
});
