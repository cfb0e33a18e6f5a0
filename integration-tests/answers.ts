import type { Page } from '@playwright/test';

/** An alert as the rules endpoint of Prometheus reports it. */
export interface LoadedAlert {
  labels: Record<string, string>;
  annotations: Record<string, string>;
  state: 'firing' | 'pending';
  activeAt: string;
  value: string;
}

/** A rule as the rules endpoint of Prometheus reports it. */
export interface LoadedRule {
  name: string;
  query: string;
  type: 'alerting' | 'recording';
  labels: Record<string, string>;
  annotations: Record<string, string>;
  alerts: LoadedAlert[];
}

interface Rules {
  data: { groups: { rules: LoadedRule[] }[] };
}

/** Changes JSON answers on their way to the page; `change` works on the body in place. */
export const rewrite = async <T>(page: Page, url: RegExp, change: (body: T) => void): Promise<void> => {
  await page.route(url, async (route) => {
    try {
      // A connection that is kept open may be closed at the moment it is used again.
      const response = await route.fetch({ maxRetries: 2 });
      const body = (await response.json()) as T;
      change(body);
      await route.fulfill({ response, json: body });
    } catch {
      // The page went on while it asked; nobody waits for this answer.
      await route.abort().catch(() => undefined);
    }
  });
};

/** Changes the loaded rules and their alerts, as Prometheus reports them. */
export const rewriteRules = (page: Page, change: (rules: LoadedRule[]) => void): Promise<void> =>
  rewrite<Rules>(page, /\/api\/prometheus\/api\/v1\/rules/, ({ data }) => {
    for (const group of data.groups) change(group.rules);
  });

/** A rule by the name of its alert. */
export const ruleOf = (rules: readonly LoadedRule[], alert: string): LoadedRule | undefined => rules.find(({ name }) => name === alert);

/** An alert of a release that is newer than this one: nobody has written a runbook for it. */
export const UNWRITTEN = 'VirtOperatorUnheardOf';

/** Lets a rule that fires in the sandbox go by that name; the rule, if it is among these. */
export const renamed = (rules: readonly LoadedRule[]): LoadedRule | undefined => {
  const rule = ruleOf(rules, 'NoReadyVirtOperator');
  if (!rule) return undefined;
  rule.name = UNWRITTEN;
  for (const { labels } of rule.alerts) labels['alertname'] = UNWRITTEN;
  return rule;
};

/** The same for everything that the page asks. */
export const withUnwrittenAlert = (page: Page): Promise<void> => rewriteRules(page, renamed);
