import { type Hole, type Message, type ObjectRef } from './message';

/** Least pressing first. */
export const OUTCOMES = ['notApplicable', 'pass', 'info', 'unknown', 'warn', 'fail'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** One row of a table: a small typed projection of an object, never the object. */
export type Cell = Hole | null;

/** What a finding rests on, ready to draw. At most 100 rows or 200 lines of 500 characters survive; `more` says how many there were besides. */
export type Rows =
  | { readonly of: 'table'; readonly columns: readonly Message[]; readonly rows: readonly (readonly Cell[])[]; readonly more?: number }
  | { readonly of: 'log'; readonly lines: readonly { readonly from: string; readonly at?: string; readonly text: string; readonly marked?: boolean }[]; readonly more?: number }
  | { readonly of: 'series'; readonly unit: 'count' | 'bytes' | 'seconds' | 'ratio'; readonly series: readonly { readonly name: string; readonly points: readonly (readonly [number, number])[] }[]; readonly threshold?: number };

/** What a check concludes. `R` are the reason codes that its step declares. */
export interface Finding<R extends string = string> {
  readonly outcome: Outcome;
  readonly reason: R;
  /** Further reasons that hold at the same time, less pressing. */
  readonly also?: readonly R[];
  readonly says: Message;
  readonly expected?: Message;
  readonly actual?: Message;
  readonly subjects?: readonly ObjectRef[];
  readonly rows?: readonly Rows[];
}

type Details<R extends string> = Omit<Finding<R>, 'outcome' | 'reason' | 'says'>;

const finding = (outcome: Outcome) => <const R extends string>(reason: R, says: Message, details: Details<NoInfer<R>> = {}): Finding<R> =>
  ({ outcome, reason, says, ...details });

/** All is as it should be. The engine makes it `unknown` if the evidence is incomplete or stale. */
export const pass = finding('pass');
/** Something to know; neither good nor bad. */
export const info = finding('info');
/** Not right, but not what stops anything. */
export const warn = finding('warn');
/** A problem. May stand on partial evidence. */
export const fail = finding('fail');
/** The evidence was readable but does not answer the question. */
export const unknown = finding('unknown');
/** The question does not arise here. */
export const notApplicable = finding('notApplicable');

/** The more pressing of two outcomes: fail > warn > unknown > info > pass > notApplicable. */
export const worse = (a: Outcome, b: Outcome): Outcome => (OUTCOMES.indexOf(a) >= OUTCOMES.indexOf(b) ? a : b);
