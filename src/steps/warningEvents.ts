import { info, pass } from '../engine/finding';
import { msg } from '../engine/message';
import { step } from '../engine/step';
import { EVENT_LIFETIME, eventCount, eventTime, eventsAbout, warnings } from '../sources/events';
import { type Workload } from '../sources/workload';
import { quote } from './words';

/** What do the events say about a workload, its ReplicaSets and its pods? Shown; other steps draw the conclusions. */
export const warningEvents = (of: Workload) => step({
  id: 'warning-events',
  asks: msg('Which warnings do the events of {{name}} carry?', { name: of.name }),
  why: msg('Events are kept for 3 hours on OpenShift and for 1 hour elsewhere: their absence proves nothing about an older alert.'),
  reads: { events: warnings(of.in) },
  required: false,
  reasons: ['none', 'tooOld', 'some'],
  check: ({ events }, { now, activeAt = now }) => {
    const about = eventsAbout(events.items, of.name, of.kind, 'ReplicaSet', 'Pod');
    const [newest] = about;
    if (!newest) {
      return (now - activeAt) / 1000 > EVENT_LIFETIME
        ? info('tooOld', msg('None that is still kept. The alert is older than the events.'))
        : pass('none', msg('None.'));
    }
    return info('some', msg('Different warnings: {{count}}. The newest is {{reason}}: “{{words}}”', { count: about.length, reason: newest.reason ?? '', words: quote(newest.message ?? '') }), {
      rows: [{
        of: 'table',
        columns: [msg('Last seen'), msg('Times'), msg('Reason'), msg('Object'), msg('Message')],
        rows: about.map((event) => [
          { instant: eventTime(event) ?? '' }, eventCount(event), event.reason ?? null,
          { object: { kind: event.involvedObject.kind ?? '', name: event.involvedObject.name ?? '', namespace: event.involvedObject.namespace ?? '' } },
          quote(event.message ?? ''),
        ]),
      }],
    });
  },
});
