import { statusOf } from './failures';
import { type Operation, type PatchStep, type Target } from './operation';
import { resourcePath } from './readKubernetes';
import { type Kind } from './source';

/** One write as HTTP. */
export interface Write {
  readonly method: 'PATCH' | 'DELETE' | 'POST' | 'PUT';
  readonly path: string;
  readonly contentType: string;
  readonly body: unknown;
}

/** What became of a write: a timeout or a cut connection is `unknown`, never a failure. */
export type Sent =
  | { readonly state: 'accepted'; readonly object: unknown }
  | { readonly state: 'rejected'; readonly status: number; readonly words: string }
  | { readonly state: 'unknown'; readonly words: string };

/** The one thing that writes. It carries out the operations of a confirmed plan, once each, and never rejects. */
export interface Sender {
  readonly send: (write: Write, signal: AbortSignal) => Promise<Sent>;
}

/** The kind of a target, as the reader wants it. */
export const kindOf = ({ kind, plural, apiVersion, group = '', namespace }: Target): Kind =>
  ({ kind, plural, group, versions: [apiVersion.split('/').at(-1) ?? 'v1'], namespaced: namespace !== undefined });

const UID = '/metadata/uid';
// A patch names its object by name alone: one of that name that was created anew must not get it.
const isTested = (patch: readonly PatchStep[]): boolean => patch.some(({ op, path }) => op === 'test' && path === UID);

/** What the object records as the program that wrote, in `managedFields`: else it would name the browser. */
const MANAGER = 'virt-runbooks-plugin';

/**
 * What a sender says it takes for an answer, as `kubectl` does. With JSON alone virt-api answers 406 to every call of a VM: its routes declare no type
 * (KubeVirt 1.8.4, pkg/virt-api/api.go), and nothing has been done then.
 */
export const ACCEPTED_ANSWERS = 'application/json, */*';

const DRY_RUN = { dryRun: ['All'] };

/** The request of an operation. With `dryRun` the server does everything but store it. */
export const writeOf = (operation: Operation, dryRun: boolean): Write => {
  const { target } = operation;
  const of = kindOf(target);
  const [version] = of.versions;
  const path = resourcePath(of, version, target.namespace, target.name);
  const query = `?fieldManager=${MANAGER}${dryRun ? '&dryRun=All' : ''}`;
  const dry = dryRun ? DRY_RUN : {};
  const options = (preconditions: object) => ({ kind: 'DeleteOptions', apiVersion: 'v1', preconditions, ...dry });
  switch (operation.verb) {
    case 'patch': return {
      method: 'PATCH', path: `${path}${operation.subresource ? `/${operation.subresource}` : ''}${query}`, contentType: 'application/json-patch+json',
      body: isTested(operation.patch) ? operation.patch : [{ op: 'test', path: UID, value: target.uid }, ...operation.patch],
    };
    case 'delete': return {
      method: 'DELETE', path, contentType: 'application/json',
      body: options(operation.uidOnly ? { uid: target.uid } : { uid: target.uid, resourceVersion: target.resourceVersion }),
    };
    case 'evict': return {
      method: 'POST', path: `${path}/eviction`, contentType: 'application/json',
      body: { kind: 'Eviction', apiVersion: 'policy/v1', metadata: { name: target.name, namespace: target.namespace }, deleteOptions: options({ uid: target.uid }) },
    };
    case 'create': return { method: 'POST', path: `${resourcePath(of, version, target.namespace)}${query}`, contentType: 'application/json', body: operation.object };
    // virt-api reads `dryRun` of the body alone (KubeVirt 1.8.4, pkg/virt-api/rest/subresource.go): as a parameter it would be overlooked, and the deed done.
    case 'call': return {
      method: 'PUT', path: `${resourcePath({ ...of, group: `subresources.${of.group}` }, version, target.namespace, target.name)}/${operation.subresource}`,
      contentType: 'application/json', body: { ...operation.body, ...dry },
    };
    default: return operation satisfies never;
  }
};

/** What the preview of one operation came to. There is a sixth that is none: not asked yet. */
export type Preview =
  /**
   * The server would do it. `changes` is empty where no object changes: it goes, or it is called upon. `also` is what the server changes beside
   * what was asked for: defaults, and what webhooks add.
   */
  | { readonly outcome: 'accepted'; readonly changes: readonly Change[]; readonly also: readonly Change[] }
  | { readonly outcome: 'rejected'; readonly words: string }
  /** The write passes a webhook that does not answer: repair that first. */
  | { readonly outcome: 'blocked'; readonly webhook: string; readonly words: string }
  /** The webhook declares side effects, so the server refuses dry runs: the change is our own computation. */
  | { readonly outcome: 'localOnly'; readonly changes: readonly Change[]; readonly words: string }
  | { readonly outcome: 'unknown'; readonly words: string };

/** One field before and after. */
export interface Change {
  readonly path: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** The fields that an operation changes, as its own patch says. `test` steps tell what stands there now. */
export const changesOf = (operation: Operation): readonly Change[] => {
  if (operation.verb !== 'patch') return [];
  const tested = new Map(operation.patch.flatMap((step) => (step.op === 'test' ? [[step.path, step.value] as const] : [])));
  return operation.patch.flatMap((step) => (step.op === 'test' ? [] : [{
    path: step.path, from: tested.get(step.path) ?? operation.before?.[step.path], to: step.op === 'remove' ? undefined : step.value,
  }]));
};

// The API server's own sentences: k8s.io/apiserver/pkg/admission/plugin/webhook (dispatcher and errors).
/** Says that admission could not ask a webhook: such a write is refused, although the status is 500. */
const WEBHOOK_DOWN = /failed calling webhook "([^"]+)"/;
const WEBHOOK_SIDE_EFFECTS = /does not support dry run/;

/** Reads the answer to a dry run. */
export const previewOf = (operation: Operation, sent: Sent, also: readonly Change[] = []): Preview => {
  if (sent.state === 'accepted') return { outcome: 'accepted', changes: changesOf(operation), also };
  if (sent.state === 'unknown') return { outcome: 'unknown', words: sent.words };
  const webhook = WEBHOOK_DOWN.exec(sent.words)?.[1];
  if (webhook) return { outcome: 'blocked', webhook, words: sent.words };
  if (WEBHOOK_SIDE_EFFECTS.test(sent.words)) return { outcome: 'localOnly', changes: changesOf(operation), words: sent.words };
  return { outcome: 'rejected', words: sent.words };
};

/** The server's own words of a refusal, or the bare status where there are none. */
const wordsOf = (status: number, body: string): string => statusOf(body).message ?? `HTTP ${status}`;

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
};

/** What became of a write that was answered, by its HTTP status and body. */
export const sentOf = (status: number, body: string): Sent => {
  const words = wordsOf(status, body);
  // A proxy answers on behalf of a server that may have taken the write, and a server may fail after it has: both are 5xx.
  if (status >= 500 && !WEBHOOK_DOWN.test(words)) return { state: 'unknown', words };
  return status >= 300 ? { state: 'rejected', status, words } : { state: 'accepted', object: parsed(body) };
};
