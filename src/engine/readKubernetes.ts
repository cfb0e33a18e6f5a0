import { failureOf, parsed, statusOf } from './failures';
import { type Failure, type Observation } from './observation';
import { permissionOf } from './needs';
import { type ApiSource, type Identity, type Kind, type ListSource, type LogSource, type ObjectSource, type AccessSource, type Part, type Permission } from './source';
import { type Reply } from './transport';

/** Asks one question of the Kubernetes API and waits for the answer. */
export type AskKubernetes = (path: string, options?: { accept?: string; body?: unknown }) => Promise<Reply>;

type Found = Omit<Extract<Observation, { state: 'ok' }>, 'readAt'> | { state: 'absent' } | ({ state: 'failed' } & Failure);

const failed = (failure: Failure): Found => ({ state: 'failed', ...failure });

/** Objects in one page of a list: what the console itself asks for. Identities are small, and there are many. */
const PAGE = 250;
const PAGE_OF_IDENTITIES = 500;
/** Bytes that a line of a log may have on average before the answer is cut. The kubelet cuts off the newest lines, which matter most: so it is ten times what lines have. */
const LINE_LENGTH = 4_096;

const METADATA = {
  object: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1',
  list: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
};

/** What is asked for a part; nothing for the whole. */
const acceptOf = (part: Part, of: keyof typeof METADATA): { accept?: string } => (part === 'full' ? {} : { accept: METADATA[of] });

const identityOf = ({ metadata: { name, namespace, uid, resourceVersion, creationTimestamp, deletionTimestamp, labels, ownerReferences } }: Identity): Identity => ({
  metadata: {
    name, uid, resourceVersion, creationTimestamp, ...(namespace ? { namespace } : {}), ...(deletionTimestamp ? { deletionTimestamp } : {}), ...(labels ? { labels } : {}),
    ...(ownerReferences ? { ownerReferences: ownerReferences.map((owner) => ({ kind: owner.kind, name: owner.name, uid: owner.uid, ...(owner.controller ? { controller: true } : {}) })) } : {}),
  },
});

/** What is kept of what was read. */
const kept = (part: Part, object: unknown): unknown => (part === 'identity' ? identityOf(object as Identity) : object);

/** The path of the group version that serves a kind. */
export const apiPath = (group: string, version: string): string => (group ? `/apis/${group}/${version}` : `/api/${version}`);

/** The path of a list of a kind or of one of its objects. `where` is a namespace, or absent for all or none. */
export const resourcePath = (of: Pick<Kind, 'group' | 'plural'>, version: string, where?: string, name?: string): string =>
  [apiPath(of.group, version), where === undefined ? '' : `/namespaces/${encodeURIComponent(where)}`, `/${of.plural}`, name === undefined ? '' : `/${encodeURIComponent(name)}`].join('');

const namespaceOf = (where: string): string | undefined => (where === 'all namespaces' || where === 'the cluster' ? undefined : where);

/** Tries the served versions of a kind, best first; an API is absent only if its own group version answers 404. */
const withVersion = async (ask: AskKubernetes, of: Kind, read: (version: string) => Promise<Found | 'notFound'>): Promise<Found> => {
  for (const version of of.versions) {
    const found = await read(version);
    if (found !== 'notFound') return found;
    const served = await ask(apiPath(of.group, version));
    if (served.state === 'answered' && served.status === 404) continue;
    if (served.state === 'failed' || served.status >= 300) return failed(failureOf(served));
    const { resources } = (parsed(served.body) ?? {}) as { resources?: { name?: string }[] };
    if (!Array.isArray(resources)) return failed({ reason: 'malformed' });
    if (resources.some(({ name }) => name === of.plural)) return { state: 'absent' };
  }
  return failed({ reason: 'apiNotInstalled' });
};

/** Reads one object. Absent is an answer; an API that is not there is a failure. */
export const readObject = (ask: AskKubernetes, source: ObjectSource<unknown>): Promise<Found> =>
  withVersion(ask, source.of, async (version) => {
    const name = source.name as string;
    const reply = await ask(resourcePath(source.of, version, namespaceOf(source.in as string), name), acceptOf(source.part, 'object'));
    if (reply.state === 'answered' && reply.status === 404) {
      const { reason, details } = statusOf(reply.body);
      // Only the handler of the resource itself names the object; a path that nobody serves does not.
      return reason === 'NotFound' && details?.name === name ? { state: 'absent' } : 'notFound';
    }
    if (reply.state === 'failed' || reply.status >= 300) return failed(failureOf(reply, permissionOf(source) as Permission));
    const object = parsed(reply.body);
    return isObject(object) ? { state: 'ok', items: [kept(source.part, object)], complete: true } : failed({ reason: 'malformed' });
  });

/** Reads a list page by page, no further than `atMost`. */
export const readList = async (ask: AskKubernetes, source: ListSource<unknown>): Promise<Found> => {
  const found = await withVersion(ask, source.of, (version) => readPages(ask, source, version));
  // A list that is served is never absent: somebody else answered that it is.
  return found.state === 'absent' ? failed({ reason: 'serverError', detail: 'HTTP 404' }) : found;
};

