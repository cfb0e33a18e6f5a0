import { Card, CardBody, CardTitle, Skeleton, Stack, StackItem } from '@patternfly/react-core';
import { type FC } from 'react';
import { paths, useAddress } from '../console/address';
import { useRecords } from '../console/records';
import { useWords } from '../console/text';
import { type Report, type Runbook, identityOf } from '../engine';
import { CauseList } from '../components/causes/CauseList';
import { WhatChanged } from '../components/facts/WhatChanged';
import { MitigationList } from '../components/mitigation/MitigationList';
import { RecordList } from '../components/record/RecordList';
import { type StepDeeds } from '../components/steps/StepBody';
import { StepList } from '../components/steps/StepList';
import { type OpenSteps } from '../components/steps/useOpenSteps';
import { downloadReport } from '../components/summary/download';

interface RunbookMainProps extends StepDeeds {
  readonly runbook: Runbook;
  readonly report: Report;
  readonly opened: OpenSteps;
  readonly isSettled: boolean;
  readonly onShowEvidence: (step: string) => void;
}

// Causes and mitigations have no order and no support before the first answer stands: what would be drawn would jump.
const Placeholder: FC = () => {
  const t = useWords();
  return <><Skeleton width="60%" screenreaderText={t('Checking')} /><br /><Skeleton width="45%" /><br /><Skeleton width="50%" /></>;
};

/** What one reads from top to bottom: the questions, the possible causes, what can be done. */
export const RunbookMain: FC<RunbookMainProps> = ({ runbook, report, opened, isSettled, onShowEvidence, ...deeds }) => {
  const t = useWords();
  const { namespace } = useAddress();
  const { kept } = useRecords();
  const records = kept.state === 'ready' ? kept.records.filter((record) => record.runbook === runbook.alert) : [];
  return (
    <Stack hasGutter>
      <StackItem>
        <Card component="section" aria-label={t('Diagnosis')}>
          <CardTitle component="h2">{t('Diagnosis')}</CardTitle>
          <CardBody><StepList steps={report.steps} opened={opened} isSettled={isSettled} {...deeds} /></CardBody>
        </Card>
      </StackItem>
      <StackItem>
        <Card component="section" aria-label={t('Possible causes, most likely first')}>
          <CardTitle component="h2">{t('Possible causes, most likely first')}</CardTitle>
          <CardBody>{!isSettled ? <Placeholder /> : <CauseList causes={report.causes} steps={report.steps} onShowEvidence={onShowEvidence} />}</CardBody>
        </Card>
      </StackItem>
      <StackItem>
        <Card component="section" aria-label={t('What you can do')}>
          <CardTitle component="h2">{t('What you can do')}</CardTitle>
          <CardBody>
            {!isSettled ? <Placeholder /> : <MitigationList
              mitigations={report.mitigations} causes={report.causes} onDownload={() => downloadReport(report)}
              hrefOf={(mitigation) => paths.mitigate(namespace, runbook.alert, identityOf(runbook, report.alert.labels), mitigation)}
            />}
          </CardBody>
        </Card>
      </StackItem>
      {records.length > 0 && <StackItem><RecordList title={t('What you did about it')} records={records} /></StackItem>}
      {report.around.length > 0 && <StackItem><WhatChanged steps={report.around} /></StackItem>}
    </Stack>
  );
};
