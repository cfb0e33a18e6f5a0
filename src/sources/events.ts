import { type ListSource, type Where } from '../engine/source';
import { kinds } from './kinds';
import { type ClusterEvent } from './objects';

/**
 * How long the API server keeps events, in seconds: OpenShift sets 3 h (openshift/cluster-kube-apiserver-operator,
 * `bindata/assets/config/defaultconfig.yaml`, event-ttl); the default of Kubernetes is 1 h. The shorter one is safe to
 * rely on: what is older may be gone.
 */
export const EVENT_LIFETIME = 60 * 60;

/** All Warning events of a namespace. One reading for every step that asks for them: equal sources are read once. */
export const warnings = (where: Where): ListSource<ClusterEvent> =>
  ({ kind: 'list', of: kinds.Event, in: where, fields: 'type=Warning', part: 'full', atMost: 1000 });

/** When an event was last seen, ISO 8601. Senders of the new API leave `lastTimestamp` empty and count in `series`. */
export const eventTime = ({ series, lastTimestamp, eventTime: at, metadata }: ClusterEvent): string | undefined =>
  series?.lastObservedTime ?? lastTimestamp ?? at ?? metadata.creationTimestamp ?? undefined;

/** How often an event was seen. */
export const eventCount = ({ series, count }: ClusterEvent): number => series?.count ?? count ?? 1;

/** Events of objects of these kinds whose name is this one, or begins with it and a hyphen; newest first. */
export const eventsAbout = (events: readonly ClusterEvent[], name: string, ...kindNames: readonly string[]): readonly ClusterEvent[] =>
  events
    .filter(({ involvedObject: { kind = '', name: of = '' } }) => kindNames.includes(kind) && (of === name || of.startsWith(`${name}-`)))
    .toSorted((a, b) => (eventTime(b) ?? '').localeCompare(eventTime(a) ?? ''));
