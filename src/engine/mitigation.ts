import { type Choice, type Picked } from './choice';
import { type Command } from './command';
import { type Message } from './message';
import { type ConsolePlace, type Plan, type Refusal } from './operation';
import { type EvidenceOf, type Given, type Inputs, type Reads } from './step';

interface MitigationBase {
  readonly id: string;
  /** The deed, in the imperative. */
  readonly title: Message;
  /** What it does and when to choose it. */
  readonly summary: Message;
  readonly risk: 'none' | 'low' | 'medium' | 'high';
  /** What running VMs notice. */
  readonly vms: Message;
  /** How it is taken back, or why not. */
  readonly undo: Message;
}

/** Carried out by this page: previewed, confirmed, verified. */
export interface ExecuteMitigation extends MitigationBase {
  readonly mode: 'execute';
  /** Fresh evidence that the plan is made of. */
  readonly reads: Reads;
  /** Readings that a plan can do without. */
  readonly optional: readonly string[];
  readonly inputs: Inputs;
  /** Pure. What a person decides before there is a plan; none if absent. */
  readonly choices?: (evidence: EvidenceOf<Reads>, given: Given<Inputs>) => readonly Choice[];
  /** Pure. The plan, or why there is none. It is made only of complete and fresh evidence; every choice has a value that is on offer. */
  readonly plan: (evidence: EvidenceOf<Reads>, given: Given<Inputs>, picked: Picked) => Plan | Refusal;
}

/** Done elsewhere in the console. */
export interface NavigateMitigation extends MitigationBase {
  readonly mode: 'navigate';
  readonly place: ConsolePlace;
  readonly commands?: readonly Command[];
}

/** Done in a shell, with exact commands. `safeWhen` must be typed as a confirmation before they can be copied. */
export interface CommandsMitigation extends MitigationBase {
  readonly mode: 'commands';
  readonly commands: readonly Command[];
  readonly safeWhen?: Message;
}

/** Somebody has to decide or to talk to somebody. */
export interface ManualMitigation extends MitigationBase {
  readonly mode: 'manual';
  readonly todo: readonly Message[];
}

/** For the vendor's support: what to attach. */
export interface SupportMitigation extends MitigationBase {
  readonly mode: 'support';
  readonly commands: readonly Command[];
}

/** What can be done about a cause. */
export type Mitigation = ExecuteMitigation | NavigateMitigation | CommandsMitigation | ManualMitigation | SupportMitigation;

interface ExecuteSpec<X extends Reads, I extends Inputs> extends Omit<ExecuteMitigation, 'mode' | 'reads' | 'optional' | 'inputs' | 'choices' | 'plan'> {
  readonly reads: X;
  readonly optional?: readonly (keyof X & string)[];
  readonly inputs?: I;
  readonly choices?: (evidence: EvidenceOf<X>, given: Given<I>) => readonly Choice[];
  readonly plan: (evidence: EvidenceOf<X>, given: Given<I>, picked: Picked) => Plan | Refusal;
}

/** Makes a mitigation that this page carries out; inference runs from `reads` to `plan`. */
export const execute = <const X extends Reads, const I extends Inputs = Record<string, never>>({ choices, plan, ...spec }: ExecuteSpec<X, I>): ExecuteMitigation => ({
  ...spec, mode: 'execute', optional: spec.optional ?? [], inputs: spec.inputs ?? {}, plan: plan as unknown as ExecuteMitigation['plan'],
  ...(choices ? { choices: choices as unknown as ExecuteMitigation['choices'] } : {}),
});
/** Makes a mitigation that is done on another page of the console. */
export const navigate = (spec: Omit<NavigateMitigation, 'mode'>): NavigateMitigation => ({ mode: 'navigate', ...spec });
/** Makes a mitigation that consists of exact commands. */
export const commands = (spec: Omit<CommandsMitigation, 'mode'>): CommandsMitigation => ({ mode: 'commands', ...spec });
/** Makes a mitigation that people do among themselves. */
export const manual = (spec: Omit<ManualMitigation, 'mode'>): ManualMitigation => ({ mode: 'manual', ...spec });
/** Makes a mitigation that hands over to support. */
export const support = (spec: Omit<SupportMitigation, 'mode'>): SupportMitigation => ({ mode: 'support', ...spec });
