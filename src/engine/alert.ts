import { isSameExpression, longestRange } from './expression';
import { begin } from './firing';
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

/** The known form that a loaded rule is, if any. Forms that differ in a recording rule alone need that rule to be told apart. */
export const formOf = (forms: readonly RuleForm[], { expr, records, labels }: Pick<LoadedRule, 'expr' | 'records' | 'labels'>): RuleForm | undefined =>
  (expr === undefined ? undefined : forms.find((form) =>
    isSameExpression(form.expr, expr) &&
    (form.severity === undefined || form.severity === labels['severity']) &&
    (form.records === undefined || records?.some((record) => isSameExpression(record.expr, form.records ?? '')) === true)));

/** One scrape, seconds: the longest pause before Prometheus sees that a metric has recovered. */
const SCRAPE = 60;

/** How long after its condition ends an alert can last, seconds: range of the expression, a scrape, an evaluation, `keep_firing_for`. */
export const clearsAfter = ({ expr, interval, keepFiringFor = 0 }: LoadedRule): number | undefined =>
  (expr === undefined ? undefined : longestRange(expr) + SCRAPE + (interval ?? SCRAPE) + keepFiringFor);

/** Alerts that the runbook names as a cause of its own and that fire now. */
const firingCauses = ({ related }: Pick<Runbook, 'related'>, rules: readonly LoadedRule[]): AlertReport['causedBy'] =>
  related.filter(({ relation }) => relation === 'cause').flatMap(({ alert }) => {
    const [first, ...others] = rules.filter((rule) => rule.alert === alert).flatMap(({ alerts }) => alerts.filter(({ state }) => state === 'firing'));
    if (!first) return [];
    const activeAt = [first, ...others].flatMap((one) => one.activeAt ?? []).sort()[0];
    return [{ alert, ...(activeAt === undefined ? {} : { activeAt }) }];
  }).sort((a, b) => begin(a.activeAt) - begin(b.activeAt));

const STATES = ['inactive', 'pending', 'firing'] as const;

/** What the loaded rules say about the alert of a runbook and about the instance that the address names. */
export const reportAlert = (runbook: Runbook, wanted: Labels, rules: Evidence<LoadedRule>, missing: readonly Missing[]): AlertReport => {
  const names = [runbook.alert, ...runbook.aliases];
  const ours = rules.items.filter(({ alert }) => names.includes(alert));
  const all = ours.flatMap((rule) => rule.alerts.filter(({ state }) => state !== 'inactive').map((alert) => ({ rule, alert })));
  // Labels that the scrape brings, or `prometheus`, are another on each reading of the same instance.
  const instance = identityOf(runbook, wanted);
  const wantsOne = Object.keys(instance).length > 0;
  const matching = all.filter(({ alert }) => carries(alert, instance));
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
    causedBy: chosen ? firingCauses(runbook, rules.items) : [],
    others: all.filter(({ alert }) => alert !== chosen?.alert).map(({ alert }) => alert.labels),
    rule: rule && {
      expr: rule.expr, for: rule.for, keepFiringFor: rule.keepFiringFor, interval: rule.interval,
      labels: rule.labels, group: rule.group, severity: rule.labels['severity'], health: rule.health, lastError: rule.lastError,
      form: form?.id ?? null, releases: form?.releases,
    },
    clearsAfter: rule && clearsAfter(rule),
  };
};
