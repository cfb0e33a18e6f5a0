import { WEBHOOK_DOWN, type Sender, wordsOf } from '../engine';
import { send } from './http';

/** A write that takes longer has an unknown result, milliseconds. */
const TIMEOUT = 60_000;

const basePath = (): string => (window as unknown as { SERVER_FLAGS: { basePath: string } }).SERVER_FLAGS.basePath;

/** The one place that writes: operations of a confirmed plan, once each. The console repeats a write only after a 429, which the server did not take. */
export const consoleSender: Sender = {
  send: async ({ method, path, contentType, body }, signal) => {
    const options = { method, headers: { 'Content-Type': contentType, Accept: 'application/json' }, body: JSON.stringify(body) };
    const reply = await send(`${basePath()}api/kubernetes${path}`, options, { timeout: TIMEOUT, signal }).catch((error: unknown) => ({ state: 'unreachable' as const, detail: String(error) }));
    if (reply.state !== 'answered') return { state: 'unknown', words: ('detail' in reply && reply.detail) || reply.state };
    const words = wordsOf(reply.status, reply.body);
    // A proxy answers on behalf of a server that may have taken the write, and a server may fail after it has: both are 5xx.
    if (reply.status >= 500 && !WEBHOOK_DOWN.test(words)) return { state: 'unknown', words };
    if (reply.status >= 300) return { state: 'rejected', status: reply.status, words };
    return { state: 'accepted', object: parsed(reply.body) };
  },
};

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
};
