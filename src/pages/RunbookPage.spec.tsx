import { screen, waitFor, within } from '@testing-library/react';
import { type InHost, renderInHost } from '../../sandbox/host/testing';
import { type Behind, type Firing } from '../testing/door';
import { networkOf } from '../../sandbox/host/testing-network';
import { scenarios } from '../testing/scenarios';
import { clusterAdmin, nobody } from '../testing/users';
import { clusterOf } from '../testing/world';
import RunbookPage from './RunbookPage';

jest.setTimeout(30_000);

const ROUTE = '/k8s/all-namespaces/virtualization-overview/runbooks/:alertname';
const LABELS = { severity: 'critical', kubernetes_operator_part_of: 'kubevirt' };
const rule = (alert: string, spec: Partial<Firing> = {}): Firing => ({ alert, expr: `${alert} == 0`, for: 600, labels: LABELS, since: 23, ...spec });
const down = rule('VirtOperatorDown', {
  expr: 'cluster:kubevirt_virt_operator_pods_running:count == 0',
  record: "count(kube_pod_status_phase{pod=~'virt-operator-.*', namespace='$NAMESPACE', phase='Running'} == 1) or vector(0)",
});

const scaledToZero = clusterOf(scenarios.find(({ id }) => id === 'operator-scaled-to-zero')!);
let behind: Behind;

const open = (path: string): Promise<InHost> => renderInHost(<RunbookPage />, { path: ROUTE.replace(':alertname', path), route: ROUTE, fetch: networkOf(() => behind) });
const answer = () => screen.findByRole('region', { name: 'Answer' }, { timeout: 10_000 });
const answered = async (text: RegExp) => waitFor(async () => expect(within(await answer()).getByRole('heading', { level: 2 })).toHaveTextContent(text), { timeout: 15_000 });

let minutes = 0;
beforeEach(() => {
  behind = { cluster: scaledToZero, user: clusterAdmin, rules: [down, rule('Foreign', { labels: { ...LABELS, name: 'a' }, annotations: { summary: 'It is <b>bad</b>', runbook_url: 'javascript:alert(1)' } })], metrics: [] };
  jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  // What a tab has read it keeps for a while: each test begins some minutes after the one before.
  minutes += 5;
  const real = Date.now.bind(Date);
  jest.spyOn(Date, 'now').mockImplementation(() => real() + minutes * 60_000);
});
afterEach(() => jest.restoreAllMocks());

test('the answer stands first, with its evidence open and the deed below it', async () => {
  const { user, address, missingTexts } = await open('VirtOperatorDown');
  await answered(/virt-operator is scaled to 0/);
  expect(screen.getByRole('heading', { level: 1, name: 'VirtOperatorDown' })).toBeInTheDocument();
  expect(screen.getByText('Firing for 23 min')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: /does it want pods/, expanded: true })).toBeInTheDocument();
  for (const title of ['Diagnosis', 'Possible causes, most likely first', 'What you can do', 'What it means', 'The alert', 'Related alerts', 'The published runbook']) {
    expect(screen.getByRole('heading', { level: 2, name: title })).toBeInTheDocument();
  }
  expect([...missingTexts].filter((one) => one.startsWith('plugin__'))).toEqual([]);
  await user.click(screen.getByRole('button', { name: /^Fix: Scale virt-operator back/ }));
  expect(address()).toBe('/k8s/all-namespaces/virtualization-overview/runbooks/VirtOperatorDown/mitigate/scale-back?severity=critical');
});

test('the evidence is brought into focus', async () => {
  Element.prototype.scrollIntoView = jest.fn();
  const { user } = await open('VirtOperatorDown');
  await answered(/scaled to 0/);
  await user.click(screen.getByRole('button', { name: 'Show the evidence' }));
  await waitFor(() => expect(document.activeElement?.id).toBe('virt-runbooks-step-desired-replicas'));
});

test('who may read nothing is told what is missing, and nothing is claimed', async () => {
  behind = { ...behind, user: nobody };
  await open('VirtOperatorDown');
  await answered(/cannot be told from here/);
  expect(within(await answer()).getByText(/You may not get deployments in openshift-cnv: ask somebody who can/)).toBeInTheDocument();
  expect(screen.queryByText('Confirmed')).not.toBeInTheDocument();
  expect(screen.queryByRole('button', { name: /^Fix/ })).not.toBeInTheDocument();
});

test('a part of the address that no label can have is left out and named', async () => {
  await open('VirtOperatorDown?severity=critical&severity=x&1a=b&sort-by=x');
  await answered(/scaled to 0/);
  expect(screen.getByRole('heading', { name: /A part of the address is left out: severity and 1a/ })).toBeInTheDocument();
});

test('an instance that is gone is said to be, and the others can be chosen', async () => {
  const { user, address } = await open('VirtOperatorDown?severity=none');
  expect(await screen.findByRole('heading', { name: /The instance in the address no longer fires/ }, { timeout: 10_000 })).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Instance: Choose an instance' }));
  await user.click(screen.getByRole('option'));
  expect(address()).toMatch(/VirtOperatorDown\?severity=critical$/);
});

test('an alert without a runbook speaks for itself, as text', async () => {
  await open('Foreign');
  expect(await screen.findByText('It is <b>bad</b>', {}, { timeout: 10_000 })).toBeInTheDocument();
  expect(screen.getByText(/no runbook for this alert yet/)).toBeInTheDocument();
  expect(screen.queryByRole('link', { name: /Published runbook/ })).not.toBeInTheDocument();
});

test('a name that nobody knows leads to the library', async () => {
  await open('Nonsense');
  expect(await screen.findByRole('heading', { name: 'No runbook has this name' }, { timeout: 10_000 })).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'Look through all runbooks' })).toHaveAttribute('href', '/k8s/all-namespaces/virtualization-overview/runbooks');
});
