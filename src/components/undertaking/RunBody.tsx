import { Button, Content, Progress, Stack, StackItem } from '@patternfly/react-core';
import { type FC } from 'react';
import { useLanguage, useWords } from '../../console/text';
import { type Plan, type UndertakingState } from '../../engine';
import { durationText, numberText } from '../../engine/format';
import { MessageText } from '../message/MessageText';
import { ReadOut } from '../outcome/ReadOut';
import { Notice } from '../page/Notice';
import { TargetNames } from './OvertakenNotice';
import { type Progress as Counts, progressOf, usePace, useSeldom } from './progress';
import { ResultTable } from './ResultTable';

/** Progress is read out this often, milliseconds: more often it would be all that is heard. */
const READ_OUT = 5_000;

interface StoppedProps {
  readonly plan: Plan;
  readonly state: UndertakingState;
  readonly counts: Counts;
  readonly onStartOver: () => void;
}

const Stopped: FC<StoppedProps> = ({ plan, state: { results, permissions }, counts, onStartOver }) => {
  const t = useWords();
  const changed = new Set(results.flatMap(({ operation, state }) => (state === 'changed' ? [operation] : [])));
  const targets = plan.operations.filter(({ id }) => changed.has(id)).map(({ target }) => target);
  const isAllowed = permissions.every(({ answer }) => answer === 'allowed');
  const again = <Button variant="link" isInline onClick={onStartOver}>{t('Look again and make a new plan')}</Button>;
  return (
    <Notice isInline variant="danger" component="h3" title={t('Stopped. What was sent stays as it is.')} actionLinks={again}>
      {!isAllowed && <Content component="p">{t('You may not do it any more: your permissions were asked for again right before the first write, and refused. Nothing was sent.')}</Content>}
      {targets.length > 0 && <><Content component="p">{t('Changed or gone since the preview, so not written:')}</Content><TargetNames targets={targets} /></>}
      {isAllowed && counts.done > 0 && <Content component="p">{t('A new plan is made of what is there now: it goes on with the rest, and previews it first.')}</Content>}
    </Notice>
  );
};

/** What has been sent, what came of it, how fast it goes, and how to go on where it stopped. */
export const RunBody: FC<{ readonly state: UndertakingState; readonly onStartOver: () => void }> = ({ state, onStartOver }) => {
  const t = useWords();
  const language = useLanguage();
  const { results, phase, plan } = state;
  const counts = progressOf(results);
  const { done, failed, left, awaited, notSent, all } = counts;
  const pace = usePace(counts, phase === 'running');
  const number = (value: number) => numberText(value, language);
  const measure = t('{{done}} done · {{failed}} failed · {{left}} left', { done: number(done), failed: number(failed), left: number(left) });
  const told = useSeldom(phase === 'running' && all < 2 ? '' : measure, READ_OUT);
  if (!plan) return null;
  const bar = failed > 0 ? { variant: 'danger' as const } : phase === 'verifying' ? { variant: 'success' as const } : {};
  return (
    <Stack hasGutter>
      <StackItem>
        <Progress value={done + failed} max={Math.max(1, all)} title={measure} measureLocation="none" {...bar} />
        <ReadOut text={told} />
        {pace && <Content component="small">{t('{{number}} per second, about {{duration}} left, {{awaited}} awaited now', { number: number(Math.round(pace.perSecond)), duration: durationText(pace.left, language), awaited: number(awaited) })}</Content>}
        {notSent > 0 && <Content component="small">{t('{{number}} not sent', { number: number(notSent) })}</Content>}
      </StackItem>
      {phase === 'running' && typeof plan.pace === 'object' && (
        <StackItem>
          <Content component="small">{t('One after the other. Before the next is sent, this has to be answered with yes, within {{duration}}:', { duration: durationText(plan.pace.patience, language) })} <MessageText message={plan.pace.between.asks} /></Content>
        </StackItem>
      )}
      {phase === 'stopped' && <StackItem><Stopped plan={plan} state={state} counts={counts} onStartOver={onStartOver} /></StackItem>}
      <StackItem><ResultTable plan={plan} results={results} /></StackItem>
    </Stack>
  );
};
