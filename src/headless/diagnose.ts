import { type Clock, type LoadedRule, type Observation, type Reader, type Report, type Runbook, createDiagnosis, drive } from '../engine';

/** One alert to be looked into. */
export interface Target {
  readonly runbook: Runbook;
  readonly labels: Readonly<Record<string, string>>;
}

/** How far the run has come. */
export interface Progress {
  readonly done: number;
  readonly of: number;
  /** Questions of the runbooks under way: answered, and all. */
  readonly answered: number;
  readonly questions: number;
  readonly alert: string;
}

/** Runbooks under way at once. How many requests is the transport's business. */
const AT_ONCE = 8;
/** What one runbook has read, another takes over for so long, milliseconds: half of the time for which evidence is fresh. */
const SHARED_FOR = 30_000;

/** The reports of all targets in their order, as far as they came; `partial` if the run was stopped before its end. */
export interface Run {
  readonly reports: readonly Report[];
  readonly partial: boolean;
}

/**
 * Runs the runbooks of all targets to their end, or until `signal` is aborted: then each report says how far it came.
 * Questions that only a person can answer stay unanswered.
 */
export const diagnoseAll = async (
  targets: readonly Target[], { reader, clock }: { readonly reader: Reader; readonly clock: Clock }, signal: AbortSignal, onProgress: (progress: Progress) => void,
): Promise<Run> => {
  const reports = new Map<Target, Report>();
  const waiting = [...targets];

  const one = async (target: Target): Promise<void> => {
    const diagnosis = createDiagnosis(target.runbook, target.labels, clock.now);
    const leaving = new AbortController();
    diagnosis.subscribe(() => {
      const { counts } = diagnosis.report();
      onProgress({ done: reports.size, of: targets.length, answered: counts.steps - counts.waiting, questions: counts.steps, alert: target.runbook.alert });
    });
    await drive(diagnosis, reader, AbortSignal.any([signal, leaving.signal]), SHARED_FOR).settled();
    leaving.abort();
    reports.set(target, diagnosis.report());
  };
  const worker = async (): Promise<void> => {
    for (let target = waiting.shift(); target && !signal.aborted; target = waiting.shift()) await one(target);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, targets.length) }, worker));
  const all = targets.flatMap((target) => reports.get(target) ?? []);
  return { reports: all, partial: all.length < targets.length || all.some(({ counts }) => counts.waiting > 0) };
};

/** The alerting rules with their alerts, or why they cannot be read. */
export const readRules = async (reader: Reader, signal: AbortSignal): Promise<{ readonly rules: readonly LoadedRule[]; readonly seen: Observation }> => {
  const seen = await reader.read({ kind: 'rules' }, { signal, maxAge: SHARED_FOR });
  return { rules: seen.state === 'ok' ? (seen.items as readonly LoadedRule[]) : [], seen };
};
