import { type Choice, type Picked } from './choice';
import { type Diagnosis } from './diagnosis';
import { type OperationResult, carryOut, isAsMeant } from './execute';
import { createLooks, marksOf } from './looks';
import { type Message, msg } from './message';
import { type ExecuteMitigation } from './mitigation';
import { takesNotes, withNotes } from './note';
import { type Missing, type Observation } from './observation';
import { type Plan } from './operation';
import { createPlanner, evidenceStep } from './planned';
import { DRY_AT_ONCE, type PermissionAnswer, type Previewed, type SavedLog, createPreparation, mapInTurn, sampleOf } from './preparation';
import { type Reader } from './reader';
import { type MitigationRecord, type RecordBegin, beginRecord, recordNow } from './record';
import { type StepReport } from './report';
import { type Sender } from './send';
import { passes } from './waiting';
import { type PassedWebhook } from './webhooks';

/** How far an undertaking has come. */
export interface UndertakingState {
  /** `planned`: the plan follows the evidence. From `previewed` on it is fixed: what is confirmed is what runs. */
  readonly phase: 'reading' | 'refused' | 'planned' | 'previewing' | 'previewed' | 'running' | 'stopped' | 'verifying';
  /** The evidence of the plan, as a step. */
  readonly evidence: StepReport;
  /** What may be decided before the plan, and what was. */
  readonly choices: readonly Choice[];
  readonly picked: Picked;
  readonly plan?: Plan;
  /** Whether Events are left on the objects, and whether they can be. */
  readonly notes: 'left' | 'notLeft' | 'impossible';
  /** `lookAgainIn`: seconds until the evidence may allow it. */
  readonly refused?: { readonly says: Message; readonly missing: readonly Missing[]; readonly lookAgainIn?: number };
  readonly permissions: readonly PermissionAnswer[];
  /** Of a selection the first object of each of a few namespaces. */
  readonly previews: readonly Previewed[];
  /** Webhooks that the plan's writes may pass; undefined while it is not known, or may not be read. */
  readonly webhooks?: readonly PassedWebhook[];
  readonly saved: readonly SavedLog[];
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
  /** Decides something: the plan is made anew of the same evidence. Only while nothing is fixed. */
  readonly pick: (choice: string, value: string) => void;
  /** Whether the plan leaves Events on what it changes. Only while nothing is fixed. */
  readonly leaveNotes: (on: boolean) => void;
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
  phase === 'previewed' && plan !== undefined && previews.length > 0 && previews.length === sampleOf(plan).length &&
  permissions.every(({ answer }) => answer === 'allowed') &&
  previews.every(({ preview }) => preview.outcome === 'accepted' || preview.outcome === 'localOnly');

const HAS_RUN: readonly UndertakingState['phase'][] = ['running', 'stopped', 'verifying'];

/** Starts the undertaking of a mitigation beside a diagnosis that is being driven. Aborting `signal` stops the sending too. */
export const undertake = (
  diagnosis: Diagnosis, mitigation: ExecuteMitigation, options: { readonly reader: Reader; readonly sender: Sender; readonly signal: AbortSignal; readonly picked?: Picked },
): Undertaking => {
  const { reader, sender, signal } = options;
  const step = evidenceStep(mitigation);
  const listeners = new Set<() => void>();
  let stopping = new AbortController();
  let fixed: Partial<UndertakingState> & { plan?: Plan } = {};
  /** ISO 8601, server time: when the last run ended. */
  let ranAt = '';
  /** Counts previews: what an earlier one still brings is no part of a later one. */
  let round = 0;
  let current: UndertakingState | undefined;
  let picked: Picked = options.picked ?? {};
  let notes = false;
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

  const planNow = createPlanner(diagnosis, mitigation);
  const looks = createLooks(reader, signal);
  const prepare = createPreparation(reader, sender, looks, signal);

  const plannedNow = () => {
    const planned = planNow(picked);
    const { plan } = planned;
    if (!plan || !takesNotes(plan)) return { ...planned, notes: 'impossible' as const };
    return notes ? { ...planned, plan: withNotes(plan, mitigation.title, diagnosis.report().at), notes: 'left' as const } : { ...planned, notes: 'notLeft' as const };
  };

  const stateNow = (): UndertakingState => ({
    permissions: [], previews: [], results: [], saved: [], undoing: false,
    ...plannedNow(),
    ...(fixed.phase ? { refused: undefined } : {}),
    ...fixed,
    verification: (ranAt && fixed.plan ? fixed.plan.verify : []).flatMap(({ id }) => diagnosis.evaluated(id)?.report ?? []).map((one) => since(ranAt, one)),
  });

  const previewPlan = async (plan: Plan, undoing: boolean) => {
    const mine = (round += 1);
    const now = stateNow();
    ranAt = '';
    set({ phase: 'previewing', plan, undoing, permissions: [], previews: [], results: [], saved: [], webhooks: undefined, picked: now.picked, notes: now.notes });
    const permissions = await prepare.permissionsOf(plan);
    if (!permissions || mine !== round) return;
    set({ permissions });
    const mayAll = permissions.every(({ answer }) => answer === 'allowed');
    const [previews, saved, webhooks] = await Promise.all([
      mayAll ? mapInTurn(sampleOf(plan), DRY_AT_ONCE, prepare.runDry) : [],
      mayAll ? mapInTurn(plan.saveFirst?.logs ?? [], DRY_AT_ONCE, prepare.saveLog) : [],
      prepare.readWebhooks(plan),
    ]);
    if (mine === round) set({ phase: 'previewed', previews, saved, webhooks });
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
    pick: (choice, value) => {
      if (fixed.phase !== undefined) return;
      picked = { ...stateNow().picked, [choice]: value };
      changed();
    },
    leaveNotes: (on) => {
      if (fixed.phase !== undefined) return;
      notes = on;
      changed();
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
      const { plan } = before;
      if (!isRunnable(before) || !plan) return;
      stopping = new AbortController();
      clearedAt = undefined;
      begun = beginRecord(diagnosis.report(), mitigation, plan, before);
      set({ phase: 'running', results: plan.operations.map(({ id }) => ({ operation: id, state: 'waiting' })) });
      const permissions = await prepare.permissionsOf(plan);
      set({ permissions: permissions ?? before.permissions });
      if (!permissions || permissions.some(({ answer }) => answer !== 'allowed') || stopping.signal.aborted || signal.aborted) {
        set({ phase: 'stopped', results: plan.operations.map(({ id }) => ({ operation: id, state: 'notSent' })) });
        return;
      }
      const { pace } = plan;
      const sent = await carryOut(plan, {
        sender, recheck: looks.recheck, signal: stopping.signal, changed: (so) => set({ results: so }),
        ...(typeof pace === 'object' ? { between: () => passes(diagnosis, [step, pace.between], pace.patience, stopping.signal) } : {}),
      });
      const operations = new Map(plan.operations.map((operation) => [operation.id, operation]));
      const results = await mapInTurn(sent, sent.length, (result) => looks.readBack(result, operations.get(result.operation)));
      diagnosis.alsoRun([step, ...plan.verify]);
      ranAt = diagnosis.report().at;
      // A result that stays unknown may yet have been the deed: the verification tells.
      set({ phase: results.every(({ state }) => state === 'unknown' || isAsMeant(plan, state)) ? 'verifying' : 'stopped', results });
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
      const { plan, phase, results } = stateNow();
      if (!plan?.undo.possible || (phase !== 'verifying' && phase !== 'stopped')) return;
      // Whoever starts over meanwhile wants no undo any more.
      const mine = (round += 1);
      const done = new Map(results.filter(({ state }) => state === 'accepted' || state === 'unknown').map((result) => [result.operation, result]));
      // The marks of the objects have moved on with our own write: the undo is a plan on what stands there now.
      const wanted = plan.undo.operations.filter(({ undoes }) => (undoes === undefined ? done.size > 0 : done.has(undoes)));
      const operations = await mapInTurn(wanted, DRY_AT_ONCE, async (operation) => {
        const { target, undoes = '' } = operation;
        const uid = target.uid || (done.get(undoes)?.uid ?? '');
        const marks = marksOf(await looks.look(target, 'metadata').catch((): Observation => ({ state: 'absent', readAt: 0 })));
        return { ...operation, target: { ...target, uid, ...(marks.uid === uid ? { resourceVersion: marks.resourceVersion ?? '' } : {}) } };
      });
      if (operations.length === 0 || mine !== round) return;
      await previewPlan({
        ...plan, operations, selection: undefined, saveFirst: undefined, pace: undefined, sentence: plan.undo.says, verify: [], confirm: { kind: 'button' },
        effects: plan.undo.effects ?? [], vmsAffected: plan.undo.vmsAffected ?? msg('None that this page knows of.'), owner: undefined,
        undo: { possible: false, says: msg('Carry the mitigation out again to go back.') },
      }, true);
    },
  };
};
