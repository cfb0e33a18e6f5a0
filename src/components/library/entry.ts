import { type Group, type Message, type Severity } from '../../engine';
import { type Firing, severityRank, begin } from '../../engine/firing';

/** One alert of the library: what the shelf says about it, and what fires of it. */
export interface LibraryEntry {
  readonly alert: string;
  readonly aliases: readonly string[];
  /** Absent for a firing alert that has no runbook yet. */
  readonly group?: Group;
  readonly severities: readonly (Severity | string)[];
  readonly summary?: Message;
  /** What an alert without a runbook says of itself. It comes from a server. */
  readonly annotation?: string;
  readonly firing: readonly Firing[];
}

/** What the reader looks for, as it stands in the address. Empty means everything. */
export interface LibraryQuery {
  readonly text: string;
  readonly group: string;
  readonly severity: string;
  readonly state: string;
  readonly sort: 'state' | 'alert' | 'severity' | 'component';
}

/** The query in our own parameters of an address; an unknown order is the usual one. */
export const queryOf = (own: Readonly<Record<string, string>>): LibraryQuery => {
  const sort = own['sort-by'];
  return {
    text: own['find-text'] ?? '', group: own['only-component'] ?? '', severity: own['only-severity'] ?? '', state: own['only-state'] ?? '',
    sort: sort === 'alert' || sort === 'severity' || sort === 'component' ? sort : 'state',
  };
};

const earliest = ({ firing }: LibraryEntry): number => Math.min(Infinity, ...firing.map(({ alert }) => begin(alert.activeAt)));
const mostSevere = ({ severities }: LibraryEntry): number => Math.min(...severities.map(severityRank), Infinity);

type Order = (a: LibraryEntry, b: LibraryEntry) => number;
const byName: Order = (a, b) => a.alert.localeCompare(b.alert);
const bySeverity: Order = (a, b) => mostSevere(a) - mostSevere(b);
const byFiring: Order = (a, b) => Number(b.firing.length > 0) - Number(a.firing.length > 0);
const byBegin: Order = (a, b) => (earliest(a) === earliest(b) ? 0 : earliest(a) - earliest(b));

const ORDERS: Readonly<Record<LibraryQuery['sort'], readonly Order[]>> = {
  state: [byFiring, bySeverity, byBegin, byName],
  alert: [byName],
  severity: [bySeverity, byFiring, byName],
  component: [(a, b) => (a.group ?? '').localeCompare(b.group ?? ''), byFiring, byName],
};

/** The entries that a query asks for, in its order. `written` gives a summary in the reader's language: that is what is searched. */
export const found = (entries: readonly LibraryEntry[], query: LibraryQuery, written: (summary: Message) => string): readonly LibraryEntry[] => {
  const words = query.text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const isMeant = (entry: LibraryEntry): boolean => {
    const text = [entry.alert, ...entry.aliases, entry.group, entry.summary && written(entry.summary), entry.annotation].join(' ').toLocaleLowerCase();
    return words.every((word) => text.includes(word)) &&
      (query.group === '' || entry.group === query.group) &&
      (query.severity === '' || entry.severities.includes(query.severity)) &&
      (query.state === '' || (query.state === 'firing') === entry.firing.length > 0);
  };
  return entries.filter(isMeant).sort((a, b) => ORDERS[query.sort].reduce((so, order) => so || order(a, b), 0));
};
