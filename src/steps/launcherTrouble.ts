import { type Rows } from '../engine/finding';
import { msg } from '../engine/message';
import { eventCount, eventTime } from '../sources/events';
import { type ClusterEvent } from '../sources/objects';
import { tally } from './launcherReadings';
import { quote } from './words';

/** What the kubelet can be in trouble with when it starts a pod. */
export const TROUBLES = ['image', 'network', 'volume', 'otherWarning'] as const;
export type Trouble = (typeof TROUBLES)[number];

/** Where the events of one pod are. */
export interface PodEvents {
  readonly namespace: string;
  /** A field selector. */
  readonly fields: string;
}

/**
 * By the reason of the event, and where that is shared, by its text: kubernetes/kubernetes `pkg/kubelet/events/event.go`,
 * `pkg/controller/volume/attachdetach`. The kubelet's “Back-off pulling image” is no warning; its “Error: ImagePullBackOff” is.
 */
export const troubleOf = ({ type, reason = '', message = '' }: ClusterEvent): Trouble | undefined => {
  if (type !== 'Warning') return undefined;
  if (/^(FailedCreatePodSandBox|NetworkNotReady)$/.test(reason)) return 'network';
  if (/^(FailedMount|FailedAttachVolume|FailedMapVolume|VolumeResizeFailed)$/.test(reason)) return 'volume';
  if (/^(ErrImageNeverPull|InspectFailed)$/.test(reason) || (reason === 'Failed' && /\bimage\b|ImagePullBackOff|ErrImagePull/i.test(message))) return 'image';
  return 'otherWarning';
};

/** The troubles in these events, most frequent first; other warnings only if there is nothing better. */
export const troubleIn = (events: readonly ClusterEvent[]): readonly Trouble[] => {
  const found = tally(events.flatMap((event) => troubleOf(event) ?? [])).map(([trouble]) => trouble);
  const named = found.filter((trouble) => trouble !== 'otherWarning');
  return named.length > 0 ? named : found;
};

/** The warnings among these events, newest first. */
export const tableOf = (events: readonly ClusterEvent[]): Rows => ({
  of: 'table',
  columns: [msg('Pod'), msg('Reason'), msg('Times'), msg('Last'), msg('Message')],
  rows: events.filter(({ type }) => type === 'Warning')
    .toSorted((a, b) => (eventTime(b) ?? '').localeCompare(eventTime(a) ?? ''))
    .map((event) => {
      const at = eventTime(event);
      return [event.involvedObject.name ?? null, event.reason ?? null, eventCount(event), at ? { instant: at } : null, quote(event.message ?? '')];
    }),
});
