import AxeBuilder from '@axe-core/playwright';
import type { Page, Request } from '@playwright/test';
import { mitigation } from './addresses';
import { expect, test } from './fixtures';
import { overflow, tooWide, unfold } from './layout';

const SCALE_BACK = mitigation('VirtOperatorDown', 'scale-back');
const DEPLOYMENT = '/apis/apps/v1/namespaces/openshift-cnv/deployments/virt-operator';

const doIt = (page: Page) => page.getByRole('button', { name: 'Do it now' });
const next = (page: Page) => page.getByRole('button', { name: 'Next' });
/** Goes from the first step of a wizard to its confirmation, by way of a preview that is accepted. */
const toConfirmation = async (page: Page): Promise<void> => {
  while (!/at-step=permission/.test(page.url())) await next(page).click();
  await expect(next(page)).not.toHaveAttribute('aria-disabled', 'true');
  await next(page).click();
  await expect(page.getByRole('heading', { level: 2, name: 'Confirm' })).toBeFocused();
};
// A deletion says so in its body.
const isDryRun = (request: Request): boolean => new URL(request.url()).searchParams.get('dryRun') === 'All' || /"dryRun":\["All"\]/.test(request.postData() ?? '');

/** Every request of the page that is sent to change something, dry runs aside. */
const writes = (page: Page): string[] => {
  const sent: string[] = [];
  page.on('request', (request) => {
    const isRead = request.method() === 'GET' || request.url().includes('authorization.k8s.io');
    if (!isRead && request.url().includes('/api/kubernetes/') && !isDryRun(request)) sent.push(`${request.method()} ${request.url()}`);
  });
  return sent;
};

/** Answers the dry run in place of the server. */
const previewAnswers = async (page: Page, status: number, reason: string, message: string): Promise<void> => {
  await page.route(/dryRun=All/, (route) => route.fulfill({ status, json: { kind: 'Status', status: 'Failure', reason, code: status, message } }));
};

test('a rejected preview is quoted, and nothing can be run', async ({ page }) => {
  const sent = writes(page);
  await previewAnswers(page, 422, 'Invalid', 'spec.replicas: Invalid value: must not be more than 1');
  await page.goto(SCALE_BACK);
  await expect(page.getByText('The server refuses it: “spec.replicas: Invalid value: must not be more than 1”', { exact: false })).toBeVisible();
  await expect(doIt(page)).toHaveAttribute('aria-disabled', 'true');
  await doIt(page).click({ force: true });
  await expect(doIt(page)).toHaveAccessibleDescription('The preview was not accepted: see its result above.');
  expect(sent).toEqual([]);
});

test('a webhook that does not answer is named as what to repair first', async ({ page }) => {
  await previewAnswers(page, 500, 'InternalError', 'Internal error occurred: failed calling webhook "quota.example.com": failed to call webhook: Post "https://quota.example.svc/validate": no endpoints available for service "quota"');
  await page.goto(SCALE_BACK);
  await expect(page.getByText('It passes the webhook quota.example.com, which does not answer. Repair that first', { exact: false })).toBeVisible();
  await expect(doIt(page)).toHaveAttribute('aria-disabled', 'true');
});

test('what is none of ours is not carried out', async ({ page }) => {
  for (const id of ['find-who-scaled', 'no-such-thing', '__proto__']) {
    await page.goto(mitigation('VirtOperatorDown', id));
    await expect(page.getByRole('heading', { level: 1, name: /Nothing of this name is carried out here/ })).toBeVisible();
  }
});

test.describe('over a broken connection', () => {
  test.use({ expected: [/net::ERR_CONNECTION_RESET/] });

  test('an answer that is lost is of unknown result: it is read again, and not sent again', async ({ page }) => {
    const sent = writes(page);
    await page.route(/deployments\/virt-operator\/scale/, (route) => (isDryRun(route.request()) ? route.continue() : route.abort('connectionreset')));
    await page.goto(SCALE_BACK);
    await doIt(page).click();
    await expect(page.getByText(/result unknown: .*it is as it was/)).toBeVisible();
    expect(sent).toHaveLength(1);
  });
});

