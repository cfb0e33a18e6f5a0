import { type AlertReport, type LoadedAlert, type LoadedRule, clearsAfter } from '../../engine';

type Labels = Readonly<Record<string, string>>;

const carries = (alert: LoadedAlert, labels: Labels): boolean => Object.entries(labels).every(([name, value]) => alert.labels[name] === value);

/** What the loaded rules say about an alert that has no runbook; undefined if no rule of virtualization has its name. */
export const genericAlert = (rules: readonly LoadedRule[], name: string, wanted: Labels): AlertReport | undefined => {
  const ours = rules.filter(({ alert }) => alert === name);
  const [first] = ours;
  if (!first) return undefined;
  const all = ours.flatMap((rule) => rule.alerts.filter(({ state }) => state !== 'inactive').map((alert) => ({ rule, alert })));
  const chosen = all.find(({ alert }) => carries(alert, wanted));
  const rule = chosen?.rule ?? first;
  return {
    name,
    labels: chosen?.alert.labels ?? wanted,
    state: chosen ? chosen.alert.state : all.length > 0 ? 'gone' : 'inactive',
    missing: [],
    ...(chosen?.alert.activeAt ? { activeAt: chosen.alert.activeAt } : {}),
    annotations: { ...rule.annotations, ...chosen?.alert.annotations },
    causedBy: [],
    others: all.filter(({ alert }) => alert !== chosen?.alert).map(({ alert }) => alert.labels),
    ...(rule.expr === undefined ? {} : { clearsAfter: clearsAfter(rule) }),
    rule: {
      labels: rule.labels, group: rule.group,
      ...(rule.expr === undefined ? {} : { expr: rule.expr }), ...(rule.for === undefined ? {} : { for: rule.for }),
      ...(rule.labels['severity'] === undefined ? {} : { severity: rule.labels['severity'] }), health: rule.health, form: null,
    },
  };
};
