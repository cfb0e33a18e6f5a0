import { act, screen, waitFor } from '@testing-library/react';
import { type FC } from 'react';
import { answering, renderInHost } from '../../sandbox/host/testing';
import { type Kind, type Runbook, defineRunbook, fail, msg, pass, step } from '../engine';
import { useDiagnosis } from './useDiagnosis';
import { useFiringAlerts } from './useFiringAlerts';

const Pod: Kind<{ metadata: { resourceVersion: string } }> = { kind: 'Pod', plural: 'pods', group: '', versions: ['v1'], namespaced: true };
const pod = (name: string, resourceVersion: string) => ({ metadata: { name, namespace: 'red', uid: name, resourceVersion } });

// One name per test: what a reader has read it keeps for ten seconds, for the whole tab.
const bookOf = (name: string): Runbook => defineRunbook({
  alert: 'Down', group: 'virt-operator', scope: 'platform', severities: ['critical'], summary: msg('.'), meaning: msg('.'), impact: msg('.'), ifIgnored: msg('.'),
  forms: [], causes: [], source: { url: '', revision: '', date: '', releases: '' },
  diagnosis: [step({
    id: 'pod', asks: msg('?'), reads: { pod: { kind: 'object', of: Pod, in: 'red', name, part: 'full', live: true } }, reasons: ['there', 'gone'],
    check: ({ pod: { items: [found] } }) => (found ? pass('there', msg('{{version}}', { version: found.metadata.resourceVersion })) : fail('gone', msg('Gone.'))),
  })],
});

const Page: FC<{ runbook: Runbook; every: number }> = ({ runbook, every }) => {
  const { report, live } = useDiagnosis(runbook, {}, undefined, every);
  const [one] = report.steps;
  return <p>{`${one?.state} ${one?.outcome ?? '-'} ${String(one?.says?.holes?.['version'] ?? '-')} ${live ? 'live' : 'still'}`}</p>;
};

const DISCOVERY = [
  [/\/apis$/, { groups: [] }],
  [/\/api\/v1$/, { groupVersion: 'v1', resources: [{ name: 'pods', kind: 'Pod', namespaced: true, verbs: ['get', 'list', 'watch'] }] }],
  [/\/rules/, { status: 'success', data: { groups: [] } }],
] as const;
const open = async (name: string, answer: () => unknown, every = 50, mayWatch = true) => {
  const runbook = bookOf(name);
  const host = await renderInHost(<Page runbook={runbook} every={every} />, { fetch: answering(...DISCOVERY, [/selfsubjectaccessreviews$/, { status: { allowed: mayWatch } }], [/metadata\.name/, () => ({ metadata: { resourceVersion: '1' }, items: [] })], [new RegExp(`/pods/${name}`), answer]) });
  const reads = () => host.asked.filter(({ url }) => url.includes(`/pods/${name}`)).length;
  return { ...host, reads };
};
const pause = (ms: number) => act(() => new Promise((done) => setTimeout(done, ms)));
const see = (visibility: 'hidden' | 'visible') => act(() => {
  jest.spyOn(document, 'visibilityState', 'get').mockReturnValue(visibility);
  document.dispatchEvent(new Event('visibilitychange'));
});

beforeEach(() => jest.spyOn(console, 'warn').mockImplementation(() => undefined));
afterEach(() => jest.restoreAllMocks());

