import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { type ExecuteMitigation, type Report, type Runbook, type Undertaking, type UndertakingState, undertake } from '../engine';
import { readerFor } from './cluster';
import { consoleSender } from './sender';
import { useDiagnosis } from './useDiagnosis';

/** Verification is read again this often, milliseconds. */
const VERIFYING = 5_000;

/** A mitigation under way beside the diagnosis of its runbook. */
export interface LiveMitigation extends Pick<Undertaking, 'preview' | 'startOver' | 'run' | 'stop' | 'undo'> {
  readonly state: UndertakingState;
  readonly report: Report;
}

const isBusy = ({ phase }: UndertakingState) => phase === 'running' || phase === 'verifying';

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
  useEffect(() => setOften(busy), [busy]);
  const lookAgainIn = state.refused?.lookAgainIn;
  useEffect(() => {
    if (lookAgainIn === undefined) return undefined;
    const timer = setTimeout(undertaking.startOver, lookAgainIn * 1000);
    return () => clearTimeout(timer);
  }, [undertaking, lookAgainIn]);
  return { state, report, preview: undertaking.preview, startOver: undertaking.startOver, run: undertaking.run, stop: undertaking.stop, undo: undertaking.undo };
};
