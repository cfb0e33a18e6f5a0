import { type LogLine } from '../engine/source';
import { READ_AT, evidence } from '../testing/evidence';
import { minutesAgo } from '../testing/samples';
import { restCalls } from './restCalls';
import { restLog } from './restLog';
import { restPods } from './restPods';
import { burstOf } from './restReadings';
import { virtHandler } from './workloads';

const calls = burstOf(virtHandler);
const log = restLog(calls, restPods(calls, restCalls(calls)));
const line = (reason: string, ago = 1, pod = 'virt-handler-a'): LogLine => ({ pod, at: minutesAgo(ago), text: JSON.stringify({ component: 'virt-handler', level: 'info', msg: 're-enqueuing VirtualMachineInstance shop/db-0', reason, timestamp: minutesAgo(ago) }) });
const WEBHOOK = 'Internal error occurred: failed calling webhook "policy.example.com": failed to call webhook: Post "https://policy.guard.svc:443/validate?timeout=10s": no endpoints available for service "policy"';
const given = { now: READ_AT, labels: {}, inputs: { failing: [{ pod: 'virt-handler-a', container: 'virt-handler' }] } };
const seen = (lines: readonly LogLine[], more = 0) => ({ logs: evidence(lines, { more }) });

it('quotes the error of the most frequent kind, and names the others', () => {
  const found = log.check(seen([line('Unauthorized'), line(WEBHOOK), line(WEBHOOK)]), given);
  expect(found).toMatchObject({ outcome: 'warn', reason: 'webhookFails', also: ['unauthorized'], says: { holes: { pod: 'virt-handler-a', words: expect.stringMatching(/^Internal error occurred: failed calling webhook "policy/) } } });
});

it('hands on the webhook and its service', () => {
  const lines = seen([line(WEBHOOK), line('Unauthorized')]);
  expect(log.outputs['webhook']?.(lines, given)).toBe('policy.example.com');
  expect(log.outputs['backends']?.(lines, given)).toEqual([{ namespace: 'guard', service: 'policy', selector: 'kubernetes.io/service-name=policy' }]);
  expect(log.outputs['backends']?.(seen([line('Unauthorized')]), given)).toEqual([]);
});

it('takes what was said before the window of the rule for history', () => {
  expect(log.check(seen([line(WEBHOOK, 6)]), given)).toMatchObject({ outcome: 'pass', reason: 'quiet' });
  expect(log.outputs['backends']?.(seen([line(WEBHOOK, 6)]), given)).toEqual([]);
});

it('refutes nothing if the log was cut', () => expect(log.check(seen([], 3), given)).toMatchObject({ outcome: 'info', reason: 'cut' }));

it('is not needed where no pod fails', () => expect(log.check(seen([]), { ...given, inputs: { failing: [] } })).toMatchObject({ outcome: 'notApplicable', reason: 'notNeeded' }));
