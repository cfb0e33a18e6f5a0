import type { Page } from '@playwright/test';
import { runbook } from './addresses';
import { rewriteRules, ruleOf } from './answers';
import { expect, test } from './fixtures';

const DOWN = runbook('VirtOperatorDown', { severity: 'critical' });

const answer = (page: Page) => page.getByRole('region', { name: 'Answer' });
const headline = (page: Page) => answer(page).getByRole('heading', { level: 2 });
const diagnosis = (page: Page) => page.getByRole('region', { name: 'Diagnosis' });
const step = (page: Page, question: string) => diagnosis(page).getByRole('button', { name: question }).first();

const forbidden = (message: string) => ({ status: 403, json: { kind: 'Status', status: 'Failure', reason: 'Forbidden', code: 403, message } });

test('answers come step by step, and no row changes its height', async ({ page }) => {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/\/deployments\/virt-operator/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(DOWN);
  const row = step(page, 'Is there a virt-operator Deployment, and does it want pods?');
  const fine = step(page, 'Where is virtualization installed?');
  await expect(fine).toHaveAccessibleName(/^Fine/);
  await expect(row).toHaveAccessibleName(/Reading/);
  await expect(headline(page)).toContainText(/Checking: \d+ of \d+ questions answered/);
  await expect(answer(page)).toContainText('under way');
  const before = await fine.boundingBox();
  release();
  await expect(headline(page)).toHaveText('virt-operator is scaled to 0.');
  await expect(row).toHaveAccessibleName(/^Problem/);
  const after = await fine.boundingBox();
  expect(after?.height).toBe(before?.height);
});

test('a check that could not be run is counted, and what it lacks is said', async ({ page }) => {
  await page.route(/\/namespaces\/openshift-cnv\/events/, (route) => route.fulfill(forbidden('events is forbidden: User "kubeadmin" cannot list resource "events"')));
  await page.goto(DOWN);
  await expect(headline(page)).toHaveText('virt-operator is scaled to 0.');
  await expect(answer(page)).toContainText(/could not be run \(you may not list events/);
  await expect(step(page, 'Which warnings do the events of virt-operator carry?')).toHaveAccessibleName(/^Could not check/);
  await expect(diagnosis(page).getByText('You may not list events in openshift-cnv: ask somebody who can.').first()).toBeVisible();
});

test('leads to the evidence: the step opens and takes the focus', async ({ page }) => {
  await page.goto(DOWN);
  const row = step(page, 'Is there a virt-operator Deployment, and does it want pods?');
  await expect(headline(page)).toHaveText('virt-operator is scaled to 0.');
  await row.click();
  await expect(row).toHaveAttribute('aria-expanded', 'false');
  await answer(page).getByRole('button', { name: 'Show the evidence' }).click();
  await expect(row).toBeFocused();
  await expect(row).toHaveAttribute('aria-expanded', 'true');
  await diagnosis(page).getByRole('button', { name: '2 readings, with their commands' }).first().click();
  await expect(diagnosis(page).getByText('oc get deployments virt-operator -n openshift-cnv -o yaml').first()).toBeVisible();
});

test('copies a summary for a ticket', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(DOWN);
  await expect(headline(page)).toHaveText('virt-operator is scaled to 0.');
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Copy a summary for a ticket' }).click();
  await expect(page.getByText('The summary is copied')).toBeVisible();
  const summary = await page.evaluate(() => navigator.clipboard.readText());
  expect(summary).toContain('# VirtOperatorDown');
  expect(summary).toContain('**virt-operator is scaled to 0.**');
  expect(summary).toContain('kubectl-edit');
});

