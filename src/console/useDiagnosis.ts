import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { type Diagnosis, type Report, type Runbook, createDiagnosis, drive } from '../engine';
import { clock, readerFor } from './cluster';
import { useDoorbells } from './doorbells';
import { useVisible } from './visibility';

/** All evidence is read again this often while the page is in view, milliseconds: before any of it is too old to stand on. */
const EVERY = 30_000;
/** How often ages are looked at, milliseconds. */
const TICK = 10_000;

/** Reasons to leave a server alone. */
const STRAINED = new Set(['tooManyRequests', 'serverError', 'timedOut']);

const isStrained = (report: Report): boolean => report.steps.some(({ missing }) => missing.some(({ reason }) => STRAINED.has(reason)));

/** A diagnosis that is read and kept fresh while the page is open and in view. */
export interface LiveDiagnosis {
  readonly diagnosis: Diagnosis;
  readonly report: Report;
  /** False once a server has shown that it is under strain: then only a button reads again. */
  readonly live: boolean;
}

/** Runs a diagnosis for as long as the component is mounted. `every` is the pause between two readings, milliseconds. */
export const useDiagnosis = (
  runbook: Runbook, labels: Readonly<Record<string, string>>, tenant: string | undefined, every: number = EVERY,
): LiveDiagnosis => {
  const identity = JSON.stringify(labels);
  const diagnosis = useMemo(
    () => createDiagnosis(runbook, JSON.parse(identity) as Record<string, string>, clock.now),
    [runbook, identity],
  );
  const visible = useVisible();
  const report = useSyncExternalStore(diagnosis.subscribe, diagnosis.report);
  const live = !isStrained(report);
  const started = useRef<Diagnosis>();

  useEffect(() => {
    if (!visible) return undefined;
    const leaving = new AbortController();
    if (started.current === diagnosis) diagnosis.readAgain();
    started.current = diagnosis;
    drive(diagnosis, readerFor(tenant), leaving.signal);
    const tick = setInterval(diagnosis.tick, TICK);
    return () => {
      clearInterval(tick);
      leaving.abort();
    };
  }, [diagnosis, tenant, visible]);

  useEffect(() => {
    if (!visible || !live) return undefined;
    const again = setInterval(() => diagnosis.readAgain(), every);
    return () => clearInterval(again);
  }, [diagnosis, visible, live, every]);

  // Which sources there are is known once the first answer stands; a watch that is opened and closed at once only costs.
  useDoorbells(diagnosis, diagnosis.readable(), readerFor(tenant), visible && live && report.answer.form !== 'running');
  return { diagnosis, report, live };
};
