import { RUNBOOKS, runbook } from './addresses';
import { SHELF } from '../src/runbooks/shelf';
import { UNWRITTEN, renamed, rewriteRules, withUnwrittenAlert } from './answers';
import { expect, test } from './fixtures';

const ALL = SHELF.map(({ alert }) => alert);
const leading = ALL.filter((alert) => /leading/i.test(alert));

test('lists what fires first, alerts without a runbook among it', async ({ page }) => {
  await withUnwrittenAlert(page);
  await page.goto(RUNBOOKS);
  const rows = page.getByRole('grid', { name: 'Runbooks' }).getByRole('row');
  await expect(rows).toHaveCount(1 + ALL.length + 1);
  const firing = await rows.nth(1).innerText() + await rows.nth(2).innerText();
  expect(firing).toContain('VirtOperatorDown');
  expect(firing).toContain(UNWRITTEN);
  expect(firing).toContain('No runbook yet');
  await expect(rows.nth(3)).toContainText('Not firing');
});

test('finds by name, component and summary; the words stand in the address and survive a reload', async ({ page }) => {
  await page.goto(RUNBOOKS);
  const search = page.getByRole('textbox', { name: /^Search by name/ });
  const found = page.getByRole('status').filter({ hasText: /alerts?$/ });
  for (const [words, count] of [['leading', `${leading.length} alerts`], ['virtual-machine', '1 alert'], ['have failed and stay', '1 alert'], ['no such thing', '0 alerts']] as const) {
    await search.fill(words);
    await expect(found).toHaveText(count);
  }
  await expect(page.getByRole('heading', { name: 'No alert is found' })).toBeVisible();
  await search.fill('launcher');
  await expect(page).toHaveURL(/find-text=launcher/);
  await page.reload();
  await expect(search).toHaveValue('launcher');
  await expect(page.getByRole('grid', { name: 'Runbooks' }).getByRole('link')).toHaveText(['VirtLauncherPodsStuckFailed']);
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await expect(found).toHaveText(`${ALL.length} alerts`);
});

test('filters and order stand in the address', async ({ page }) => {
  await page.goto(RUNBOOKS);
  const links = page.getByRole('grid', { name: 'Runbooks' }).getByRole('link');
  await page.getByRole('button', { name: 'Component', exact: true }).first().click();
  await page.getByRole('option', { name: 'virtual-machine' }).click();
  await expect(page).toHaveURL(/only-component=virtual-machine/);
  await expect(links).toHaveText(['VirtLauncherPodsStuckFailed']);
  await page.getByRole('button', { name: 'Clear all filters' }).first().click();
  await page.getByRole('button', { name: 'State', exact: true }).first().click();
  await page.getByRole('option', { name: 'Not firing' }).click();
  await expect(links.first()).toBeVisible();
  await expect(page.getByRole('gridcell', { name: 'Firing', exact: true })).toHaveCount(0);
  expect(await links.allInnerTexts()).toEqual(expect.arrayContaining(['NoLeadingVirtOperator', 'VirtLauncherPodsStuckFailed']));
  await page.goto(`${RUNBOOKS}?sort-by=alert`);
  await expect(links).toHaveText([...ALL].sort());
  await page.goto(`${RUNBOOKS}?only-severity=info`);
  await expect(links).toHaveText(SHELF.filter(({ severities }) => severities.includes('info')).map(({ alert }) => alert));
});

test('an alert without a runbook has a page that says what the alert says of itself', async ({ page }) => {
  await withUnwrittenAlert(page);
  await page.goto(RUNBOOKS);
  await page.getByRole('link', { name: UNWRITTEN }).click();
  await expect(page.getByRole('heading', { level: 1, name: UNWRITTEN })).toBeVisible();
  await expect(page.getByText('No ready virt-operator was detected for the last 10 min.')).toBeVisible();
  await expect(page.getByText('This page has no runbook for this alert yet', { exact: false })).toBeVisible();
  await expect(page.getByText('cluster:kubevirt_virt_operator_ready:sum == 0')).toBeVisible();
  // There is no text whose rule could differ from the loaded one.
  await expect(page.getByText('not one that this text was written for', { exact: false })).toHaveCount(0);
  await expect(page.getByText('The alert clears at the earliest', { exact: false })).toBeVisible();
});

test('an alert that nobody knows', async ({ page }) => {
  await page.goto(runbook('NoSuchAlert'));
  await expect(page.getByRole('heading', { name: 'No runbook has this name' })).toBeVisible();
  await page.getByRole('link', { name: 'Look through all runbooks' }).click();
  await expect(page).toHaveURL(RUNBOOKS);
});

test('a firing alert of another operator has no page here', async ({ page }) => {
  await rewriteRules(page, (rules) => {
    const rule = renamed(rules);
    if (rule) delete rule.labels['kubernetes_operator_part_of'];
  });
  await page.goto(runbook(UNWRITTEN));
  await expect(page.getByRole('heading', { name: 'No runbook has this name' })).toBeVisible();
});

test.describe('without rights', () => {
  test.use({ user: 'guest' });

  test('lists all runbooks, and knows no state', async ({ page }) => {
    await page.goto(RUNBOOKS);
    await expect(page.getByRole('heading', { name: 'What fires cannot be read' })).toBeVisible();
    await expect(page.getByRole('gridcell', { name: 'State could not be read' })).toHaveCount(ALL.length);
  });

  test('does not say that an alert without a runbook is not firing', async ({ page }) => {
    await page.goto(runbook(UNWRITTEN));
    await expect(page.getByRole('heading', { name: 'What fires cannot be read' })).toBeVisible();
    await expect(page.getByText('fires either', { exact: false })).toHaveCount(0);
  });
});