test('the report is downloaded as JSON', async ({ page }) => {
  await page.goto(DOWN);
  await expect(headline(page)).toHaveText('virt-operator is scaled to 0.');
  await page.getByRole('button', { name: 'More actions' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Download the report' }).click()]);
  expect(download.suggestedFilename()).toMatch(/VirtOperatorDown.*\.json$/);
});

test('several instances: each has its own address', async ({ page }) => {
  await rewriteRules(page, (rules) => {
    const rule = ruleOf(rules, 'VirtOperatorDown');
    const [first] = rule?.alerts ?? [];
    if (rule && first) rule.alerts.push({ ...first, labels: { ...first.labels, severity: 'warning' } });
  });
  await page.goto(DOWN);
  await expect(page.getByText('2 instances of this alert are active.')).toBeVisible();
  await page.getByRole('button', { name: 'Instance: critical' }).click();
  await page.getByRole('option', { name: 'warning' }).click();
  await expect(page).toHaveURL(/severity=warning/);
  await expect(page.getByRole('button', { name: 'Instance: warning' })).toBeVisible();
  await expect(headline(page)).toHaveText('virt-operator is scaled to 0.');
});

test('the instance in the address is gone', async ({ page }) => {
  await page.goto(runbook('VirtOperatorDown', { severity: 'warning' }));
  await expect(page.getByRole('heading', { name: 'The instance in the address no longer fires' })).toBeVisible();
  await page.getByRole('button', { name: 'Instance: Choose an instance' }).click();
  await page.getByRole('listbox').getByRole('option').first().click();
  await expect(page).toHaveURL(/severity=critical/);
  await expect(headline(page)).toHaveText('virt-operator is scaled to 0.');
});

test('what is no label in the address is left out, and said', async ({ page }) => {
  await page.goto(`${DOWN}&1bad=x&twice=1&twice=2`);
  await expect(page.getByRole('heading', { name: /A part of the address is left out: 1bad.*twice/ })).toBeVisible();
  await expect(headline(page)).toHaveText('virt-operator is scaled to 0.');
});

test('says that the loaded rule is none that the text was written for', async ({ page }) => {
  await rewriteRules(page, (rules) => {
    const rule = ruleOf(rules, 'VirtOperatorDown');
    if (rule) rule.query = 'absent(something_else)';
  });
  await page.goto(DOWN);
  await expect(page.getByText('The loaded rule is not one that this text was written for.', { exact: false })).toBeVisible();
  await expect(answer(page)).toContainText('Whether this alone makes the alert fire is not certain: the loaded rule is of no known form.');
});

test('goes out of date honestly: what was fine is unknown once it is too old, and the page says how old it is', async ({ page }) => {
  await page.clock.install();
  await page.goto(DOWN);
  await expect(headline(page)).toHaveText('virt-operator is scaled to 0.');
  await page.route(/\/api\/(kubernetes|prometheus)\//, () => new Promise(() => undefined));
  await page.clock.fastForward('05:00');
  await expect(step(page, 'Are the nodes healthy?')).toHaveAccessibleName(/^Could not check/);
  await expect(answer(page)).toContainText(/checked 5 min (\d+ sec )?ago/);
  await expect(answer(page)).not.toContainText(/\d+ fine/);
});

test.describe('of a server under strain', () => {
  test.use({ expected: [/status of 429/] });

  test('stops reading by itself when the server asks for fewer requests', async ({ page }) => {
    await page.goto(DOWN);
    await expect(headline(page)).toHaveText('virt-operator is scaled to 0.');
    await page.route(/\/api\/kubernetes\/.*\/deployments\/virt-operator/, (route) => route.fulfill({ status: 429, json: { kind: 'Status', code: 429, message: 'too many requests' } }));
    await page.getByRole('button', { name: 'Run again' }).click();
    await expect(page.getByText('Live reading has stopped', { exact: false }).first()).toBeVisible({ timeout: 60_000 });
    await expect(answer(page)).not.toContainText(', live');
  });
});

test.describe('without rights', () => {
  test.use({ user: 'guest' });

  test('cannot tell, says who could, and hands over the address', async ({ page }) => {
    await page.goto(DOWN);
    await expect(headline(page)).toHaveAccessibleName('Could not check Whether anything is wrong cannot be told from here');
    await expect(answer(page)).toContainText('You may not get deployments in openshift-cnv');
    await expect(answer(page).getByRole('button', { name: /^Fix/ })).toHaveCount(0);
    await expect(diagnosis(page).getByRole('button', { name: /platform checks need a cluster admin/ })).toBeVisible();
    await expect(diagnosis(page).getByRole('textbox', { name: 'Address for a cluster admin' })).toHaveValue(/VirtOperatorDown/);
  });
});

test.describe('with Prometheus alone', () => {
  test.use({ user: 'night-watch' });

  test('knows that it fires and cannot tell why', async ({ page }) => {
    await page.goto(DOWN);
    await expect(headline(page)).toHaveAccessibleName('Could not check Why the alert fires cannot be told from here');
    await expect(page.getByRole('list', { name: 'State of the alert' })).toContainText('Firing for');
  });
});

test.describe('as the admin of one namespace', () => {
  test.use({ user: 'shop-owner' });

  test('says what is not visible from a project, and who sees it', async ({ page }) => {
    await page.goto('/k8s/ns/web-shop/virtualization-overview/runbooks/VirtOperatorDown');
    await expect(headline(page)).toHaveAccessibleName(/^Could not check/);
    await expect(page.getByText('Whether it fires is not visible from here', { exact: false })).toBeVisible();
    await expect(diagnosis(page).getByRole('button', { name: /platform checks need a cluster admin/ })).toBeVisible();
  });
});

test.describe('when nothing is wrong', () => {
  test.use({ scenario: 'healthy' });

  test('not firing', async ({ page }) => {
    await page.goto(runbook('VirtOperatorDown'));
    await expect(page.getByText('No instance of this alert is active.')).toBeVisible();
    await expect(headline(page)).toHaveAccessibleName('Fine The alert does not fire, and no problem is found');
    await expect(page.getByText('Every cause that this page knows is ruled out.')).toBeVisible();
  });

  test('and the alert fires all the same: nothing is found, and it is not called fine', async ({ page }) => {
    await rewriteRules(page, (rules) => {
      const rule = ruleOf(rules, 'VirtOperatorDown');
      rule?.alerts.push({ labels: { alertname: rule.name, ...rule.labels }, annotations: {}, state: 'firing', activeAt: new Date(Date.now() - 720_000).toISOString(), value: '0' });
    });
    await page.goto(DOWN);
    await expect(headline(page)).toHaveAccessibleName('Could not check Nothing wrong found, and the alert fires: its cause is not identified');
    await expect(answer(page)).toContainText('The alert clears at the earliest');
  });
});

test.describe('without Prometheus', () => {
  test.use({ scenario: 'prometheus-down' });

  test('the cause is found in the objects; whether it fires is not known', async ({ page }) => {
    await page.goto(DOWN);
    await expect(headline(page)).toHaveText('virt-operator is scaled to 0.');
    await expect(page.getByRole('list', { name: 'State of the alert' })).toContainText('State could not be read');
    await expect(answer(page)).toContainText('Whether this makes the alert fire is not certain: its rule could not be read.');
    await expect(step(page, 'What does the rule itself see?')).toHaveAccessibleName(/^Could not check/);
  });
});

test.describe('without virtualization', () => {
  test.use({ scenario: 'not-installed' });

  test('a problem is found and no cause: says that it is not installed', async ({ page }) => {
    await page.goto(DOWN);
    await expect(page.getByRole('heading', { name: 'Virtualization is not installed' })).toBeVisible();
    await expect(headline(page)).toHaveAccessibleName('Problem 1 check found something wrong; the cause is not identified');
  });
});

test.describe('with two KubeVirt objects', () => {
  test.use({ scenario: 'two-kubevirts' });

  test('says which one counts', async ({ page }) => {
    await page.goto(DOWN);
    await expect(page.getByRole('heading', { name: 'There is more than one KubeVirt object' })).toBeVisible();
    await expect(headline(page)).toHaveText('virt-operator is scaled to 0.');
  });
});

test.describe('with the rules of KubeVirt main', () => {
  test.use({ scenario: 'operator-scaled-to-zero-main' });

  test('recognises the loaded rule', async ({ page }) => {
    await page.goto(DOWN);
    await expect(headline(page)).toHaveText('virt-operator is scaled to 0.');
    await expect(page.getByText(/^The rule of .*, which this text was written for$/)).toBeVisible();
  });
});

test.describe('with failed launcher pods', () => {
  test.use({ scenario: 'launchers-bad-node' });

  test('a question to the reader is answered and taken back', async ({ page }) => {
    await page.goto(runbook('VirtLauncherPodsStuckFailed'));
    await expect(headline(page)).toHaveText('VMs of several owners fail on one node: the node or its virt-handler is sick.');
    const row = step(page, 'Do the logs of the node, the network plugin or the storage driver show errors?');
    await expect(row).toContainText('asks you');
    await row.click();
    await page.getByRole('radio', { name: 'Errors of the network plugin' }).check();
    await expect(page.getByText(/^Stated by you at/)).toBeVisible();
    await expect(row).toHaveAccessibleName(/^Warning/);
    await page.getByRole('button', { name: 'Take the answer back' }).click();
    await expect(row).toContainText('asks you');
    await expect(page.getByRole('radio', { name: 'Errors of the network plugin' })).not.toBeChecked();
  });
});
