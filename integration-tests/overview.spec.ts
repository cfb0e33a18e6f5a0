import { OVERVIEW } from './addresses';
import { rewriteRules, ruleOf } from './answers';
import { expect, test } from './fixtures';

test('several alerts: which comes first, what follows from it, and what the diagnosis found', async ({ page }) => {
  await page.goto(OVERVIEW);
  await expect(page.getByRole('heading', { name: '2 alerts fire. Start with VirtOperatorDown: 1 other follows from it.' })).toBeVisible();
  const rows = page.getByRole('list', { name: 'What to do first' }).getByRole('listitem');
  await expect(rows.nth(0)).toContainText(/VirtOperatorDown.*Critical.*Firing for \d+ min.*virt-operator is scaled to 0\./);
  await expect(rows.nth(1)).toContainText(/NoReadyVirtOperator.*follows from VirtOperatorDown/);
  await expect(page.getByText(/^checked .*, live$/)).toBeVisible();
  await expect(page.getByText('VMs affected, as alerts name them: 0 of 24 running')).toBeVisible();
});

test('one alert', async ({ page }) => {
  await rewriteRules(page, (rules) => ruleOf(rules, 'NoReadyVirtOperator')?.alerts.splice(0));
  await page.goto(OVERVIEW);
  await expect(page.getByRole('heading', { name: '1 alert fires.' })).toBeVisible();
  await expect(page.getByRole('list', { name: 'What to do first' }).getByRole('listitem')).toHaveCount(1);
});

test('alerts of other operators are none of ours', async ({ page }) => {
  await rewriteRules(page, (rules) => {
    const rule = ruleOf(rules, 'NoReadyVirtOperator');
    if (!rule) return;
    rule.name = 'KubePodCrashLooping';
    delete rule.labels['kubernetes_operator_part_of'];
    for (const { labels } of rule.alerts) labels['alertname'] = rule.name;
  });
  await page.goto(OVERVIEW);
  await expect(page.getByRole('link', { name: 'VirtOperatorDown' })).toBeVisible();
  await expect(page.getByText('KubePodCrashLooping')).toHaveCount(0);
});

test('VMs that cannot be counted are an unknown number, not none', async ({ page }) => {
  await page.route('**/api/prometheus/api/v1/query?*vmi_info*', (route) => route.fulfill({ status: 503, body: '' }));
  await page.goto(OVERVIEW);
  await expect(page.getByText('VMs affected, as alerts name them: 0 of an unknown number')).toBeVisible();
});

test.describe('without rights', () => {
  test.use({ user: 'guest' });

  test('says that alerts cannot be read, which permission is missing, and what works all the same', async ({ page }) => {
    await page.goto(OVERVIEW);
    await expect(page.getByRole('heading', { name: 'What fires cannot be read' })).toBeVisible();
    await expect(page.getByText('You may not get prometheuses.monitoring.coreos.com/api in openshift-monitoring: ask somebody who can.')).toBeVisible();
    await expect(page.getByText('Every runbook still opens, and reads what you may read.')).toBeVisible();
    await expect(page.getByText('No virtualization alert is firing')).toHaveCount(0);
  });
});

test.describe('as the admin of one namespace', () => {
  test.use({ user: 'shop-owner' });

  test('does not take what a tenant cannot see for silence', async ({ page }) => {
    await page.goto('/k8s/ns/web-shop/virtualization-overview');
    await expect(page.getByRole('heading', { name: 'No alert that you may see is firing' })).toBeVisible();
    await expect(page.getByText('A cluster admin sees them all.', { exact: false })).toBeVisible();
  });
});

test.describe('when nothing is wrong', () => {
  test.use({ scenario: 'healthy' });

  test('says so, with the time of the reading, and leads to the runbooks', async ({ page }) => {
    await page.goto(OVERVIEW);
    await expect(page.getByRole('heading', { name: 'No virtualization alert is firing' })).toBeVisible();
    await expect(page.getByText(/^checked .*, live$/)).toBeVisible();
    await page.getByRole('link', { name: 'Look through all runbooks' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Runbooks' })).toBeVisible();
  });
});

test.describe('without Prometheus', () => {
  test.use({ scenario: 'prometheus-down' });

  test('says that the server cannot be reached, and claims nothing about alerts', async ({ page }) => {
    await page.goto(OVERVIEW);
    await expect(page.getByRole('heading', { name: 'What fires cannot be read' })).toBeVisible();
    await expect(page.getByText('The server could not be reached.', { exact: false })).toBeVisible();
    await expect(page.getByText('No virtualization alert is firing')).toHaveCount(0);
  });
});

test.describe('without virtualization', () => {
  test.use({ scenario: 'not-installed' });

  test('says that virtualization is not installed, and still shows what fires', async ({ page }) => {
    await page.goto(OVERVIEW);
    await expect(page.getByRole('heading', { name: 'Virtualization is not installed' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Find it in the Software Catalog' })).toHaveAttribute('href', '/catalog?catalogType=operator&keyword=virtualization');
    await expect(page.getByRole('link', { name: 'VirtOperatorDown' })).toBeVisible();
    await expect(page.getByRole('navigation', { name: 'Main navigation' }).getByRole('button', { name: 'Virtualization' })).toHaveCount(0);
  });
});
