import { Alert } from '@patternfly/react-core';
import { QuestionCircleIcon } from '@patternfly/react-icons';
import { type FC, type ReactNode } from 'react';
import { useWords } from '../../console/text';
import { type Failure } from '../../engine';
import { MissingList } from '../command/MissingList';

/** Alerts cannot be read: why, who could, and what works all the same. */
export const AlertsUnread: FC<{ readonly failure: Failure; readonly children?: ReactNode }> = ({ failure, children }) => {
  const t = useWords();
  return (
    <Alert isInline variant="custom" customIcon={<QuestionCircleIcon />} variantLabel={t('Could not check:')} component="h2" title={t('What fires cannot be read')}>
      <MissingList missing={[{ ...failure, reading: 'rules' }]} />
      {children}
    </Alert>
  );
};
