import { type Command } from './command';
import { type Finding, type Outcome } from './finding';
import { type Late, type Ref } from './late';
import { type Message } from './message';
import { type Evidence } from './observation';
import { type EachSource, type ItemOf, type Source } from './source';

/** What a step reads, by names of its author's choice. */
export type Reads = Readonly<Record<string, Source | EachSource<unknown>>>;

/** One evidence per reading. */
export type EvidenceOf<X> = { readonly [K in keyof X]: Evidence<ItemOf<X[K]>> };

/** Late values that a check wants to know beside its evidence. */
export type Inputs = Readonly<Record<string, Late<unknown>>>;
type ValueOf<L> = L extends Ref<infer T> ? T : L;
export type ValuesOf<I> = { readonly [K in keyof I]: ValueOf<I[K]> };

/** What every check may know besides its evidence. There is no other clock. */
export interface Given<I = Record<string, never>> {
  /** Server time, milliseconds since 1970. */
  readonly now: number;
  /** The labels of the alert that is looked into; empty if it does not fire. */
  readonly labels: Readonly<Record<string, string>>;
  /** Milliseconds since 1970; absent if the alert does not fire or its begin is not known. */
  readonly activeAt?: number;
  readonly inputs: ValuesOf<I>;
}

/** A reason of a step, as causes refer to it. */
export interface Reason {
  readonly step: string;
  readonly reason: string;
}

interface StepBase<R extends string, O> {
  readonly id: string;
  /** The question, in the words of the person who asks it. */
  readonly asks: Message;
  /** Why the answer matters. */
  readonly why?: Message;
  readonly reasons: readonly R[];
  /** References to reasons, for causes. */
  is(...reasons: readonly R[]): readonly Reason[];
  /** References to outputs, for sources, inputs and commands. */
  readonly out: { readonly [K in keyof O]: Ref<O[K]> };
  /** Needed for "no problem found". */
  readonly required: boolean;
  /** Concerns the platform, which a tenant cannot read, or the tenant's own workload. */
  readonly scope: 'platform' | 'workload';
}

/** A question that this page answers by reading. */
export interface ReadStep<R extends string = string, O = unknown> extends StepBase<R, O> {
  readonly kind: 'read';
  readonly reads: Reads;
  /** Readings that only add colour: a pass does not need them. */
  readonly optional: readonly string[];
  readonly inputs: Inputs;
  readonly check: (evidence: EvidenceOf<Reads>, given: Given<Inputs>) => Finding<R>;
  readonly outputs: Readonly<Record<string, (evidence: EvidenceOf<Reads>, given: Given<Inputs>) => unknown>>;
}

/** One answer that a person may give to an `ask` step. */
export interface AskAnswer<R extends string> {
  readonly reason: R;
  readonly label: Message;
  readonly outcome: Exclude<Outcome, 'unknown'>;
  readonly says: Message;
}

/** A question that only somebody with a shell can answer. Unanswered it is `info`, and it confirms nothing alone. */
export interface AskStep<R extends string = string> extends StepBase<R, unknown> {
  readonly kind: 'ask';
  readonly lookFor: Message;
  readonly commands: readonly Command[];
  readonly answers: readonly AskAnswer<R>[];
}

export type Step = ReadStep<string, unknown> | AskStep<string>;

interface StepSpec<R extends readonly string[], X extends Reads, I extends Inputs, O> {
  readonly id: string;
  readonly asks: Message;
  readonly why?: Message;
  readonly reads: X;
  /** Readings that only add colour: a pass does not need them. */
  readonly optional?: readonly (keyof X & string)[];
  /** Late values that the check wants beside its evidence. */
  readonly inputs?: I;
  readonly reasons: R;
  readonly required?: boolean;
  readonly scope?: 'platform' | 'workload';
  /** Pure: evidence in, finding out. `undefined` from an output means that it cannot be known. */
  readonly check: (evidence: EvidenceOf<X>, given: Given<I>) => Finding<R[number]>;
  readonly out?: { readonly [K in keyof O]: (evidence: EvidenceOf<X>, given: Given<I>) => O[K] | undefined };
}

const reasonsOf = <R extends string>(step: string) => (...reasons: readonly R[]): readonly Reason[] => reasons.map((reason) => ({ step, reason }));

/** Makes a step. Inference runs from `reads` to `check` and from `reasons` and `out` to whoever uses the step. */
export const step = <
  const R extends readonly string[], const X extends Reads, const I extends Inputs = Record<string, never>, O extends Record<string, unknown> = Record<never, never>,
>({ id, asks, why, reads, optional = [], inputs, reasons, required = true, scope = 'platform', check, out }: StepSpec<R, X, I, O>): ReadStep<R[number], O> => ({
  kind: 'read', id, asks, why, reads, optional, reasons, required, scope,
  inputs: inputs ?? {},
  // The one place where types are forgotten: the engine runs steps of every shape from one list.
  check: check as unknown as ReadStep<R[number], O>['check'],
  outputs: (out ?? {}) as unknown as ReadStep<R[number], O>['outputs'],
  is: reasonsOf(id),
  out: Object.fromEntries(Object.keys(out ?? {}).map((output) => [output, { from: 'output', step: id, output }])) as unknown as ReadStep<R[number], O>['out'],
});

/** Makes an `ask` step: what to look for, the exact commands, and fixed answers. */
export const ask = <const R extends string>(
  { id, asks, why, lookFor, commands, answers, scope = 'platform' }:
  Pick<AskStep<R>, 'id' | 'asks' | 'why' | 'lookFor' | 'commands' | 'answers'> & { readonly scope?: 'platform' | 'workload' },
): AskStep<R> => ({
  kind: 'ask', id, asks, why, lookFor, commands, answers, scope, required: false,
  reasons: answers.map(({ reason }) => reason), is: reasonsOf(id), out: {},
});
