import { EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter } from '@patternfly/react-core';
import { SearchIcon } from '@patternfly/react-icons';
import { type FC } from 'react';
import { useWords } from '../../console/text';
import { LinkButton } from '../page/LinkButton';

/** No runbook answers to the name in the address, and no alert of virtualization with it fires. */
export const UnknownAlert: FC<{ readonly runbooksHref: string }> = ({ runbooksHref }) => {
  const t = useWords();
  return (
    <EmptyState icon={SearchIcon} headingLevel="h2" titleText={t('No runbook has this name')}>
      <EmptyStateBody>{t('No alert of virtualization with this name fires either. It may be misspelt, or belong to another operator.')}</EmptyStateBody>
      <EmptyStateFooter><EmptyStateActions><LinkButton href={runbooksHref}>{t('Look through all runbooks')}</LinkButton></EmptyStateActions></EmptyStateFooter>
    </EmptyState>
  );
};
