import type { Locator, Page } from '@playwright/test';
import { RUNBOOKS } from './addresses';
import { expect, test } from './fixtures';

/** Longest way to an element that a reader is expected to go, key strokes. */
const FAR = 120;

/** Goes on with the tab key until the element has the focus. */
const tabTo = async (page: Page, target: Locator): Promise<void> => {
  await expect(target).toBeVisible();
  for (let strokes = 0; strokes < FAR; strokes += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The focus does not reach ${String(target)}.`);
};

const press = async (page: Page, target: Locator, key: 'Enter' | 'Space' = 'Enter'): Promise<void> => {
  await tabTo(page, target);
  await page.keyboard.press(key);
};

test('the way from the alert to the mitigation needs no mouse', async ({ page }) => {
  await page.goto('/monitoring/alerts');
  await press(page, page.getByTestId('alert-row-VirtOperatorDown').getByTestId('alert-resource-link'));
  await press(page, page.getByTestId('alert-actions').getByRole('button', { name: 'Open runbook' }));
  const answer = page.getByRole('region', { name: 'Answer' });
  await press(page, answer.getByRole('button', { name: 'Show the evidence' }));
  const row = page.getByRole('button', { name: 'Is there a virt-operator Deployment, and does it want pods?' }).first();
  await expect(row).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(row).toHaveAttribute('aria-expanded', 'false');
  await press(page, page.getByRole('link', { name: 'Do it: Scale virt-operator back' }));
  await expect(page.getByText('the server would accept it.', { exact: false })).toBeVisible();
  await tabTo(page, page.getByRole('button', { name: 'Do it now' }));
});

test('menus and filters open, choose and close by keys', async ({ page }) => {
  await page.goto(RUNBOOKS);
  await tabTo(page, page.getByRole('textbox', { name: /^Search by name/ }));
  await page.keyboard.type('operator');
  await expect(page).toHaveURL(/find-text=operator/);
  const all = page.getByRole('option', { name: 'All', exact: true });
  const state = page.getByRole('button', { name: 'State', exact: true }).first();
  await press(page, state);
  await expect(all).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(all).toHaveCount(0);
  await expect(state).toBeFocused();
});

test('everything that can be operated has a name', async ({ page }) => {
  await page.goto(`${RUNBOOKS}/VirtOperatorDown`);
  await expect(page.getByText('checked', { exact: false }).first()).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  for (const role of ['button', 'link', 'textbox', 'combobox', 'checkbox', 'radio', 'img', 'region', 'navigation', 'grid'] as const) {
    await expect(page.getByRole('main').getByRole(role, { name: /^\s*$/ }), `${role} without a name`).toHaveCount(0);
  }
});
