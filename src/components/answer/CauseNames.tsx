import { List, ListItem } from '@patternfly/react-core';
import { type FC } from 'react';
import { type CauseReport } from '../../engine';
import { MessageText } from '../message/MessageText';

interface CauseNamesProps {
  readonly title: string;
  readonly ids: readonly string[];
  readonly causes: readonly CauseReport[];
}

/** A few causes by their sentence, below a title; nothing at all if there are none. */
export const CauseNames: FC<CauseNamesProps> = ({ title, ids, causes }) => {
  const named = ids.flatMap((id) => causes.filter(({ cause }) => cause === id));
  if (named.length === 0) return null;
  return (
    <div>
      <p>{title}</p>
      <List>{named.map(({ cause, says }) => <ListItem key={cause}><MessageText message={says} /></ListItem>)}</List>
    </div>
  );
};
