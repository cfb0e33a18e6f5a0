import type { Cluster, Change } from '../../src/testing/cluster';
import type { Target } from '../../src/testing/api/path';
import { inForm, selectorOf, visibleTo, type Form } from '../../src/testing/api/read';
import { ApiError, expired } from '../../src/testing/api/status';
import type { KindInfo } from '../../src/testing/kinds';
import type { KubeObject, User } from '../../src/testing/types';

/** One line of a watch. */
export interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: unknown;
}

/** What a watch is about and where it begins. */
export interface Watch {
  cluster: Cluster;
  target: Target;
  query: URLSearchParams;
  form: Form;
  user: User;
}

/** A bookmark at least this often, where the client wants them; milliseconds. */
const BOOKMARK_EVERY = 30_000;

/** The API server keeps no recent events of its own in memory, so that there etcd says it. */
const tooOld = ({ kind }: KindInfo, from: string, now: string): string =>
  (kind === 'Event' ? 'The resourceVersion for the provided watch is too old.' : `too old resource version: ${from} (${now})`);

/**
 * Replays what happened after the given resourceVersion, then goes on with what happens, until the returned function is called.
 * An object that stops matching the selectors is sent as DELETED. A start before the history is an ERROR event with a 410, as the
 * API server does it; so is an unreadable selector. `done` is told when nothing more will come.
 */
export function startWatch(watch: Watch, send: (event: WatchEvent) => void, done: () => void): () => void {
  const { cluster, query } = watch;
  const translate = translator(watch);
  let last = 0;
  const deliver = (change: Change): void => {
    last = change.resourceVersion;
    const event = translate(change);
    if (event) send(event);
  };
  const past = beginning(watch);
  if (past instanceof ApiError) {
    send({ type: 'ERROR', object: past.status });
    done();
    return () => undefined;
  }
  if (past.current) for (const event of past.current) send(event);
  for (const change of past.changes) deliver(change);
  const unsubscribe = cluster.subscribe(deliver);
  const bookmarks = query.get('allowWatchBookmarks') === 'true' ? setInterval(() => send(bookmark(watch, Math.max(last, Number(cluster.resourceVersion)))), BOOKMARK_EVERY) : undefined;
  const seconds = Number(query.get('timeoutSeconds') ?? '0');
  const timeout = seconds > 0 ? setTimeout(done, seconds * 1000) : undefined;
  return () => {
    unsubscribe();
    clearInterval(bookmarks);
    clearTimeout(timeout);
  };
}

/** What a watch starts with: without a resourceVersion all there is, with one the changes since. */
function beginning({ cluster, target, query, form, user }: Watch): { current?: WatchEvent[]; changes: readonly Change[] } | ApiError {
  const from = query.get('resourceVersion') ?? '';
  if (from === '' || from === '0') {
    const matches = selectorOf(target.info, query);
    const visible = visibleTo(user, target.info);
    const objects = cluster.list(target.info.kind, target.namespace).filter((object) => matches(object) && visible(object) && isNamed(target, object));
    return { current: objects.map((object) => ({ type: 'ADDED', object: inForm(object, watchForm(form)) })), changes: [] };
  }
  return changesFrom(cluster, from, target.info);
}

function changesFrom(cluster: Cluster, from: string, info: KindInfo): { changes: readonly Change[] } | ApiError {
  const changes = /^\d+$/.test(from) ? cluster.changesSince(Number(from)) : undefined;
  return changes ? { changes } : expired(tooOld(info, from, cluster.resourceVersion));
}

const isNamed = ({ name }: Target, object: KubeObject): boolean => name === undefined || object.metadata.name === name;
const watchForm = (form: Form): Form => (form === 'full' ? 'full' : 'metadata');

function translator({ target, query, form, user }: Watch): (change: Change) => WatchEvent | undefined {
  const selected = selectorOf(target.info, query);
  const visible = visibleTo(user, target.info);
  const concerns = (object: KubeObject | undefined): boolean =>
    object !== undefined && object.kind === target.info.kind && (target.namespace === undefined || object.metadata.namespace === target.namespace) && isNamed(target, object) && selected(object) && visible(object);
  return ({ type, object, previous }) => {
    const before = concerns(previous);
    const now = type !== 'DELETED' && concerns(object);
    if (!before && !now) return undefined;
    if (now || type === 'DELETED') return { type: before && now ? 'MODIFIED' : now ? 'ADDED' : 'DELETED', object: inForm(object, watchForm(form)) };
    // What left the selector is shown as it was when it still matched, with the version of the change.
    const left = { ...(previous ?? object) };
    return { type: 'DELETED', object: inForm({ ...left, metadata: { ...left.metadata, resourceVersion: object.metadata.resourceVersion ?? '' } }, watchForm(form)) };
  };
}

function bookmark({ target }: Watch, resourceVersion: number): WatchEvent {
  const { kind } = target.info;
  const apiVersion = target.info.group === '' ? target.info.version : `${target.info.group}/${target.info.version}`;
  return { type: 'BOOKMARK', object: { kind, apiVersion, metadata: { resourceVersion: String(resourceVersion), creationTimestamp: null } } };
}
