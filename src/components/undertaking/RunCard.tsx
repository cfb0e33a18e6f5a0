import { Button, Card, CardBody, CardTitle, List, ListItem, Progress } from '@patternfly/react-core';
import { type FC } from 'react';
import { useWords } from '../../console/text';
import { type OperationResult, type Outcome, type UndertakingState } from '../../engine';
import { visible } from '../../engine/visible';
import { OutcomeIcon } from '../outcome/OutcomeIcon';
import { ReadOut } from '../outcome/ReadOut';
import { Notice } from '../page/Notice';
import { OperationName } from './OperationName';

interface RunCardProps {
  readonly state: UndertakingState;
  readonly onStop: () => void;
  readonly onStartOver: () => void;
}

const OUTCOMES: Readonly<Partial<Record<OperationResult['state'], Outcome>>> = { accepted: 'pass', rejected: 'fail', changed: 'warn', unknown: 'unknown', notSent: 'notApplicable' };

const ResultLine: FC<{ readonly result: OperationResult; readonly state: UndertakingState }> = ({ result, state }) => {
  const t = useWords();
  const operation = state.plan?.operations.find(({ id }) => id === result.operation);
  const words: Readonly<Record<OperationResult['state'], string>> = {
    waiting: t('waiting'), sending: t('under way'), accepted: t('done'), rejected: t('refused by the server'), notSent: t('not sent'),
    unknown: t('result unknown: the answer was lost, look at the object before trying again'), changed: t('not sent: it is not what was previewed any more'),
  };
  const outcome = OUTCOMES[result.state];
  return (
    <>
      {outcome && <OutcomeIcon outcome={outcome} />} {operation && <OperationName operation={operation} />}: {words[result.state]}
      {result.words ? ` “${visible(result.words, 500)}”` : ''}
    </>
  );
};

/** What has been sent, what came of it, and the button that stops the sending. */
export const RunCard: FC<RunCardProps> = ({ state, onStop, onStartOver }) => {
  const t = useWords();
  const { results, phase } = state;
  const done = results.filter(({ state: so }) => so === 'accepted').length;
  const failed = results.filter(({ state: so }) => so === 'rejected' || so === 'changed' || so === 'unknown').length;
  const left = results.filter(({ state: so }) => so === 'waiting' || so === 'sending').length;
  const measure = t('{{done}} done · {{failed}} failed · {{left}} left', { done, failed, left });
  return (
    <Card>
      <CardTitle component="h2">{t('Run')}</CardTitle>
      <CardBody>
        <Progress value={done + failed} max={Math.max(1, results.length)} title={measure} measureLocation="none" {...(failed > 0 ? { variant: 'danger' } : phase === 'verifying' ? { variant: 'success' } : {})} />
        <ReadOut text={phase === 'running' ? '' : measure} />
        <List isPlain>{results.map((result) => <ListItem key={result.operation}><ResultLine result={result} state={state} /></ListItem>)}</List>
      </CardBody>
      {phase === 'running' && <CardBody><Button variant="danger" onClick={onStop}>{t('Stop sending')}</Button></CardBody>}
      {phase === 'stopped' && (
        <CardBody>
          <Notice isInline variant="danger" component="h3" title={t('Stopped. What was sent stays as it is.')} actionLinks={<Button variant="link" isInline onClick={onStartOver}>{t('Look again and make a new plan')}</Button>} />
        </CardBody>
      )}
    </Card>
  );
};
