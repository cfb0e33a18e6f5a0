import { act, screen, waitFor } from '@testing-library/react';
import { drawn } from '../../../sandbox/host/testing-drawn';
import { type MitigationRecord, type Operation, msg } from '../../engine';
import { RecordList } from './RecordList';

jest.setTimeout(40_000);

const POD = '/api/kubernetes/api/v1/namespaces/shop/pods/a';
const remove = (name: string): Operation => ({ id: name, verb: 'delete', target: { kind: 'Pod', apiVersion: 'v1', plural: 'pods', namespace: 'shop', name, uid: `uid-${name}`, resourceVersion: '1' } });
const record = (spec: Partial<MitigationRecord> = {}): MitigationRecord => ({
  version: 1, id: 'r', runbook: 'Down', labels: { alertname: 'Down', severity: 'critical' }, mitigation: 'clean-up', title: msg('Clean up'), undoing: false, startedAt: '2026-11-21T09:30:00Z',
  before: { answer: msg('Pods are left.'), alert: 'firing', evidence: { readings: [] } },
  plan: { sentence: msg('Delete 2 pods.'), effects: [], vmsAffected: msg('None.'), operations: [remove('a'), remove('b')], undo: { possible: false, says: msg('Not possible.') }, commands: [] },
  picked: { keep: '2' }, saved: [], results: [{ operation: 'a', state: 'unknown', words: 'timeout' }, { operation: 'b', state: 'accepted' }], verification: [], alert: 'firing', at: '2026-11-21T09:31:00Z', ...spec,
});
const open = async (one: MitigationRecord, answer: Response | undefined = undefined) => {
  const drawing = await drawn(<RecordList title="What you did" records={[one]} />, { fetch: ({ url }) => (url.startsWith(POD) ? answer : undefined) });
  await drawing.user.click(screen.getByRole('button', { name: 'What was known, sent and seen' }));
  return drawing;
};
const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', Date: new Date('2026-11-21T10:00:00Z').toUTCString() } });
const button = (name: string) => screen.getByRole('button', { name });

beforeEach(() => void jest.spyOn(console, 'warn').mockImplementation(() => undefined));
afterEach(() => jest.restoreAllMocks());

test('what became of a lost answer is read again when somebody asks', async () => {
  const { user, container, asked } = await open(record(), json(200, { kind: 'Pod', apiVersion: 'v1', metadata: { name: 'a', namespace: 'shop', uid: 'uid-a', resourceVersion: '1' } }));
  expect(asked.filter(({ url }) => url.startsWith(POD))).toEqual([]);
  await user.click(button('Look what became of it'));
  await waitFor(() => expect(container).toHaveTextContent('Delete Pod shop/a: Sent; its answer is not known “timeout” Read again now: It is still there.'));
  expect(asked.filter(({ url }) => url.startsWith(POD)).map(({ method }) => method)).toEqual(['GET']);
});

test('another one of the same name is not taken for it', async () => {
  const { user, container } = await open(record({ results: [{ operation: 'a', state: 'sending' }, { operation: 'b', state: 'accepted' }] }), json(200, { kind: 'Pod', apiVersion: 'v1', metadata: { name: 'a', namespace: 'shop', uid: 'other' } }));
  await user.click(button('Look what became of it'));
  await waitFor(() => expect(container).toHaveTextContent('It is gone. Another one has its name now.'));
});

test('what cannot be read stays unknown', async () => {
  const { user, container } = await open(record(), json(403, { kind: 'Status', reason: 'Forbidden', code: 403, message: 'not yours' }));
  await user.click(button('Look what became of it'));
  await waitFor(() => expect(container).toHaveTextContent(/It could not be read/));
});

test('where something is left, the way leads on with what had been picked; where nothing is, it does not', async () => {
  const left = await open(record({ results: [{ operation: 'a', state: 'rejected' }, { operation: 'b', state: 'notSent' }] }));
  expect(screen.getByRole('link', { name: 'Go on with the rest' })).toHaveAttribute('href', '/k8s/all-namespaces/virtualization-overview/runbooks/Down/mitigate/clean-up?severity=critical&pick-keep=2');
  expect(screen.queryByRole('button', { name: 'Look what became of it' })).not.toBeInTheDocument();
  left.unmount();
  await open(record({ results: [{ operation: 'a', state: 'accepted' }, { operation: 'b', state: 'accepted' }] }));
  expect(screen.queryByRole('link', { name: 'Go on with the rest' })).not.toBeInTheDocument();
});

test('of a selection the counts stand in the place of its many lines', async () => {
  const { container } = await open(record({
    selection: { says: msg('Failed launcher pods.'), namespaces: { shop: 300, web: 1200 }, ends: { accepted: 1490, changed: 8, rejected: 2 } },
    results: [{ operation: 'a', state: 'rejected', words: 'no' }, { operation: 'far', state: 'rejected' }],
    saved: [{ namespace: 'shop', pod: 'a', lines: ['panic'] }],
  }));
  expect(container).toHaveTextContent('Accepted: 1,490');
  expect(container).toHaveTextContent('web: 1,200 · shop: 300');
  expect(container).toHaveTextContent('Delete Pod shop/a: Refused “no”');
  expect(container).toHaveTextContent('far: Refused');
  expect(button('shop/a: 1 line')).toBeInTheDocument();
});

test('one record is printed alone, and says when it was', async () => {
  const print = jest.spyOn(window, 'print').mockImplementation(() => undefined);
  const { user, container } = await open(record());
  await user.click(button('Print'));
  expect(print).toHaveBeenCalledTimes(1);
  expect(container.querySelector('.virt-runbooks__printed')).toHaveTextContent('A record of Down. The audit log of the API server is the authoritative one.');
  expect(container).toHaveTextContent(/Nov 21, 2026/);
  act(() => void window.dispatchEvent(new Event('afterprint')));
  await waitFor(() => expect(container.querySelector('.virt-runbooks__printed')).toBeNull());
  expect(container).toHaveTextContent('30 min ago');
});
