import type { Page, Request } from '@playwright/test';
import { mitigation } from './addresses';
import { expect, test } from './fixtures';

// What goes wrong while a person carries something out: what the page says then, and that nothing else was sent.
const SCALE_BACK = mitigation('VirtOperatorDown', 'scale-back');
const CLEAN_UP = mitigation('VirtLauncherPodsStuckFailed', 'delete-failed-launchers');
const NAMESPACE = 'openshift-cnv';
const SCALE = `/apis/apps/v1/namespaces/${NAMESPACE}/deployments/virt-operator/scale`;
const WEBHOOKS = '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations';

const doIt = (page: Page) => page.getByRole('button', { name: 'Do it now' });
const next = (page: Page) => page.getByRole('button', { name: 'Next' });
const goOn = async (page: Page): Promise<void> => {
  await expect(next(page)).not.toHaveAttribute('aria-disabled', 'true');
  await next(page).click();
};
const isDryRun = (request: Request): boolean => new URL(request.url()).searchParams.get('dryRun') === 'All' || /"dryRun":\["All"\]/.test(request.postData() ?? '');
const refusal = (code: number, reason: string, message: string) => ({ status: code, json: { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason, code, message } });

/** Every request that is sent to change something for good. */
const writes = (page: Page): string[] => {
  const sent: string[] = [];
  page.on('request', (request) => {
    const isRead = request.method() === 'GET' || request.url().includes('authorization.k8s.io');
    if (!isRead && request.url().includes('/api/kubernetes/') && !isDryRun(request)) sent.push(`${request.method()} ${request.url()}`);
  });
  return sent;
};

/** Somebody guards the replicas of Deployments with a webhook whose pods do not run. */
const GUARD = {
  apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingWebhookConfiguration', metadata: { name: 'replica-guard' },
  webhooks: [{
    name: 'replicas.guard.example.com', admissionReviewVersions: ['v1'], sideEffects: 'None', failurePolicy: 'Fail', timeoutSeconds: 10, matchPolicy: 'Equivalent', namespaceSelector: {}, objectSelector: {},
    clientConfig: { service: { namespace: 'policy-guard', name: 'replica-guard', path: '/validate', port: 443 } },
    rules: [{ apiGroups: ['apps'], apiVersions: ['v1'], operations: ['UPDATE'], resources: ['deployments/scale'], scope: '*' }],
  }],
};

test('a webhook that does not answer is named before anything is sent, and once it is gone the same page goes on', async ({ page, stage }) => {
  const sent = writes(page);
  await stage.write('POST', WEBHOOKS, GUARD);
  await page.goto(SCALE_BACK);
  await expect(page.getByText('It passes the webhook replicas.guard.example.com, which does not answer. Repair that first', { exact: false })).toBeVisible();
  await page.getByRole('button', { name: 'It may pass 1 admission webhook' }).click();
  await expect(page.getByText('replicas.guard.example.com (policy-guard/replica-guard): without its answer the write is refused')).toBeVisible();
  await expect(doIt(page)).toHaveAttribute('aria-disabled', 'true');
  expect(sent).toEqual([]);
  await stage.write('DELETE', `${WEBHOOKS}/replica-guard`);
  await page.reload();
  await expect(page.getByText('Tried without storing it: the server would accept it.', { exact: false })).toBeVisible();
  await expect(doIt(page)).not.toHaveAttribute('aria-disabled', 'true');
});

test('an owner that puts it back within two seconds is seen: nothing is called solved', async ({ page, stage }) => {
  const sent = writes(page);
  await page.goto(SCALE_BACK);
  await expect(page.getByText('the server would accept it.', { exact: false })).toBeVisible();
  await doIt(page).click();
  await expect(page.getByText('The change is applied.')).toBeVisible();
  await stage.write('PATCH', SCALE, { spec: { replicas: 0 } });
  await expect(page.getByText(/Should virt-operator be running\?|wants 0 pods|0 pods/).first()).toBeVisible();
  await expect(page.getByText('The problem is solved', { exact: false })).toHaveCount(0);
  await expect(page.getByText('The alert has not cleared', { exact: false })).toBeVisible();
  expect(sent).toHaveLength(1);
});

