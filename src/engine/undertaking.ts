import { type Diagnosis } from './diagnosis';
import { type OperationResult, type Recheck, carryOut } from './execute';
import { type ExecuteMitigation } from './mitigation';
import { type Message, msg } from './message';
import { type Missing, type Observation } from './observation';
import { type Operation, type Plan, type Target } from './operation';
import { evidenceStep, plannedOf } from './planned';
import { permissionOfWrite } from './needs';
import { type Reader } from './reader';
import { type MitigationRecord, type RecordBegin, beginRecord, recordNow } from './record';
import { type StepReport } from './report';
import { type Preview, type Sender, kindOf, previewOf, writeOf } from './send';
import { type Permission } from './source';

/** One permission of a plan, asked about each time; an error is not a yes. */
export interface PermissionAnswer {
  readonly permission: Permission;
  readonly answer: 'allowed' | 'refused' | 'unknown';
  readonly words?: string;
}

/** How far an undertaking has come. */
export interface UndertakingState {
  /** `planned`: the plan follows the evidence. From `previewed` on it is fixed: what is confirmed is what runs. */
  readonly phase: 'reading' | 'refused' | 'planned' | 'previewing' | 'previewed' | 'running' | 'stopped' | 'verifying';
  /** The evidence of the plan, as a step. */
  readonly evidence: StepReport;
  readonly plan?: Plan;
  /** `lookAgainIn`: seconds until the evidence may allow it. */
  readonly refused?: { readonly says: Message; readonly missing: readonly Missing[]; readonly lookAgainIn?: number };
  readonly permissions: readonly PermissionAnswer[];
  readonly previews: readonly { readonly operation: string; readonly preview: Preview }[];
  readonly results: readonly OperationResult[];
  /** After a run, one line per verification of the plan; `reading` until it rests on what was read since. */
  readonly verification: readonly StepReport[];
  /** The plan that runs is the undo of an earlier one. */
  readonly undoing: boolean;
}

/** Carrying out one mitigation, from its evidence to its verification. */
export interface Undertaking {
  readonly state: () => UndertakingState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Fixes the plan, asks for its permissions and has the server run it dry. */
  readonly preview: () => Promise<void>;
  /** Back to the evidence, for a new plan. Not while one runs. */
  readonly startOver: () => void;
  /** Only after a preview that neither was refused nor is blocked; permissions are asked for again first. */
  readonly run: () => Promise<void>;
  /** Stops sending. What is under way is awaited. */
  readonly stop: () => void;
  /** After a run: takes the recorded undo of the plan as the new plan and previews it. */
  readonly undo: () => Promise<void>;
  /** From the confirmation on: what was known, what was sent, what came of it. */
  readonly record: () => MitigationRecord | undefined;
}

/** What a verification says of evidence from before the deed is not said: it is being read. */
const since = (ranAt: string, report: StepReport): StepReport =>
  (report.readings.some(({ readAt }) => readAt !== undefined && readAt < ranAt)
    ? { ...report, state: 'reading', outcome: undefined, reason: undefined, says: undefined, expected: undefined, actual: undefined, also: [], subjects: [], rows: [] }
    : report);

/** May these previews be followed by the deed? */
export const isRunnable = ({ phase, permissions, previews, plan }: UndertakingState): boolean =>
  phase === 'previewed' && plan !== undefined && previews.length === plan.operations.length &&
  permissions.every(({ answer }) => answer === 'allowed') &&
  previews.every(({ preview }) => preview.outcome === 'accepted' || preview.outcome === 'localOnly');

const HAS_RUN: readonly UndertakingState['phase'][] = ['running', 'stopped', 'verifying'];

