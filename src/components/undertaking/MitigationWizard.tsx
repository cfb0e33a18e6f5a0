import { DescriptionList, Skeleton, Stack, StackItem } from '@patternfly/react-core';
import { type FC } from 'react';
import { useWords } from '../../console/text';
import { type ExecuteMitigation } from '../../engine';
import { Fact } from '../facts/Fact';
import { MessageText } from '../message/MessageText';
import { StepByStep } from '../wizard/StepByStep';
import { Readings } from '../steps/Readings';
import { Choices } from './Choices';
import { ConfirmBody } from './ConfirmBody';
import { type Live } from './live';
import { NotesTick } from './NotesTick';
import { OvertakenNotice } from './OvertakenNotice';
import { PlanFacts } from './PlanFacts';
import { PreviewBody } from './PreviewBody';
import { RefusalNotice } from './RefusalNotice';
import { RunBody } from './RunBody';
import { SelectionFacts } from './SelectionFacts';
import { TargetTable } from './TargetTable';
import { useCertainty } from './useCertainty';
import { useObstacle } from './useObstacle';
import { VerifyBody } from './VerifyBody';
import { WizardFooter } from './WizardFooter';
import { type StepId, hasRun, stepsOf } from './wizardSteps';

interface MitigationWizardProps {
  readonly mitigation: Pick<ExecuteMitigation, 'summary' | 'vms' | 'undo'>;
  readonly live: Live;
  readonly runbookHref: string;
  readonly at: StepId;
  readonly onGo: (step: StepId) => void;
  readonly onLookAgain: () => void;
}

/** Before anything is decided there may be no plan: then what the mitigation says of itself. */
const Unplanned: FC<Pick<MitigationWizardProps, 'mitigation'>> = ({ mitigation: { vms, undo } }) => {
  const t = useWords();
  return (
    <DescriptionList isCompact orientation={{ lg: 'horizontal' }}>
      <Fact name={t('VMs that notice')}><MessageText message={vms} /></Fact>
      <Fact name={t('Undo')}><MessageText message={undo} /></Fact>
      <Fact name={t('What is next')}>{t('What exactly is done is decided on the next step.')}</Fact>
    </DescriptionList>
  );
};

const Understand: FC<Pick<MitigationWizardProps, 'live' | 'mitigation'>> = ({ mitigation, live: { state, leaveNotes } }) => {
  const t = useWords();
  const { plan, notes, evidence, phase } = state;
  return (
    <Stack hasGutter>
      <StackItem><MessageText message={mitigation.summary} /></StackItem>
      <StackItem>{plan ? <PlanFacts plan={plan} /> : phase === 'refused' ? <Unplanned mitigation={mitigation} /> : <Skeleton height="10rem" screenreaderText={t('Reading')} />}</StackItem>
      <StackItem><Readings readings={evidence.readings} name={t('What the plan rests on')} /></StackItem>
      {phase === 'planned' && <StackItem><NotesTick notes={notes} onLeave={leaveNotes} /></StackItem>}
    </Stack>
  );
};

const Targets: FC<Pick<MitigationWizardProps, 'live' | 'runbookHref'>> = ({ live: { state, pick }, runbookHref }) => {
  const t = useWords();
  const { plan, refused, phase } = state;
  return (
    <Stack hasGutter>
      <StackItem><Choices state={state} onPick={pick} /></StackItem>
      {phase === 'reading' && <StackItem><Skeleton height="10rem" screenreaderText={t('Reading')} /></StackItem>}
      {refused && phase === 'refused' && <StackItem><RefusalNotice refused={refused} runbookHref={runbookHref} /></StackItem>}
      {plan && <StackItem>{plan.selection ? <SelectionFacts plan={plan} selection={plan.selection} /> : <TargetTable operations={plan.operations} name={t('Targets')} />}</StackItem>}
    </Stack>
  );
};

/** Carries out one mitigation step by step. What was picked and where one stands are said by the address, so that somebody else can go on there. */
export const MitigationWizard: FC<MitigationWizardProps> = ({ mitigation, live, runbookHref, at, onGo, onLookAgain }) => {
  const t = useWords();
  const { state, report, overtaken, sentAt, run, startOver, undo } = live;
  const { plan, phase } = state;
  const certainty = useCertainty(plan);
  const cannotRun = useObstacle(state, overtaken);
  const names: Readonly<Record<StepId, string>> = {
    understand: t('Understand'), targets: t('Targets'), permission: t('Permission and preview'), confirm: t('Confirm'), run: t('Run'), verify: t('Verify'),
  };
  const steps = stepsOf(state);
  const place = steps.indexOf(at);
  const isOver = hasRun(state);
  const last = phase === 'verifying' ? steps.length - 1 : isOver ? steps.indexOf('run') : steps.indexOf('confirm');
  const isBefore = (step: StepId): boolean => steps.indexOf(step) < steps.indexOf('run');
  // What a person has to decide first is no obstacle on the way to where it is decided.
  const obstacle = at === 'permission' || at === 'confirm' ? cannotRun : plan || (at === 'understand' && phase === 'refused') ? undefined : t('There is no plan yet.');
  // Behind an obstacle nothing can be reached; once it ran, nothing before the run.
  const isDisabled = (step: StepId, index: number): boolean => (isOver ? isBefore(step) || index > last : index > last || (index > place && obstacle !== undefined) || (!plan && index > steps.indexOf('targets')));
  const another = (): void => {
    startOver();
    onGo('understand');
  };
  const go = (to: StepId | undefined) => (to === undefined ? undefined : () => onGo(to));
  const content = (): JSX.Element | null => {
    switch (at) {
      case 'understand': return <Understand live={live} mitigation={mitigation} />;
      case 'targets': return <Targets live={live} runbookHref={runbookHref} />;
      case 'permission': return <PreviewBody state={state} />;
      case 'confirm': return plan ? <ConfirmBody plan={plan} certainty={certainty} repeatsCost /> : null;
      case 'run': return <RunBody state={state} onStartOver={onLookAgain} />;
      case 'verify': return <VerifyBody state={state} report={report} sentAt={sentAt} runbookHref={runbookHref} onUndo={() => void undo()} />;
      default: return at satisfies never;
    }
  };
  return (
    <StepByStep
      steps={steps.map((step, index) => ({ id: step, name: names[step], isDisabled: isDisabled(step, index) }))} current={at} label={t('Steps')} toggleLabel={t('Steps; now: {{step}}', { step: names[at] })}
      onGo={(id) => onGo(id as StepId)}
      footer={(
        <WizardFooter
          at={at} obstacle={isOver ? undefined : obstacle} isSure={certainty.isSure} runbookHref={runbookHref} onRun={() => void run()} onStartOver={startOver}
          onAnother={phase === 'verifying' ? another : undefined}
          onBack={isOver ? undefined : go(steps[place - 1])} onNext={at === 'confirm' || isOver ? undefined : go(steps[place + 1])}
        />
      )}
    >
      {overtaken && plan && <OvertakenNotice overtaken={overtaken} isSelection={plan.selection !== undefined} onLookAgain={onLookAgain} />}
      {content()}
    </StepByStep>
  );
};
