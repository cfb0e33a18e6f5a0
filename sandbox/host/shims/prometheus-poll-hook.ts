import type { PrometheusPollProps, PrometheusResponse } from '@openshift-console/dynamic-plugin-sdk';
import { useEffect, useState } from 'react';
import { serverFlags } from '../serverFlags';
import { coFetchJSON } from './console-fetch';

// The console's own defaults: 15 s between polls, 60 samples over an hour.
const DELAY = 15_000;
const SAMPLES = 60;
const TIMESPAN = 60 * 60 * 1000;

function urlOf(
  { endpoint, endTime, namespace, query, samples = SAMPLES, timeout, timespan = TIMESPAN, customDataSource }: PrometheusPollProps,
  now: number,
): string {
  if (endpoint !== ('api/v1/rules' as PrometheusPollProps['endpoint']) && !query) return '';
  const flags = serverFlags();
  const base = customDataSource?.basePath ?? (namespace ? flags.prometheusTenancyBaseURL : flags.prometheusBaseURL);
  const parameters = new URLSearchParams();
  if (endpoint === ('api/v1/query_range' as PrometheusPollProps['endpoint'])) {
    const end = endTime ?? now;
    parameters.set('start', String((end - timespan) / 1000));
    parameters.set('end', String(end / 1000));
    parameters.set('step', String(timespan / samples / 1000));
  }
  for (const [name, value] of Object.entries({ namespace, query, timeout })) if (value) parameters.set(name, value);
  return `${base}/${endpoint}?${parameters}`;
}

/**
 * `[response, error, loading]`, in this order: the SDK turns it into `[response, loaded, error]`. The response is null
 * beside an error; a changed query keeps the old response until the new one is there; no query sends nothing.
 */
export function usePrometheusPoll(props: PrometheusPollProps): [PrometheusResponse | null | undefined, unknown, boolean] {
  const [response, setResponse] = useState<PrometheusResponse | null>();
  const [error, setError] = useState<unknown>();
  const [loading, setLoading] = useState(true);
  const { delay = DELAY } = props;
  // One text for all that the address is made of, but the present.
  const key = JSON.stringify(props);
  useEffect(() => {
    const controller = new AbortController();
    const poll = async (): Promise<void> => {
      const url = urlOf(JSON.parse(key) as PrometheusPollProps, Date.now());
      try {
        if (url !== '') {
          setResponse((await coFetchJSON(url, 'GET', { signal: controller.signal })) as PrometheusResponse);
          setError(null);
        }
      } catch (caught) {
        if (controller.signal.aborted) return;
        setResponse(null);
        setError(caught);
      }
      if (!controller.signal.aborted) setLoading(false);
    };
    void poll();
    const timer = delay > 0 ? setInterval(() => void poll(), delay) : undefined;
    return () => {
      clearInterval(timer);
      controller.abort();
    };
  }, [key, delay]);
  return [response, error, loading];
}
