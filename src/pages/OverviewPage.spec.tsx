import { screen, within } from '@testing-library/react';
import { type InHost, renderInHost } from '../../sandbox/host/testing';
import { type Behind, type Firing } from '../testing/door';
import { networkOf } from '../../sandbox/host/testing-network';
import { scenarios } from '../testing/scenarios';
import { clusterAdmin, namespaceAdmin, nobody } from '../testing/users';
import { clusterOf } from '../testing/world';
import OverviewPage from './OverviewPage';
import RunbooksPage from './RunbooksPage';

jest.setTimeout(30_000);

const LABELS = { severity: 'critical', kubernetes_operator_part_of: 'kubevirt' };
const rule = (alert: string, spec: Partial<Firing> = {}): Firing => ({ alert, expr: `${alert} == 0`, for: 600, labels: LABELS, since: 23, ...spec });
const scaledToZero = clusterOf(scenarios.find(({ id }) => id === 'operator-scaled-to-zero')!);
let behind: Behind;

const ROOT = 'virtualization-overview';
const open = (page: 'overview' | 'runbooks', { namespace, search = '' }: { namespace?: string; search?: string } = {}): Promise<InHost> => {
  const where = namespace === undefined ? 'all-namespaces' : `ns/${namespace}`;
  const tail = page === 'overview' ? '' : '/runbooks';
  const route = `/k8s/${namespace === undefined ? 'all-namespaces' : 'ns/:ns'}/${ROOT}${tail}`;
  return renderInHost(page === 'overview' ? <OverviewPage /> : <RunbooksPage />, { path: `/k8s/${where}/${ROOT}${tail}${search}`, route, fetch: networkOf(() => behind) });
};
const heading = (name: string | RegExp) => screen.findByRole('heading', { level: 2, name }, { timeout: 10_000 });

let minutes = 0;
beforeEach(() => {
  behind = {
    cluster: scaledToZero, user: clusterAdmin, metrics: [],
    rules: [rule('VirtOperatorDown'), rule('NoReadyVirtOperator', { since: 22 }), rule('LowVirtOperatorCount', { labels: { ...LABELS, severity: 'warning' }, since: undefined })],
  };
  jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  // What a tab has read it keeps for a while: each test begins some minutes after the one before.
  minutes += 5;
  const real = Date.now.bind(Date);
  jest.spyOn(Date, 'now').mockImplementation(() => real() + minutes * 60_000);
});
afterEach(() => jest.restoreAllMocks());

test('the overview says what to start with, what follows from it and what was found', async () => {
  const { missingTexts } = await open('overview');
  await heading('2 alerts fire. Start with VirtOperatorDown: 1 other follows from it.');
  const [first, second] = within(screen.getByRole('list', { name: 'What to do first' })).getAllByRole('listitem');
  expect(await within(first!).findByText(/virt-operator is scaled to 0/, {}, { timeout: 10_000 })).toBeInTheDocument();
  expect(within(first!).getByRole('link', { name: 'VirtOperatorDown' })).toHaveAttribute('href', `/k8s/all-namespaces/${ROOT}/runbooks/VirtOperatorDown?severity=critical`);
  expect(second).toHaveTextContent(/NoReadyVirtOperator.*follows from VirtOperatorDown/);
  expect([...missingTexts].filter((one) => one.startsWith('plugin__'))).toEqual([]);
});

const VMS = 'VMs affected, as alerts name them:';

test('how many VMs alerts name is set against how many run, and that is unknown if nothing counts them', async () => {
  behind = { ...behind, metrics: [[/kubevirt_vmi_info/, 24]] };
  const { unmount } = await open('overview');
  expect(await screen.findByText(`${VMS} 0 of 24 running`, {}, { timeout: 10_000 })).toBeInTheDocument();
  unmount();
  behind = { ...behind, metrics: [] };
  minutes += 1;
  await open('overview');
  expect(await screen.findByText(`${VMS} 0 of an unknown number`, {}, { timeout: 10_000 })).toBeInTheDocument();
});

test('a tenant has the VMs counted that a tenant may see', async () => {
  behind = { ...behind, user: namespaceAdmin, metrics: [[/kubevirt_vmi_info/, 6]] };
  await open('overview', { namespace: 'web-shop' });
  expect(await screen.findByText(`${VMS} 0 of 6 running that you may see`, {}, { timeout: 10_000 })).toBeInTheDocument();
});

test('nothing firing is said with the time of the reading', async () => {
  behind = { ...behind, rules: [rule('VirtOperatorDown', { since: undefined })] };
  await open('overview');
  await heading('No virtualization alert is firing');
  expect(screen.getByText(/^checked .*live$/)).toBeInTheDocument();
});

test('alerts that cannot be read are neither there nor absent', async () => {
  behind = { ...behind, user: nobody };
  await open('overview');
  await heading(/What fires cannot be read/);
  expect(screen.getByText(/You may not get prometheuses.monitoring.coreos.com\/api in openshift-monitoring/)).toBeInTheDocument();
  expect(screen.queryByText(/No virtualization alert/)).not.toBeInTheDocument();
});

test('a tenant is told that not all alerts are visible', async () => {
  behind = { ...behind, user: namespaceAdmin, rules: [] };
  await open('overview', { namespace: 'web-shop' });
  await heading('No alert that you may see is firing');
});

test('the library lists what fires first, with what has no runbook yet', async () => {
  behind = { ...behind, rules: behind.rules.map((rule) => (rule.alert === 'NoReadyVirtOperator' ? { ...rule, alert: 'VirtOperatorUnheardOf' } : rule)) };
  await open('runbooks');
  const rows = within(await screen.findByRole('grid', { name: 'Runbooks' }, { timeout: 10_000 })).getAllByRole('row').slice(1);
  expect(rows[0]).toHaveTextContent(/VirtOperatorDown.*Firing/);
  expect(rows[1]).toHaveTextContent(/VirtOperatorUnheardOf.*No runbook yet/);
  expect(rows.at(-1)).toHaveTextContent('Not firing');
});

test('what one looks for stands in the address', async () => {
  const { user, address } = await open('runbooks', { search: '?only-severity=critical' });
  await user.type(await screen.findByRole('textbox', { name: /^Search/ }, { timeout: 10_000 }), 'leading');
  expect(address()).toContain('only-severity=critical');
  expect(address()).toContain('find-text=leading');
  expect(screen.getByRole('link', { name: 'NoLeadingVirtOperator' })).toBeInTheDocument();
  expect(screen.queryByRole('link', { name: 'VirtOperatorDown' })).not.toBeInTheDocument();
  await user.click(screen.getAllByRole('button', { name: 'Clear all filters' })[0]!);
  expect(address()).not.toContain('?');
});
