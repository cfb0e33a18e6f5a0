import { ActionList, ActionListItem, Button, Card, CardBody, CardTitle, Stack, StackItem } from '@patternfly/react-core';
import { type FC, type ReactNode, useEffect, useId, useRef } from 'react';
import { useWords } from '../../console/text';
import { Readings } from '../steps/Readings';
import { ConfirmBody } from './ConfirmBody';
import { DoIt } from './DoIt';
import { type Live } from './live';
import { NotesTick } from './NotesTick';
import { OvertakenNotice } from './OvertakenNotice';
import { PlanFacts } from './PlanFacts';
import { PreviewBody } from './PreviewBody';
import { RunBody } from './RunBody';
import { useCertainty } from './useCertainty';
import { useObstacle } from './useObstacle';
import { VerifyBody } from './VerifyBody';
import { hasRun } from './wizardSteps';

interface OneScreenProps {
  readonly runbookHref: string;
  readonly live: Live;
  readonly onLookAgain: () => void;
}

/** A part of the screen. With `takesFocus` it is where reading goes on once it appears. */
const Part: FC<{ readonly title: string; readonly takesFocus?: boolean; readonly children: ReactNode }> = ({ title, takesFocus = false, children }) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) heading.current?.focus();
  }, [takesFocus]);
  return (
    <Card>
      <CardTitle component="div"><h2 ref={heading} tabIndex={-1}>{title}</h2></CardTitle>
      {children}
    </Card>
  );
};

const Before: FC<OneScreenProps> = ({ live, onLookAgain }) => {
  const t = useWords();
  const id = useId();
  const { state, overtaken, leaveNotes, startOver, run } = live;
  const { plan, notes, undoing } = state;
  const certainty = useCertainty(plan);
  const obstacle = useObstacle(state, overtaken);
  if (!plan) return null;
  // What was previewed is what runs: with or without notes it is another plan.
  const leave = (on: boolean): void => {
    startOver();
    leaveNotes(on);
  };
  return (
    <Stack hasGutter>
      <StackItem><Part title={t('What will happen')}><CardBody><PlanFacts plan={plan} /></CardBody></Part></StackItem>
      <StackItem><Readings readings={state.evidence.readings} name={t('What the plan rests on')} /></StackItem>
      <StackItem><Part title={t('Permission and preview')}><CardBody><PreviewBody state={state} /></CardBody></Part></StackItem>
      {overtaken && <StackItem><OvertakenNotice overtaken={overtaken} isSelection={plan.selection !== undefined} onLookAgain={onLookAgain} /></StackItem>}
      <StackItem>
        <Part title={t('Confirm')}>
          <CardBody>
            <ConfirmBody plan={plan} certainty={certainty} />
            {!undoing && <NotesTick notes={notes} onLeave={leave} />}
            {obstacle !== undefined && <p id={`${id}-obstacle`}>{obstacle}</p>}
          </CardBody>
          <CardBody>
            <ActionList>
              <ActionListItem><DoIt isSure={certainty.isSure} obstacle={obstacle} obstacleId={`${id}-obstacle`} onRun={() => void run()} /></ActionListItem>
              <ActionListItem><Button variant="link" onClick={startOver}>{undoing ? t('Leave the undo, make a new plan') : t('Preview again')}</Button></ActionListItem>
            </ActionList>
          </CardBody>
        </Part>
      </StackItem>
    </Stack>
  );
};

/** A plan with nothing to decide, on one screen: what will happen, preview, confirmation, then progress and verification. */
export const OneScreen: FC<OneScreenProps> = (props) => {
  const t = useWords();
  const { live: { state, report, sentAt, undo }, runbookHref, onLookAgain } = props;
  if (!hasRun(state)) return <Before {...props} />;
  return (
    <Stack hasGutter>
      <StackItem><Part title={t('Run')} takesFocus><CardBody><RunBody state={state} onStartOver={onLookAgain} /></CardBody></Part></StackItem>
      {state.phase === 'verifying' && (
        <StackItem><Part title={t('Verify')}><CardBody><VerifyBody state={state} report={report} sentAt={sentAt} runbookHref={runbookHref} onUndo={() => void undo()} /></CardBody></Part></StackItem>
      )}
    </Stack>
  );
};
