import { Content, List, ListItem, Skeleton } from '@patternfly/react-core';
import { type FC } from 'react';
import { useWords } from '../../console/text';
import { type Report } from '../../engine';
import { MissingList } from '../command/MissingList';
import { MessageText } from '../message/MessageText';
import { ClearsWhen } from '../facts/ClearsWhen';
import { CauseNames } from './CauseNames';
import { foundCause } from './useAnswerSays';

/** Further findings stand in the steps. */
const PROOFS_SHOWN = 3;

const Evidence: FC<{ readonly report: Report }> = ({ report }) => {
  const t = useWords();
  const cause = foundCause(report);
  const proofs = report.steps.filter(({ step, says }) => says && cause?.for.includes(step)).slice(0, PROOFS_SHOWN);
  return (
    <>
      <List isPlain>{proofs.map(({ step, says }) => <ListItem key={step}>{says && <MessageText message={says} />}</ListItem>)}</List>
      {cause?.nature === 'falseAlarm' && <Content component="p">{t('This is a false alarm: what the alert watches is not what is broken.')}</Content>}
      {cause?.nature === 'expected' && <Content component="p">{t('This is expected for a while and ends by itself.')}</Content>}
      {cause?.fires === 'unknown' && <Content component="p">{t('Whether this alone makes the alert fire is not certain: the loaded rule is of no known form.')}</Content>}
    </>
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
        <>
          <CauseNames title={t('Possible, in this order')} ids={answer.likely} causes={report.causes} />
          <CauseNames title={t('Ruled out')} ids={answer.ruledOut} causes={report.causes} />
        </>
      );
    case 'nothingFoundFiring':
      return (
        <>
          <CauseNames title={t('Ruled out')} ids={answer.ruledOut} causes={report.causes} />
          <ClearsWhen alert={report.alert} />
        </>
      );
    case 'nothingFoundNotFiring':
      return <Content component="p">{t('What is on this page was read just now; it says nothing about an hour ago.')}</Content>;
    case 'couldNotTell':
      return <MissingList missing={answer.missing} />;
    default: return answer satisfies never;
  }
};
