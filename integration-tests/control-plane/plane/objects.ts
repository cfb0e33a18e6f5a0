import { type Answer, type Send } from '../launch/request';

/** An object of the API, as far as everybody has it. */
export interface ApiObject {
  apiVersion?: string;
  kind?: string;
  metadata: { name: string; namespace?: string; uid?: string; resourceVersion?: string; labels?: Record<string, string>; annotations?: Record<string, string>; deletionTimestamp?: string };
  [field: string]: unknown;
}

const isGood = ({ status }: Answer): boolean => status >= 200 && status < 300;

const said = (what: string, { status, body }: Answer): Error => new Error(`${what}: ${status} ${body.slice(0, 500)}`);

/** Reads an object; undefined if it is not there. Throws for every other refusal. */
export async function read<T = ApiObject>(send: Send, path: string): Promise<T | undefined> {
  const answer = await send({ path });
  if (answer.status === 404) return undefined;
  if (!isGood(answer)) throw said(`GET ${path}`, answer);
  return JSON.parse(answer.body) as T;
}

/** Reads the items of a list. */
export const list = async <T = ApiObject>(send: Send, path: string): Promise<readonly T[]> => (await read<{ items: readonly T[] }>(send, path))?.items ?? [];

/** Sends a write; throws with the server's words if it is refused. */
export async function write(send: Send, method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<void> {
  const answer = await send({ method, path, ...(body === undefined ? {} : { body }) });
  if (!isGood(answer)) throw said(`${method} ${path}`, answer);
}

/** Merges a change into an object. */
export async function merge(send: Send, path: string, change: object): Promise<void> {
  const answer = await send({ method: 'PATCH', path, headers: { 'Content-Type': 'application/merge-patch+json' }, body: change });
  if (!isGood(answer)) throw said(`PATCH ${path}`, answer);
}
