import { type Api, type Reply, type Transport } from '../engine';
import { send } from './http';

/** A read that takes longer is given up, milliseconds. */
const TIMEOUT = 30_000;

const flags = (): { basePath: string; prometheusBaseURL?: string; prometheusTenancyBaseURL?: string } =>
  (window as unknown as { SERVER_FLAGS: ReturnType<typeof flags> }).SERVER_FLAGS;

/** Where the console serves an API; `undefined` if it is not configured. */
const baseOf = (api: Api): string | undefined => {
  const { basePath, prometheusBaseURL, prometheusTenancyBaseURL } = flags();
  return { kubernetes: `${basePath}api/kubernetes`, prometheus: prometheusBaseURL, tenancy: prometheusTenancyBaseURL }[api];
};

/** Reads through the console's proxies, with the rights of the user. */
export const consoleTransport: Transport = {
  get: async ({ to, path, accept, body }, signal): Promise<Reply> => {
    const base = baseOf(to);
    if (!base) return { state: 'failed', reason: 'notConfigured' };
    const headers = { Accept: accept ?? 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) };
    const reply = await send(`${base}${path}`, body === undefined ? { headers } : { headers, method: 'POST', body: JSON.stringify(body) }, { timeout: TIMEOUT, signal });
    return reply.state === 'answered' ? reply : { state: 'failed', reason: reply.state, ...(reply.detail ? { detail: reply.detail } : {}) };
  },
};
