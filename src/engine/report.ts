import { type FilledCommand } from './command';
import { type Outcome, type Rows } from './finding';
import { type Message, type ObjectRef } from './message';
import { type Missing } from './observation';
import { type ConsolePlace } from './operation';
import { type Permission } from './source';

/** One reading of a step, as shown beside its result. All of it is computed from the source. */
export interface ReadingReport {
  readonly reading: string;
  readonly command: FilledCommand;
  readonly permission?: Permission;
  /** Items read, or null while it is under way. */
  readonly items: number | null;
  /** ISO 8601. */
  readonly readAt?: string;
}

/** `waiting`: for an earlier step or for its readings. `done` always carries an outcome. */
export interface StepReport {
  readonly step: string;
  readonly kind: 'read' | 'ask';
  readonly asks: Message;
  readonly why?: Message;
  readonly required: boolean;
  readonly scope: 'platform' | 'workload';
  readonly state: 'waiting' | 'reading' | 'done';
  /** The step whose result it waits for. */
  readonly waitsFor?: string;
  readonly outcome?: Outcome;
  readonly reason?: string;
  readonly also: readonly string[];
  readonly says?: Message;
  readonly expected?: Message;
  readonly actual?: Message;
  readonly subjects: readonly ObjectRef[];
  readonly rows: readonly Rows[];
  /** Nothing of its evidence is missing, cut or stale. Only a complete step refutes a cause. */
  readonly complete: boolean;
  readonly missing: readonly Missing[];
  readonly readings: readonly ReadingReport[];
  /** Only of `ask` steps. `stated` is what somebody said on this visit, and when (ISO 8601). */
  readonly question?: {
    readonly lookFor: Message;
    readonly commands: readonly FilledCommand[];
    readonly answers: readonly { readonly reason: string; readonly label: Message }[];
    readonly stated?: { readonly reason: string; readonly at: string };
  };
}

export type Verdict = 'confirmed' | 'supported' | 'open' | 'refuted';

export interface CauseReport {
  readonly cause: string;
  readonly says: Message;
  readonly nature: 'fault' | 'expected' | 'falseAlarm';
  readonly verdict: Verdict;
  /** Can it make the loaded rule true? `unknown` if the loaded rule is of no known form. */
  readonly fires: 'yes' | 'no' | 'unknown';
  /** Steps that speak for it and against it. */
  readonly for: readonly string[];
  readonly against: readonly string[];
  readonly mitigations: readonly string[];
}

/** What a mitigation that is carried out would do to the cluster as it is now, or why it would do nothing. */
export type PlanReport =
  | {
      readonly sentence: Message;
      readonly effects: readonly Message[];
      readonly vmsAffected: Message;
      /** The same writes by hand, with the same preconditions. */
      readonly commands: readonly FilledCommand[];
    }
  | { readonly refused: Message };

export interface MitigationReport {
  readonly mitigation: string;
  readonly mode: 'execute' | 'navigate' | 'commands' | 'manual' | 'support';
  readonly title: Message;
  readonly summary: Message;
  readonly risk: 'none' | 'low' | 'medium' | 'high';
  readonly vms: Message;
  readonly undo: Message;
  /** Causes it belongs to that are confirmed or supported; empty: not supported by the evidence. */
  readonly supportedBy: readonly string[];
  readonly always: boolean;
  readonly place?: ConsolePlace;
  readonly commands: readonly FilledCommand[];
  readonly todo: readonly Message[];
  readonly safeWhen?: Message;
  /** Only where somebody asked for it: reading what a plan rests on costs requests. */
  readonly plan?: PlanReport;
}

/** What the rules endpoint says about the alert. */
export interface AlertReport {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** `gone`: the instance in the address no longer fires, others may. `unknown`: rules could not be read. */
  readonly state: 'firing' | 'pending' | 'inactive' | 'gone' | 'unknown';
  readonly missing: readonly Missing[];
  /** ISO 8601. */
  readonly activeAt?: string;
  readonly annotations: Readonly<Record<string, string>>;
  /** Alerts that fire and that this one can follow from, while it is active itself; what began first in front. `activeAt` is ISO 8601. */
  readonly causedBy: readonly { readonly alert: string; readonly activeAt?: string }[];
  /** Other instances of this alert that fire or are pending. */
  readonly others: readonly Readonly<Record<string, string>>[];
  readonly rule?: {
    readonly expr?: string; readonly for?: number; readonly keepFiringFor?: number; readonly interval?: number;
    readonly labels: Readonly<Record<string, string>>; readonly group?: { readonly file: string; readonly name: string };
    readonly severity?: string; readonly health: 'ok' | 'err' | 'unknown'; readonly lastError?: string;
    /** Id of the known form that it is, or null if the runbook was not written for it. */
    readonly form: string | null;
    readonly releases?: string;
  };
  /** Seconds after the condition ends before the alert can be gone; absent if the rule cannot be read. */
  readonly clearsAfter?: number;
}

/** The five forms of an answer, and `running` before there is one. */
export type Answer =
  | { readonly form: 'running' }
  | { readonly form: 'causeFound'; readonly cause: string }
  | { readonly form: 'problemFound'; readonly likely: readonly string[]; readonly ruledOut: readonly string[] }
  | { readonly form: 'nothingFoundFiring'; readonly ruledOut: readonly string[] }
  | { readonly form: 'nothingFoundNotFiring' }
  | { readonly form: 'couldNotTell'; readonly missing: readonly Missing[] };

/** The whole result as plain JSON: shown, exported, compared, attached. */
export interface Report {
  readonly version: 1;
  readonly runbook: string;
  /** ISO 8601, server time. */
  readonly at: string;
  readonly alert: AlertReport;
  readonly answer: Answer;
  readonly outcome: Outcome;
  readonly counts: Readonly<Record<Outcome, number>> & { readonly steps: number; readonly waiting: number };
  readonly steps: readonly StepReport[];
  /** Which VMs notice. */
  readonly affected?: StepReport;
  /** What changed around the begin of the alert. */
  readonly around: readonly StepReport[];
  /** Most likely first. */
  readonly causes: readonly CauseReport[];
  /** Supported ones first. */
  readonly mitigations: readonly MitigationReport[];
}
