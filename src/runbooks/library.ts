import { type Group, type Message, type Runbook, type Severity } from '../engine';
import { NAMES } from './names';
import { GROUP_LOADERS, SHELF } from './shelf';

/** A runbook on the shelf: what can be said of it without loading it. */
export interface Shelved {
  readonly alert: string;
  readonly aliases: readonly string[];
  readonly group: Group;
  readonly severities: readonly Severity[];
  readonly scope: Runbook['scope'];
  readonly deprecated: boolean;
  readonly summary: Message;
}

export { SHELF };
/** How many VMs run: what an overview sets beside the VMs that alerts name. */
export { runningVms } from '../sources/metrics';

/** The runbook of an alert name or an alias, as it stands on the shelf. */
export const shelved = (alertname: string): Shelved | undefined => {
  const name = Object.hasOwn(NAMES, alertname) ? NAMES[alertname]?.runbook : undefined;
  return SHELF.find(({ alert }) => alert === name);
};

/** Loads a runbook with those of its group; undefined for a name that none answers to. */
export const loadRunbook = async (alertname: string): Promise<Runbook | undefined> => {
  const entry = shelved(alertname);
  const load = entry && GROUP_LOADERS[entry.group];
  return load && (await load()).runbooks.find(({ alert }) => alert === entry.alert);
};

/** Texts in another language than that of the code, by marked text; none where that language has not been written. */
export type Texts = Readonly<Record<string, string>>;

const textsIn = async (language: string, part: string): Promise<Texts> =>
  import(/* webpackChunkName: "texts-[request]" */ `../../locales/${language}/runbooks/${part}.json`).then(
    (module: { default: Texts }) => module.default,
    // A language that has no texts yet: English stands in the code.
    () => ({}),
  );

/** The texts of a group and of the steps, causes and mitigations that all groups share. `language` as i18next names it. */
export const loadTexts = async (language: string, group: Group): Promise<Texts> =>
  Object.assign({}, ...(await Promise.all([textsIn(language, 'diagnosis'), textsIn(language, group)])));

/** The one-line summaries of the whole shelf, and why something could not be read. */
export const loadSummaries = (language: string): Promise<Texts> => textsIn(language, 'shelf');
