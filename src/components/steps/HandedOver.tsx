import { ClipboardCopy, Content, ExpandableSection } from '@patternfly/react-core';
import { type FC, type ReactNode, useState } from 'react';
import { useWords } from '../../console/text';

/** What a tenant cannot look into, in one line that opens, with the address to hand over to somebody who can. */
export const HandedOver: FC<{ readonly count: number; readonly children: ReactNode }> = ({ count, children }) => {
  const t = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ExpandableSection isExpanded={isOpen} onToggle={(_, open) => setOpen(open)} toggleText={t('{{count}} platform checks need a cluster admin', { count })}>
        {children}
      </ExpandableSection>
      <Content component="small">{t('Send them the address of this page:')}</Content>
      <ClipboardCopy isReadOnly hoverTip={t('Copy')} clickTip={t('Copied')} copyAriaLabel={t('Copy the address for a cluster admin')} textAriaLabel={t('Address for a cluster admin')}>
        {window.location.href}
      </ClipboardCopy>
    </>
  );
};
