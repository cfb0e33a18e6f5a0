import { type Browser, chromium } from '@playwright/test';
import { NO_CHROMIUM, fetchChromium, findChromium } from '../../scripts/chromium';
import { Refusal } from '../../sandbox/launch/refusal';
import { runbook } from '../addresses';
import { median } from './measure';
import type { Traffic } from './meter';

/** A page from opening to complete report. */
export interface PageMeasured extends Traffic {
  /** Milliseconds from the begin of the navigation until the answer stands. */
  answered: number;
  /** Until no check is under way any more. */
  complete: number;
}

const RUNS = 3;
const WITHIN = 120_000;

/** Starts Chromium. Throws a {@link Refusal} if there is none. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = findChromium() ?? (await fetchChromium());
  if (executablePath === undefined) throw new Refusal(`The pages cannot be timed: ${NO_CHROMIUM}.`);
  return chromium.launch({ executablePath, args: ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
}

// Run in the page. The clock of the page begins with the navigation.
const answeredAt = (): number | undefined => {
  const answer = document.querySelector('section[aria-label="Answer"]');
  return answer && !answer.querySelector('[aria-label="Checking"]') ? performance.now() : undefined;
};
const completeAt = (): number | undefined => {
  const answer = document.querySelector('section[aria-label="Answer"]');
  const isDone = answer && !answer.querySelector('[aria-label="Checking"]') && /\d+ checks/.test(answer.textContent ?? '') && !/under way/.test(answer.textContent ?? '');
  return isDone ? performance.now() : undefined;
};

/** Opens the page of a runbook in a browser that has never seen the console: `entrance` is where one is let in. */
async function openOnce(browser: Browser, entrance: string, alert: string): Promise<PageMeasured> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    const { origin, searchParams } = new URL(entrance);
    const page = await context.newPage();
    let traffic: Traffic = { requests: 0, bytes: 0 };
    const sizes: Promise<void>[] = [];
    page.on('requestfinished', (request) => {
      if (!/\/api\/(kubernetes|prometheus|prometheus-tenancy)\//.test(request.url())) return;
      sizes.push(request.sizes().then(({ responseBodySize }) => {
        traffic = { requests: traffic.requests + 1, bytes: traffic.bytes + responseBodySize };
      }, () => undefined));
    });
    const address = new URL(runbook(alert), origin);
    const key = searchParams.get('key');
    if (key !== null) address.searchParams.set('key', key);
    await page.goto(address.href, { waitUntil: 'commit' });
    const wait = async (at: () => number | undefined): Promise<number> => {
      const handle = await page.waitForFunction(at, undefined, { polling: 'raf', timeout: WITHIN });
      return (await handle.jsonValue()) ?? NaN;
    };
    const answered = await wait(answeredAt);
    const complete = await wait(completeAt);
    const { requests, bytes } = await Promise.all(sizes).then(() => traffic);
    return { answered, complete, requests, bytes };
  } finally {
    await context.close();
  }
}

/** The median of a few. */
export async function timePage(browser: Browser, entrance: string, alert: string): Promise<PageMeasured> {
  const runs: PageMeasured[] = [];
  for (let turn = 0; turn < RUNS; turn += 1) runs.push(await openOnce(browser, entrance, alert));
  const of = (pick: (one: PageMeasured) => number): number => median(runs.map(pick));
  return { answered: of((one) => one.answered), complete: of((one) => one.complete), requests: of((one) => one.requests), bytes: of((one) => one.bytes) };
}
