import { type Late, type Lookup, type Ref, type Resolved, isRef, resolve } from './late';
import { type Query, queryText } from './source';

/** A shell command with late values. Each value is quoted for a POSIX shell when it is filled in. */
export interface Command {
  readonly parts: readonly string[];
  readonly values: readonly Late<string | number>[];
}

/** A command as a person sees it: `open` names what is not known yet and stands in it as `‹name›`. */
export interface FilledCommand {
  readonly language: 'shell' | 'promql';
  readonly text: string;
  readonly open: readonly string[];
}

/** A shell command as a template: `sh\`oc -n ${installed.out.namespace} get pods\``. */
export const sh = (parts: TemplateStringsArray, ...values: readonly Late<string | number>[]): Command => ({ parts: [...parts], values });

/** A word as a POSIX shell reads it literally. */
export const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

/** What a reference is called while its value is not known: the label or the output it comes from. */
export const nameOf = (ref: Ref<unknown>): string =>
  ref.from === 'text' ? ref.values.filter((value): value is Ref<string> => isRef(value)).map(nameOf).join(' ') :
  ref.from === 'label' ? (ref.names[0] ?? 'label') : ref.from === 'output' ? ref.output : (ref.path.at(-1) ?? 'item');

/** The command with what is known filled in. */
export const fillCommand = ({ parts, values }: Command, lookup: Lookup): FilledCommand => {
  const { words, open } = fill(values, lookup, quoted);
  return { language: 'shell', text: parts.map((part, i) => part + (words[i] ?? '')).join(''), open };
};

/** The query as one would type it into Observe → Metrics, with what is known filled in. */
export const fillQuery = ({ parts, values }: Query, lookup: Lookup): FilledCommand => {
  const { words, open } = fill(values, lookup, String);
  return { language: 'promql', text: queryText({ parts, values: words }), open };
};

const fill = (values: readonly Late<string | number>[], lookup: Lookup, write: (word: string) => string) => {
  const open: string[] = [];
  const words = values.map((value) => {
    const found: Resolved<unknown> = resolve<unknown>(value, lookup);
    if (found.state === 'known') return write(String(found.value));
    const name = isRef(value) ? nameOf(value) : 'value';
    open.push(name);
    return `‹${name}›`;
  });
  return { words, open };
};
