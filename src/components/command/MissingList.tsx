import { List, ListItem } from '@patternfly/react-core';
import { type FC } from 'react';
import { useWords } from '../../console/text';
import { FAILURES, type Missing } from '../../engine';
import { MessageText } from '../message/MessageText';
import { visible } from '../../engine/visible';
import './MissingList.css';
import { usePermissionSays } from './usePermissionSays';

const MissingLine: FC<{ readonly missing: Missing }> = ({ missing }) => {
  const t = useWords();
  const says = usePermissionSays();
  return (
    <>
      {missing.permission ? says(missing.permission) : <MessageText message={FAILURES[missing.reason]} />}
      {/* Of a missing permission the server says the same again, in more words. */}
      {!missing.permission && missing.detail !== undefined && <> {t('The server says: “{{detail}}”', { detail: visible(missing.detail, 500) })}</>}
    </>
  );
};

const keyOf = ({ reason, permission, detail }: Missing): string => JSON.stringify([reason, permission ?? detail]);

/** What could not be read, why, and who could; what several readings lack alike is said once. */
export const MissingList: FC<{ readonly missing: readonly Missing[] }> = ({ missing }) => {
  const lines = [...new Map(missing.map((line) => [keyOf(line), line])).entries()];
  return (
    <List isPlain className="virt-runbooks__missing">
      {lines.map(([key, line]) => <ListItem key={key}><MissingLine missing={line} /></ListItem>)}
    </List>
  );
};
