import AxeBuilder from '@axe-core/playwright';
import { type Page } from '@playwright/test';
import { OVERVIEW, RUNBOOKS, mitigation, runbook } from './addresses';
import { expect, test } from './fixtures';

/** Each page of ours, and what is on it once it has everything. */
const PAGES: readonly (readonly [name: string, path: string, ready: (page: Page) => Promise<void>])[] = [
  ['Overview', OVERVIEW, async (page) => expect(page.getByText('virt-operator is scaled to 0.')).toBeVisible()],
  ['Runbooks', RUNBOOKS, async (page) => expect(page.getByRole('link', { name: 'VirtLauncherPodsStuckFailed' })).toBeVisible()],
  ['Runbook', runbook('VirtOperatorDown'), async (page) => expect(page.getByRole('button', { name: 'Fix: Scale virt-operator back' })).toBeVisible()],
  ['Mitigation', mitigation('VirtOperatorDown', 'scale-back'), async (page) => expect(page.getByRole('button', { name: 'Do it now' })).toBeVisible()],
];

/** What is ours of the page: the frame around it stands in for the console and is not shipped. */
const ours = (page: Page) => new AxeBuilder({ page }).include('main').analyze();

for (const [name, path, ready] of PAGES) {
  for (const theme of ['light', 'dark'] as const) {
    test(`${name}, ${theme}: nothing that axe finds fault with`, async ({ page }) => {
      await page.addInitScript((chosen) => localStorage.setItem('bridge/theme', chosen), theme);
      await page.goto(path);
      await ready(page);
      const { violations } = await ours(page);
      expect(violations.map(({ id, nodes }) => ({ id, at: nodes.map(({ target }) => target.join(' ')) }))).toEqual([]);
    });
  }

  for (const width of [1920, 768, 400]) {
    test(`${name}: nothing sticks out at ${width} pixels`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(path);
      await ready(page);
      const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(tooWide).toBeLessThanOrEqual(0);
    });
  }
}

test('by keyboard alone: from the answer to the evidence and to the mitigation', async ({ page }) => {
  await page.goto(runbook('VirtOperatorDown'));
  const evidence = page.getByRole('button', { name: 'Show the evidence' });
  await evidence.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Diagnosis' }).getByText('Replicas last set by')).toBeVisible();
  await expect(page.locator(':focus')).toHaveCount(1);
  await page.getByRole('button', { name: 'Fix: Scale virt-operator back' }).focus();
  await page.keyboard.press('Enter');
  const deed = page.getByRole('button', { name: 'Do it now' });
  await expect(deed).toBeEnabled();
  await deed.focus();
  await expect(deed).toBeFocused();
});
