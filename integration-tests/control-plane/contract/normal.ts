import { type Raw } from './door';
import { type Case } from './case';

/** An answer without what differs from run to run. */
export interface Answer {
  readonly status: number;
  /** Absent where the answer is an empty text. */
  readonly body?: unknown;
  /** What was read afterwards. */
  readonly then?: readonly Answer[];
}

type Showing = Pick<Case, 'shows' | 'among'>;
type Json = Readonly<Record<string, unknown>>;

const UID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** The one uid that the table itself makes up. */
const KNOWN = '0e3f9d1c-7d3b-4d41-9b40-3c1c1f6ad001';

/** A text of the server without uids and resource versions. */
const steady = (text: string): string => text
  .replace(UID, (uid) => (uid === KNOWN ? uid : '<uid>'))
  .replace(/(ResourceVersion in record \()\d+/, '$1<version>')
  .replace(/(too old resource version: \d+ \()\d+/, '$1<version>');

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

const fieldOf = (object: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((at, part) => (typeof at === 'object' && at !== null ? (at as Json)[part] : undefined), object);

const managersOf = (object: unknown): unknown => {
  const entries = fieldOf(object, 'metadata.managedFields') as { manager?: string; operation?: string; subresource?: string }[] | undefined;
  // Who made the object is the test itself: only who changed it afterwards is told.
  return (entries ?? []).filter(({ manager }) => manager === 'virt-runbooks-plugin').map(({ manager, operation, subresource }) => ({ manager, operation, ...(subresource ? { subresource } : {}) }));
};

const shown = (object: unknown, field: string): unknown => {
  if (field === 'managers') return managersOf(object);
  // Whether an object is marked for deletion; when, differs.
  if (field === 'marks') return fieldOf(object, 'metadata.deletionTimestamp') !== undefined;
  return fieldOf(object, field);
};

const projected = (object: unknown, { shows = [] }: Showing): Json => ({
  name: fieldOf(object, 'metadata.name'),
  ...Object.fromEntries(shows.map((field) => [field, shown(object, field)]).filter(([, value]) => value !== undefined)),
});

const statusBody = ({ status, reason, message, code, details }: Json): Json => {
  const { uid, ...rest } = (details ?? {}) as Json;
  const causes = (rest['causes'] as Json[] | undefined)?.map((cause) => ({ ...cause, message: steady(String(cause['message'])) }));
  const kept = { ...rest, ...(causes ? { causes } : {}), ...(uid === undefined ? {} : { uid: '<uid>' }) };
  return {
    kind: 'Status', status, ...(reason === undefined ? {} : { reason }), ...(code === undefined ? {} : { code }),
    ...(typeof message === 'string' ? { message: steady(message) } : {}), ...(Object.keys(kept).length === 0 ? {} : { details: kept }),
  };
};

const resourceOf = ({ name, namespaced, kind, group, version, verbs, shortNames }: Json): Json =>
  ({ name, namespaced, kind, ...(group ? { group, version } : {}), verbs: [...((verbs ?? []) as string[])].sort(), ...(shortNames ? { shortNames: [...(shortNames as string[])].sort() } : {}) });

const byName = (a: Json, b: Json): number => String(a['name']).localeCompare(String(b['name']));
const chosen = (list: unknown, { among }: Showing): Json[] => (list as Json[]).filter(({ name }) => among === undefined || among.includes(String(name))).sort(byName);

const listBody = ({ kind, apiVersion, metadata, items }: Json, showing: Showing): Json => {
  const { continue: next, remainingItemCount } = (metadata ?? {}) as Json;
  return { kind, apiVersion, ...(next ? { continue: '<token>' } : {}), ...(remainingItemCount === undefined ? {} : { remainingItemCount }), items: (items as unknown[]).map((item) => projected(item, showing)) };
};

/** A body as both servers must send it. Of objects what the row shows, of discovery what it is among, of a Status everything that says something. */
export const normalBody = (body: unknown, showing: Showing): unknown => {
  if (!isJson(body)) return body;
  switch (body['kind']) {
    case 'Status': return statusBody(body);
    case 'APIVersions': return { kind: 'APIVersions', versions: body['versions'] };
    case 'APIGroupList': return { kind: 'APIGroupList', groups: chosen(body['groups'], showing).map(({ name, preferredVersion }) => ({ name, preferredVersion })) };
    case 'APIGroup': return { kind: 'APIGroup', name: body['name'], versions: body['versions'], preferredVersion: body['preferredVersion'] };
    case 'APIResourceList': return { kind: 'APIResourceList', groupVersion: body['groupVersion'], resources: chosen(body['resources'], showing).map(resourceOf) };
    default: return Array.isArray(body['items']) && body['metadata'] !== undefined && String(body['kind']).endsWith('List') ? listBody(body, showing) : { kind: body['kind'], ...projected(body, showing) };
  }
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** One answer as both servers must give it. */
export const normal = ({ status, text, type }: Raw, showing: Showing): Answer => {
  const body = type.startsWith('application/json') ? parsed(text) : undefined;
  const said = body === undefined ? steady(text.trim()) : normalBody(body, showing);
  return { status, ...(said === '' ? {} : { body: said }) };
};

/** The lines of a watch: types, and of each object what the row shows. */
export const normalEvents = ({ status, text, type }: Raw, showing: Showing): Answer => {
  if (status !== 200) return normal({ status, text, type }, showing);
  const events = text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as { type: string; object: unknown });
  return { status, body: events.map(({ type: what, object }) => ({ type: what, object: isJson(object) && object['kind'] === 'Status' ? statusBody(object) : projected(object, showing) })) };
};
