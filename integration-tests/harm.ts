import type { Page } from '@playwright/test';
import { expect } from './fixtures';
import { overflow, tooWide, unfold } from './layout';

/** What runs if a page takes it for markup. */
export const MARKUP = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
/** Characters that turn the line around, ring, colour a terminal or end a string. */
export const BIDI = 'safe\u202Egpj.exe\u2066\u0007\u001b[31m\u0000';
/** A million characters without a place to break. */
export const HUGE = 'A'.repeat(1_000_000);
/** What ends a quoted label value of a query. */
export const PROMQL = '"} or vector(1) or up{x="';
/** What leaves the folder of an address. */
export const CLIMB = '../../api/v1/secrets?x=';
/** The longest name that Kubernetes takes for an object, of what looks like a script address, without a place to break. */
export const LONG_NAME = `javascript.alert.1.${'w'.repeat(234)}`;

/** Nothing ran, nothing that could run was made of the text, and no character is left that turns a line around or ends it. */
export const expectHarmless = async (page: Page): Promise<void> => {
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  expect(await page.locator('a[href^="javascript:" i], a[href^="data:" i]').count()).toBe(0);
  // What climbs out of a folder stands behind the question mark, where it is a value.
  expect(await page.locator('a[href]').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? '').filter((href) => decodeURIComponent(href.split(/[?#]/)[0] ?? '').includes('..')).map((href) => href.slice(0, 200)))).toEqual([]);
  expect(await page.locator('main img[src="x"], main script').count()).toBe(0);
  // eslint's rule against control characters is about expressions; these are compared one by one.
  const text = await page.locator('main').innerText();
  expect(['\u202E', '\u2066', '\u0007', '\u001b', '\u0000'].filter((character) => text.includes(character))).toEqual([]);
};

/** The same on a narrow screen with everything open, which must not scroll sideways either. */
export const expectHarmlessAndNarrow = async (page: Page): Promise<void> => {
  await page.setViewportSize({ width: 400, height: 900 });
  await unfold(page);
  await expectHarmless(page);
  const pixels = await overflow(page);
  expect(pixels.every((one) => one <= 0), `no sideways scrolling: ${pixels.join(', ')}\n${(await tooWide(page)).join('\n')}`).toBe(true);
};
