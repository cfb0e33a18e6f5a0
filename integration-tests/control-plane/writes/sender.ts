import { ACCEPTED_ANSWERS, type Sender, type Sent, type Write, sentOf } from '../../../src/engine';
import { type ApiServer } from '../launch/apiServer';

/**
 * Sends writes to a real API server as a user. It stands among the tests alone: what runs from Node never writes. `before` is
 * called right before a write that is no dry run leaves, after everything was looked at again: somebody else's moment.
 */
export const senderTo = (server: ApiServer, user: string, before: () => Promise<void> = async () => undefined): Sender => ({
  send: async (write: Write): Promise<Sent> => {
    const { method, path, contentType, body } = write;
    if (!isDry(write)) await before();
    const answer = await server.as(user)({ method, path, headers: { 'content-type': contentType, accept: ACCEPTED_ANSWERS }, body });
    return sentOf(answer.status, answer.body);
  },
});

/** Whether a write only asks what would happen. */
export const isDry = ({ path, body }: Pick<Write, 'path' | 'body'>): boolean =>
  path.includes('dryRun=All') || (typeof body === 'object' && body !== null && 'dryRun' in body);
