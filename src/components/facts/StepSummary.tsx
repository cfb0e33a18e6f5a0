import { Skeleton } from '@patternfly/react-core';
import { type FC } from 'react';
import { useWords } from '../../console/text';
import { type StepReport } from '../../engine';
import { MissingList } from '../command/MissingList';
import { MessageText } from '../message/MessageText';
import { useWritten } from '../message/useWritten';
import { FindingRows } from '../rows/FindingRows';

/** What a step found, without its row: for cards that show one step only. */
export const StepSummary: FC<{ readonly step: StepReport }> = ({ step }) => {
  const t = useWords();
  const name = useWritten()(step.asks);
  if (step.state !== 'done') return <Skeleton screenreaderText={t('Reading')} />;
  return (
    <>
      {step.says && <MessageText message={step.says} />}
      {step.missing.length > 0 && <MissingList missing={step.missing} />}
      {step.rows.map((rows, place) => <FindingRows key={place} rows={rows} name={name} />)}
    </>
  );
};
