import { type LoadedAlert, type LoadedRule } from './source';

/** One alert that fires, with the rule that raised it. */
export interface Firing {
  readonly rule: LoadedRule;
  readonly alert: LoadedAlert;
}

// What the kubevirt plugin of the console counts as an alert of virtualization.
const PART_OF = 'kubernetes_operator_part_of';

/** Is this a rule of OpenShift Virtualization? */
export const isVirtualization = ({ labels }: LoadedRule): boolean => labels[PART_OF] === 'kubevirt';

/** Does any instance of this alert fire? */
export const isFiring = (rules: readonly LoadedRule[], alert: string): boolean =>
  rules.some((rule) => rule.alert === alert && rule.alerts.some(({ state }) => state === 'firing'));

/** Every firing alert of virtualization; `isOurs` also takes in alerts that have a runbook but not the label. */
export const firingOf = (rules: readonly LoadedRule[], isOurs: (alert: string) => boolean): readonly Firing[] =>
  rules.filter((rule) => isVirtualization(rule) || isOurs(rule.alert))
    .flatMap((rule) => rule.alerts.filter(({ state }) => state === 'firing').map((alert) => ({ rule, alert })));

const SEVERITIES: readonly (string | undefined)[] = ['critical', 'warning', 'info'];

/** Rank of a severity, most severe first; what is unknown comes last. */
export const severityRank = (severity: string | undefined): number => (SEVERITIES.indexOf(severity) + 1 || SEVERITIES.length + 1);

/** Milliseconds since 1970 when the condition began; infinity if that is not known, so that it sorts last. */
export const begin = (activeAt: string | undefined): number => {
  const at = activeAt === undefined ? NaN : Date.parse(activeAt);
  return Number.isFinite(at) ? at : Infinity;
};
