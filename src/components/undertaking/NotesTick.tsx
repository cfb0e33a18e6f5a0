import { Checkbox } from '@patternfly/react-core';
import { type FC, useId } from 'react';
import { useWords } from '../../console/text';
import { type UndertakingState } from '../../engine';

interface NotesTickProps {
  readonly notes: UndertakingState['notes'];
  readonly onLeave: (on: boolean) => void;
}

/** Whether others shall see at the objects what was done to them. Drawn only where it can be done. */
export const NotesTick: FC<NotesTickProps> = ({ notes, onLeave }) => {
  const t = useWords();
  const id = useId();
  if (notes === 'impossible') return null;
  return (
    <Checkbox
      id={id} isChecked={notes === 'left'} onChange={(_, on) => onLeave(on)} label={t('Leave a note (Event) on the object')}
      description={t('Whoever looks at its events sees what was done. The cluster drops events by itself, usually after an hour. It needs the permission to create events.')}
    />
  );
};
