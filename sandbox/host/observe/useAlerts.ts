import type { Alert, PrometheusRulesResponse, Silence } from '@openshift-console/dynamic-plugin-sdk';
import { useEffect, useState } from 'react';
import { serverFlags } from '../serverFlags';
import { coFetchJSON } from '../shims/console-fetch';
import { alertsIn, bySeverity } from './rules';

/** What is known of the alerts. After an error the old ones stay beside it. */
export interface Alerts {
  alerts: Alert[];
  loaded: boolean;
  error?: unknown;
}

// As often as the console asks.
const DELAY = 15_000;

async function readAlerts(namespace: string | undefined, signal: AbortSignal): Promise<Alert[]> {
  const { prometheusBaseURL, prometheusTenancyBaseURL, alertManagerBaseURL } = serverFlags();
  if (prometheusBaseURL === undefined) throw new Error('Monitoring is not configured.');
  const url = namespace === undefined ? `${prometheusBaseURL}/api/v1/rules` : `${prometheusTenancyBaseURL}/api/v1/rules?${new URLSearchParams({ namespace })}`;
  const [rules, silences] = await Promise.all([
    coFetchJSON(url, 'GET', { signal }) as Promise<PrometheusRulesResponse>,
    // Without Alertmanager there are alerts, but no silences.
    alertManagerBaseURL === undefined || namespace !== undefined ? [] : (coFetchJSON(`${alertManagerBaseURL}/api/v2/silences`, 'GET', { signal }) as Promise<Silence[]>).catch(() => []),
  ]);
  return alertsIn(rules, silences).sort(bySeverity);
}

/** All alerts, or with `namespace` those of that project's own rules, read again every 15 s. */
export function useAlerts(namespace?: string): Alerts {
  const [state, setState] = useState<Alerts>({ alerts: [], loaded: false });
  useEffect(() => {
    const controller = new AbortController();
    const read = () =>
      readAlerts(namespace, controller.signal).then(
        (alerts) => setState({ alerts, loaded: true }),
        (error: unknown) => {
          if (!controller.signal.aborted) setState(({ alerts }) => ({ alerts, loaded: true, error }));
        },
      );
    void read();
    const timer = setInterval(() => void read(), DELAY);
    return () => {
      clearInterval(timer);
      controller.abort();
    };
  }, [namespace]);
  return state;
}
