import { act, screen, waitFor } from '@testing-library/react';
import { type FC } from 'react';
import { drawn } from '../../sandbox/host/testing-drawn';
import { type MitigationRecord, msg } from '../engine';
import { MOST_RECORDS, useKeepRecord, useRecords } from './records';

const record = (n: number): MitigationRecord => ({
  version: 1, id: `r${n}`, runbook: 'Down', labels: {}, mitigation: 'scale-back', title: msg('.'), undoing: false, startedAt: new Date(n * 1000).toISOString(),
  before: { answer: msg('.'), alert: 'firing', evidence: { readings: [] } },
  picked: {}, saved: [], plan: { sentence: msg('.'), effects: [], vmsAffected: msg('.'), operations: [], undo: { possible: false, says: msg('.') }, commands: [] },
  results: [], verification: [], alert: 'firing', at: '2026-11-21T10:00:00Z',
});

let keep: ReturnType<typeof useKeepRecord>;
let drop: () => Promise<void>;
const Page: FC = () => {
  const { kept, drop: dropAll } = useRecords();
  keep = useKeepRecord();
  drop = dropAll;
  return <p>{kept.state === 'ready' ? `${kept.records.length}: ${kept.records.slice(0, 3).map(({ id, alert }) => `${id} ${alert}`).join(', ')}` : kept.state === 'failed' ? kept.words : 'loading'}</p>;
};
const shows = (text: string) => waitFor(() => expect(screen.getByText(text)).toBeInTheDocument());

afterEach(async () => {
  jest.restoreAllMocks();
  await act(drop);
});

test('records are kept newest first, replaced by their id, seen at once and dropped together', async () => {
  await drawn(<Page />);
  await shows('0:');
  await act(() => Promise.all([keep(record(1)), keep(record(3)), keep(record(2)), keep({ ...record(3), alert: 'inactive' })]));
  await shows('3: r3 inactive, r2 firing, r1 firing');
  await act(drop);
  await shows('0:');
});

test('the oldest make room', async () => {
  await drawn(<Page />);
  await act(async () => {
    for (let n = 1; n <= MOST_RECORDS + 5; n += 1) await keep(record(n));
  });
  await shows(`${MOST_RECORDS}: r${MOST_RECORDS + 5} firing, r${MOST_RECORDS + 4} firing, r${MOST_RECORDS + 3} firing`);
});

test('a browser that keeps nothing says why, and nothing is thrown', async () => {
  jest.spyOn(indexedDB, 'open').mockImplementation(() => { throw new Error('no storage in a private window'); });
  await drawn(<Page />);
  await shows('no storage in a private window');
  let words: string | undefined;
  await act(async () => {
    words = await keep(record(1));
  });
  expect(words).toBe('no storage in a private window');
});
