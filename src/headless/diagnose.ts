import {
  type Clock, type Diagnosis, type ExecuteMitigation, type LoadedRule, type MitigationReport, type Observation, type Reader, type Report, type Runbook,
  createDiagnosis, drive, evidenceStep, reportPlan,
} from '../engine';
import { following } from './stopping';

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

/** What the page would carry out for a cause that was found. */
const likelyDeeds = ({ causes, company }: Runbook, { mitigations }: Report): readonly ExecuteMitigation[] => {
  const supported = new Set(mitigations.filter(({ supportedBy }) => supportedBy.length > 0).map(({ mitigation }) => mitigation));
  const all = [...causes, ...company].flatMap((cause) => cause.mitigations).flatMap((one) => (one.mode === 'execute' && supported.has(one.id) ? [one] : []));
  return [...new Map(all.map((one) => [one.id, one])).values()];
};

const planned = (report: MitigationReport, diagnosis: Diagnosis, deeds: readonly ExecuteMitigation[]): MitigationReport => {
  const deed = deeds.find(({ id }) => id === report.mitigation);
  const plan = deed && reportPlan(diagnosis, deed);
  return plan ? { ...report, plan } : report;
};

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
    const leaving = following(signal);
    diagnosis.subscribe(() => {
      const { counts } = diagnosis.report();
      onProgress({ done: reports.size, of: targets.length, answered: counts.steps - counts.waiting, questions: counts.steps, alert: target.runbook.alert });
    });
    const driven = drive(diagnosis, reader, leaving.signal, SHARED_FOR);
    await driven.settled();
    const deeds = likelyDeeds(target.runbook, diagnosis.report());
    if (deeds.length > 0) {
      diagnosis.alsoRun(deeds.map(evidenceStep));
      await driven.settled();
    }
    leaving.abort();
    const report = diagnosis.report();
    reports.set(target, { ...report, mitigations: report.mitigations.map((one) => planned(one, diagnosis, deeds)) });
  };
  const worker = async (): Promise<void> => {
    for (let target = waiting.shift(); target && !signal.aborted; target = waiting.shift()) await one(target);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, targets.length) }, worker));
  const all = targets.flatMap((target) => reports.get(target) ?? []);
  return { reports: all, partial: all.length < targets.length || all.some(({ counts }) => counts.waiting > 0) };
};

/** The alerting rules with their alerts, or why they cannot be read; a stop while they are read takes away nothing else that is known. */
export const readRules = async (reader: Reader, signal: AbortSignal): Promise<{ readonly rules: readonly LoadedRule[]; readonly seen: Observation }> => {
  const seen = await reader.read({ kind: 'rules' }, { signal, maxAge: SHARED_FOR }).catch((error: unknown): Observation => {
    if (!signal.aborted) throw error;
    return { state: 'failed', reason: 'timedOut', readAt: 0 };
  });
  return { rules: seen.state === 'ok' ? (seen.items as readonly LoadedRule[]) : [], seen };
};
