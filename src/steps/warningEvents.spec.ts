import { READ_AT, evidence } from '../testing/evidence';
import { eventOf, minutesAgo } from '../testing/samples';
import { testStep } from '../testing/testStep';
import { eventTime } from '../sources/events';
import { warningEvents } from './warningEvents';
import { virtOperator } from './workloads';

testStep(warningEvents(virtOperator), {
  'there are none': { given: { events: evidence([eventOf('Pod', 'virt-api-1', 'BackOff', 'x')]) }, finds: ['pass', 'none'] },
  'the alert is older than events are kept': { given: { events: evidence() }, activeAt: READ_AT - 2 * 3600_000, finds: ['info', 'tooOld'] },
  'the newest comes first': {
    given: {
      events: evidence([
        eventOf('Deployment', 'virt-operator', 'Old', 'first', minutesAgo(30)), eventOf('Pod', 'virt-operator-1-a', 'BackOff', 'second', minutesAgo(1)), eventOf('Pod', 'virt-operators', 'Other', 'not ours'),
      ]),
    },
    finds: ['info', 'some'], says: 'Different warnings: 2. The newest is BackOff: “second”',
  },
});

it('reads the time of an event wherever its sender put it', () => {
  const event = eventOf('Pod', 'a', 'x', 'y', minutesAgo(5));
  expect(eventTime(event)).toBe(minutesAgo(5));
  expect(eventTime({ ...event, lastTimestamp: null, eventTime: minutesAgo(4) })).toBe(minutesAgo(4));
  expect(eventTime({ ...event, series: { count: 2, lastObservedTime: minutesAgo(3) } })).toBe(minutesAgo(3));
});
