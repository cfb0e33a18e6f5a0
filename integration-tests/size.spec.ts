import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { OVERVIEW, RUNBOOKS, mitigation, runbook } from './addresses';
import { SHELF } from '../src/runbooks/shelf';
import { BUDGET } from './budget';
import { expect, test } from './fixtures';

interface Loaded {
  readonly name: string;
  readonly bytes: number;
}

const isEntry = ({ name }: Loaded): boolean => name.startsWith('plugin-entry');
const isOfRunbook = ({ name }: Loaded): boolean => /^(runbooks|texts)-/.test(name);
const sum = (files: readonly Loaded[]): number => files.reduce((total, { bytes }) => total + bytes, 0);

/** Opens a page in an empty browser and waits until it is complete: the scripts of the plugin that it loaded. */
const load = async (page: Page, address: string, complete: () => Promise<void>): Promise<readonly Loaded[]> => {
  const files: Promise<Loaded>[] = [];
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    const isScript = pathname.startsWith('/api/plugins/') && pathname.endsWith('.js');
    if (isScript) files.push(response.body().then((body) => ({ name: pathname.split('/').at(-1) ?? '', bytes: gzipSync(body, { level: 9 }).length })));
  });
  await page.goto(address);
  await complete();
  return Promise.all(files);
};

const table = (files: readonly Loaded[]): string => files.map(({ name, bytes }) => `${name}: ${bytes}`).join('\n');

test('before one of our pages opens, nothing of a runbook is loaded, and little else', async ({ page }) => {
  const before = await load(page, '/monitoring/alerts', async () => {
    await page.getByTestId('notification-bell').click();
    await expect(page.getByRole('region', { name: 'Notifications' }).getByRole('button', { name: 'Open runbook' }).first()).toBeVisible();
  });
  expect(before.filter(isOfRunbook).map(({ name }) => name)).toEqual([]);
  expect(before.filter(isEntry), table(before)).toHaveLength(1);
  expect(sum(before.filter(isEntry)), table(before)).toBeLessThanOrEqual(BUDGET.entry);
  expect(sum(before.filter((file) => !isEntry(file))), table(before)).toBeLessThanOrEqual(BUDGET.observe);
});

for (const [name, address, complete] of [
  ['the overview', OVERVIEW, 'virt-operator is scaled to 0.'],
  ['the library', RUNBOOKS, `${SHELF.length} alerts`],
  ['a runbook', runbook('VirtOperatorDown'), 'virt-operator is scaled to 0.'],
  ['a mitigation', mitigation('VirtOperatorDown', 'scale-back'), 'the server would accept it.'],
] as const) {
  test(`${name} stays within its budget`, async ({ page }) => {
    const files = await load(page, address, () => expect(page.getByText(complete, { exact: false }).first()).toBeVisible());
    const ofPage = files.filter((file) => !isEntry(file) && !isOfRunbook(file));
    expect(sum(ofPage), table(files)).toBeLessThanOrEqual(BUDGET.page);
    expect(sum(files.filter(isOfRunbook)), table(files)).toBeLessThanOrEqual(BUDGET.group);
  });
}
