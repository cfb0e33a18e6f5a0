import { EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter } from '@patternfly/react-core';
import { SearchIcon } from '@patternfly/react-icons';
import { type FC } from 'react';
import { useWords } from '../../console/text';
import { LinkButton } from '../page/LinkButton';

interface UnknownAlertProps {
  readonly runbooksHref: string;
  /** All that fires could be read. */
  readonly areAlertsKnown: boolean;
}

/** No runbook answers to the name in the address, and no alert of virtualization with it fires, as far as that is known. */
export const UnknownAlert: FC<UnknownAlertProps> = ({ runbooksHref, areAlertsKnown }) => {
  const t = useWords();
  return (
    <EmptyState icon={SearchIcon} headingLevel="h2" titleText={t('No runbook has this name')}>
      <EmptyStateBody>
        {areAlertsKnown
          ? t('No alert of virtualization with this name fires either. It may be misspelt, or belong to another operator.')
          : t('Whether an alert of virtualization with this name fires could not be read.')}
      </EmptyStateBody>
      <EmptyStateFooter><EmptyStateActions><LinkButton href={runbooksHref}>{t('Look through all runbooks')}</LinkButton></EmptyStateActions></EmptyStateFooter>
    </EmptyState>
  );
};
