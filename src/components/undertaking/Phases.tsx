import { ProgressStep, ProgressStepper } from '@patternfly/react-core';
import { type FC } from 'react';
import { useWords } from '../../console/text';
import { type UndertakingState } from '../../engine';

/** How far each phase has got on the way from understanding to verifying. */
const PLACE: Readonly<Record<UndertakingState['phase'], number>> = {
  reading: 0, refused: 0, planned: 0, previewing: 1, previewed: 2, running: 3, stopped: 3, verifying: 4,
};

/** Where the reader stands: understand, preview, confirm, run, verify. */
export const Phases: FC<{ readonly phase: UndertakingState['phase'] }> = ({ phase }) => {
  const t = useWords();
  const names = [t('Understand'), t('Preview'), t('Confirm'), t('Run'), t('Verify')];
  const here = PLACE[phase];
  const variantOf = (place: number): 'success' | 'info' | 'danger' | 'pending' => {
    if (place < here) return 'success';
    if (place > here) return 'pending';
    return phase === 'stopped' ? 'danger' : 'info';
  };
  const stateOf = (place: number): string => (place < here ? t('done') : place === here ? t('now') : t('later'));
  return (
    <ProgressStepper aria-label={t('Progress')}>
      {names.map((name, place) => (
        <ProgressStep key={name} id={`virt-runbooks-phase-${place}`} titleId={`virt-runbooks-phase-${place}-title`} variant={variantOf(place)} isCurrent={place === here} aria-label={`${name}: ${stateOf(place)}`}>
          {name}
        </ProgressStep>
      ))}
    </ProgressStepper>
  );
};
