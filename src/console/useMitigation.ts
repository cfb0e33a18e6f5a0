import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { type ExecuteMitigation, type MitigationRecord, type Overtaken, type Picked, type Report, type Runbook, type Undertaking, type UndertakingState, createPlanner, overtakenOf, undertake } from '../engine';
import { useAddress } from './address';
import { readerFor } from './cluster';
import { consoleSender } from './sender';
import { useKeepRecord } from './records';
import { useDiagnosis } from './useDiagnosis';

/** Verification is read again this often, milliseconds. */
const VERIFYING = 5_000;
/** Operations above which a record is written once in so many milliseconds while they run: writing it costs as much as sending. */
const MANY = 200;
const SELDOM = 1_000;

/** A mitigation under way beside the diagnosis of its runbook. */
export interface LiveMitigation extends Pick<Undertaking, 'pick' | 'leaveNotes' | 'preview' | 'startOver' | 'run' | 'stop' | 'undo'> {
  readonly state: UndertakingState;
  readonly report: Report;
  /** How the evidence has moved on under a plan that was previewed but not confirmed. */
  readonly overtaken: Overtaken | undefined;
  /** ISO 8601, server time: when all of it had been sent; undefined before. */
  readonly sentAt: string | undefined;
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
const worthOf = ({ results, selection, verification, alert, clearedAt }: MitigationRecord): string => JSON.stringify([results, selection?.ends, verification, alert, clearedAt]);

/** Keeps a record in this browser, again whenever something in it has changed. */
const useKept = (record: MitigationRecord | undefined, isLarge: boolean): { readonly record: MitigationRecord | undefined; readonly notKept: string | undefined } => {
  const keep = useKeepRecord();
  const [notKept, setNotKept] = useState<string>();
  const latest = useRef(record);
  latest.current = record;
  const worth = record && record.id + (isLarge ? String(Math.floor(performance.now() / SELDOM)) : worthOf(record));
  useEffect(() => {
    if (latest.current) void keep(latest.current).then(setNotKept);
  }, [keep, worth]);
  return { record, notKept };
};

const PICK = 'pick-';

/** What the address says was picked, by the id of the choice. */
const pickedIn = (own: Readonly<Record<string, string>>): Picked =>
  Object.fromEntries(Object.entries(own).flatMap(([name, value]) => (name.startsWith(PICK) ? [[name.slice(PICK.length), value]] : [])));

/** The undertaking, begun with what the address says was picked; what is picked later stands in the address too. */
const useUndertaking = (diagnosis: Parameters<typeof undertake>[0], mitigation: ExecuteMitigation, tenant: string | undefined): Undertaking => {
  const { own, setOwn } = useAddress();
  const latest = useRef(own);
  latest.current = own;
  const { undertaking, leave } = useMemo(() => {
    const leaving = new AbortController();
    return {
      undertaking: undertake(diagnosis, mitigation, { reader: readerFor(tenant), sender: consoleSender, signal: leaving.signal, picked: pickedIn(latest.current) }),
      leave: () => leaving.abort(),
    };
  }, [diagnosis, mitigation, tenant]);
  useEffect(() => leave, [leave]);
  const pick = useCallback((choice: string, value: string) => {
    undertaking.pick(choice, value);
    setOwn({ [`${PICK}${choice}`]: value });
  }, [undertaking, setOwn]);
  return useMemo(() => ({ ...undertaking, pick }), [undertaking, pick]);
};

/** When all of a plan had been sent: the alert cannot clear sooner than that. */
const useSentAt = ({ phase }: UndertakingState, { at }: Report): string | undefined => {
  const sentAt = useRef<string>();
  sentAt.current = phase === 'verifying' ? sentAt.current ?? at : undefined;
  return sentAt.current;
};

/** Carries out one mitigation. Leaving the page stops the sending; the evidence is fresh while the page is in view. */
export const useMitigation = (
  runbook: Runbook, labels: Readonly<Record<string, string>>, tenant: string | undefined, mitigation: ExecuteMitigation,
): LiveMitigation => {
  const [often, setOften] = useState(false);
  const { diagnosis, report } = useDiagnosis(runbook, labels, tenant, often ? VERIFYING : undefined);
  const undertaking = useUndertaking(diagnosis, mitigation, tenant);
  const state = useSyncExternalStore(undertaking.subscribe, undertaking.state);
  const busy = isBusy(state);
  useWarning(state.phase === 'running');
  const { record, notKept } = useKept(undertaking.record(), state.phase === 'running' && state.results.length > MANY);
  useEffect(() => setOften(busy), [busy]);
  const lookAgainIn = state.refused?.lookAgainIn;
  useEffect(() => {
    if (lookAgainIn === undefined) return undefined;
    const timer = setTimeout(undertaking.startOver, lookAgainIn * 1000);
    return () => clearTimeout(timer);
  }, [undertaking, lookAgainIn]);
  const { phase, undoing, plan, picked } = state;
  const isFixed = (phase === 'previewing' || phase === 'previewed') && !undoing;
  // A report is another one whenever something was read.
  const plannedNow = useMemo(() => createPlanner(diagnosis, mitigation), [diagnosis, mitigation]);
  const overtaken = useMemo(() => (isFixed && plan && report ? overtakenOf(plan, plannedNow(picked)) : undefined), [isFixed, plan, picked, plannedNow, report]);
  const sentAt = useSentAt(state, report);
  const { pick, leaveNotes, preview, startOver, run, stop, undo } = undertaking;
  return { state, report, overtaken, sentAt, record, notKept, pick, leaveNotes, preview, startOver, run, stop, undo };
};
