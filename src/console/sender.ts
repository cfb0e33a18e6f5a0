import { ACCEPTED_ANSWERS, type Sender, sentOf } from '../engine';
import { send } from './http';

/** A write that takes longer has an unknown result, milliseconds. */
const TIMEOUT = 60_000;

const basePath = (): string => (window as unknown as { SERVER_FLAGS: { basePath: string } }).SERVER_FLAGS.basePath;

/** The one place that writes: operations of a confirmed plan, once each. The console repeats a write only after a 429, which the server did not take. */
export const consoleSender: Sender = {
  send: async ({ method, path, contentType, body }, signal) => {
    const options = { method, headers: { 'Content-Type': contentType, Accept: ACCEPTED_ANSWERS }, body: JSON.stringify(body) };
    const reply = await send(`${basePath()}api/kubernetes${path}`, options, { timeout: TIMEOUT, signal }).catch((error: unknown) => ({ state: 'unreachable' as const, detail: String(error) }));
    if (reply.state !== 'answered') return { state: 'unknown', words: ('detail' in reply && reply.detail) || reply.state };
    return sentOf(reply.status, reply.body);
  },
};
