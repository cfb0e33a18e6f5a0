import { HttpError, consoleFetch } from '@openshift-console/dynamic-plugin-sdk';

/** An HTTP answer of any status, or why there is none. */
export type Answered =
  | { readonly state: 'answered'; readonly status: number; readonly body: string; readonly date?: number }
  | { readonly state: 'timedOut' | 'unreachable' | 'tooLarge'; readonly detail?: string };

/** Largest answer that is taken into the page, characters. */
const LARGEST = 20_000_000;

const dateOf = (response: Response | undefined): { date?: number } => {
  const date = Date.parse(response?.headers.get('date') ?? '');
  return Number.isNaN(date) ? {} : { date };
};

const textOf = async (response: Response | undefined): Promise<string> => {
  if (!response || response.bodyUsed) return '';
  return response.text().catch(() => '');
};

const answered = async (response: Response): Promise<Answered> => {
  const body = await response.text();
  return body.length > LARGEST ? { state: 'tooLarge' } : { state: 'answered', status: response.status, body, ...dateOf(response) };
};

/**
 * The console's own fetch (the user's session, CSRF, impersonation), with errors as values. `timeout` in milliseconds.
 * Rejects only when `signal` is aborted.
 */
export const send = async (url: string, options: RequestInit, { timeout, signal }: { timeout: number; signal: AbortSignal }): Promise<Answered> => {
  signal.throwIfAborted();
  const own = new AbortController();
  const giveUp = () => own.abort();
  const timer = setTimeout(giveUp, timeout);
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    // The console's own time-out abandons the request without ending it: it is switched off, ours ends it.
    return await answered(await (consoleFetch(url, { ...options, signal: own.signal }, 0) as Promise<Response>));
  } catch (error) {
    if (signal.aborted) throw error;
    if (own.signal.aborted) return { state: 'timedOut' };
    if (!(error instanceof HttpError) || error.code === undefined) return { state: 'unreachable', detail: error instanceof Error ? error.message : String(error) };
    const json: unknown = error.json;
    const body = json === undefined ? await textOf(error.response) : JSON.stringify(json);
    return { state: 'answered', status: error.code, body, ...dateOf(error.response) };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
  }
};
