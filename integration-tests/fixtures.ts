import { type ConsoleMessage, type Page, test as base, expect } from '@playwright/test';
import { Stage } from './stage';

interface TestFixtures {
  /** The scenario a test plays in; set it with `test.use({ scenario: … })`. */
  scenario: string;
  /** Who looks, by a name of the simulated cluster; absent: whoever the scenario says. */
  user: string | undefined;
  /** Words of console messages that a test provokes on purpose. */
  expected: readonly RegExp[];
  /** What is written to the console of the page; any error, warning or violated policy fails the test. */
  quiet: undefined;
}

/**
 * What the browser, the SDK and the local console write by themselves. The browser and the SDK's fetch note every answer
 * that is an error, also one that the page asked for and handles: a reader without rights gets 403 for an answer.
 */
const NOT_OURS: readonly RegExp[] = [
  // A watch of the SDK that is given up, because the reader went on, before it was open.
  /^WebSocket connection to '\S+' failed: WebSocket is closed before the connection is established\.$/,
  /^Failed to load resource: the server responded with a status of (403|404|409|422|500|502|503) /,
  /^consoleFetch failed for url \/api\/(kubernetes|prometheus|prometheus-tenancy|alertmanager)\//,
];

const LOUD = new Set(['error', 'warning', 'assert']);

const listen = (page: Page, heard: string[]): void => {
  page.on('console', (message: ConsoleMessage) => {
    if (LOUD.has(message.type())) heard.push(message.text());
  });
  page.on('pageerror', (error) => heard.push(`uncaught: ${error.message}`));
};

/** The test function of this folder: a scenario is on, and a page that says anything on its console fails. */
export const test = base.extend<TestFixtures, { stage: Stage }>({
  scenario: ['operator-scaled-to-zero', { option: true }],
  user: [undefined, { option: true }],
  expected: [[], { option: true }],
  stage: [
    async ({ playwright }, use, { project, workerIndex }) => {
      const { baseURL } = project.use;
      const request = await playwright.request.newContext(baseURL === undefined ? {} : { baseURL });
      // A later worker takes the place of one whose test failed: what that one wrote is not known here.
      await use(new Stage(request, workerIndex > 0));
      await request.dispose();
    },
    { scope: 'worker' },
  ],
  quiet: [
    async ({ page, context, baseURL, stage, scenario, user, expected }, use) => {
      const heard: string[] = [];
      listen(page, heard);
      page.on('request', (request) => stage.notice(request));
      await page.addInitScript(() => {
        addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => console.error(`Content security policy: ${violatedDirective} ${blockedURI}`));
      });
      await stage.show(scenario);
      if (user !== undefined) await context.addCookies([{ name: 'x-sandbox-user', value: user, url: baseURL ?? '' }]);
      await use(undefined);
      expect(heard.filter((text) => ![...NOT_OURS, ...expected].some((known) => known.test(text))), 'errors and warnings on the console').toEqual([]);
    },
    { auto: true, timeout: 150_000 },
  ],
});

export { expect };
