import { useWords } from '../../console/text';
import { type Overtaken, type UndertakingState, isRunnable } from '../../engine';

/** Why what was previewed cannot be run; undefined if it can. */
export const useObstacle = (state: UndertakingState, overtaken: Overtaken | undefined): string | undefined => {
  const t = useWords();
  if (state.phase !== 'previewed') return t('The preview is not finished.');
  if (state.permissions.some(({ answer }) => answer !== 'allowed')) return t('You may not do all of it: see the permission above.');
  if (!isRunnable(state)) return t('The preview was not accepted: see its result above.');
  // Of a selection what has changed is left out by itself; a listed target was to be written.
  const isOver = overtaken && (overtaken.refused !== undefined || (!state.plan?.selection && overtaken.changed.length > 0));
  return isOver ? t('It has changed since the preview: look again.') : undefined;
};
