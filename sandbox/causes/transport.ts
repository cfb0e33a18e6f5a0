import type { Api, Reply, Transport } from '../../src/engine';

/** Where the APIs answer; one without an address does not answer at all. */
export type Addresses = Readonly<Partial<Record<Api, string>>>;

const dateOf = (response: Response): { date?: number } => {
  const date = Date.parse(response.headers.get('date') ?? '');
  return Number.isNaN(date) ? {} : { date };
};

/** A door of plain fetch for Node: what the engine reads through the console's proxies, without the console. */
export const plainTransport = (addresses: Addresses): Transport => ({
  get: async ({ to, path, accept, body }, signal): Promise<Reply> => {
    const base = addresses[to];
    if (base === undefined) return { state: 'failed', reason: 'unreachable' };
    const headers = { Accept: accept ?? 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) };
    try {
      const response = await fetch(`${base}${path}`, { headers, signal, ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }) });
      return { state: 'answered', status: response.status, body: await response.text(), ...dateOf(response) };
    } catch (error) {
      if (signal.aborted) throw error;
      return { state: 'failed', reason: 'unreachable', detail: String(error) };
    }
  },
});
