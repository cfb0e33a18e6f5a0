import { cleaningDocument } from './cleaningDocument';
import { speedDocument } from './document';
import { type Round, byteRatio, chainRatio, holdGoals, timeRatio } from './goals';
import type { Comparison } from './measure';

const comparison = (rest: { command?: number; startUp?: number; bytes?: number } = {}): Comparison => ({
  alert: 'VirtOperatorDown', command: { time: rest.command ?? 500, requests: 20, bytes: rest.bytes ?? 80_000 }, sequence: { time: 1_000, requests: 28, bytes: 40_000, commands: 16 },
  chain: { time: 100, links: 2, reads: ['kubevirts', 'events'] }, answer: 'causeFound', startUp: rest.startUp ?? 200,
} as unknown as Comparison);
const round = (vms: number, ...comparisons: readonly Comparison[]): Round => ({ size: { vms, failedPods: vms * 2 }, comparisons });

it('divides what was measured by what it is held against', () => {
  expect([timeRatio(comparison()), chainRatio(comparison()), byteRatio(comparison())]).toEqual([0.5, 500 / 300, 2]);
});

it('asks for bytes only where there is much to read', () => {
  expect(holdGoals([round(50, comparison())]).map(({ goal }) => goal)).toEqual(['time ≤ 0.1 × the sequence', 'time ≤ 1.2 × start and longest chain']);
  expect(holdGoals([round(10_000, comparison())])).toHaveLength(3);
});

it('says of a goal that is missed why, and nothing of one that is kept', () => {
  const [time, chain, bytes] = holdGoals([round(10_000, comparison())]);
  expect(time).toMatchObject({ ratio: 0.5, limit: 0.1, where: 'VirtOperatorDown, 10,000 VMs, 20,000 failed pods', why: expect.stringContaining('Without the start it would be 0.30.') });
  expect(chain?.why).toContain('0.20 s go neither into the start nor into the chain of 2 requests');
  expect(bytes?.why).toContain('20 requests bring 80 kB, the sequence\'s 28 bring 40 kB');
  expect(holdGoals([round(10_000, comparison({ command: 90, startUp: 20, bytes: 9_000 }))]).map(({ why }) => why)).toEqual([undefined, undefined, undefined]);
});

it('tells a slow start from slow reading', () => {
  expect(holdGoals([round(50, comparison({ startUp: 50 }))])[0]?.why).toContain('Between its start and its end it reads for 0.45 s');
});

it('writes what was kept and missed, and that a busy machine is no judge', () => {
  const text = speedDocument({ machine: '2 cores', loadPerCore: 3, rounds: [round(50, comparison())], pages: [] });
  expect(text).toContain('| time ≤ 0.1 × the sequence | 0 | 1 |');
  expect(text).toContain('The machine was busy with other work');
  expect(speedDocument({ machine: '2 cores', loadPerCore: 0.4, rounds: [], pages: [] })).not.toContain('busy with other work');
});

describe('the document on cleaning up', () => {
  const neighbour = { median: 2, p99: 9, answers: 400 };
  const measured = (page: number, longestBlock: number) => cleaningDocument({
    machine: '2 cores', loadPerCore: 0.2, litter: { pods: 20_000, namespaces: 200 }, idle: neighbour,
    page: { time: page, neighbour, heap: { before: 30e6, most: 50e6 }, longestBlock }, typed: { time: 400_000, neighbour },
  });
  it('holds the ratio and the longest block against their goals', () => {
    expect(measured(80_000, 60)).toMatch(/\| 5\.0 \| kept \|\n.*\| 60 ms \| kept \|/);
    expect(measured(100_000, 140)).toMatch(/\| 4\.0 \| \*\*missed\*\* \|\n.*\| 140 ms \| \*\*missed\*\* \|/);
  });
  it('tells pods a second, and how another client fared', () => expect(measured(80_000, 60)).toContain('| the page | 80.0 s | 250 | 2 ms | 9 ms | 400 |'));
});
