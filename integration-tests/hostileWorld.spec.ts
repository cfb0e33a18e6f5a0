import type { Locator, Page } from '@playwright/test';
import { runbook } from './addresses';
import { rewrite } from './answers';
import { expect, test } from './fixtures';
import { BIDI, CLIMB, HUGE, LONG_NAME, MARKUP, PROMQL, expectHarmlessAndNarrow } from './harm';

interface Meta {
  name: string;
  annotations?: Record<string, string>;
  managedFields?: { manager: string }[];
}
interface Body {
  kind?: string;
  metadata?: Meta;
  items?: { metadata: Meta }[];
}

/** Changes the metadata of every object that the Kubernetes API answers with. */
const rewriteObjects = (page: Page, change: (metadata: Meta, place: number) => void): Promise<void> =>
  rewrite<Body>(page, /\/api\/kubernetes\/apis?\/.*\/(pods|nodes|events|deployments|replicasets|virtualmachine\w*)(\/[\w.-]+)?(\?|$)/, ({ kind, metadata, items }) => {
    for (const [place, item] of (items ?? []).entries()) change(item.metadata, place);
    if (items === undefined && metadata !== undefined && kind !== 'Status') change(metadata, 0);
  });

/** What stands on a runbook whose checks have all been made. */
const complete = (page: Page): Locator => page.getByText(/^checked .* live$/).first();

/** What an object can carry without the API server minding: annotations of any text, and who wrote it, a program of any name. */
const burden = (metadata: Meta, place: number): void => {
  metadata.annotations = {
    ...metadata.annotations, 'kubevirt.io/migrationJobName': MARKUP, 'kubevirt.io/eviction-source': `${BIDI}${MARKUP}`,
    // Of a list the first: an answer of forty megabytes is not taken in at all.
    'kubectl.kubernetes.io/last-applied-configuration': place === 0 ? HUGE : MARKUP,
  };
  for (const field of metadata.managedFields ?? []) field.manager = `${MARKUP}${BIDI}`;
};

test('annotations of a megabyte and programs named like markup are shown as text', async ({ page }) => {
  await rewriteObjects(page, burden);
  await page.goto(runbook('VirtOperatorDown'));
  await expect(page.getByRole('heading', { level: 2, name: 'virt-operator is scaled to 0.' })).toBeVisible();
  await expect(page.getByText(`The program ${MARKUP}safe⟨U+202E⟩gpj.exe⟨U+2066⟩⟨U+0007⟩⟨U+001B⟩[31m⟨U+0000⟩ set that`, { exact: false }).first()).toBeVisible();
  await expectHarmlessAndNarrow(page);
});

/** Behind the head of a line of klog, where nothing that is shown is cut off; a line of another make has it at its end. */
const burdened = (line: string): string => (line.includes('] ') ? line.replace('] ', `] ${MARKUP}${BIDI} `) : `${line} ${MARKUP}${BIDI}`);

test.describe('with a leader that writes logs', () => {
  test.use({ scenario: 'leader-stuck-before-election' });

  test('log lines full of markup, control characters and a megabyte of text are shown as text', async ({ page }) => {
    await page.route(/\/api\/kubernetes\/.*\/log\?/, async (route) => {
      const response = await route.fetch();
      const lines = (await response.text()).trimEnd().split('\n');
      await route.fulfill({ response, body: `${lines.map(burdened).join('\n')}\n${lines[0] ?? ''}${HUGE}\n` });
    });
    await page.goto(runbook('NoLeadingVirtOperator'));
    await expect(page.getByRole('heading', { level: 2, name: /never reaches the election|cannot read|cache/i })).toBeVisible();
    await expectHarmlessAndNarrow(page);
    await expect(page.getByRole('region', { name: /^Log lines/ }).first()).toContainText(`${MARKUP}safe⟨U+202E⟩gpj.exe`);
  });
});

test.describe('with failed launcher pods', () => {
  test.use({ scenario: 'launchers-bad-node' });

  test('the longest names that Kubernetes takes fit a narrow screen and lead nowhere else', async ({ page }) => {
    await rewriteObjects(page, (metadata, place) => {
      burden(metadata, place);
      metadata.name = LONG_NAME;
    });
    await page.goto(runbook('VirtLauncherPodsStuckFailed'));
    await expect(complete(page)).toBeVisible();
    await expectHarmlessAndNarrow(page);
    await expect(page.getByText(LONG_NAME, { exact: false }).first()).toBeVisible();
  });

  test('label values of Prometheus are text, and neither addresses nor queries are made of them', async ({ page }) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await rewrite<{ data: { result?: { metric: Record<string, string> }[] } }>(page, /\/api\/prometheus\/api\/v1\/query/, ({ data }) => {
      for (const [place, { metric }] of (data.result ?? []).entries()) {
        const texts = { namespace: `${CLIMB}${MARKUP}`, node: `${BIDI}${PROMQL}`, vmi: place === 0 ? HUGE : PROMQL, pod: MARKUP };
        for (const [label, text] of Object.entries(texts)) if (label in metric) metric[label] = text;
      }
    });
    await page.goto(runbook('VirtLauncherPodsStuckFailed'));
    await expect(complete(page)).toBeVisible();
    await expectHarmlessAndNarrow(page);
    await expect(page.getByText('gpj.exe⟨U+2066⟩', { exact: false }).first()).toBeVisible();
    const decoded = asked.map((url) => decodeURIComponent(url.replaceAll('+', ' ')));
    expect(decoded.filter((url) => url.includes('/api/kubernetes/') && /secrets|onerror|vector|gpj/.test(url))).toEqual([]);
    // In a query the quotation mark is escaped, so that it ends nothing.
    expect(decoded.filter((url) => /[^\\]"\} or vector\(1\)/.test(url))).toEqual([]);
  });
});
