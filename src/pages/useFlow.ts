import { useCallback, useEffect, useRef } from 'react';
import { useAddress } from '../console/address';
import { type ExecuteMitigation, type UndertakingState } from '../engine';
import { type Live } from '../components/undertaking/live';
import { type StepId, hasRun, isOneScreen, stepAt } from '../components/undertaking/wizardSteps';

/** Where a mitigation stands and how one gets on. */
export interface Flow {
  readonly isOneScreen: boolean;
  readonly at: StepId;
  readonly goTo: (step: StepId) => void;
  /** Drops the plan and previews one that is made of what is there now. */
  readonly lookAgain: () => void;
}

const AT = 'at-step';

// Once there was something to decide, the way stays the same: also for the undo, which is simple again.
const useIsOneScreen = (mitigation: ExecuteMitigation, state: UndertakingState): boolean => {
  const wasWizard = useRef(false);
  if (!hasRun(state) && !state.undoing && !isOneScreen(mitigation, state)) wasWizard.current = true;
  return !wasWizard.current;
};

/** The steps of a mitigation: the address names the one that is shown, as far as the undertaking has come; previews are made where they are looked at. */
export const useFlow = (mitigation: ExecuteMitigation, { state, preview, startOver }: Pick<Live, 'state' | 'preview' | 'startOver'>): Flow => {
  const { own, setOwn } = useAddress();
  const wanted = own[AT];
  const isOne = useIsOneScreen(mitigation, state);
  const at = stepAt(state, wanted);
  const { phase } = state;
  const goTo = useCallback((step: StepId) => setOwn({ [AT]: step }), [setOwn]);

  // A preview changes nothing and asks nothing of the reader.
  const isToBePreviewed = phase === 'planned' && (isOne || at === 'permission' || at === 'confirm');
  useEffect(() => {
    if (isToBePreviewed) void preview();
  }, [isToBePreviewed, preview]);

  // Whoever goes back wants to decide again: the plan follows the evidence from there on.
  const isToBeDropped = !isOne && !state.undoing && (phase === 'previewing' || phase === 'previewed') && (wanted === undefined || wanted === 'understand' || wanted === 'targets');
  useEffect(() => {
    if (isToBeDropped) startOver();
  }, [isToBeDropped, startOver]);

  // What happens by itself is said by the address too, once.
  const arrived = phase === 'running' ? 'run' : phase === 'verifying' ? 'verify' : undefined;
  const told = useRef<StepId>();
  useEffect(() => {
    if (!isOne && arrived !== undefined && told.current !== arrived) goTo(arrived);
    told.current = arrived;
  }, [isOne, arrived, goTo]);

  const lookAgain = useCallback(() => {
    startOver();
    if (!isOne) goTo('permission');
  }, [isOne, startOver, goTo]);

  return { isOneScreen: isOne, at, goTo, lookAgain };
};
