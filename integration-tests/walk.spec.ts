import type { Page } from '@playwright/test';
import { OVERVIEW } from './addresses';
import { expect, test } from './fixtures';

const ALERT = 'VirtOperatorDown';

const openDetails = async (page: Page, list: string): Promise<void> => {
  await page.goto(list);
  const row = page.getByTestId(`alert-row-${ALERT}`);
  await expect(row).toContainText('firing');
  await row.getByTestId('alert-resource-link').click();
};

const expectAnswer = async (page: Page): Promise<void> => {
  await expect(page.getByRole('heading', { level: 1, name: ALERT })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Answer' }).getByRole('heading', { level: 2 })).toHaveText('virt-operator is scaled to 0.');
};

test('from the firing alert to its runbook, the cause, the mitigation, and a cleared alert', async ({ page, stage }) => {
  test.setTimeout(180_000);
  await openDetails(page, '/monitoring/alerts');
  await page.getByTestId('alert-actions').getByRole('button', { name: 'Open runbook' }).click();

  await expectAnswer(page);
  const answer = page.getByRole('region', { name: 'Answer' });
  // The evidence: who did it, and with which program.
  await expect(answer).toContainText(/The program \S+ set that .* ago/);
  await answer.getByRole('button', { name: 'Show the evidence' }).click();
  await expect(page.getByRole('region', { name: 'Diagnosis' }).getByText('Replicas last set by')).toBeVisible();
  await answer.getByRole('button', { name: 'Fix: Scale virt-operator back' }).click();

  await expect(page.getByRole('heading', { level: 1, name: 'Scale virt-operator back' })).toBeVisible();
  const sentence = 'Scale virt-operator in openshift-cnv from 0 to 2.';
  await expect(page.getByRole('heading', { level: 2, name: sentence })).toBeVisible();
  await expect(page.getByText('You may patch deployments/scale', { exact: false })).toBeVisible();
  await expect(page.getByText('Tried without storing it: the server would accept it.', { exact: false })).toBeVisible();
  const fields = page.getByRole('grid', { name: 'Fields that change' });
  await expect(fields.getByRole('row', { name: 'replicas 0 2' })).toBeVisible();
  expect(await replicas(stage)).toBe(0);

  await page.getByRole('button', { name: 'Do it now' }).click();
  await expect(page.getByText('1 done · 0 failed · 0 left').first()).toBeVisible();
  await expect(page.getByText('Yes. 2 virt-operator pods run and are ready.')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('The problem is solved: the alert has cleared.')).toBeVisible({ timeout: 90_000 });
  expect(await replicas(stage)).toBe(2);
  expect(await stage.alerts()).not.toContain(ALERT);

  await page.getByRole('button', { name: 'Preview the undo' }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'Scale virt-operator to 0 again.' })).toBeVisible();
  await expect(page.getByText('the server would accept it.', { exact: false })).toBeVisible();
  expect(await replicas(stage)).toBe(2);

  await page.getByRole('navigation', { name: 'Where you are' }).getByRole('link', { name: ALERT }).click();
  await expect(page.getByText('No instance of this alert is active.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Answer' }).getByRole('heading', { level: 2 })).toHaveText('The alert does not fire, and no problem is found');
  await page.getByRole('navigation', { name: 'Where you are' }).getByRole('link', { name: 'Overview' }).click();
  await expect(page).toHaveURL(OVERVIEW);
  await expect(page.getByRole('heading', { name: 'No virtualization alert is firing' })).toBeVisible();

  // What was done is remembered, also by a page that is loaded anew.
  const lately = page.getByRole('region', { name: 'What you did lately' });
  await expect(lately.getByText(sentence)).toBeVisible();
  await page.reload();
  await expect(lately.getByText('Done, and the alert cleared.')).toBeVisible();
  await lately.getByRole('button', { name: 'What was known, sent and seen' }).click();
  await expect(lately.getByText('Scale Deployment openshift-cnv/virt-operator: Accepted')).toBeVisible();
  await lately.getByRole('button', { name: 'Forget all records' }).click();
  await expect(lately).toBeHidden();
});

const replicas = async (stage: { read<T>(path: string): Promise<T> }): Promise<number> => {
  const { spec } = await stage.read<{ spec: { replicas: number } }>('/apis/apps/v1/namespaces/openshift-cnv/deployments/virt-operator');
  return spec.replicas;
};

test('from the menu of the alert in the list', async ({ page }) => {
  await page.goto('/monitoring/alerts');
  await page.getByTestId(`alert-row-${ALERT}`).getByRole('button', { name: 'Kebab toggle' }).click();
  await page.getByRole('menuitem', { name: 'Open runbook' }).click();
  await expectAnswer(page);
});

test('from the notification drawer', async ({ page }) => {
  await page.goto('/monitoring/alerts');
  await page.getByTestId('notification-bell').click();
  const drawer = page.getByRole('region', { name: 'Notifications' });
  await drawer.getByRole('listitem').filter({ hasText: ALERT }).getByRole('button', { name: 'Open runbook' }).click();
  await expectAnswer(page);
  await expect(drawer).toBeHidden();
});

test('from the alert details of the virtualization perspective', async ({ page }) => {
  await openDetails(page, '/virt-monitoring/alerts');
  await page.getByTestId('alert-actions').getByRole('button', { name: 'Open runbook' }).click();
  await expectAnswer(page);
});

test.describe('with the rules of KubeVirt main, whose alerts have a namespace', () => {
  test.use({ scenario: 'operator-scaled-to-zero-main' });

  test('from the alert details of the developer perspective', async ({ page }) => {
    await openDetails(page, '/dev-monitoring/ns/openshift-cnv/alerts');
    await page.getByTestId('alert-actions').getByRole('button', { name: 'Open runbook' }).click();
    await expect(page).toHaveURL(/\/k8s\/ns\/openshift-cnv\/virtualization-overview\/runbooks\/VirtOperatorDown/);
    await expectAnswer(page);
  });
});

for (const perspective of ['Core platform', 'Virtualization'] as const) {
  test(`from the navigation of the perspective ${perspective}`, async ({ page }) => {
    await page.goto('/monitoring/alerts');
    const navigation = page.getByRole('navigation', { name: 'Main navigation' });
    if (perspective === 'Virtualization') {
      await page.getByTestId('perspective-switcher-toggle').click();
      await page.getByTestId('perspective-switcher-menu-option').filter({ hasText: perspective }).click();
    } else {
      await navigation.getByRole('button', { name: 'Virtualization' }).click();
    }
    await navigation.getByRole('link', { name: 'Overview' }).and(page.locator('[href$="/virtualization-overview"]')).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Virtualization overview' })).toBeVisible();
    const row = page.getByRole('listitem').filter({ hasText: ALERT }).first();
    await expect(row).toContainText('virt-operator is scaled to 0.');
    await row.getByRole('link', { name: ALERT }).click();
    await expectAnswer(page);
  });
}
