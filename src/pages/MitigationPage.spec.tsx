import { screen, waitFor } from '@testing-library/react';
import { type Asked, type FakeFetch, type InHost, renderInHost } from '../../sandbox/host/testing';
import { type Behind } from '../testing/door';
import { networkOf } from '../../sandbox/host/testing-network';
import { scenarios } from '../testing/scenarios';
import { clusterAdmin, clusterReader } from '../testing/users';
import { clusterOf } from '../testing/world';
import MitigationPage from './MitigationPage';

jest.setTimeout(90_000);

const ROUTE = '/k8s/all-namespaces/virtualization-overview/runbooks/:alertname/mitigate/:mitigation';
let behind: Behind;

const open = (mitigation: string, held?: Promise<void>, alert = 'VirtOperatorDown'): Promise<InHost> => {
  const network = networkOf(() => behind);
  // The write itself may be held up; its dry run never is.
  const holds = ({ method, url }: Asked): boolean => method === 'PATCH' && !url.includes('dryRun');
  const fetch: FakeFetch = (asked) => (held && holds(asked) ? held.then(() => network(asked) ?? new Response(null, { status: 404 })) : network(asked));
  return renderInHost(<MitigationPage />, { path: ROUTE.replace(':alertname', alert).replace(':mitigation', mitigation), route: ROUTE, fetch });
};

let minutes = 0;
beforeEach(() => {
  behind = {
    cluster: clusterOf(scenarios.find(({ id }) => id === 'operator-scaled-to-zero')!), user: clusterAdmin, metrics: [],
    rules: [{ alert: 'VirtOperatorDown', expr: 'x == 0', for: 600, labels: { severity: 'critical', kubernetes_operator_part_of: 'kubevirt' }, since: 23 }],
  };
  jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  // What a tab has read it keeps for a while: each test begins some minutes after the one before.
  minutes += 5;
  const real = Date.now.bind(Date);
  jest.spyOn(Date, 'now').mockImplementation(() => real() + minutes * 60_000);
});
afterEach(() => jest.restoreAllMocks());

const replicas = () => (behind.cluster.get('Deployment', 'openshift-cnv', 'virt-operator')?.['spec'] as { replicas?: number } | undefined)?.replicas;

test('it is previewed by itself, written once it is confirmed, and verified', async () => {
  const { user, asked, missingTexts } = await open('scale-back');
  const deed = await screen.findByRole('button', { name: 'Do it now' }, { timeout: 15_000 });
  await waitFor(() => expect(deed).not.toHaveAttribute('aria-disabled', 'true'), { timeout: 15_000 });
  expect(screen.getAllByText('Scale virt-operator in openshift-cnv from 0 to 2.').length).toBeGreaterThanOrEqual(2);
  const writes = () => asked.filter(({ method }) => method === 'PATCH').map(({ url }) => url);
  expect(writes()).toEqual([expect.stringContaining('dryRun=All')]);
  expect(replicas()).toBe(0);
  await user.click(deed);
  expect(await screen.findByText('The change is applied.', {}, { timeout: 15_000 })).toBeInTheDocument();
  expect(replicas()).toBe(2);
  expect(writes()).toHaveLength(2);
  expect([...missingTexts].filter((one) => one.startsWith('plugin__'))).toEqual([]);
});

test('whoever leaves while it runs is warned, before and afterwards nobody is', async () => {
  let release = (): void => undefined;
  const { user } = await open('scale-back', new Promise<void>((resolve) => { release = resolve; }));
  const isWarned = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
  const deed = await screen.findByRole('button', { name: 'Do it now' }, { timeout: 15_000 });
  await waitFor(() => expect(deed).not.toHaveAttribute('aria-disabled', 'true'), { timeout: 15_000 });
  expect(isWarned()).toBe(false);
  await user.click(deed);
  await waitFor(() => expect(isWarned()).toBe(true));
  release();
  expect(await screen.findByText('The change is applied.', {}, { timeout: 15_000 })).toBeInTheDocument();
  expect(isWarned()).toBe(false);
});

test('who may not do it sees which permission is missing, and nothing is written', async () => {
  behind = { ...behind, user: clusterReader };
  const { user } = await open('scale-back');
  expect(await screen.findByText(/You may not patch deployments\/scale in openshift-cnv: ask somebody who can/, {}, { timeout: 15_000 })).toBeInTheDocument();
  expect(screen.getByText(/You may not do all of it/)).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Do it now' }));
  expect(replicas()).toBe(0);
});

