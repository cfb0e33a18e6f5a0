import { ClipboardCopy, Content, ExpandableSection, Stack, StackItem } from '@patternfly/react-core';
import { type FC, useState } from 'react';
import { useWords } from '../../console/text';
import { useUserName } from '../../console/userName';
import { type Permission, grantOf } from '../../engine';
import { CommandBlock } from '../command/CommandBlock';

/** What to hand to somebody who can help: the commands that grant just this, and the address at which they could do it themselves. */
export const Granting: FC<{ readonly permissions: readonly Permission[] }> = ({ permissions }) => {
  const t = useWords();
  const user = useUserName();
  const [isOpen, setOpen] = useState(false);
  return (
    <Stack hasGutter>
      <StackItem>
        <Content component="small">{t('Somebody who may do it can go on from here at the same address:')}</Content>
        <ClipboardCopy isReadOnly hoverTip={t('Copy')} clickTip={t('Copied')} copyAriaLabel={t('Copy the address of this page')} textAriaLabel={t('Address of this page')}>
          {window.location.href}
        </ClipboardCopy>
      </StackItem>
      <StackItem>
        <ExpandableSection isExpanded={isOpen} onToggle={(_, open) => setOpen(open)} toggleText={t('How an admin grants you this, and no more')}>
          {grantOf(permissions, user).map((command) => <CommandBlock key={command.text} command={command} name={command.text} />)}
        </ExpandableSection>
      </StackItem>
    </Stack>
  );
};