test.describe('over a broken connection', () => {
  test.use({ expected: [/net::ERR_CONNECTION_RESET/] });

  test('a lost answer to a write that was taken is not called done: the lines below tell', async ({ page }) => {
    const sent = writes(page);
    await page.route(/deployments\/virt-operator\/scale/, async (route) => {
      if (isDryRun(route.request())) return route.continue();
      await route.fetch();
      return route.abort('connectionreset');
    });
    await page.goto(SCALE_BACK);
    await doIt(page).click();
    await expect(page.getByText(/result unknown: .*It was changed\./)).toBeVisible();
    await expect(page.getByText('Whether the change is applied everywhere is not known: 1 answers were lost. The lines below tell.')).toBeVisible();
    await expect(page.getByText('Yes. 2 virt-operator pods run and are ready.')).toBeVisible({ timeout: 60_000 });
    expect(sent).toHaveLength(1);
  });
});

test('without Prometheus nobody says that the alert has cleared', async ({ page }) => {
  await page.goto(SCALE_BACK);
  await expect(page.getByText('the server would accept it.', { exact: false })).toBeVisible();
  await page.route(/\/api\/prometheus/, (route) => route.fulfill({ status: 503, body: 'no healthy upstream' }));
  await doIt(page).click();
  await expect(page.getByText('Whether the alert has cleared could not be read.')).toBeVisible();
  await expect(page.getByText('Yes. 2 virt-operator pods run and are ready.')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('The problem is solved', { exact: false })).toHaveCount(0);
});

test.describe('with pods to clean up', () => {
  test.use({ scenario: 'launchers-drain-loop' });

  const chosen = async (page: Page): Promise<void> => {
    await page.goto(CLEAN_UP);
    await next(page).click();
    await page.getByRole('spinbutton', { name: /After how many failures/ }).fill('0');
    await goOn(page);
    await expect(page).toHaveURL(/at-step=permission/);
  };

  test('a webhook that rejects the dry run is quoted, and nothing can be confirmed', async ({ page }) => {
    const sent = writes(page);
    const words = 'admission webhook "pods.guard.example.com" denied the request: deletions are frozen until Monday';
    await page.route(/\/pods\/virt-launcher-/, (route) => (isDryRun(route.request()) ? route.fulfill(refusal(403, 'Forbidden', words)) : route.continue()));
    await chosen(page);
    await expect(page.getByText(`The server refuses it: “${words}”`, { exact: false }).first()).toBeVisible();
    await expect(next(page)).toHaveAttribute('aria-disabled', 'true');
    expect(sent).toEqual([]);
  });

  test('a right that is lost in the middle stops it: what was sent, what was refused and what was not sent are told apart', async ({ page }) => {
    const sent = writes(page);
    let deletions = 0;
    await page.route(/\/pods\/virt-launcher-/, (route) => {
      const request = route.request();
      if (request.method() !== 'DELETE' || isDryRun(request) || (deletions += 1) < 3) return route.continue();
      return route.fulfill(refusal(403, 'Forbidden', 'pods "virt-launcher" is forbidden: User "kubeadmin" cannot delete resource "pods"'));
    });
    await chosen(page);
    await goOn(page);
    const field = page.getByRole('textbox', { name: /^Type \d+ to confirm$/ });
    const count = Number(/Delete (\d+) /.exec(await page.getByRole('heading', { level: 2, name: /^Note: Delete/ }).innerText())?.[1]);
    await field.fill(String(count));
    await doIt(page).click();
    await expect(page.getByRole('heading', { level: 3, name: /Stopped\. What was sent stays as it is\./ })).toBeVisible();
    expect(sent.length).toBeLessThan(12);
    expect(new Set(sent).size).toBe(sent.length);
    await page.getByRole('button', { name: /^Failed \(/ }).click();
    await expect(page.getByText('refused by the server “pods "virt-launcher" is forbidden: User "kubeadmin" cannot delete resource "pods"”').first()).toBeVisible();
    await expect(page.getByText(`${count - sent.length} not sent`)).toBeVisible();
    await page.reload();
    await expect(page.getByText('Not all of it was done.', { exact: false })).toBeVisible();
  });
});
