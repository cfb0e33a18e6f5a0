import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import { type FC } from 'react';
import { useWords } from '../../console/text';
import { type StepReport } from '../../engine';
import { StepSummary } from './StepSummary';

/** Which VMs notice, as a step found out. */
export const AffectedVms: FC<{ readonly step: StepReport }> = ({ step }) => {
  const t = useWords();
  return (
    <Card>
      <CardTitle component="h2">{t('Who is affected')}</CardTitle>
      <CardBody><StepSummary step={step} /></CardBody>
    </Card>
  );
};
