import { Button, Content, List, ListItem, Spinner, Stack, StackItem } from '@patternfly/react-core';
import { type FC, type ReactNode } from 'react';
import { useLanguage, useWords } from '../../console/text';
import { type Report, type StepReport, type UndertakingState } from '../../engine';
import { clockText, durationText } from '../../engine/format';
import { MessageText } from '../message/MessageText';
import { OutcomeIcon } from '../outcome/OutcomeIcon';
import { LinkButton } from '../page/LinkButton';
import { Notice } from '../page/Notice';
import { progressOf } from './progress';

interface VerifyBodyProps {
  readonly state: UndertakingState;
  readonly report: Report;
  /** ISO 8601, server time: when all had been sent. */
  readonly sentAt: string | undefined;
  readonly runbookHref: string;
  readonly onUndo: () => void;
}

const Line: FC<{ readonly isTrue: boolean; readonly children: ReactNode }> = ({ isTrue, children }) => {
  const t = useWords();
  return <>{isTrue ? <OutcomeIcon outcome="pass" /> : <Spinner isInline aria-label={t('Not yet')} />} {children}</>;
};

const StepLine: FC<{ readonly step: StepReport }> = ({ step: { outcome, says, asks, actual } }) => {
  // What cannot be read is not merely late.
  if (outcome === 'unknown') return <><OutcomeIcon outcome="unknown" /> <MessageText message={asks} />{says && <> <MessageText message={says} /></>}</>;
  return <Line isTrue={outcome === 'pass'}><MessageText message={says && outcome === 'pass' ? says : asks} />{actual && outcome !== 'pass' && <> <MessageText message={actual} /></>}</Line>;
};

const Applied: FC<{ readonly state: UndertakingState }> = ({ state: { results } }) => {
  const t = useWords();
  const { unknown, changed, done } = progressOf(results);
  if (unknown > 0) return <><OutcomeIcon outcome="unknown" /> {t('Whether the change is applied everywhere is not known: {{number}} answers were lost. The lines below tell.', { number: unknown })}</>;
  return <Line isTrue>{t('The change is applied.')}{changed > 0 && done > 0 ? ` ${t('{{number}} had changed meanwhile and were left out.', { number: changed })}` : ''}</Line>;
};

const AlertLine: FC<Pick<VerifyBodyProps, 'report' | 'sentAt'>> = ({ report: { alert, at }, sentAt }) => {
  const t = useWords();
  const language = useLanguage();
  if (alert.state === 'unknown') return <><OutcomeIcon outcome="unknown" /> {t('Whether the alert has cleared could not be read.')}</>;
  const isCleared = alert.state === 'inactive' || alert.state === 'gone';
  const { clearsAfter } = alert;
  const waiting = (): string => {
    if (clearsAfter === undefined) return t('The alert has not cleared yet.');
    const earliest = Date.parse(sentAt ?? at) + clearsAfter * 1000;
    const holes = { duration: durationText(clearsAfter, language), time: clockText(earliest, language) };
    return Date.parse(at) <= earliest
      ? t('The alert has not cleared yet: at the earliest at {{time}}, {{duration}} after its condition ends.', holes)
      : t('The alert has not cleared, though it could have since {{time}}. It clears {{duration}} after its condition ends: if that has ended, wait; else it has another cause too.', holes);
  };
  return <Line isTrue={isCleared}>{isCleared ? t('The alert has cleared.') : waiting()}</Line>;
};

/** Lines that turn one by one: the change is applied, the workload is healthy, the alert has cleared. Each is a sentence of its own. */
export const VerifyBody: FC<VerifyBodyProps> = ({ state, report, sentAt, runbookHref, onUndo }) => {
  const t = useWords();
  const isCleared = report.alert.state === 'inactive' || report.alert.state === 'gone';
  const isSolved = !state.undoing && isCleared && state.verification.every(({ outcome }) => outcome === 'pass');
  return (
    <Stack hasGutter>
      <StackItem>
        <List isPlain>
          <ListItem><Applied state={state} /></ListItem>
          {state.verification.map((step) => <ListItem key={step.step}><StepLine step={step} /></ListItem>)}
          {!state.undoing && <ListItem><AlertLine report={report} sentAt={sentAt} /></ListItem>}
        </List>
      </StackItem>
      {isSolved
        ? <StackItem><Notice isInline isLiveRegion variant="success" component="h3" title={t('The problem is solved: the alert has cleared.')} actionLinks={<LinkButton variant="link" isInline href={runbookHref}>{t('To the runbook')}</LinkButton>} /></StackItem>
        : <StackItem><Content component="small">{t('All of it is read again while this page is in view, and as soon as you come back to it.')}</Content></StackItem>}
      {state.plan?.undo.possible && !state.undoing && <StackItem><Button variant="secondary" onClick={onUndo}>{t('Preview the undo')}</Button></StackItem>}
    </Stack>
  );
};
