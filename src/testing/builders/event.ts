import { timestamp } from '../clock';
import type { Cluster } from '../cluster';
import type { Event } from '../objects';
import type { KubeObject } from '../types';

/** What an event says; `component` is who says it. */
export interface Saying {
  type: Event['type'];
  reason: string;
  message: string;
  component: string;
  host?: string;
  /** Said again only if that many seconds have passed since the last time; 0 always counts up. */
  everySeconds?: number;
}

/** A core/v1 Event about an object. */
export function event(about: KubeObject, saying: Saying, at: Date, name: string): Event {
  const { type, reason, message, component, host } = saying;
  const { namespace, uid = '' } = about.metadata;
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace: namespace ?? 'default' },
    type,
    reason,
    message,
    count: 1,
    firstTimestamp: timestamp(at),
    lastTimestamp: timestamp(at),
    eventTime: null,
    involvedObject: { kind: about.kind, name: about.metadata.name, apiVersion: about.apiVersion, uid, ...(namespace === undefined ? {} : { namespace }) },
    reportingComponent: component,
    reportingInstance: host ?? '',
    source: { component, ...(host === undefined ? {} : { host }) },
  };
}

/** The events about an object with that reason, oldest first. */
export function eventsAbout(cluster: Cluster, about: KubeObject, reason: string): readonly Event[] {
  return cluster.list('Event', about.metadata.namespace ?? 'default').filter((each) => each.reason === reason && each.involvedObject.uid === about.metadata.uid);
}

/** Records an event, counting up one that says the same as the event correlator of client-go does. */
export function say(cluster: Cluster, about: KubeObject, saying: Saying): void {
  const now = cluster.now();
  const same = eventsAbout(cluster, about, saying.reason).find((each) => each.message === saying.message && each.source.component === saying.component);
  if (!same) {
    cluster.create(event(about, saying, now, `${about.metadata.name}.${cluster.random.hex(16)}`));
    return;
  }
  if (now.getTime() - new Date(same.lastTimestamp).getTime() < (saying.everySeconds ?? 1) * 1000) return;
  cluster.update('Event', same.metadata.namespace, same.metadata.name, (draft) => {
    draft.count += 1;
    draft.lastTimestamp = timestamp(now);
  });
}
