import { type Clock } from './clock';
import { type Observation } from './observation';
import { readAccess, readApi, readList, readLog, readObject } from './readKubernetes';
import { readMetrics, readRules } from './readPrometheus';
import { type Source } from './source';
import { type Reply, type Request, type Transport } from './transport';

/** Turns a source whose late values are all known into an observation. Never rejects, except when aborted. */
export interface Reader {
  /** An equal source whose reading began less than `maxAge` milliseconds ago is not read again; with 0 it always is. */
  readonly read: (source: Source, options: { readonly signal: AbortSignal; readonly maxAge: number }) => Promise<Observation>;
}

/** No reading is shared for longer, milliseconds. */
const FORGOTTEN = 60_000;

/** Canonical JSON: equal sources have equal keys, in whatever order their fields were written. */
export const keyOf = (source: Source): string =>
  JSON.stringify(source, (_, value: unknown) =>
    (typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value));

// k8s.io/apimachinery/pkg/api/validation/path: what no segment of a path may be. A name out of a label must not lead to another path.
const isSegment = (name: string): boolean => name !== '.' && name !== '..' && !/[/%]/.test(name);

/** A name or namespace of a source that no object can have: it would be another request. */
const strangeName = (source: Source): string | undefined => {
  const names = 'in' in source ? [source.in, 'name' in source ? source.name : undefined, 'pod' in source ? source.pod : undefined] : [];
  return names.find((name): name is string => typeof name === 'string' && !isSegment(name));
};

/**
 * The one reader behind both doors: bounded requests over a transport.
 * `tenant` is the namespace that Prometheus is asked about when the user may not ask across namespaces. With `outlives` what was read is there for
 * others after whoever asked for it has left.
 */
export const createReader = (transport: Transport, clock: Clock, tenant?: string, outlives = false): Reader => {
  const latest = new Map<string, { readonly startedAt: number; readonly observation: Promise<Observation>; readonly signal: AbortSignal; isThere: boolean }>();

  const ask = async (request: Request, signal: AbortSignal) => {
    const asked = local();
    const reply = await transport.get(request, signal).catch((error: unknown): Reply => {
      signal.throwIfAborted();
      return { state: 'failed', reason: 'unreachable', detail: String(error) };
    });
    if (reply.state === 'answered' && reply.date !== undefined) clock.heard(reply.date, local() - asked);
    return reply;
  };

  const local = () => clock.now() + clock.skew();

  const observe = async (source: Source, signal: AbortSignal): Promise<Observation> => {
    const began = local();
    const kubernetes = (path: string, options: { accept?: string; body?: unknown } = {}) => ask({ to: 'kubernetes', path, ...options }, signal);
    const prometheus = (path: string, parameters: Readonly<Record<string, string>>, through: 'all' | 'tenancy') =>
      ask({ to: through === 'all' ? 'prometheus' : 'tenancy', path: `${path}?${new URLSearchParams(parameters)}` }, signal);
    const strange = strangeName(source);
    if (strange !== undefined) return { state: 'failed', reason: 'rejected', detail: `no object can be called ${JSON.stringify(strange.slice(0, 100))}`, readAt: clock.now() };
    const found = await (async () => {
      switch (source.kind) {
        case 'object': return readObject(kubernetes, source);
        case 'list': return readList(kubernetes, source);
        case 'log': return readLog(kubernetes, source);
        case 'access': return readAccess(kubernetes, source);
        case 'api': return readApi(kubernetes, source);
        case 'metrics': return readMetrics(prometheus, source, clock.now(), tenant);
        case 'rules': return readRules(prometheus, tenant);
        default: return source satisfies never;
      }
    })().catch((error: unknown) => {
      signal.throwIfAborted();
      // Valid JSON of an unheard-of shape.
      return { state: 'failed' as const, reason: 'malformed' as const, detail: String(error) };
    });
    // What the server said is true of the moment at which it was asked, at the latest: a write meanwhile may not be in it.
    return { ...found, readAt: clock.now() - (local() - began) };
  };

  /** Readings that nobody may take over any more go: a list of thousands would stay for as long as the page is open. */
  const forget = () => {
    for (const [key, { startedAt }] of latest) if (clock.now() - startedAt > FORGOTTEN) latest.delete(key);
  };

  return {
    read: (source, { signal, maxAge }) => {
      const key = keyOf(source);
      const known = latest.get(key);
      // What is under way ends with whoever asked for it.
      if (known && ((outlives && known.isThere) || !known.signal.aborted) && clock.now() - known.startedAt < maxAge) return known.observation;
      forget();
      const observation = observe(source, signal);
      const entry = { startedAt: clock.now(), observation, signal, isThere: false };
      latest.set(key, entry);
      observation.then(() => { entry.isThere = true; }, () => (latest.get(key) === entry ? latest.delete(key) : undefined));
      return observation;
    },
  };
};
