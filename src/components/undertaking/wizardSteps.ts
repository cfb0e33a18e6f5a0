import { type ExecuteMitigation, type Operation, type Plan, type UndertakingState } from '../../engine';

/** The steps of a mitigation in their order, as they stand in the address. */
export const STEPS = ['understand', 'targets', 'permission', 'confirm', 'run', 'verify'] as const;
/** One of the steps. */
export type StepId = (typeof STEPS)[number];

type State = Pick<UndertakingState, 'phase' | 'choices' | 'plan' | 'undoing'>;

// An Event about the deed is no deed.
const isNote = ({ verb, target }: Operation): boolean => verb === 'create' && target.kind === 'Event';

/** The writes of a plan without the notes it leaves. */
export const deedsOf = ({ operations }: Pick<Plan, 'operations'>): readonly Operation[] => operations.filter((operation) => !isNote(operation));

/** Has been confirmed: from here on there is no way back but a new plan. */
export const hasRun = ({ phase }: Pick<UndertakingState, 'phase'>): boolean => phase === 'running' || phase === 'stopped' || phase === 'verifying';

/** Nothing is to be decided: one target, no choice, no high risk, and its author holds a button for enough to confirm it. Then one screen holds it all. */
export const isOneScreen = ({ risk }: Pick<ExecuteMitigation, 'risk'>, { choices, plan }: Pick<State, 'choices' | 'plan'>): boolean =>
  choices.length === 0 && risk !== 'high' && (plan === undefined || (plan.selection === undefined && deedsOf(plan).length <= 1 && plan.confirm.kind === 'button'));

/** The steps that a plan has: where there is nothing to choose among, targets are no step of their own, and an undo has been understood already. */
export const stepsOf = ({ choices, plan, undoing }: State): readonly StepId[] => {
  if (undoing) return ['permission', 'confirm', 'run', 'verify'];
  const isListed = choices.length > 0 || (plan !== undefined && (plan.selection !== undefined || deedsOf(plan).length > 1));
  return isListed ? STEPS : STEPS.filter((step) => step !== 'targets');
};

const among = (steps: readonly StepId[], wanted: string | undefined): StepId | undefined => steps.find((step) => step === wanted);

/** The step that is shown: the one the address names, as far as the undertaking has come. Nobody gets to a run but by confirming one. */
export const stepAt = (state: State, wanted: string | undefined): StepId => {
  const steps = stepsOf(state);
  switch (state.phase) {
    case 'running': case 'stopped': return 'run';
    case 'verifying': return among(['run', 'verify'], wanted) ?? 'verify';
    case 'refused': return wanted === undefined || wanted === 'understand' ? 'understand' : 'targets';
    case 'previewing': case 'previewed': return among(['permission', 'confirm'], wanted) ?? 'permission';
    case 'reading': case 'planned': {
      const found = among(steps, wanted);
      return found === 'run' || found === 'verify' ? 'permission' : found ?? (wanted === 'targets' ? 'understand' : steps[0] ?? 'understand');
    }
    default: return state.phase satisfies never;
  }
};
