import { type Operation, type Write, writeOf } from '../../../src/engine';
import { type ApiServer } from '../launch/apiServer';
import { isDry } from './sender';

/** One write as the API server noted it: who, what, with which body, and what it answered. */
export interface Audited {
  readonly user: string;
  readonly verb: string;
  readonly path: string;
  readonly body: unknown;
  readonly status: number | undefined;
  readonly dry: boolean;
}

/** The log shows options of a deletion in the server's inner version, whatever was sent. */
const asSent = (body: unknown): unknown =>
  (typeof body === 'object' && body !== null && 'kind' in body && body.kind === 'DeleteOptions' ? { ...body, apiVersion: 'v1' } : body);

/** The writes of a person since so many entries, oldest first. */
export const auditedBy = async (server: ApiServer, user: string, since: number): Promise<readonly Audited[]> =>
  (await server.audit()).slice(since).filter((entry) => entry.user.username === user).map(({ verb, requestURI, requestObject, responseStatus }) => ({
    user, verb, path: requestURI, body: asSent(requestObject), status: responseStatus?.code, dry: isDry({ path: requestURI, body: requestObject }),
  }));

/** The server's own words for a request. */
const VERBS: Readonly<Record<Write['method'], string>> = { PATCH: 'patch', DELETE: 'delete', POST: 'create', PUT: 'update' };

/** What the plan says will be sent, as the audit log has to show it: each operation dry first, then for good. */
export const expectedOf = (operations: readonly Operation[], user: string, { dry }: { readonly dry: boolean }): readonly Omit<Audited, 'status'>[] =>
  operations.map((operation) => {
    const { method, path, body }: Write = writeOf(operation, dry);
    return { user, verb: VERBS[method], path, body, dry };
  });