describe('useDiagnosis', () => {
  it('reads, and goes on reading', async () => {
    let version = 0;
    const { reads } = await open('goes-on', () => pod('goes-on', String((version += 1))));
    await waitFor(() => expect(screen.getByText(/^done pass \d+ live$/)).toBeVisible());
    await waitFor(() => expect(reads()).toBeGreaterThan(3));
    expect(screen.getByText(/^done pass \d+ live$/)).toBeVisible();
  });
  it('reads nothing while it is hidden, and everything when it is seen again', async () => {
    const { reads } = await open('hidden', () => pod('hidden', '1'));
    await waitFor(() => expect(reads()).toBeGreaterThan(0));
    see('hidden');
    await pause(20);
    const before = reads();
    await pause(200);
    expect(reads()).toBe(before);
    see('visible');
    await waitFor(() => expect(reads()).toBeGreaterThan(before));
  });
  it('reads nothing once it is left', async () => {
    const { reads, unmount } = await open('left', () => pod('left', '1'));
    await waitFor(() => expect(reads()).toBeGreaterThan(0));
    unmount();
    await pause(20);
    const before = reads();
    await pause(200);
    expect(reads()).toBe(before);
  });
  it.each([429, 500, 504])('leaves a server alone that answers %d', async (status) => {
    const { reads } = await open(`strained-${status}`, () => new Response('{"message":"no"}', { status, headers: { 'Content-Type': 'application/json' } }));
    await waitFor(() => expect(screen.getByText('done unknown - still')).toBeVisible());
    const before = reads();
    await pause(200);
    expect(reads()).toBe(before);
  });
  it('goes on where the user may not read: that strains nobody', async () => {
    await open('forbidden', () => new Response('{"message":"no"}', { status: 403, headers: { 'Content-Type': 'application/json' } }));
    await waitFor(() => expect(screen.getByText('done unknown - live')).toBeVisible());
  });
  it('opens no watch that the user may not have, and goes on reading', async () => {
    const { reads, sockets, asked } = await open('unwatched', () => pod('unwatched', '1'), 50, false);
    await waitFor(() => expect(asked.some(({ url }) => url.endsWith('selfsubjectaccessreviews'))).toBe(true));
    await waitFor(() => expect(reads()).toBeGreaterThan(3));
    expect(sockets).toEqual([]);
    // Asked once, not with each reading.
    expect(asked.filter(({ url }) => url.endsWith('selfsubjectaccessreviews'))).toHaveLength(1);
  });
  it('reads again when a live object rings, and believes only what it read', async () => {
    let version = 1;
    const { reads, sockets } = await open('rings', () => pod('rings', String(version)), 60_000);
    await waitFor(() => expect(screen.getByText('done pass 1 live')).toBeVisible());
    await waitFor(() => expect(sockets.length).toBeGreaterThan(0), { timeout: 3000 });
    // The hook must have seen it once before a change can ring.
    await pause(100);
    const before = reads();
    version = 3;
    // Where nothing but the resourceVersion differs, the console's reducer does not tell.
    act(() => sockets[0]?.push('MODIFIED', { ...pod('rings', '2'), kind: 'Pod', apiVersion: 'v1', status: { phase: 'Failed' } }));
    await waitFor(() => expect(screen.getByText('done pass 3 live')).toBeVisible(), { timeout: 3000 });
    expect(reads()).toBe(before + 1);
  });
});

describe('useFiringAlerts', () => {
  const Alerts: FC<{ tenant: string }> = ({ tenant }) => {
    const { alerts, readAgain } = useFiringAlerts(tenant);
    return <button type="button" onClick={readAgain}>{alerts.state === 'ready' ? `ready ${alerts.rules.length} ${String(alerts.complete)}` : alerts.state === 'failed' ? `failed ${alerts.failure.reason}` : 'loading'}</button>;
  };
  const rules = { status: 'success', data: { groups: [{ rules: [{ type: 'alerting', name: 'Down', query: 'up' }] }] } };
  it('tells loading, what fires, and why it could not be read', async () => {
    let answer: unknown = rules;
    const { user, asked } = await renderInHost(<Alerts tenant="a" />, { fetch: answering([/prometheus\/api\/v1\/rules/, () => answer], ...DISCOVERY) });
    expect(await screen.findByText('ready 1 true')).toBeVisible();
    answer = new Response('{}', { status: 502 });
    await pause(1100);
    await user.click(screen.getByRole('button'));
    expect(await screen.findByText('failed unreachable')).toBeVisible();
    expect(asked.filter(({ url }) => url.includes('rules'))).toHaveLength(2);
  });
  it('tells a tenant that it is not the whole', async () => {
    await renderInHost(<Alerts tenant="b" />, { fetch: answering([/tenancy\/api\/v1\/rules\?namespace=b$/, rules], [/prometheus\/api\/v1\/rules/, () => new Response('{}', { status: 403 })], ...DISCOVERY) });
    expect(await screen.findByText('ready 1 false')).toBeVisible();
  });
});
