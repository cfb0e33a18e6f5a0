import { type Firing, type LoadedRule, type Message, firingOf, identityOf, visible } from '../engine';
import { SHELF, loadRunbook, loadTexts, shelved, type Texts } from '../runbooks/library';
import { type HeldAlert, heldAlerts, silencesOf } from './alertmanager';
import { type Cluster } from './cluster';
import { type Progress, type Target, diagnoseAll, readRules } from './diagnose';
import { englishAt } from './english';
import { FAILURES_HERE } from './failures';
import { type Findings, type Silenced } from './findings';

/** What is to be looked into. */
export interface Question {
  /** A name or an alias; absent: every alert that fires. */
  readonly alert?: string;
  /** Labels that tell its instances apart. */
  readonly labels: Readonly<Record<string, string>>;
  /** Every runbook, firing or not. */
  readonly isAll: boolean;
}

type Labels = Readonly<Record<string, string>>;

const targetOf = async (alert: string, labels: Labels): Promise<readonly Target[]> => {
  const runbook = await loadRunbook(alert);
  return runbook ? [{ runbook, labels }] : [];
};

/** One target per firing instance; two that differ only in what a scrape brings are one. */
const targetsFiring = async (firing: readonly Firing[]): Promise<readonly Target[]> => {
  const targets = (await Promise.all(firing.map(async ({ rule, alert }) => (await targetOf(rule.alert, alert.labels)).map(({ runbook, labels }) => ({ runbook, labels: identityOf(runbook, labels) }))))).flat();
  return [...new Map(targets.map((target) => [JSON.stringify([target.runbook.alert, target.labels]), target])).values()];
};

/** Every runbook: for each instance that fires, or once for an alert that does not. */
const targetsOfAll = async (firing: readonly Firing[]): Promise<readonly Target[]> => {
  const found = await targetsFiring(firing);
  const quiet = SHELF.filter(({ alert }) => !found.some(({ runbook }) => runbook.alert === alert));
  return [...found, ...(await Promise.all(quiet.map(({ alert }) => targetOf(alert, {})))).flat()];
};

const silencedOf = (firing: readonly Firing[], held: readonly HeldAlert[]): readonly Silenced[] =>
  firing.flatMap(({ rule, alert: { labels } }) => {
    const by = silencesOf({ alertname: rule.alert, ...labels }, held);
    return by.length > 0 ? [{ alert: rule.alert, labels, by }] : [];
  });

/** Alerts that Alertmanager holds, as rules would tell of them: where the rules cannot be read, they are what is known of the firing ones. */
const rulesHeld = (held: readonly HeldAlert[]): readonly LoadedRule[] => held.map(({ labels, startsAt }) => ({
  alert: labels['alertname'] ?? '', labels, annotations: {}, health: 'unknown',
  alerts: [{ labels, annotations: {}, state: 'firing', ...(startsAt === undefined ? {} : { activeAt: startsAt }) }],
}));

/** Reads what fires, runs the runbooks in question, and tells what was found; as far as it came, if `signal` is aborted. */
export const look = async (question: Question, cluster: Cluster, signal: AbortSignal, onProgress: (progress: Progress) => void): Promise<Findings> => {
  const { reader, clock, askAlertmanager } = cluster;
  const { alert } = question;
  // Who names an alert need not wait for what else fires.
  const asked = alert === undefined ? undefined : targetOf(alert, question.labels).then((targets) => diagnoseAll(targets, cluster, signal, onProgress));
  const [{ rules, seen }, held] = await Promise.all([readRules(reader, signal), askAlertmanager ? heldAlerts(askAlertmanager, signal) : []]);
  const known = typeof held === 'string' ? [] : held;
  const isOurs = (name: string): boolean => shelved(name) !== undefined;
  const firing = firingOf(seen.state === 'ok' ? rules : rulesHeld(known), isOurs);
  const { reports, partial } = await (asked ?? (question.isAll ? targetsOfAll : targetsFiring)(firing).then((targets) => diagnoseAll(targets, cluster, signal, onProgress)));
  const unread = seen.state === 'failed'
    ? [`Alerts cannot be read${seen.detail ? ` (${visible(seen.detail, 300)})` : ''}: ${englishAt(clock.now(), {})(FAILURES_HERE[seen.reason])}${known.length > 0 ? ' Those that Alertmanager holds are looked into.' : ''}`]
    : [];
  return {
    version: 1, at: new Date(clock.now()).toISOString(), context: cluster.context, server: cluster.server,
    // Without the rules nobody knows what else fires.
    partial: partial || (alert === undefined && !question.isAll && seen.state !== 'ok'),
    notices: [...cluster.notices, ...unread, ...(typeof held === 'string' ? [held] : [])],
    reports,
    withoutRunbook: alert !== undefined ? [] : firing.filter(({ rule }) => !isOurs(rule.alert)).map(({ rule, alert: { labels, annotations, activeAt } }) => ({
      alert: rule.alert, labels, annotations: { ...rule.annotations, ...annotations }, ...(activeAt === undefined ? {} : { activeAt }),
    })),
    silenced: silencedOf(firing, known),
  };
};

/** The English of everything that a report of these runbooks may say. */
export const textsOf = async (alerts: readonly string[]): Promise<Texts> => {
  const groups = new Set(alerts.flatMap((alert) => shelved(alert)?.group ?? []));
  return Object.assign({}, ...(await Promise.all([...groups].map((group) => loadTexts('en', group)))));
};

/** Writes messages of these runbooks at a time (milliseconds since 1970). */
export const writerFor = async (alerts: readonly string[], now: number): Promise<(message: Message) => string> => englishAt(now, await textsOf(alerts));
