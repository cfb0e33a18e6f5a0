import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { PROGRAMS_GROUP } from './users';

/** What the API server notes about a write, as far as it is read here (`audit.k8s.io/v1`, stage ResponseComplete). */
export interface AuditEntry {
  verb: string;
  /** With the query, as it was sent. */
  requestURI: string;
  user: { username: string; groups?: readonly string[] };
  impersonatedUser?: { username: string };
  userAgent?: string;
  objectRef?: { resource?: string; namespace?: string; name?: string; subresource?: string; apiGroup?: string };
  responseStatus?: { code?: number; reason?: string };
  /** The body that was sent, where it is an object; a JSON patch too. */
  requestObject?: unknown;
  /** RFC 3339, microseconds. */
  requestReceivedTimestamp: string;
}

const READS = ['get', 'list', 'watch'];

/** Writes with their bodies; reads are left out, and so is what the programs write every two seconds. */
export const AUDIT_POLICY = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived', 'ResponseStarted'],
  rules: [
    { level: 'None', verbs: READS },
    ...[{ userGroups: ['system:serviceaccounts', PROGRAMS_GROUP] }, { users: ['system:apiserver'] }].map((who) => ({
      level: 'None',
      ...who,
      resources: [{ group: 'coordination.k8s.io', resources: ['leases'] }, { group: '', resources: ['events'] }, { group: 'events.k8s.io', resources: ['events'] }],
    })),
    { level: 'None', resources: [{ group: 'authorization.k8s.io' }, { group: 'authentication.k8s.io' }] },
    { level: 'Request' },
  ],
};

/** The writes up to now, oldest first. A write is noted before its answer is sent. */
export async function readAudit(file: string): Promise<readonly AuditEntry[]> {
  if (!existsSync(file)) return [];
  const lines = (await readFile(file, 'utf8')).split('\n');
  // The last line may be half written.
  return lines.slice(0, -1).map((line) => JSON.parse(line) as AuditEntry);
}
