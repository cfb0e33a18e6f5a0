import type { Alert, PrometheusRulesResponse, Silence } from '@openshift-console/dynamic-plugin-sdk';
import { useAccessReview } from '@openshift-console/dynamic-plugin-sdk/lib/app/components/utils/rbac';
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
  const url =
    namespace === undefined
      ? `${prometheusBaseURL}/api/v1/rules`
      : `${prometheusTenancyBaseURL}/api/v1/rules?${new URLSearchParams({ namespace })}`;
  const [rules, silences] = await Promise.all([
    coFetchJSON(url, 'GET', { signal }) as Promise<PrometheusRulesResponse>,
    // Without Alertmanager there are alerts, but no silences.
    alertManagerBaseURL === undefined || namespace !== undefined
      ? []
      : (coFetchJSON(`${alertManagerBaseURL}/api/v2/silences`, 'GET', { signal }) as Promise<Silence[]>).catch(() => []),
  ]);
  return alertsIn(rules, silences).sort(bySeverity);
}

/** All alerts, or with `namespace` those of that project's own rules, read again every 15 s; nothing while not `isWanted`. */
export function useAlerts(namespace?: string, isWanted = true): Alerts {
  const [state, setState] = useState<Alerts>({ alerts: [], loaded: false });
  useEffect(() => {
    if (!isWanted) return undefined;
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
  }, [namespace, isWanted]);
  return state;
}

const CLUSTER_ALERTS = {
  verb: 'get',
  group: 'monitoring.coreos.com',
  resource: 'prometheuses',
  subresource: 'api',
  name: 'k8s',
  namespace: 'openshift-monitoring',
} as const;

/** The alerts of the bell and the drawer: read only for those who may see them all, as in the console. */
export function useNotificationAlerts(): Alerts {
  const [isAllowed, isLoading] = useAccessReview(CLUSTER_ALERTS);
  const alerts = useAlerts(undefined, isAllowed && !isLoading);
  return isAllowed || isLoading
    ? alerts
    : { alerts: [], loaded: true, error: new Error('You may not see the alerts of the whole cluster.') };
}
