import { type Missing, type Evidence } from './observation';
import { type AlertReport } from './report';
import { type RuleForm, type Runbook } from './runbook';
import { type LoadedAlert, type LoadedRule } from './source';

type Labels = Readonly<Record<string, string>>;

/** Does an alert carry all of these labels with these values? */
const carries = (alert: LoadedAlert, labels: Labels): boolean => Object.entries(labels).every(([name, value]) => alert.labels[name] === value);

/** The labels that tell instances of this alert apart: those that the runbook declares, and severity. */
export const identityOf = (runbook: Pick<Runbook, 'identity'>, labels: Labels): Labels =>
  Object.fromEntries([...runbook.identity, 'severity'].flatMap((name) => (labels[name] === undefined ? [] : [[name, labels[name]]])));

const SELECTOR = /\{((?:[^{}"]|"(?:[^"\\]|\\.)*")*)\}/g;
const MATCHER = /\w+\s*(?:=~|!~|!=|=)\s*"(?:[^"\\]|\\.)*"/g;

/**
 * What a released rule and a loaded one are compared by: blanks, quotes, the install namespace and the order of matchers do
 * not make a difference. Prometheus prints the matchers of a loaded rule sorted.
 */
const canonical = (expr: string): string =>
  expr.replaceAll("'", '"').replace(/namespace="[^"]*"/g, 'namespace="$NAMESPACE"')
    .replace(SELECTOR, (_, inside: string) => `{${(inside.match(MATCHER) ?? []).sort().join(',')}}`)
    .replace(/\s+/g, '');

/** The known form that a loaded rule is, if any. Forms that differ in a recording rule alone need that rule to be told apart. */
export const formOf = (forms: readonly RuleForm[], { expr, records, labels }: Pick<LoadedRule, 'expr' | 'records' | 'labels'>): RuleForm | undefined =>
  (expr === undefined ? undefined : forms.find((form) =>
    canonical(form.expr) === canonical(expr) &&
    (form.severity === undefined || form.severity === labels['severity']) &&
    (form.records === undefined || records?.some((record) => canonical(record.expr) === canonical(form.records ?? '')) === true)));

const UNIT: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86400, w: 604800, y: 31536000 };
/** The longest range in a PromQL expression, seconds; 0 if it has none. */
export const longestRange = (expr: string): number =>
  Math.max(0, ...[...expr.matchAll(/\[((?:\d+(?:ms|[smhdwy]))+)(?::[^\]]*)?\]/g)].map(([, text = '']) =>
    [...text.matchAll(/(\d+)(ms|[smhdwy])/g)].reduce((sum, [, count, unit = 's']) => sum + Number(count) * (UNIT[unit] ?? 0), 0)));

/** One scrape, seconds: the longest pause before Prometheus sees that a metric has recovered. */
const SCRAPE = 60;

/** How long after its condition ends an alert can last, seconds: range of the expression, a scrape, an evaluation, `keep_firing_for`. */
const clearsAfter = ({ expr, interval, keepFiringFor = 0 }: LoadedRule): number | undefined =>
  (expr === undefined ? undefined : longestRange(expr) + SCRAPE + (interval ?? SCRAPE) + keepFiringFor);

const STATES = ['inactive', 'pending', 'firing'] as const;

/** What the loaded rules say about the alert of a runbook and about the instance that the address names. */
export const reportAlert = (runbook: Runbook, wanted: Labels, rules: Evidence<LoadedRule>, missing: readonly Missing[]): AlertReport => {
  const names = [runbook.alert, ...runbook.aliases];
  const ours = rules.items.filter(({ alert }) => names.includes(alert));
  const all = ours.flatMap((rule) => rule.alerts.filter(({ state }) => state !== 'inactive').map((alert) => ({ rule, alert })));
  const wantsOne = Object.keys(wanted).length > 0;
  const matching = all.filter(({ alert }) => carries(alert, wanted));
  const chosen = matching.sort((a, b) => STATES.indexOf(b.alert.state) - STATES.indexOf(a.alert.state))[0];
  const rule = chosen?.rule ?? ours.find(({ labels }) => wanted['severity'] === undefined || labels['severity'] === wanted['severity']) ?? ours[0];
  const form = rule && formOf(runbook.forms, rule);
  const unread = rules.items.length === 0 && missing.length > 0;
  return {
    name: rule?.alert ?? runbook.alert,
    labels: chosen?.alert.labels ?? wanted,
    state: unread ? 'unknown' : chosen ? chosen.alert.state : wantsOne && all.length > 0 ? 'gone' : ours.length === 0 && !rules.complete ? 'unknown' : 'inactive',
    missing,
    activeAt: chosen?.alert.activeAt,
    annotations: chosen?.alert.annotations ?? {},
    others: all.filter(({ alert }) => alert !== chosen?.alert).map(({ alert }) => alert.labels),
    rule: rule && {
      expr: rule.expr, for: rule.for, keepFiringFor: rule.keepFiringFor, interval: rule.interval,
      severity: rule.labels['severity'], health: rule.health, lastError: rule.lastError,
      form: form?.id ?? null, releases: form?.releases,
    },
    clearsAfter: rule && clearsAfter(rule),
  };
};
