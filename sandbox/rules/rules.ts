import main from './kubevirt-main.json';
import released from './kubevirt-1.8.4.json';

/** The rule sets of the sandbox: those of the reference release, and those of KubeVirt's main branch. */
export type RulesName = 'kubevirt-1.8.4' | 'kubevirt-main';

/** A recording rule, as in a PrometheusRule object. */
export interface RecordingRule {
  record: string;
  expr: string;
  labels?: Readonly<Record<string, string>> | undefined;
}

/** An alerting rule, as in a PrometheusRule object. `for` is a Prometheus duration such as `10m`. */
export interface AlertingRule {
  alert: string;
  expr: string;
  for?: string | undefined;
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
}

export type Rule = RecordingRule | AlertingRule;

export interface RuleGroup {
  name: string;
  rules: readonly Rule[];
}

/**
 * On a cluster Thanos adds this label to every alerting rule it returns, and the console takes only rules that carry it
 * for the platform's. A bare Prometheus adds nothing, so it is written in. Recording rules stay without: their series
 * have no such label where the rules are evaluated, and with it `and` and comparisons between them would not match.
 */
const PLATFORM: Readonly<Record<string, string>> = { prometheus: 'openshift-monitoring/k8s' };

export const isAlerting = (rule: Rule): rule is AlertingRule => 'alert' in rule;

/** What makes two forms the same rule: an alert may exist per severity, a record per label set. */
const identity = (rule: Rule): string =>
  isAlerting(rule) ? `alert ${rule.alert} ${rule.labels['severity'] ?? ''}` : `record ${rule.record} ${JSON.stringify(rule.labels ?? {})}`;

// The type inferred from a JSON file is a union of every literal object in it. promtool checks the real shape in the spec.
const groupsOf = (file: { groups: unknown }): readonly RuleGroup[] => file.groups as readonly RuleGroup[];

/** Main's forms laid over the release's; what the file lists as removed is left out. */
function overlay(): readonly RuleGroup[] {
  return groupsOf(released).map(({ name, rules }) => {
    const forms = new Map(rules.map((rule) => [identity(rule), rule]));
    for (const rule of groupsOf(main).find((group) => group.name === name)?.rules ?? []) forms.set(identity(rule), rule);
    return { name, rules: [...forms.values()].filter((rule) => !isAlerting(rule) || !main.removed.includes(rule.alert)) };
  });
}

const written = (name: RulesName): readonly RuleGroup[] => (name === 'kubevirt-1.8.4' ? groupsOf(released) : overlay());

/** The rules of a set as the sandbox's Prometheus loads them: unshortened, with the platform's label on every alert. */
export function loadRules(name: RulesName): readonly RuleGroup[] {
  return written(name).map((group) => ({
    name: group.name,
    rules: group.rules.map((rule) => (isAlerting(rule) ? { ...rule, labels: { ...rule.labels, ...PLATFORM } } : rule)),
  }));
}

const SECONDS = { ms: 0.001, s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800, y: 31_536_000 } as const;

/** Seconds of a Prometheus duration (`1h30m`); 0 for none. Throws on text that is no duration. */
export function durationSeconds(text: string | undefined): number {
  if (text === undefined || text === '0') return 0;
  const parts = [...text.matchAll(/(\d+)(ms|[smhdwy])/gy)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) throw new Error(`not a Prometheus duration: ${text}`);
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * SECONDS[unit as keyof typeof SECONDS], 0);
}
