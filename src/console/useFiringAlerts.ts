import { useCallback, useEffect, useState } from 'react';
import { type Failure, type LoadedRule, type Observation } from '../engine';
import { readerFor } from './cluster';
import { useVisible } from './visibility';

/** Alerts are read again this often while the page is in view, milliseconds. */
const EVERY = 15_000;

/** The alerting rules with their alerts, or why they could not be read. */
export type FiringAlerts =
  | { readonly state: 'loading' }
  | {
      readonly state: 'ready';
      readonly rules: readonly LoadedRule[];
      /** False for a tenant: alerts without a namespace label are not among them. */
      readonly complete: boolean;
      /** Milliseconds since 1970, server time. */
      readonly readAt: number;
    }
  | { readonly state: 'failed'; readonly failure: Failure; readonly readAt: number };

const alertsOf = (seen: Observation): FiringAlerts => {
  if (seen.state === 'ok') return { state: 'ready', rules: seen.items as readonly LoadedRule[], complete: seen.complete, readAt: seen.readAt };
  if (seen.state === 'failed') return { state: 'failed', failure: seen, readAt: seen.readAt };
  return { state: 'failed', failure: { reason: 'malformed' }, readAt: seen.readAt };
};

/** What fires now. `tenant` is the project of the page, undefined for all. Nothing is read while the tab is hidden. */
export const useFiringAlerts = (tenant: string | undefined): { readonly alerts: FiringAlerts; readonly readAgain: () => void } => {
  const [alerts, setAlerts] = useState<FiringAlerts>({ state: 'loading' });
  const [round, setRound] = useState(0);
  const visible = useVisible();
  useEffect(() => {
    if (!visible) return undefined;
    const leaving = new AbortController();
    const read = () => {
      readerFor(tenant).read({ kind: 'rules' }, { signal: leaving.signal, maxAge: 1000 }).then(
        (seen) => { if (!leaving.signal.aborted) setAlerts(alertsOf(seen)); },
        () => undefined,
      );
    };
    read();
    const again = setInterval(read, EVERY);
    return () => {
      clearInterval(again);
      leaving.abort();
    };
  }, [tenant, visible, round]);
  return { alerts, readAgain: useCallback(() => setRound((before) => before + 1), []) };
};
