import { fail, pass } from '../engine/finding';
import { msg } from '../engine/message';
import { type Given, step } from '../engine/step';
import { type Pod } from '../sources/objects';
import { podsOf } from '../sources/pods';
import { type Election } from './leaderElection';
import { containersOf, judge, lastEnd } from './podState';

/** A container that ended within this time, in seconds, may have lost an election. */
const LATELY = 60 * 60;

const runs = (pod: Pod, now: number): boolean =>
  judge(pod, now).state !== 'terminating' && pod.status?.phase === 'Running' && containersOf(pod).some(({ state }) => state?.running !== undefined);

const endedLately = (pod: Pod, now: number): boolean =>
  containersOf(pod).some((container) => (now - Date.parse(lastEnd(container)?.finishedAt ?? '')) / 1000 < LATELY);

/** Does anybody run who could lead? */
export const leaderCandidates = ({ of }: Election) => step({
  id: 'leader-candidates',
  asks: msg('Does any pod of {{name}} run that could lead?', { name: of.name }),
  why: msg('Only a running process takes part in the election, ready or not.'),
  reads: { pods: podsOf(of) },
  reasons: ['some', 'none'],
  check: ({ pods }, { now }) => {
    const count = pods.items.filter((pod) => runs(pod, now)).length;
    const details = { expected: msg('at least 1'), actual: msg('{{count}} of {{of}} pods', { count, of: pods.items.length }) };
    return count > 0
      ? pass('some', msg('Yes, {{count}} of {{of}} pods.', { count, of: pods.items.length }), details)
      : fail('none', msg('No. 0 of {{of}} pods run, so there is nobody to elect.', { of: pods.items.length }), details);
  },
  out: {
    /** Containers that run now: the candidates. */
    running: ({ pods }, { now }: Given) => pods.items.filter((pod) => runs(pod, now)).map(({ metadata: { name } }) => ({ pod: name, container: of.container })),
    /** Those that were started again within the last hour: their previous log says why. */
    restarted: ({ pods }, { now }: Given) => pods.items.filter((pod) => endedLately(pod, now)).map(({ metadata: { name } }) => ({ pod: name, container: of.container })),
    /** One candidate, for commands. */
    candidate: ({ pods }, { now }: Given) => pods.items.find((pod) => runs(pod, now))?.metadata.name,
    /** The account that they run as. */
    account: ({ pods }) => pods.items[0]?.spec?.serviceAccountName,
  },
});
