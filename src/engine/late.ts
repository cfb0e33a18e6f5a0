/**
 * Values that are known only while a diagnosis runs. They are plain data, so that a source can be printed (its command,
 * its permission, its documentation) before anything is known.
 */

declare const late: unique symbol;

/** Points at a label of the alert, or at an output of a step. */
export type Ref<T> = (
  | { readonly from: 'label'; readonly names: readonly string[] }
  | { readonly from: 'output'; readonly step: string; readonly output: string }
  /** The element of the list that an `each` goes over; `path` leads into it. */
  | { readonly from: 'element'; readonly path: readonly string[] }
  /** Text around other values: `kubevirt.io/nodeName=…`. Made by `text`. */
  | { readonly from: 'text'; readonly parts: readonly string[]; readonly values: readonly Late<string>[] }
) & { readonly [late]?: T };

/** A value, or where it will come from. */
export type Late<T> = T | Ref<T>;

/** Why a value never will be known: no such label, nothing from that step, or a value that no request can carry. */
export type Because = { readonly label: readonly string[] } | { readonly step: string } | { readonly unfit: string };

/** What a late value turned out to be. `pending` may still become known; `unknowable` never will. */
export type Resolved<T> =
  | { readonly state: 'known'; readonly value: T }
  | { readonly state: 'pending' }
  | { readonly state: 'unknowable'; readonly because: Because };

/** Answers references: what the alert carries and what the steps put out so far. */
export type Lookup = <T>(ref: Ref<T>) => Resolved<T>;

/** The first of these labels that the alert carries: names differ by release. */
export const label = (...names: readonly string[]): Ref<string> => ({ from: 'label', names });

// What may stand as a value in a label or field selector. Alert labels are untrusted: a comma would widen the selector.
const SELECTABLE = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** Late text for selectors: `text\`spec.nodeName=${label('node')}\``. A value that no label or name can have makes it unknowable. */
export const text = (parts: TemplateStringsArray, ...values: readonly Late<string>[]): Ref<string> => ({ from: 'text', parts: [...parts], values });

const resolveText = ({ parts, values }: Ref<unknown> & { from: 'text' }, lookup: Lookup): Resolved<unknown> => {
  const found = resolve(values, lookup);
  if (found.state !== 'known') return found;
  const words = found.value as readonly string[];
  const unfit = words.find((word) => !SELECTABLE.test(word));
  return unfit === undefined
    ? { state: 'known', value: parts.map((part, i) => part + (words[i] ?? '')).join('') }
    : { state: 'unknowable', because: { unfit } };
};

export const isRef = (value: unknown): value is Ref<unknown> =>
  typeof value === 'object' && value !== null && 'from' in value &&
  typeof value.from === 'string' && ['label', 'output', 'element', 'text'].includes(value.from);

const at = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined), value);

/** A lookup for the sources of one element: its own references are answered here, all others by `outer`. */
export const withElement = (outer: Lookup, element: unknown): Lookup => <T>(ref: Ref<T>): Resolved<T> => {
  if (ref.from !== 'element') return outer(ref);
  const value = at(element, ref.path);
  return value === undefined || value === ''
    ? { state: 'unknowable', because: { label: ref.path } }
    : { state: 'known', value: value as T };
};

/** Every reference in a piece of plain data, in the order in which they stand. */
export const refsIn = (data: unknown): readonly Ref<unknown>[] => {
  if (isRef(data)) return data.from === 'text' ? refsIn(data.values) : [data];
  if (Array.isArray(data)) return data.flatMap(refsIn);
  return typeof data === 'object' && data !== null ? Object.values(data).flatMap(refsIn) : [];
};

const filled = (ref: Ref<unknown>, found: Resolved<unknown>): Resolved<unknown> =>
  (found.state === 'known' && found.value === ''
    ? { state: 'unknowable', because: ref.from === 'output' ? { step: ref.step } : { label: ref.from === 'label' ? ref.names : [] } }
    : found);

/**
 * The same data with every reference replaced by its value. Known only if all of them are; an empty string is never a
 * value, because nothing is ever read with an empty name.
 */
export const resolve = <T>(data: T, lookup: Lookup): Resolved<T> => {
  let outcome: Resolved<T> | undefined;
  const settle = (value: unknown): unknown => {
    if (isRef(value)) {
      const found = value.from === 'text' ? resolveText(value, lookup) : filled(value, lookup(value));
      if (found.state === 'known') return found.value;
      if (outcome?.state !== 'unknowable') outcome = found;
      return undefined;
    }
    if (Array.isArray(value)) return value.map(settle);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, settle(inner)]));
  };
  const settled = settle(data) as T;
  return outcome ?? { state: 'known', value: settled };
};
