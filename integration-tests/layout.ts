import type { Page } from '@playwright/test';

/** Opens everything that can be opened on a page, so that it is looked at too. */
export const unfold = async (page: Page): Promise<void> => {
  const closed = page.getByRole('main').locator('button[aria-expanded="false"]:not([aria-haspopup]):not(.pf-v6-c-menu-toggle)');
  // What opens may hold more that can be opened. All at once: a click of the mouse waits for a page that stands still.
  for (let depth = 0; depth < 10 && (await closed.count()) > 0; depth += 1) {
    await closed.evaluateAll((buttons) => buttons.forEach((button) => (button as HTMLButtonElement).click()));
  }
};

/** By how many pixels the document and the content of the console are wider than what is seen of them. */
export const overflow = (page: Page): Promise<readonly number[]> => page.evaluate(() =>
  [document.documentElement, ...document.querySelectorAll('#content-scrollable')].map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth));

/** What makes a page scroll sideways, for the message of a test: elements whose text reaches beyond the content of the console. */
export const tooWide = (page: Page): Promise<readonly string[]> => page.evaluate(() => {
  const content = document.querySelector('#content-scrollable');
  if (!content) return [];
  const edge = content.getBoundingClientRect().left + content.clientWidth;
  const isClipped = (element: Element): boolean => {
    for (let above: Element | null = element; above && above !== content; above = above.parentElement) if (getComputedStyle(above).overflowX !== 'visible') return true;
    return false;
  };
  const found: string[] = [];
  const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    range.selectNodeContents(node);
    const { parentElement: parent } = node;
    if (parent && range.getBoundingClientRect().right > edge + 1 && !isClipped(parent)) found.push(`${parent.tagName} ${parent.className} in ${parent.parentElement?.className ?? ''}: ${(node.textContent ?? '').slice(0, 60)}`);
  }
  return found;
});
