import type { Locator, Page } from '@playwright/test';
import { pseudoText } from '../sandbox/host/i18n';
import { expect, test } from './fixtures';
import { unfold } from './layout';

/**
 * What a cluster says stands in no dictionary: names (with a dash, a dot, a slash, an equals sign or capitals inside), the words of its
 * APIs that these pages show as they are, and numbers with their units.
 */
const DATA: readonly RegExp[] = [
  /^[A-Za-z0-9_]*[-./=:][\w\-./=:]*$/,
  /^\w*[a-z][A-Z]\w*$/,
  /^(scale|Update|Deployed|critical|replicas|metadata|spec)$/,
  /^(min|sec|hr|days?|[KMGT]i?B?)$/,
];

/** Sentences that are none of ours: what the rule of an alert without a runbook says, and the one name that PatternFly lets nobody change. */
const OTHERS: readonly string[] = ['No ready virt-operator was detected for the last 10 min.', 'Show Filters'];

/** What of a text is written with the vowels of English, though it is no name: in the made-up language every letter wears an accent. */
const plainWords = (text: string): readonly string[] =>
  text.split(/[\s()[\],;"'“”]+/).filter((word) => /[aeiou]/i.test(word) && /[a-z]{2}/i.test(word)).filter((word) => !DATA.some((known) => known.test(word.replace(/[.:…?]+$/, ''))));

/** Everything that a page of ours says: its text but code, and the names that a screen reader is told. */
const said = (page: Page): Promise<readonly string[]> => page.evaluate(() => {
  // The banner and the choice of a project are the console's.
  const isOurs = (element: Element | null): boolean => element?.closest('code, pre, .pf-v6-c-banner, [data-test="namespace-bar-dropdown"]') === null;
  const texts: string[] = [];
  const main = document.querySelector('main');
  if (!main) return texts;
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) if (isOurs(node.parentElement)) texts.push(node.textContent ?? '');
  for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
    for (const element of main.querySelectorAll(`[${name}]`)) if (isOurs(element)) texts.push(element.getAttribute(name) ?? '');
  }
  return texts;
});

/** A text as the made-up language writes it, without the brackets around it. */
const pseudo = (text: string): string => pseudoText(text).slice(1, -1);

const expectNoEnglish = async (page: Page, complete: Locator): Promise<void> => {
  await expect(complete).toBeVisible();
  await unfold(page);
  const texts = await said(page);
  expect(texts.filter((text) => /[àéîôû]/.test(text)).length, 'texts in the made-up language').toBeGreaterThan(5);
  expect(texts.filter((text) => !OTHERS.includes(text) && plainWords(text).length > 0)).toEqual([]);
};

test('in a made-up language nothing of ours is left in English: runbook, mitigation, overview, library', async ({ page }) => {
  // The address of our pages names an instance. The language is asked for on a page of the console, and stays until one is loaded anew.
  await page.goto('/monitoring/alerts?pseudolocalization=true&lng=en');
  await page.getByTestId('alert-row-VirtOperatorDown').getByTestId('alert-resource-link').click();
  await page.getByTestId('alert-actions').getByRole('button').first().click();
  const main = page.getByRole('main');
  await expectNoEnglish(page, main.getByText(pseudo(', live')).first());

  await main.getByRole('button', { name: pseudo('Scale virt-operator back') }).first().click();
  await expectNoEnglish(page, main.getByText(pseudo('the server would accept it.')).first());

  const crumbs = main.getByRole('navigation', { name: pseudo('Where you are') });
  await crumbs.getByRole('link', { name: pseudo('Overview') }).click();
  await expectNoEnglish(page, main.getByText(pseudo(' is scaled to 0.')).first());

  await main.getByRole('link', { name: pseudo('Runbooks') }).click();
  await expectNoEnglish(page, main.getByRole('grid', { name: pseudo('Runbooks') }));
});