test('what was changed since the preview is not touched: the page says so, and previews it again', async ({ page, stage }) => {
  const sent = writes(page);
  await page.goto(SCALE_BACK);
  await expect(page.getByText('the server would accept it.', { exact: false })).toBeVisible();
  await stage.annotate(DEPLOYMENT, 'example.com/touched');
  await expect(page.getByRole('heading', { level: 3, name: 'It has changed since the preview' })).toBeVisible({ timeout: 45_000 });
  await expect(doIt(page)).toHaveAttribute('aria-disabled', 'true');
  await doIt(page).click({ force: true });
  expect(sent).toEqual([]);
  await page.getByRole('button', { name: 'Look again and make a new plan' }).click();
  await expect(doIt(page)).not.toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByText('the server would accept it.', { exact: false })).toBeVisible();
});

test.describe('with pods to clean up', () => {
  test.use({ scenario: 'launchers-drain-loop' });

  const CLEAN_UP = mitigation('VirtLauncherPodsStuckFailed', 'delete-failed-launchers');

  test('what is picked and where one stands is in the address, and somebody else goes on there', async ({ page, context }) => {
    await page.goto(CLEAN_UP);
    await next(page).click();
    await page.getByRole('radio', { name: /^All namespaces/ }).check();
    await page.getByRole('button', { name: /^One more: How many are kept of each VM/ }).click();
    const sentence = page.getByRole('heading', { level: 2, name: /Delete \d+ failed virt-launcher pods in 3 namespaces\./ });
    await expect(sentence).toBeVisible();
    await next(page).click();
    await expect(page).toHaveURL(/at-step=permission/);
    await expect(page.getByText('Tried on the first object of each of 3 namespaces.')).toBeVisible();
    const other = await context.newPage();
    await other.goto(page.url());
    await expect(other.getByRole('heading', { level: 2, name: await sentence.innerText() })).toBeVisible();
    await expect(other.getByRole('heading', { level: 2, name: 'Permission and preview' })).toBeVisible();
    await other.getByRole('button', { name: 'Back' }).click();
    await expect(other.getByRole('spinbutton', { name: 'How many are kept of each VM?' })).toHaveValue('2');
    await other.close();
  });

  test('a selection is confirmed by its number, deleted in the browser, and verified', async ({ page }) => {
    const sent = writes(page);
    await page.goto(CLEAN_UP);
    await next(page).click();
    await expect(page.getByRole('grid', { name: 'Sample' }).getByRole('row')).toHaveCount(11);
    await toConfirmation(page);
    expect(sent).toEqual([]);
    const field = page.getByRole('textbox', { name: /^Type \d+ to confirm$/ });
    const [, count = ''] = /Delete (\d+) /.exec(await page.getByRole('heading', { level: 2, name: /^Note: Delete/ }).innerText()) ?? [];
    await field.fill(count);
    await doIt(page).click();
    await expect(page.getByRole('heading', { level: 2, name: 'Verify' })).toBeVisible();
    await expect(page.getByText('The change is applied.')).toBeVisible();
    expect(sent).toHaveLength(Number(count));
    await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: 'Run' }).click();
    await expect(page.getByText(`${count} done · 0 failed · 0 left`).first()).toBeVisible();
    await expect(page.getByRole('grid', { name: 'Results' }).getByRole('row')).toHaveCount(21);
  });

  for (const theme of ['light', 'dark'] as const) {
    test(`every step fits a narrow screen, and axe finds nothing, ${theme}`, async ({ page }) => {
      await page.addInitScript((chosen) => localStorage.setItem('bridge/theme', chosen), theme);
      await page.goto(CLEAN_UP);
      for (const step of ['Understand', 'Targets', 'Permission and preview', 'Confirm']) {
        await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: step }).click();
        await expect(page.getByRole('heading', { level: 2, name: step, exact: true })).toBeVisible();
        if (step === 'Permission and preview') await expect(next(page)).not.toHaveAttribute('aria-disabled', 'true');
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${step}: ${id}: ${target.join(' ')}`))).toEqual([]);
        await page.setViewportSize({ width: 400, height: 900 });
        await unfold(page);
        expect((await overflow(page)).every((pixels) => pixels <= 0), `${step}: ${(await tooWide(page)).join('; ')}`).toBe(true);
        await page.setViewportSize({ width: 1280, height: 900 });
      }
    });
  }
});

test.describe('as somebody who may only read', () => {
  test.use({ user: 'auditor' });

  test('says which permission is missing, and sends nothing', async ({ page }) => {
    const sent = writes(page);
    await page.goto(SCALE_BACK);
    await expect(page.getByText('You may not patch deployments/scale in openshift-cnv: ask somebody who can.', { exact: false })).toBeVisible();
    await expect(doIt(page)).toHaveAttribute('aria-disabled', 'true');
    await expect(doIt(page)).toHaveAccessibleDescription('You may not do all of it: see the permission above.');
    expect(sent).toEqual([]);
  });
});

test.describe('when nothing is wrong', () => {
  test.use({ scenario: 'healthy' });

  test('there is nothing to scale back', async ({ page }) => {
    await page.goto(SCALE_BACK);
    await expect(page.getByRole('heading', { name: /There is nothing to carry out/ })).toBeVisible();
    await expect(page.getByText('Nothing to do: virt-operator already wants 2 pods.')).toBeVisible();
  });

  test('one operator pod is replaced, after a tick, and comes back ready', async ({ page }) => {
    await page.goto(mitigation('VirtOperatorDown', 'delete-operator-pod'));
    const sentence = page.getByRole('heading', { level: 2, name: /Delete the pod virt-operator-\S+ in openshift-cnv\./ });
    await expect(sentence).toBeVisible();
    const [pod = ''] = /virt-operator-[^\s.]+/.exec(await sentence.innerText()) ?? [];
    await toConfirmation(page);
    await expect(doIt(page)).toHaveAttribute('aria-disabled', 'true');
    await page.getByRole('checkbox').check();
    await doIt(page).click();
    await expect(page.getByRole('heading', { level: 2, name: 'Verify' })).toBeVisible();
    await expect(page.getByText('Yes. 2 virt-operator pods run and are ready.')).toBeVisible({ timeout: 60_000 });
    const gone = await page.request.get(`/api/kubernetes/api/v1/namespaces/openshift-cnv/pods/${pod}`);
    expect(gone.status()).toBe(404);
  });
});

test.describe('with an abnormal lease', () => {
  test.use({ scenario: 'leader-abnormal-lease' });

  test('the lease is deleted only once it was seen unchanged for long enough', async ({ page }) => {
    const MINUTES = 5;
    let later = 0;
    await page.clock.install();
    // The page goes by the server's clock: both are put forward.
    await page.route(/\/api\/(kubernetes|prometheus)\//, async (route) => {
      if (route.request().method() !== 'GET') return route.continue();
      const response = await route.fetch();
      const date = new Date(Date.parse(response.headers()['date'] ?? '') + later).toUTCString();
      return route.fulfill({ response, headers: { ...response.headers(), date } });
    });
    await page.goto(mitigation('NoLeadingVirtOperator', 'delete-stale-lease'));
    await expect(page.getByText(/Nobody may renew it\. Seen unchanged for .* so far; 3 min are proof\./)).toBeVisible();
    later = MINUTES * 60_000;
    await page.clock.fastForward(later);
    await expect(page.getByRole('heading', { level: 2, name: /Delete the lease virt-operator/ })).toBeVisible({ timeout: 45_000 });
    await toConfirmation(page);
    await expect(doIt(page)).toBeVisible();
  });
});
