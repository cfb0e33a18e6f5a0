import type { Page, Request } from '@playwright/test';
import { mitigation } from './addresses';
import { expect, test } from './fixtures';

const SCALE_BACK = mitigation('VirtOperatorDown', 'scale-back');
const DEPLOYMENT = '/apis/apps/v1/namespaces/openshift-cnv/deployments/virt-operator';

const doIt = (page: Page) => page.getByRole('button', { name: 'Do it now' });
const isDryRun = (request: Request): boolean => new URL(request.url()).searchParams.get('dryRun') === 'All';

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

test('what was changed since the preview is not touched', async ({ page, stage }) => {
  const sent = writes(page);
  await page.goto(SCALE_BACK);
  await expect(page.getByText('the server would accept it.', { exact: false })).toBeVisible();
  await stage.annotate(DEPLOYMENT, 'example.com/touched');
  await doIt(page).click();
  await expect(page.getByText('not sent: it is not what was previewed any more', { exact: false })).toBeVisible();
  expect(sent).toEqual([]);
  await page.getByRole('button', { name: 'Look again and make a new plan' }).click();
  await expect(page.getByText('the server would accept it.', { exact: false })).toBeVisible();
  await expect(doIt(page)).not.toHaveAttribute('aria-disabled', 'true');
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
    await expect(page.getByText('the server would delete it.', { exact: false })).toBeVisible();
    await expect(doIt(page)).toHaveAttribute('aria-disabled', 'true');
    await page.getByRole('checkbox').check();
    await doIt(page).click();
    await expect(page.getByText('1 done · 0 failed · 0 left').first()).toBeVisible();
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
    await expect(page.getByText('the server would delete it.', { exact: false })).toBeVisible();
    await expect(doIt(page)).toBeVisible();
  });
});
