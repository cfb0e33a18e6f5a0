import { Button, Card, CardBody, CardTitle, List, ListItem, Spinner } from '@patternfly/react-core';
import { type FC, type ReactNode } from 'react';
import { useLanguage, useWords } from '../../console/text';
import { type Report, type StepReport, type UndertakingState } from '../../engine';
import { durationText } from '../../engine/format';
import { MessageText } from '../message/MessageText';
import { OutcomeIcon } from '../outcome/OutcomeIcon';
import { LinkButton } from '../page/LinkButton';
import { Notice } from '../page/Notice';

interface VerifyCardProps {
  readonly state: UndertakingState;
  readonly report: Report;
  readonly runbookHref: string;
  readonly onUndo: () => void;
}

const Line: FC<{ readonly isTrue: boolean; readonly children: ReactNode }> = ({ isTrue, children }) => {
  const t = useWords();
  return <>{isTrue ? <OutcomeIcon outcome="pass" /> : <Spinner isInline aria-label={t('Not yet')} />} {children}</>;
};

const StepLine: FC<{ readonly step: StepReport }> = ({ step }) => (
  <Line isTrue={step.outcome === 'pass'}><MessageText message={step.says && step.outcome === 'pass' ? step.says : step.asks} />{step.actual && step.outcome !== 'pass' && <> <MessageText message={step.actual} /></>}</Line>
);

/** Lines that turn one by one: the change is applied, the workload is healthy, the alert has cleared. Each is a sentence of its own. */
export const VerifyCard: FC<VerifyCardProps> = ({ state, report, runbookHref, onUndo }) => {
  const t = useWords();
  const language = useLanguage();
  const { alert } = report;
  const isCleared = alert.state === 'inactive' || alert.state === 'gone';
  const isSolved = isCleared && state.verification.every(({ outcome }) => outcome === 'pass');
  const waiting = alert.clearsAfter === undefined ? t('The alert has not cleared yet.') : t('The alert has not cleared yet: at the earliest {{duration}} after its condition ends.', { duration: durationText(alert.clearsAfter, language) });
  return (
    <Card>
      <CardTitle component="h2">{t('Verify')}</CardTitle>
      <CardBody>
        <List isPlain>
          <ListItem><Line isTrue>{t('The change is applied.')}</Line></ListItem>
          {state.verification.map((step) => <ListItem key={step.step}><StepLine step={step} /></ListItem>)}
          {!state.undoing && <ListItem>{alert.state === 'unknown'
            ? <><OutcomeIcon outcome="unknown" /> {t('Whether the alert has cleared could not be read.')}</>
            : <Line isTrue={isCleared}>{isCleared ? t('The alert has cleared.') : waiting}</Line>}</ListItem>}
        </List>
      </CardBody>
      {isSolved && !state.undoing && (
        <CardBody>
          <Notice isInline isLiveRegion variant="success" component="h3" title={t('The problem is solved: the alert has cleared.')} actionLinks={<LinkButton variant="link" isInline href={runbookHref}>{t('To the runbook')}</LinkButton>} />
        </CardBody>
      )}
      {state.plan?.undo.possible && !state.undoing && <CardBody><Button variant="secondary" onClick={onUndo}>{t('Preview the undo')}</Button></CardBody>}
    </Card>
  );
};
