import { useMemo } from 'react';
import { type Failure, type LoadedRule, type Observation, type RulesSource } from '../engine';
import { useReading } from './useReading';

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

const RULES: RulesSource = { kind: 'rules' };

/** What fires now. `tenant` is the project of the page, undefined for all. Nothing is read while the tab is hidden. */
export const useFiringAlerts = (tenant: string | undefined): { readonly alerts: FiringAlerts; readonly readAgain: () => void } => {
  const { seen, readAgain } = useReading(RULES, tenant);
  return { alerts: useMemo(() => (seen ? alertsOf(seen) : { state: 'loading' }), [seen]), readAgain };
};
