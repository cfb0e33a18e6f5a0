import { Card, CardBody, CardTitle, Skeleton, Stack, StackItem } from '@patternfly/react-core';
import { type FC } from 'react';
import { useWords } from '../../console/text';
import { type Report, type Undertaking, type UndertakingState, isRunnable } from '../../engine';
import { MessageText } from '../message/MessageText';
import { Notice } from '../page/Notice';
import { Readings } from '../steps/Readings';
import { ConfirmCard } from './ConfirmCard';
import { Granting } from './Granting';
import { PermissionList } from './PermissionList';
import { PlanCard } from './PlanCard';
import { PreviewItem } from './PreviewItem';
import { RunCard } from './RunCard';
import { VerifyCard } from './VerifyCard';

interface UndertakenProps {
  readonly runbookHref: string;
  readonly live: Pick<Undertaking, 'startOver' | 'run' | 'stop' | 'undo'> & { readonly state: UndertakingState; readonly report: Report };
}

const Preview: FC<{ readonly state: UndertakingState }> = ({ state: { plan, previews, permissions, phase } }) => {
  const t = useWords();
  const mayAll = permissions.every(({ answer }) => answer === 'allowed');
  const refused = permissions.flatMap(({ answer, permission }) => (answer === 'refused' ? [permission] : []));
  return (
    <Card>
      <CardTitle component="h2">{t('Permission and preview')}</CardTitle>
      <CardBody><PermissionList permissions={permissions} /></CardBody>
      {refused.length > 0 && <CardBody><Granting permissions={refused} /></CardBody>}
      <CardBody>
        {phase === 'previewing' && mayAll && <Skeleton screenreaderText={t('Asking the server')} />}
        {plan?.operations.map((operation) => {
          const found = previews.find((each) => each.operation === operation.id);
          return found && <PreviewItem key={operation.id} operation={operation} preview={found.preview} />;
        })}
      </CardBody>
    </Card>
  );
};

/** Why what was previewed cannot be run; undefined if it can. */
const useObstacle = (state: UndertakingState): string | undefined => {
  const t = useWords();
  if (isRunnable(state)) return undefined;
  if (state.phase !== 'previewed') return t('The preview is not finished.');
  if (state.permissions.some(({ answer }) => answer !== 'allowed')) return t('You may not do all of it: see the permission above.');
  return t('The preview was not accepted: see its result above.');
};

/** A plan under way: its sentence on top at all times, below it what will happen, preview, confirmation, progress, verification. */
export const Undertaken: FC<UndertakenProps> = ({ runbookHref, live: { state, report, startOver, run, stop, undo } }) => {
  const t = useWords();
  const { phase, plan } = state;
  const obstacle = useObstacle(state);
  if (!plan) return <Skeleton height="13rem" screenreaderText={t('Reading')} />;
  const hasRun = phase === 'running' || phase === 'stopped' || phase === 'verifying';
  return (
    <Stack hasGutter>
      <StackItem><Notice isInline variant="info" component="h2" title={<MessageText message={plan.sentence} />} /></StackItem>
      {!hasRun && <StackItem><PlanCard plan={plan} /></StackItem>}
      {!hasRun && <StackItem><Readings readings={state.evidence.readings} name={t('What the plan rests on')} /></StackItem>}
      {!hasRun && <StackItem><Preview state={state} /></StackItem>}
      {!hasRun && <StackItem><ConfirmCard key={state.undoing ? 'undo' : 'do'} plan={plan} obstacle={obstacle} onRun={() => void run()} onStartOver={startOver} /></StackItem>}
      {hasRun && <StackItem><RunCard state={state} onStop={stop} onStartOver={startOver} /></StackItem>}
      {phase === 'verifying' && <StackItem><VerifyCard state={state} report={report} runbookHref={runbookHref} onUndo={() => void undo()} /></StackItem>}
    </Stack>
  );
};
