import { gzipSync } from 'node:zlib';
import { type Page } from '@playwright/test';
import { OVERVIEW, RUNBOOKS, mitigation, runbook } from './addresses';
import { expect, test } from './fixtures';

/** Fixed numbers, in bytes as gzip sends them. What the console shares (React, PatternFly, the SDK) is not loaded from us. */
const BUDGET = {
  entry: 8_000,
  /** Before one of our pages opens: the entry, the manifest, and the names for the alert pages. */
  beforeOurPages: 11_000,
  page: 60_000,
  /** Of a group of runbooks with its texts, beside the page. */
  runbooks: 40_000,
};

interface Loaded {
  readonly file: string;
  readonly bytes: number;
}

const loadedBy = async (page: Page, path: string, ready: () => Promise<void>): Promise<readonly Loaded[]> => {
  const loading: Promise<Loaded>[] = [];
  page.on('response', (response) => {
    const file = /\/api\/plugins\/virt-runbooks-plugin\/([^?]+)/.exec(response.url())?.[1];
    if (file?.endsWith('.js')) loading.push(response.body().then((body) => ({ file, bytes: gzipSync(body).length })));
  });
  await page.goto(path);
  await ready();
  await page.waitForLoadState('networkidle');
  return Promise.all(loading);
};

const sum = (files: readonly Loaded[]): number => files.reduce((all, { bytes }) => all + bytes, 0);
const isEntry = ({ file }: Loaded): boolean => file.startsWith('plugin-entry');
const isKnowledge = ({ file }: Loaded): boolean => /^(runbooks|texts)-/.test(file);

test('before one of our pages opens there are the entry and names, and nothing of a runbook', async ({ page }) => {
  const loaded = await loadedBy(page, '/monitoring/alerts', () => expect(page.getByTestId('alert-row-VirtOperatorDown')).toBeVisible());
  expect(loaded.filter(isKnowledge)).toEqual([]);
  expect(sum(loaded.filter(isEntry))).toBeLessThanOrEqual(BUDGET.entry);
  expect(sum(loaded.filter(isEntry))).toBeGreaterThan(0);
  expect(sum(loaded)).toBeLessThanOrEqual(BUDGET.beforeOurPages);
});

for (const [name, path, heading] of [
  ['Overview', OVERVIEW, 'Virtualization overview'], ['Runbooks', RUNBOOKS, 'Runbooks'],
  ['Runbook', runbook('VirtOperatorDown'), 'VirtOperatorDown'], ['Mitigation', mitigation('VirtOperatorDown', 'scale-back'), 'Scale virt-operator back'],
] as const) {
  test(`${name} is within its budget`, async ({ page }) => {
    const loaded = await loadedBy(page, path, () => expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible());
    const pages = loaded.filter((file) => !isEntry(file) && !isKnowledge(file));
    expect(pages.length).toBeGreaterThan(0);
    expect(sum(pages), JSON.stringify(pages)).toBeLessThanOrEqual(BUDGET.page);
    expect(sum(loaded.filter(isKnowledge))).toBeLessThanOrEqual(BUDGET.runbooks);
  });
}