/** Starts the undertaking of a mitigation beside a diagnosis that is being driven. Aborting `signal` stops the sending too. */
export const undertake = (
  diagnosis: Diagnosis, mitigation: ExecuteMitigation, { reader, sender, signal }: { reader: Reader; sender: Sender; signal: AbortSignal },
): Undertaking => {
  const step = evidenceStep(mitigation);
  const listeners = new Set<() => void>();
  let stopping = new AbortController();
  let fixed: Partial<UndertakingState> & { plan?: Plan } = {};
  /** ISO 8601, server time: when the last run ended. */
  let ranAt = '';
  /** Counts previews: what an earlier one still brings is no part of a later one. */
  let round = 0;
  let current: UndertakingState | undefined;
  let begun: RecordBegin | undefined;
  let recorded: MitigationRecord | undefined;
  /** ISO 8601: when the alert was first seen not to fire any more, after the run. */
  let clearedAt: string | undefined;

  const changed = () => {
    current = undefined;
    const { alert, at } = diagnosis.report();
    if (ranAt && at > ranAt && clearedAt === undefined && fixed.phase === 'verifying' && begun?.before.alert === 'firing' && (alert.state === 'inactive' || alert.state === 'gone')) clearedAt = at;
    for (const listener of [...listeners]) listener();
  };
  const set = (next: typeof fixed) => {
    fixed = { ...fixed, ...next };
    changed();
  };

  const stateNow = (): UndertakingState => ({
    permissions: [], previews: [], results: [], undoing: false,
    ...plannedOf(diagnosis, mitigation),
    ...(fixed.phase ? { refused: undefined } : {}),
    ...fixed,
    verification: (ranAt && fixed.plan ? fixed.plan.verify : []).flatMap(({ id }) => diagnosis.evaluated(id)?.report ?? []).map((one) => since(ranAt, one)),
  });

  /** Nothing where the page was left meanwhile. */
  const permissionsOf = (plan: Plan): Promise<readonly PermissionAnswer[] | undefined> => Promise.all(
    [...new Map(plan.operations.map(permissionOfWrite).map((permission) => [JSON.stringify(permission), permission])).values()].map(async (permission) => {
      const seen = await reader.read({ kind: 'access', permission }, { signal, maxAge: 0 });
      if (seen.state !== 'ok') return { permission, answer: 'unknown' as const, words: seen.state === 'failed' ? seen.detail : undefined };
      const { allowed, reason } = seen.items[0] as { allowed: boolean; reason?: string };
      return { permission, answer: allowed ? 'allowed' as const : 'refused' as const, words: reason };
    }),
  ).catch(() => undefined);

  const metadataOf = (target: Target): Promise<Observation> =>
    reader.read({ kind: 'object', of: kindOf(target), in: target.namespace ?? 'the cluster', name: target.name, part: 'metadata' }, { signal, maxAge: 0 });

  const recheck: Recheck = async (operation: Operation) => {
    const { target } = operation;
    const seen = await metadataOf(target);
    if (seen.state === 'absent') return { same: false, words: 'It does not exist any more.', gone: true };
    if (seen.state === 'failed') return { same: false, words: seen.detail ?? seen.reason };
    const { metadata } = seen.items[0] as { metadata: { uid?: string; resourceVersion?: string } };
    if (metadata.uid !== target.uid) return { same: false, words: 'It was deleted and created anew.', gone: true };
    const strict = !(operation.verb === 'delete' && operation.uidOnly);
    return strict && metadata.resourceVersion !== target.resourceVersion ? { same: false, words: 'It was changed.' } : { same: true };
  };

  /** A write without an answer is not sent again; its target is read again instead, which may tell what became of it. */
  const readBack = async (result: OperationResult, operation: Operation | undefined): Promise<OperationResult> => {
    if (result.state !== 'unknown' || !operation) return result;
    const found = await recheck(operation).catch(() => undefined);
    if (!found) return result;
    if (operation.verb === 'delete' && !found.same && found.gone) return { operation: result.operation, state: 'accepted' };
    return { ...result, words: `${result.words ?? ''} Read again: ${found.same ? 'it is as it was.' : found.words}`.trim() };
  };

  const previewPlan = async (plan: Plan, undoing: boolean) => {
    const mine = (round += 1);
    ranAt = '';
    set({ phase: 'previewing', plan, undoing, permissions: [], previews: [], results: [] });
    const permissions = await permissionsOf(plan);
    if (!permissions || mine !== round) return;
    set({ permissions });
    const previews = permissions.every(({ answer }) => answer === 'allowed')
      ? await Promise.all(plan.operations.map(async (operation) => ({
        operation: operation.id, preview: previewOf(operation, await sender.send(writeOf(operation, true), signal)),
      })))
      : [];
    if (mine === round) set({ phase: 'previewed', previews });
  };

  diagnosis.alsoRun([step]);
  const stopListening = diagnosis.subscribe(changed);
  signal.addEventListener('abort', () => {
    stopListening();
    stopping.abort();
  }, { once: true });

  return {
    state: () => (current ??= stateNow()),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    preview: async () => {
      const { plan, phase } = stateNow();
      if (phase === 'planned' && plan) await previewPlan(plan, false);
    },
    startOver: () => {
      if (fixed.phase === 'running') return;
      round += 1;
      ranAt = '';
      fixed = {};
      diagnosis.alsoRun([step]);
      diagnosis.readAgain({ step: step.id });
    },
    run: async () => {
      const before = stateNow();
      if (!isRunnable(before) || !before.plan) return;
      stopping = new AbortController();
      clearedAt = undefined;
      begun = beginRecord(diagnosis.report(), mitigation, before.plan, before);
      set({ phase: 'running', results: before.plan.operations.map(({ id }) => ({ operation: id, state: 'waiting' })) });
      const permissions = await permissionsOf(before.plan);
      set({ permissions: permissions ?? before.permissions });
      if (!permissions || permissions.some(({ answer }) => answer !== 'allowed') || stopping.signal.aborted || signal.aborted) {
        set({ phase: 'stopped', results: before.plan.operations.map(({ id }) => ({ operation: id, state: 'notSent' })) });
        return;
      }
      const sent = await carryOut(before.plan.operations, { sender, recheck, signal: stopping.signal, changed: (so) => set({ results: so }) });
      const results = await Promise.all(sent.map((result) => readBack(result, before.plan?.operations.find(({ id }) => id === result.operation))));
      diagnosis.alsoRun([step, ...before.plan.verify]);
      ranAt = diagnosis.report().at;
      // A result that stays unknown may yet have been the deed: the verification tells.
      set({ phase: results.every(({ state }) => state === 'accepted' || state === 'unknown') ? 'verifying' : 'stopped', results });
      diagnosis.readAgain();
    },
    stop: () => stopping.abort(),
    record: () => {
      const now = stateNow();
      // A new plan, and the preview of an undo, are no part of what was done before.
      if (begun && HAS_RUN.includes(now.phase)) recorded = recordNow(begun, diagnosis.report(), now, clearedAt);
      return recorded;
    },
    undo: async () => {
      const { plan, phase } = stateNow();
      if (!plan?.undo.possible || (phase !== 'verifying' && phase !== 'stopped')) return;
      // The marks of the objects have moved on with our own write: the undo is a plan on what stands there now.
      const operations = await Promise.all(plan.undo.operations.map(async (operation) => {
        const { target } = operation;
        const seen = await metadataOf(target).catch((): Observation => ({ state: 'absent', readAt: 0 }));
        const metadata = seen.state === 'ok' ? (seen.items[0] as { metadata: { uid?: string; resourceVersion?: string } }).metadata : undefined;
        return metadata?.uid === target.uid ? { ...operation, target: { ...target, resourceVersion: metadata.resourceVersion ?? '' } } : operation;
      }));
      await previewPlan({
        ...plan, operations, sentence: plan.undo.says, verify: [], confirm: { kind: 'button' },
        undo: { possible: false, says: msg('Carry the mitigation out again to go back.') },
      }, true);
    },
  };
};
