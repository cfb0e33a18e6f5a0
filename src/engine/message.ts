/** A reference to one object of the cluster, enough to name it, link to it and fetch it. */
export interface ObjectRef {
  readonly kind: string;
  /** Empty for the core group. */
  readonly group?: string;
  readonly name: string;
  readonly namespace?: string;
}

/** What may stand in a hole of a message. The reader's language decides how it looks; the report keeps the value. */
export type Hole =
  | string
  | number
  /** Seconds. */
  | { readonly duration: number }
  | { readonly bytes: number }
  /** A Kubernetes quantity such as `100m` or `2Gi`, shown as it is written. */
  | { readonly quantity: string }
  /** ISO 8601. */
  | { readonly instant: string }
  | { readonly object: ObjectRef }
  /** Joined as the reader's language joins lists. */
  | { readonly list: readonly Hole[] }
  /** Part of a sentence that is itself marked text. */
  | { readonly message: Message };

/** Marked text with typed holes: plain data, translated and formatted only where it is shown. */
export interface Message {
  readonly text: string;
  readonly holes?: Readonly<Record<string, Hole>>;
}

type HoleNames<S extends string> = S extends `${string}{{${infer Name}}}${infer Rest}` ? Name | HoleNames<Rest> : never;

/**
 * Marks an English sentence for translation and fills its holes.
 * The names of the holes are read from the text: a hole left open, or one that the text does not have, does not compile.
 */
export const msg = <const S extends string>(
  text: S,
  ...holes: [HoleNames<S>] extends [never] ? [] : [Readonly<Record<HoleNames<S>, Hole>>]
): Message => (holes[0] ? { text, holes: holes[0] } : { text });

/** The message in English with every hole written plainly: for logs, errors and tests; people get it formatted. */
export const plainText = ({ text, holes = {} }: Message): string =>
  text.replace(/{{(\w+)}}/g, (whole, name: string) => (Object.hasOwn(holes, name) ? plainHole(holes[name] as Hole) : whole));

const plainHole = (hole: Hole): string => {
  if (typeof hole !== 'object') return String(hole);
  if ('duration' in hole) return `${Math.round(hole.duration)} s`;
  if ('bytes' in hole) return `${hole.bytes} B`;
  if ('quantity' in hole) return hole.quantity;
  if ('instant' in hole) return hole.instant;
  if ('object' in hole) return [hole.object.namespace, hole.object.name].filter(Boolean).join('/');
  if ('message' in hole) return plainText(hole.message);
  return hole.list.map(plainHole).join(', ');
};
