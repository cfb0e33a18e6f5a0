import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { type ExecuteMitigation, type MitigationRecord, type Report, type Runbook, type Undertaking, type UndertakingState, undertake } from '../engine';
import { readerFor } from './cluster';
import { consoleSender } from './sender';
import { useKeepRecord } from './records';
import { useDiagnosis } from './useDiagnosis';

/** Verification is read again this often, milliseconds. */
const VERIFYING = 5_000;

/** A mitigation under way beside the diagnosis of its runbook. */
export interface LiveMitigation extends Pick<Undertaking, 'preview' | 'startOver' | 'run' | 'stop' | 'undo'> {
  readonly state: UndertakingState;
  readonly report: Report;
  /** From the confirmation on. */
  readonly record: MitigationRecord | undefined;
  /** Why the record could not be kept in this browser, if it could not. */
  readonly notKept: string | undefined;
}

const isBusy = ({ phase }: UndertakingState) => phase === 'running' || phase === 'verifying';

/** While it is on, the browser asks before the page is closed or loaded anew: what has not been sent by then never will be. */
const useWarning = (isOn: boolean): void => {
  useEffect(() => {
    if (!isOn) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isOn]);
};

/** What of a record is worth another writing: not that time has passed. */
const worthOf = ({ results, verification, alert, clearedAt }: MitigationRecord): string => JSON.stringify([results, verification, alert, clearedAt]);

/** Keeps a record in this browser, again whenever something in it has changed. */
const useKept = (record: MitigationRecord | undefined): { readonly record: MitigationRecord | undefined; readonly notKept: string | undefined } => {
  const keep = useKeepRecord();
  const [notKept, setNotKept] = useState<string>();
  const latest = useRef(record);
  latest.current = record;
  const worth = record && record.id + worthOf(record);
  useEffect(() => {
    if (latest.current) void keep(latest.current).then(setNotKept);
  }, [keep, worth]);
  return { record, notKept };
};

/** Carries out one mitigation. Leaving the page stops the sending; the evidence is fresh while the page is in view. */
export const useMitigation = (
  runbook: Runbook, labels: Readonly<Record<string, string>>, tenant: string | undefined, mitigation: ExecuteMitigation,
): LiveMitigation => {
  const [often, setOften] = useState(false);
  const { diagnosis, report } = useDiagnosis(runbook, labels, tenant, often ? VERIFYING : undefined);
  const { undertaking, leave } = useMemo(() => {
    const leaving = new AbortController();
    return {
      undertaking: undertake(diagnosis, mitigation, { reader: readerFor(tenant), sender: consoleSender, signal: leaving.signal }),
      leave: () => leaving.abort(),
    };
  }, [diagnosis, mitigation, tenant]);
  useEffect(() => leave, [leave]);
  const state = useSyncExternalStore(undertaking.subscribe, undertaking.state);
  const busy = isBusy(state);
  useWarning(state.phase === 'running');
  const { record, notKept } = useKept(undertaking.record());
  useEffect(() => setOften(busy), [busy]);
  const lookAgainIn = state.refused?.lookAgainIn;
  useEffect(() => {
    if (lookAgainIn === undefined) return undefined;
    const timer = setTimeout(undertaking.startOver, lookAgainIn * 1000);
    return () => clearTimeout(timer);
  }, [undertaking, lookAgainIn]);
  return { state, report, record, notKept, preview: undertaking.preview, startOver: undertaking.startOver, run: undertaking.run, stop: undertaking.stop, undo: undertaking.undo };
};
