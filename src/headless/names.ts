import { closest, distance } from 'fastest-levenshtein';
import { NAMES } from '../runbooks/names';
import { SHELF, shelved } from '../runbooks/library';
import { Refusal } from './refusal';

/** Every name that a runbook answers to. */
export const alertNames = (): readonly { readonly name: string; readonly summary: string }[] =>
  Object.entries(NAMES).map(([name, { runbook }]) => ({ name, summary: SHELF.find(({ alert }) => alert === runbook)?.summary.text ?? '' }));

/** The name of the runbook of an alert. Throws a {@link Refusal} with the nearest names if there is none. */
export const runbookNamed = (name: string): string => {
  const known = shelved(name);
  if (known) return known.alert;
  const names = Object.keys(NAMES);
  const lower = name.toLowerCase();
  const near = names.filter((one) => one.toLowerCase().includes(lower) || distance(one.toLowerCase(), lower) <= 4);
  const meant = near.length > 0 ? near : [closest(name, names)];
  throw new Refusal(`There is no runbook for ${name}. Did you mean ${meant.slice(0, 5).join(', ')}? \`virt-runbooks list\` names all.`, 'usage');
};
