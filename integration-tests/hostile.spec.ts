import type { Page } from '@playwright/test';
import { OVERVIEW, RUNBOOKS, runbook } from './addresses';
import { UNWRITTEN, renamed, rewriteRules, ruleOf } from './answers';
import { expect, test } from './fixtures';
import { BIDI, HUGE, MARKUP, PROMQL, expectHarmless } from './harm';

const hostileRules = (page: Page): Promise<void> => rewriteRules(page, (rules) => {
  for (const rule of [ruleOf(rules, 'VirtOperatorDown'), renamed(rules)]) {
    for (const alert of rule?.alerts ?? []) {
      Object.assign(alert.labels, { pod: MARKUP, reason: PROMQL, node: BIDI, namespace: '../../secrets' });
      Object.assign(alert.annotations, { summary: `${MARKUP}${BIDI}`, description: HUGE, runbook_url: 'javascript:window.hacked=1' });
    }
  }
});

test('an alert full of markup, control characters and a megabyte of text is shown as text', async ({ page }) => {
  await hostileRules(page);
  await page.goto(OVERVIEW);
  await expect(page.getByRole('link', { name: 'VirtOperatorDown' })).toBeVisible();
  await expectHarmless(page);

  await page.goto(RUNBOOKS);
  await expect(page.getByRole('link', { name: UNWRITTEN })).toBeVisible();
  await expectHarmless(page);

  await page.goto(runbook(UNWRITTEN));
  await expect(page.getByRole('heading', { level: 1, name: UNWRITTEN })).toBeVisible();
  await expect(page.getByText('<script>', { exact: false }).first()).toBeVisible();
  await expectHarmless(page);

  await page.goto(runbook('VirtOperatorDown'));
  await expect(page.getByRole('heading', { level: 2, name: 'virt-operator is scaled to 0.' })).toBeVisible();
  await expectHarmless(page);
});

test('a hostile address names what it leaves out, and reads nothing with it', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(decodeURIComponent(request.url())));
  await page.goto(`${runbook('VirtOperatorDown')}?severity=critical&${encodeURIComponent(MARKUP)}=1&pod=${encodeURIComponent(PROMQL)}`);
  await expect(page.getByRole('heading', { level: 1, name: 'VirtOperatorDown' })).toBeVisible();
  await expect(page.getByText('A part of the address is left out', { exact: false })).toBeVisible();
  await expectHarmless(page);
  expect(asked.filter((url) => url.includes('/api/prometheus') && url.includes('vector(1)'))).toEqual([]);
});

test('events and logs full of markup are shown as text', async ({ page }) => {
  await page.route(/\/api\/kubernetes\/api\/v1\/namespaces\/[^/]+\/events\?/, async (route) => {
    const response = await route.fetch();
    const list = await response.json() as { items: { message: string; type: string; reason: string }[] };
    for (const event of list.items) Object.assign(event, { message: `${MARKUP}${BIDI}`, type: 'Warning', reason: MARKUP });
    await route.fulfill({ response, json: list });
  });
  await page.goto(runbook('VirtOperatorDown'));
  await expect(page.getByRole('heading', { level: 2, name: 'virt-operator is scaled to 0.' })).toBeVisible();
  await expectHarmless(page);
});

for (const [what, body] of [['a web page', '<html>login</html>'], ['half an answer', '{"status":"success","data":{"resu'], ['a megabyte of nothing', `"${HUGE}"`]] as const) {
  test(`Prometheus that answers with ${what} leaves the rest of the page working`, async ({ page }) => {
    await page.route('**/api/prometheus/api/v1/query?**', (route) => route.fulfill({ status: 200, contentType: 'application/json', body }));
    await page.goto(runbook('VirtOperatorDown'));
    await expect(page.getByRole('heading', { level: 2, name: 'virt-operator is scaled to 0.' })).toBeVisible();
    await expect(page.getByText('The answer is not what this API sends', { exact: false }).first()).toBeAttached();
    await expectHarmless(page);
  });
}
