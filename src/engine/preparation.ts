import { addedByServer } from './differences';
import { type Looks } from './looks';
import { permissionsOfPlan } from './needs';
import { type Observation } from './observation';
import { type Operation, type Plan } from './operation';
import { type Reader } from './reader';
import { type Preview, type Sender, changesOf, previewOf, writeOf } from './send';
import { type Kind, type LogLine, type LogSource, type Permission, type Source } from './source';
import { type PassedWebhook, type WebhookConfiguration, webhooksOf } from './webhooks';

/** One permission of a plan, asked about each time; an error is not a yes. */
export interface PermissionAnswer {
  readonly permission: Permission;
  readonly answer: 'allowed' | 'refused' | 'unknown';
  readonly words?: string;
}

/** The end of a log that was read before its pod is deleted; `words` say why there is none. */
export interface SavedLog {
  readonly namespace: string;
  readonly pod: string;
  readonly container?: string;
  readonly lines: readonly string[];
  readonly words?: string;
}

/** What came of running one operation dry. */
export interface Previewed {
  readonly operation: string;
  readonly preview: Preview;
}

/** Namespaces of a selection of which one object each is run dry. */
const SAMPLED = 10;

/** The operations that are run dry: all, or of a selection the first one in each of a few namespaces. */
export const sampleOf = ({ operations, selection }: Plan): readonly Operation[] =>
  (selection ? [...new Map(operations.toReversed().map((operation) => [operation.target.namespace, operation])).values()].slice(-SAMPLED).toReversed() : operations);

/** Dry runs under way at once. */
export const DRY_AT_ONCE = 4;

/** Maps in order, with so many under way at once. */
export const mapInTurn = async <T, U>(items: readonly T[], atOnce: number, one: (item: T) => Promise<U>): Promise<readonly U[]> => {
  const found: U[] = [];
  for (let place = 0; place < items.length; place += atOnce) found.push(...(await Promise.all(items.slice(place, place + atOnce).map(one))));
  return found;
};

const configurations = (kind: string, plural: string): Source => ({
  kind: 'list', of: { kind, plural, group: 'admissionregistration.k8s.io', versions: ['v1'], namespaced: false } satisfies Kind, in: 'the cluster', part: 'full', atMost: 500,
});
const WEBHOOKS = [configurations('ValidatingWebhookConfiguration', 'validatingwebhookconfigurations'), configurations('MutatingWebhookConfiguration', 'mutatingwebhookconfigurations')];

/** Asks everything that has to be known of a plan before it may be confirmed. Nothing of it writes. */
export interface Preparation {
  /** Undefined where the page was left meanwhile. */
  readonly permissionsOf: (plan: Plan) => Promise<readonly PermissionAnswer[] | undefined>;
  readonly runDry: (operation: Operation) => Promise<Previewed>;
  /** Undefined where they may not be read, or not completely. */
  readonly readWebhooks: (plan: Plan) => Promise<readonly PassedWebhook[] | undefined>;
  readonly saveLog: (log: LogSource) => Promise<SavedLog>;
}

/** Prepares plans through a reader and the dry runs of a sender, until aborted. */
export const createPreparation = (reader: Reader, sender: Sender, { look }: Looks, signal: AbortSignal): Preparation => {
  const readNow = (source: Source): Promise<Observation> => reader.read(source, { signal, maxAge: 0 });

  const permissionsOf: Preparation['permissionsOf'] = (plan) => mapInTurn(permissionsOfPlan(plan), DRY_AT_ONCE, async (permission) => {
    const seen = await readNow({ kind: 'access', permission });
    if (seen.state !== 'ok') return { permission, answer: 'unknown' as const, words: seen.state === 'failed' ? seen.detail : undefined };
    const { allowed, reason } = seen.items[0] as { allowed: boolean; reason?: string };
    return { permission, answer: allowed ? 'allowed' as const : 'refused' as const, words: reason };
  }).catch(() => undefined);

  const runDry = async (operation: Operation): Promise<Previewed> => {
    // The answer to a patch holds what webhooks and defaults made of it; the answer about a subresource is another object.
    const before = operation.verb === 'patch' && !operation.subresource ? await look(operation.target, 'full').catch(() => undefined) : undefined;
    const sent = await sender.send(writeOf(operation, true), signal);
    const also = before?.state === 'ok' && sent.state === 'accepted' ? addedByServer(before.items[0], sent.object, changesOf(operation)) : [];
    return { operation: operation.id, preview: previewOf(operation, sent, also) };
  };

  const readWebhooks = async ({ operations }: Plan): Promise<readonly PassedWebhook[] | undefined> => {
    const seen = await Promise.all(WEBHOOKS.map((source) => reader.read(source, { signal, maxAge: 60_000 }))).catch(() => []);
    if (seen.length === 0 || !seen.every((one) => one.state === 'ok' && one.complete)) return undefined;
    return webhooksOf(operations, seen.flatMap((one) => (one.state === 'ok' ? one.items as readonly WebhookConfiguration[] : [])));
  };

  const saveLog = async (log: LogSource): Promise<SavedLog> => {
    const of = { namespace: log.in as string, pod: log.pod as string, ...(log.container === undefined ? {} : { container: log.container as string }) };
    const seen = await readNow(log).catch((error: unknown): Observation => ({ state: 'failed', reason: 'unreachable', detail: String(error), readAt: 0 }));
    if (seen.state === 'ok') return { ...of, lines: (seen.items as readonly LogLine[]).map(({ text }) => text) };
    return { ...of, lines: [], words: seen.state === 'absent' ? 'It is gone.' : seen.detail ?? seen.reason };
  };

  return { permissionsOf, runDry, readWebhooks, saveLog };
};
