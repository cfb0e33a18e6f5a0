import { type LoadedRule } from '../engine';
import { SHELF, shelved } from '../runbooks/library';
import { firingOf } from '../engine/firing';
import { type LibraryEntry } from '../components/library/entry';

/** Everything in the library: the shelf, and firing alerts of virtualization that have no runbook yet. */
export const entriesOf = (rules: readonly LoadedRule[]): readonly LibraryEntry[] => {
  const firing = firingOf(rules, (alert) => shelved(alert) !== undefined);
  const known = SHELF.map((entry): LibraryEntry => ({
    alert: entry.alert, aliases: entry.aliases, group: entry.group, severities: entry.severities, summary: entry.summary,
    firing: firing.filter(({ rule }) => shelved(rule.alert) === entry),
  }));
  const strangers = firing.filter(({ rule }) => shelved(rule.alert) === undefined);
  const others = [...new Set(strangers.map(({ rule }) => rule.alert))].map((alert): LibraryEntry => {
    const instances = strangers.filter(({ rule }) => rule.alert === alert);
    const annotations = instances[0]?.alert.annotations ?? {};
    const severity = instances[0]?.alert.labels['severity'];
    return { alert, aliases: [], severities: severity === undefined ? [] : [severity], annotation: annotations['summary'] ?? annotations['description'] ?? '', firing: instances };
  });
  return [...known, ...others];
};
