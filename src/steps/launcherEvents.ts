import { type Finding, info, notApplicable, pass, warn } from '../engine/finding';
import { type Message, msg } from '../engine/message';
import { type ElementRefs, type ListSource, each } from '../engine/source';
import { step } from '../engine/step';
import { EVENT_LIFETIME } from '../sources/events';
import { kinds } from '../sources/kinds';
import { type ClusterEvent } from '../sources/objects';
import { launcherSample } from './launcherSample';
import { type PodEvents, type Trouble, TROUBLES, tableOf, troubleIn } from './launcherTrouble';
import { launchersPending } from './launchersPending';

const SAYS: Readonly<Record<Trouble, Message>> = {
  image: msg('The kubelet cannot pull an image.'),
  network: msg('The kubelet cannot set up the network of the pod (CNI).'),
  volume: msg('The kubelet cannot attach or mount a volume (CSI).'),
  otherWarning: msg('There are warnings, and none is about images, network or volumes.'),
};

const events = ({ namespace, fields }: ElementRefs<PodEvents>): ListSource<ClusterEvent> => ({ kind: 'list', of: kinds.Event, in: namespace, fields, part: 'full', atMost: 50 });

/** The events of sampled pods, and what of image, network and storage is in them. */
export const launcherEvents = step({
  id: 'launcher-events',
  asks: msg('What do the events of the newest failed pods say?'),
  why: msg('Events are kept for one to three hours. Of older pods there are none, and that means nothing.'),
  reads: { events: each(launcherSample.out.events, { atMost: 5 }, events) },
  inputs: { pods: launcherSample.out.events },
  reasons: ['notNeeded', ...TROUBLES, 'noWarnings', 'tooOld'],
  required: false,
  check: ({ events: read }, { inputs: { pods }, activeAt, now }): Finding<'notNeeded' | Trouble | 'noWarnings' | 'tooOld'> => {
    if (pods.length === 0) return info('notNeeded', msg('There is no failed pod.'));
    const [trouble, ...also] = troubleIn(read.items);
    if (trouble) return warn<Trouble>(trouble, SAYS[trouble], { also, expected: msg('no warnings'), actual: msg('warnings'), rows: [tableOf(read.items)] });
    return activeAt !== undefined && (now - activeAt) / 1000 > EVENT_LIFETIME
      ? info('tooOld', msg('No warnings are left. The alert is older than events live, so this says nothing.'))
      : info('noWarnings', msg('There are no warnings about them: not about images, not about the network, not about volumes.'), { expected: msg('no warnings'), actual: msg('none') });
  },
});

/** What keeps pending launchers waiting: the question of the published text, asked where it can be answered. */
export const launcherPendingEvents = step({
  id: 'launcher-pending-events',
  asks: msg('What do pending launcher pods wait for: network or volumes?'),
  reads: { events: each(launchersPending.out.stuck, { atMost: 5 }, events) },
  inputs: { pods: launchersPending.out.stuck },
  reasons: ['notNeeded', ...TROUBLES, 'noWarnings'],
  check: ({ events: read }, { inputs: { pods } }): Finding<'notNeeded' | Trouble | 'noWarnings'> => {
    if (pods.length === 0) return notApplicable('notNeeded', msg('Not needed: no launcher pod is stuck in phase Pending.'));
    const [trouble, ...also] = troubleIn(read.items);
    return trouble
      ? warn<Trouble>(trouble, SAYS[trouble], { also, expected: msg('no warnings'), actual: msg('warnings'), rows: [tableOf(read.items)] })
      : pass('noWarnings', msg('There are no warnings about them.'), { expected: msg('no warnings'), actual: msg('none') });
  },
});