test('what is not carried out here leads back to the runbook', async () => {
  await open('nonsense');
  expect(await screen.findByRole('heading', { name: /Nothing of this name is carried out here/ }, { timeout: 15_000 })).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'To the runbook' })).toHaveAttribute('href', '/k8s/all-namespaces/virtualization-overview/runbooks/VirtOperatorDown');
});

describe('step by step', () => {
  // Prometheus does not answer how the count went: whether its source is stopped has to be decided by somebody.
  beforeEach(() => {
    behind = {
      ...behind, cluster: clusterOf(scenarios.find(({ id }) => id === 'launchers-drain-loop')!),
      rules: [{ alert: 'VirtLauncherPodsStuckFailed', expr: 'x >= 200', for: 600, labels: { severity: 'warning', kubernetes_operator_part_of: 'kubevirt' }, since: 23 }],
    };
  });
  const openCleanUp = (search = '') => open(`delete-failed-launchers${search}`, undefined, 'VirtLauncherPodsStuckFailed');
  const button = (name: string) => screen.getByRole('button', { name });
  const atStep = (name: string) => screen.findByRole('heading', { level: 2, name }, { timeout: 30_000 });
  const isOpen = (name: string) => waitFor(() => expect(button(name)).not.toHaveAttribute('aria-disabled', 'true'), { timeout: 30_000 });
  const failed = () => behind.cluster.list('Pod').filter(({ status }) => (status as { phase?: string } | undefined)?.phase === 'Failed').length;

  test('what is decided stands in the address, and is previewed, confirmed and carried out', async () => {
    const { user, address, asked } = await openCleanUp('?pick-keep=20');
    await atStep('Understand');
    expect(await screen.findByText('What exactly is done is decided on the next step.', {}, { timeout: 30_000 })).toBeInTheDocument();
    await user.click(button('Next'));
    expect(await atStep('Targets')).toHaveFocus();
    expect(screen.getByText(/Stop the source first/)).toBeInTheDocument();
    expect(button('Next')).toHaveAttribute('aria-disabled', 'true');
    await user.click(screen.getByRole('radio', { name: 'Delete now all the same' }));
    await user.click(button('Next'));
    expect(await atStep('Permission and preview')).toHaveFocus();
    expect(address()).toMatch(/at-step=permission.*pick-source=insist|pick-source=insist.*at-step=permission/);
    await isOpen('Next');
    await user.click(button('Next'));
    await atStep('Confirm');
    const before = failed();
    const [, count = ''] = /Type (\d+) to confirm/.exec(screen.getByText(/Type \d+ to confirm/).textContent ?? '') ?? [];
    await user.type(screen.getByRole('textbox', { name: `Type ${count} to confirm` }), count);
    await user.click(button('Do it now'));
    expect(await atStep('Verify')).toHaveFocus();
    expect(address()).toContain('at-step=verify');
    expect(failed()).toBe(before - Number(count));
    const sent = asked.filter(({ method, body }) => method === 'DELETE' && !body?.includes('dryRun'));
    expect(new Set(sent.map(({ url }) => url)).size).toBe(Number(count));
    expect(sent).toHaveLength(Number(count));
  });

  test('an address leads to its step with what was picked; whoever goes back decides again', async () => {
    const { user, address } = await openCleanUp('?at-step=confirm&pick-source=insist&pick-keep=3');
    await atStep('Confirm');
    await waitFor(() => expect(screen.queryByText('The preview is not finished.')).not.toBeInTheDocument(), { timeout: 30_000 });
    expect(button('Do it now')).toHaveAttribute('aria-disabled', 'true');
    await user.click(button('Back'));
    await atStep('Permission and preview');
    await user.click(button('Back'));
    await atStep('Targets');
    expect(await screen.findByRole('spinbutton', { name: 'How many are kept of each VM?' }, { timeout: 30_000 })).toHaveValue(3);
    await user.click(button('One less: How many are kept of each VM?'));
    expect(address()).toContain('pick-keep=2');
    expect(await screen.findByText(/without the newest 2 of each/)).toBeInTheDocument();
  });

  test('a step that nothing was run for leads to the preview', async () => {
    await openCleanUp('?at-step=verify&pick-source=insist');
    await atStep('Permission and preview');
    await isOpen('Next');
    expect(screen.queryByText('The change is applied.')).not.toBeInTheDocument();
  });
});
