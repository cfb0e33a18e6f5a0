import type { Alert, PrometheusAlert, PrometheusRulesResponse, Rule, Silence } from '@openshift-console/dynamic-plugin-sdk';
import { murmur3 } from 'murmurhash-js';

type Group = PrometheusRulesResponse['data']['groups'][number];

// The library mixes the seed in with `^=`, and so takes a string; its types say number. The word is the monitoring plugin's.
const SEED = 'monitoring-salt' as unknown as number;

/** The rule's id in the address of its alerts (openshift/monitoring-plugin, web/src, getAlertsAndRules). */
export function ruleId(group: Pick<Group, 'file' | 'name'>, rule: Pick<Rule, 'name' | 'duration' | 'query' | 'labels'>): string {
  // Name and value of a label change places in there.
  const labels = Object.entries(rule.labels ?? {}).map(([name, value]) => `${value}=${name}`);
  return String(murmur3([group.file, group.name, rule.name, rule.duration, rule.query, ...labels].join(','), SEED));
}

/** Do all matchers of the silence hold for these labels? A label that is not there counts as empty. */
export function isSilencing(silence: Silence, labels: Record<string, string>): boolean {
  return (
    silence.status?.state === ('active' as NonNullable<Silence['status']>['state']) &&
    silence.matchers.every(({ name, value, isRegex, isEqual = true }) => {
      const actual = labels[name] ?? '';
      return (isRegex ? new RegExp(`^(?:${value})$`).test(actual) : actual === value) === isEqual;
    })
  );
}

/** The alerts of a rules answer, each with its rule and what silences it, as the monitoring plugin hands them to others. */
export function alertsIn(response: PrometheusRulesResponse, silences: readonly Silence[] = []): Alert[] {
  return response.data.groups.flatMap((group) =>
    group.rules
      .filter(({ type }) => type === 'alerting')
      .flatMap((rule) => {
        const withId: Rule = { ...rule, id: ruleId(group, rule) };
        return rule.alerts.map((alert) => alertOf(alert, withId, silences));
      }),
  );
}

function alertOf(alert: PrometheusAlert, rule: Rule, silences: readonly Silence[]): Alert {
  // Labels of the rule that Prometheus adds outside of the alert (`prometheus`) are the alert's too.
  const labels = { ...rule.labels, ...alert.labels } as Alert['labels'];
  const silencedBy = silences.filter((silence) => isSilencing(silence, labels));
  const isSilenced = silencedBy.length > 0 && alert.state === ('firing' as Alert['state']);
  return { ...alert, rule, labels, silencedBy, state: isSilenced ? ('silenced' as Alert['state']) : alert.state };
}

/** Of the platform, not of a user's project: only these ring the bell. */
export const isPlatform = ({ rule }: Alert): boolean => rule.labels?.['prometheus'] === 'openshift-monitoring/k8s';

const RANK = ['critical', 'warning', 'info', 'none'];

/** For sorting: the more severe first, then by name. */
export const bySeverity = (a: Alert, b: Alert): number => {
  const rank = ({ labels }: Alert) => (RANK.indexOf(labels.severity ?? '') + RANK.length + 1) % (RANK.length + 1);
  return rank(a) - rank(b) || a.labels.alertname.localeCompare(b.labels.alertname);
};

/** A perspective's Observe pages: where they are, and under which name its details page asks for actions. */
export interface Observe {
  base: string;
  toolbarContext: string;
  /** Set where only this project's alerts are read. */
  namespace?: string | undefined;
}

/** The address of an alert's details: its rule and all its labels. */
export const alertPath = ({ base }: Observe, { rule, labels }: Alert): string => `${base}/alerts/${rule.id}?${new URLSearchParams(labels)}`;

/** The one alert of the rule that has all these labels; undefined if there is none, or more than one. */
export function alertWith(alerts: readonly Alert[], rule: string, labels: URLSearchParams): Alert | undefined {
  const found = alerts.filter((alert) => alert.rule.id === rule && [...labels].every(([name, value]) => alert.labels[name] === value));
  return found.length === 1 ? found[0] : undefined;
}
