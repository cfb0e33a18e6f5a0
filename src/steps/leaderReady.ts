import { fail, info, pass, warn } from '../engine/finding';
import { msg } from '../engine/message';
import { step } from '../engine/step';
import { metric } from '../sources/metrics';
import { type Pod } from '../sources/objects';
import { podsOf } from '../sources/pods';
import { type Election } from './leaderElection';
import { containersOf } from './podState';

/** A pod that has been like this for less, in seconds, may still be filling its caches. */
const FILLING = 2 * 60;

/** When its readiness came to be what it is, milliseconds since 1970; undefined while it is not the one asked about. */
const since = ({ status }: Pod, ready: 'True' | 'False'): number | undefined => {
  const found = status?.conditions?.find(({ type, status: is }) => type === 'Ready' && is === ready);
  return found ? Date.parse(found.lastTransitionTime ?? '') || 0 : undefined;
};

/** A program that serves nothing until it has entered the election: it runs, and nobody has an answer of it. */
const isMute = (pod: Pod): boolean => since(pod, 'False') !== undefined && containersOf(pod).some(({ state }) => state?.running !== undefined);

/**
 * Have the candidates come as far as the election? KubeVirt 1.8.4 sets the metric right before it: virt-operator serves it long before, and
 * passes its probes (`pkg/virt-operator/application.go`); virt-controller serves nothing until then (`pkg/virt-controller/watch/application.go`).
 */
export const leaderReady = ({ of, ready, before: waitsFor, servesWhileWaiting }: Election) => step({
  id: 'leader-ready',
  asks: msg('Have the pods of {{name}} come as far as the election?', { name: of.name }),
  why: msg('It enters the election only after it has read {{caches}}, whatever its readiness says.', { caches: { list: waitsFor.map(({ resource }) => resource) } }),
  reads: { ready: metric(ready, ready), pods: podsOf(of) },
  reasons: ['reached', 'stuck', 'someStuck', 'starting', 'noSeries'],
  check: ({ ready: { items }, pods }, { now }) => {
    const value = new Map(items.map(({ labels, points }) => [labels['pod'] ?? '', points.at(-1)?.[1] ?? 0]));
    const waits = (pod: Pod): boolean => (servesWhileWaiting || value.has(pod.metadata.name) ? value.get(pod.metadata.name) === 0 : isMute(pod));
    const known = pods.items.filter((pod) => value.has(pod.metadata.name) || waits(pod));
    const before = known.filter(waits);
    const stuck = before.filter((pod) => now - (since(pod, servesWhileWaiting ? 'True' : 'False') ?? now) > FILLING * 1000);
    const details = {
      expected: msg('all of them'), actual: msg('{{count}} of {{of}} pods', { count: known.length - before.length, of: known.length }),
      subjects: stuck.map(({ metadata: { name, namespace = '' } }) => ({ kind: 'Pod', name, namespace })),
    };
    if (known.length === 0) return info('noSeries', msg('No running pod reports it.'));
    if (stuck.length === known.length) {
      return fail('stuck', msg('No. {{count}} of {{of}} pods run and none has entered the election: they wait for something to read.', { count: stuck.length, of: known.length }), details);
    }
    if (stuck.length > 0) return warn('someStuck', msg('{{count}} of {{of}} pods run and have not entered the election.', { count: stuck.length, of: known.length }), details);
    if (before.length > 0) return info('starting', msg('{{count}} of {{of}} pods are still on their way.', { count: before.length, of: known.length }), details);
    return pass('reached', msg('Yes, {{count}} of {{of}} pods.', { count: known.length, of: known.length }), details);
  },
});