const readPages = async (ask: AskKubernetes, source: ListSource<unknown>, version: string): Promise<Found | 'notFound'> => {
  const items: unknown[] = [];
  const size = source.part === 'identity' ? PAGE_OF_IDENTITIES : PAGE;
  let next: string | undefined;
  do {
    const parameters = new URLSearchParams({ limit: String(Math.min(size, source.atMost - items.length)) });
    if (source.labels !== undefined) parameters.set('labelSelector', source.labels as string);
    if (source.fields !== undefined) parameters.set('fieldSelector', source.fields as string);
    if (next) parameters.set('continue', next);
    const reply = await ask(
      `${resourcePath(source.of, version, namespaceOf(source.in as string))}?${parameters}`,
      acceptOf(source.part, 'list'),
    );
    if (reply.state === 'answered' && reply.status === 404) return 'notFound';
    // The token of a next page expires after five minutes: what was read until then stands, cut.
    if (reply.state === 'answered' && reply.status === 410 && items.length > 0) return { state: 'ok', items, complete: false };
    if (reply.state === 'failed' || reply.status >= 300) return failed(failureOf(reply, permissionOf(source) as Permission));
    const page = parsed(reply.body) as { items?: unknown; metadata?: { continue?: string; remainingItemCount?: number } } | undefined;
    if (!Array.isArray(page?.items) || !page.items.every(isObject)) return failed({ reason: 'malformed' });
    items.push(...page.items.map((item) => kept(source.part, item)));
    next = page.metadata?.continue || undefined;
    if (next && items.length >= source.atMost) {
      return { state: 'ok', items, complete: false, more: page.metadata?.remainingItemCount };
    }
  } while (next);
  return { state: 'ok', items, complete: true };
};

// What the kubelet answers, with status 400, when there is no such log: a fact, not a failure.
const NO_LOG = /previous terminated container .* not found|is waiting to start|is not available|is terminated/;

/** Reads the end of a container's log. A log that was never written is empty. */
export const readLog = async (ask: AskKubernetes, source: LogSource): Promise<Found> => {
  const { pod, tail } = source as LogSource & { pod: string };
  const parameters = new URLSearchParams({ tailLines: String(tail), timestamps: 'true', limitBytes: String(tail * LINE_LENGTH) });
  if (source.container !== undefined) parameters.set('container', source.container as string);
  if (source.previous) parameters.set('previous', 'true');
  if (source.since !== undefined) parameters.set('sinceSeconds', String(source.since));
  const reply = await ask(`/api/v1/namespaces/${encodeURIComponent(source.in as string)}/pods/${encodeURIComponent(pod)}/log?${parameters}`, { accept: 'text/plain, */*' });
  if (reply.state === 'answered' && reply.status === 404 && statusOf(reply.body).details?.name === pod) return { state: 'absent' };
  if (reply.state === 'answered' && reply.status === 400 && NO_LOG.test(statusOf(reply.body).message ?? '')) return { state: 'ok', items: [], complete: true };
  if (reply.state === 'failed' || reply.status >= 300) return failed(failureOf(reply, permissionOf(source) as Permission));
  const lines = reply.body.split('\n').filter((line) => line !== '').map((line) => {
    const [, at, text] = /^(\d{4}-\d\d-\d\dT\S+) (.*)$/s.exec(line) ?? [];
    return { pod, ...(source.container === undefined ? {} : { container: source.container }), ...(at ? { at } : {}), text: text ?? line };
  });
  return { state: 'ok', items: lines, complete: lines.length < tail && new TextEncoder().encode(reply.body).length < tail * LINE_LENGTH };
};

/** Asks whether the user may do something, with a new review each time: an error is not a yes. */
export const readAccess = async (ask: AskKubernetes, { permission }: AccessSource): Promise<Found> => {
  const reply = await ask('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', { body: accessReview(permission as Permission) });
  if (reply.state === 'failed' || reply.status >= 300) return failed(failureOf(reply));
  const { status } = (parsed(reply.body) ?? {}) as { status?: { allowed?: boolean; reason?: string } };
  return typeof status?.allowed === 'boolean'
    ? { state: 'ok', items: [{ allowed: status.allowed, ...(status.reason ? { reason: status.reason } : {}) }], complete: true }
    : failed({ reason: 'malformed' });
};

/** The question as Kubernetes wants it. */
export const accessReview = ({ verb, group, resource, subresource, namespace, name }: Permission) => ({
  apiVersion: 'authorization.k8s.io/v1',
  kind: 'SelfSubjectAccessReview',
  spec: { resourceAttributes: { verb, group, resource, ...(subresource ? { subresource } : {}), ...(namespace ? { namespace } : {}), ...(name ? { name } : {}) } },
});

/** Reads which resources a group version serves; absent if it answers 404. */
export const readApi = async (ask: AskKubernetes, { group, version }: ApiSource): Promise<Found> => {
  const reply = await ask(apiPath(group, version));
  if (reply.state === 'answered' && reply.status === 404) return { state: 'absent' };
  if (reply.state === 'failed' || reply.status >= 300) return failed(failureOf(reply));
  const { resources } = (parsed(reply.body) ?? {}) as { resources?: { name?: string }[] };
  return Array.isArray(resources)
    ? { state: 'ok', items: resources.map(({ name }) => ({ resource: String(name) })), complete: true }
    : failed({ reason: 'malformed' });
};

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value) && 'metadata' in value;
