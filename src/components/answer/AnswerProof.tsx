import { List, ListItem, Skeleton, Stack, StackItem } from '@patternfly/react-core';
import { type FC } from 'react';
import { useWords } from '../../console/text';
import { type Report, type StepReport, foundCause } from '../../engine';
import { MissingList } from '../command/MissingList';
import { MessageText } from '../message/MessageText';
import { ClearsWhen } from '../facts/ClearsWhen';
import { CauseNames } from './CauseNames';

/** Further findings stand in the steps. */
const PROOFS_SHOWN = 3;

/** What the first of these steps say, below their questions: an answer such as “No.” means nothing alone. */
const Says: FC<{ readonly steps: readonly StepReport[] }> = ({ steps }) => (
  <List isPlain>
    {steps.slice(0, PROOFS_SHOWN).map(({ step, asks, says }) => (
      <ListItem key={step}><span className="virt-runbooks__question"><MessageText message={asks} /></span> {says && <MessageText message={says} />}</ListItem>
    ))}
  </List>
);

const Evidence: FC<{ readonly report: Report }> = ({ report }) => {
  const t = useWords();
  const cause = foundCause(report);
  return (
    <Stack hasGutter>
      <Says steps={report.steps.filter(({ step }) => cause?.for.includes(step))} />
      {cause?.nature === 'falseAlarm' && <p>{t('This is a false alarm: what the alert watches is not what is broken.')}</p>}
      {cause?.nature === 'expected' && <p>{t('This is expected for a while and ends by itself.')}</p>}
      {cause?.fires === 'unknown' && (
        <p>{report.alert.rule ? t('Whether this alone makes the alert fire is not certain: the loaded rule is of no known form.') : t('Whether this makes the alert fire is not certain: its rule could not be read.')}</p>
      )}
    </Stack>
  );
};

/** What the answer rests on, in its five forms; a placeholder of the same size before. */
export const AnswerProof: FC<{ readonly report: Report }> = ({ report }) => {
  const t = useWords();
  const { answer } = report;
  switch (answer.form) {
    case 'running':
      return <><Skeleton width="75%" screenreaderText={t('The answer is being found')} /><br /><Skeleton width="40%" /></>;
    case 'causeFound':
      return <Evidence report={report} />;
    case 'problemFound':
      return (
        <Stack hasGutter>
          <StackItem><Says steps={report.steps.filter((step) => step.outcome === 'fail' || step.outcome === 'warn')} /></StackItem>
          <StackItem><CauseNames title={t('Possible, in this order')} ids={answer.likely} causes={report.causes} /></StackItem>
          <StackItem><CauseNames title={t('Ruled out')} ids={answer.ruledOut} causes={report.causes} /></StackItem>
        </Stack>
      );
    case 'nothingFoundFiring':
      return (
        <Stack hasGutter>
          <StackItem><CauseNames title={t('Ruled out')} ids={answer.ruledOut} causes={report.causes} /></StackItem>
          <StackItem><ClearsWhen alert={report.alert} /></StackItem>
        </Stack>
      );
    case 'nothingFoundNotFiring':
      return <p>{t('What is on this page was read just now; it says nothing about an hour ago.')}</p>;
    case 'couldNotTell':
      return <MissingList missing={answer.missing} />;
    default: return answer satisfies never;
  }
};
