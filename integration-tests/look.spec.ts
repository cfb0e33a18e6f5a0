import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { SHELF } from '../src/runbooks/shelf';
import { UNWRITTEN, withUnwrittenAlert } from './answers';
import { OVERVIEW, RUNBOOKS, mitigation, runbook } from './addresses';
import { expect, test } from './fixtures';
import { overflow, unfold } from './layout';

/** Every page of ours, and what stands on it once it is complete. */
const PAGES: Readonly<Record<string, readonly [address: string, complete: string]>> = {
  overview: [OVERVIEW, 'virt-operator is scaled to 0.'],
  library: [RUNBOOKS, `${SHELF.length} alerts`],
  runbook: [runbook('VirtOperatorDown', { severity: 'critical' }), 'checked just now, live'],
  'alert without a runbook': [runbook(UNWRITTEN), 'This page has no runbook for this alert yet'],
  'unknown alert': [runbook('NoSuchAlert'), 'No runbook has this name'],
  mitigation: [mitigation('VirtOperatorDown', 'scale-back'), 'the server would accept it.'],
};

const WIDTHS = [1920, 1280, 768, 400] as const;

const open = async (page: Page, [address, complete]: readonly [string, string]): Promise<void> => {
  if (address === runbook(UNWRITTEN)) await withUnwrittenAlert(page);
  await page.goto(address);
  await expect(page.getByText(complete, { exact: false }).first()).toBeVisible();
};

/** What axe finds wrong: rule, and where. */
const findings = async (page: Page): Promise<readonly string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
};

for (const theme of ['light', 'dark'] as const) {
  for (const [name, place] of Object.entries(PAGES)) {
    test(`${name}, ${theme}: axe finds nothing`, async ({ page }) => {
      await page.addInitScript((chosen) => localStorage.setItem('bridge/theme', chosen), theme);
      await open(page, place);
      if (name === 'runbook') await unfold(page);
      expect(await findings(page)).toEqual([]);
    });
  }
}

for (const [name, place] of Object.entries(PAGES)) {
  test(`${name}: fits every width`, async ({ page }) => {
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      await open(page, place);
      if (name === 'runbook') await unfold(page);
      const pixels = await overflow(page);
      expect(pixels.every((one) => one <= 0), `no sideways scrolling at ${width} px: ${pixels.join(', ')}`).toBe(true);
    }
  });
}

test.describe('without rights', () => {
  test.use({ user: 'guest' });

  for (const theme of ['light', 'dark'] as const) {
    test(`what could not be read, ${theme}: axe finds nothing`, async ({ page }) => {
      await page.addInitScript((chosen) => localStorage.setItem('bridge/theme', chosen), theme);
      await open(page, [OVERVIEW, 'What fires cannot be read']);
      expect(await findings(page)).toEqual([]);
      await open(page, [runbook('VirtOperatorDown'), 'Whether anything is wrong cannot be told from here']);
      expect(await findings(page)).toEqual([]);
    });
  }
});
