import { List, ListItem, Skeleton } from '@patternfly/react-core';
import { type FC } from 'react';
import { useWords } from '../../console/text';
import { type PermissionAnswer } from '../../engine';
import { permissionText } from '../../engine/permissionText';
import { usePermissionSays } from '../command/usePermissionSays';
import { visible } from '../../engine/visible';
import { OutcomeIcon } from '../outcome/OutcomeIcon';

const OUTCOMES = { allowed: 'pass', refused: 'fail', unknown: 'unknown' } as const;

/** Whether the reader may do what a plan does, as the API server answered just now. */
export const PermissionList: FC<{ readonly permissions: readonly PermissionAnswer[] }> = ({ permissions }) => {
  const t = useWords();
  const says = usePermissionSays();
  if (permissions.length === 0) return <Skeleton screenreaderText={t('Asking for your permissions')} />;
  const sentence = ({ permission, answer }: PermissionAnswer): string => {
    const can = permissionText(permission);
    switch (answer) {
      case 'allowed': return t('You may {{can}}.', { can });
      case 'refused': return says(permission);
      case 'unknown': return t('Whether you may {{can}} could not be found out. It is not tried without an answer.', { can });
      default: return answer satisfies never;
    }
  };
  return (
    <List isPlain>
      {permissions.map((one) => (
        <ListItem key={JSON.stringify(one.permission)} icon={<OutcomeIcon outcome={OUTCOMES[one.answer]} />}>
          {sentence(one)}{one.words && one.answer !== 'allowed' ? ` ${t('The server says: “{{detail}}”', { detail: visible(one.words, 500) })}` : ''}
        </ListItem>
      ))}
    </List>
  );
};
