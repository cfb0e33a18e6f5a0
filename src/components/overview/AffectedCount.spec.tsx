import { drawn } from '../../../sandbox/host/testing-drawn';
import { type Observation } from '../../engine';
import { AffectedCount } from './AffectedCount';

const counted = (value: number | undefined, complete = true): Observation =>
  ({ state: 'ok', items: value === undefined ? [] : [{ labels: {}, points: [[0, value]] }], complete, readAt: 0 });

test.each<[named: number, seen: Observation | undefined, says: string]>([
  [0, counted(24), '0 of 24 running'],
  [3, counted(1234), '3 of 1,234 running'],
  [0, counted(0), '0 of 0 running'],
  [3, counted(2), '3; running: 2'],
  [1, counted(6, false), '1 of 6 running that you may see'],
  [0, counted(undefined), '0 of an unknown number'],
  [0, counted(NaN), '0 of an unknown number'],
  [2, { state: 'failed', reason: 'unreachable', readAt: 0 }, '2 of an unknown number'],
  [2, { state: 'failed', reason: 'stale', readAt: 0 }, '2 of an unknown number'],
  [2, undefined, '2'],
])('%d named, %j: "%s"', async (named, seen, says) => {
  const { container } = await drawn(<AffectedCount named={named} seen={seen} />);
  expect(container.textContent).toBe(`VMs affected, as alerts name them: ${says}`);
});
