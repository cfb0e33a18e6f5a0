import { screen, within } from '@testing-library/react';
import { type Rows, msg } from '../../engine';
import { drawn } from '../../../sandbox/host/testing-drawn';
import { FindingRows } from './FindingRows';

const draw = (rows: Rows) => drawn(<FindingRows rows={rows} name="Is it so?" />);
const pods = (names: readonly string[], more?: number): Rows => ({
  of: 'table', columns: [msg('Pod'), msg('Node')], rows: names.map((name) => [{ object: { kind: 'Pod', namespace: 'blue', name } }, null]), ...(more ? { more } : {}),
});

test('a table shows a first page of rows, the others on demand, and counts those that were not read', async () => {
  const { user } = await draw(pods(Array.from({ length: 25 }, (_, i) => `pod-${i}`), 300));
  const table = within(screen.getByRole('grid', { name: 'Is it so?' }));
  expect(table.getAllByRole('row')).toHaveLength(11);
  expect(table.getByRole('link', { name: 'pod-0' })).toHaveAttribute('href', '/k8s/ns/blue/pods/pod-0');
  expect(screen.getByText('300 more are not shown')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Show all 25 rows' }));
  expect(table.getAllByRole('row')).toHaveLength(26);
});

test('names of several namespaces are told apart', async () => {
  await draw({ of: 'table', columns: [msg('Pod')], rows: ['blue', 'red'].map((namespace) => [{ object: { kind: 'Pod', namespace, name: 'a' } }]) });
  expect(screen.getByRole('link', { name: 'red/a' })).toBeInTheDocument();
});

test('log lines are text, whatever stands in them, and those that matter are marked', async () => {
  await draw({ of: 'log', lines: [{ from: 'virt-operator-1', at: '2026-11-21T09:00:00Z', text: '<script>alert(1)</script>\u202E', marked: true }, { from: 'virt-operator-1', text: 'x'.repeat(10_000) }], more: 1 });
  const log = screen.getByRole('region', { name: 'Log lines: Is it so?' });
  expect(within(log).getByText(/<script>alert\(1\)<\/script>⟨U\+202E⟩/)).toHaveClass('virt-runbooks__log-mark');
  expect(log.textContent?.length).toBeLessThan(700);
  expect(screen.getByText('1 more is not shown')).toBeInTheDocument();
});

test.each<[Extract<Rows, { of: 'series' }>['unit'], RegExp]>([
  ['count', /launchers: now 300, lowest 100, highest 300/], ['bytes', /now 300 B/], ['seconds', /now 5 min/], ['ratio', /now 30,000%/],
])('a series in %s says its values in words', async (unit, text) => {
  await draw({ of: 'series', unit, threshold: 200, series: [{ name: 'launchers', points: [[1, 100], [2, 200], [3, 300]] }] });
  expect(screen.getByRole('figure', { name: 'Is it so?' })).toHaveTextContent(text);
  expect(screen.getByText(/The dashed line is the threshold/)).toBeInTheDocument();
});

test('a series without values says so', async () => {
  await draw({ of: 'series', unit: 'count', series: [{ name: 'launchers', points: [[1, NaN]] }] });
  expect(screen.getByText('No value in this time')).toBeInTheDocument();
});
