import { Button, Content, DescriptionList, DescriptionListDescription, DescriptionListGroup, DescriptionListTerm, Stack, StackItem } from '@patternfly/react-core';
import { type FC } from 'react';
import { useWords } from '../../console/text';
import { type StepReport } from '../../engine';
import { MissingList } from '../command/MissingList';
import { MessageText } from '../message/MessageText';
import { AskStep } from './AskStep';
import { FindingRows } from '../rows/FindingRows';
import { Readings } from './Readings';
import { useWritten } from '../message/useWritten';

/** What the reader can do about a step. */
export interface StepDeeds {
  readonly onRunAgain: (step: string) => void;
  /** The answer's reason, or `undefined` to take it back. */
  readonly onAnswer: (step: string, reason: string | undefined) => void;
}

const Comparison: FC<{ readonly step: StepReport }> = ({ step: { expected, actual } }) => {
  const t = useWords();
  if (!expected && !actual) return null;
  return (
    <DescriptionList isHorizontal isCompact isFluid>
      {expected && <DescriptionListGroup><DescriptionListTerm>{t('Expected')}</DescriptionListTerm><DescriptionListDescription><MessageText message={expected} /></DescriptionListDescription></DescriptionListGroup>}
      {actual && <DescriptionListGroup><DescriptionListTerm>{t('Actual')}</DescriptionListTerm><DescriptionListDescription><MessageText message={actual} /></DescriptionListDescription></DescriptionListGroup>}
    </DescriptionList>
  );
};

/** All that a step has to say: what was found, against what was expected, the rows it rests on, what could not be read, how it was read. */
export const StepBody: FC<StepDeeds & { readonly step: StepReport }> = ({ step, onRunAgain, onAnswer }) => {
  const t = useWords();
  const written = useWritten();
  const name = written(step.asks);
  return (
    <Stack hasGutter>
      {step.says && <StackItem><MessageText message={step.says} /></StackItem>}
      {step.missing.length > 0 && <StackItem><strong>{t('Not everything could be read')}</strong><MissingList missing={step.missing} /></StackItem>}
      <StackItem><Comparison step={step} /></StackItem>
      {step.rows.map((rows, place) => <StackItem key={place}><FindingRows rows={rows} name={name} /></StackItem>)}
      {step.question && <StackItem><AskStep question={step.question} name={name} onAnswer={(reason) => onAnswer(step.step, reason)} /></StackItem>}
      {step.why && <StackItem><Content component="small">{t('Why it matters: {{reason}}', { reason: written(step.why) })}</Content></StackItem>}
      {step.readings.length > 0 && <StackItem><Readings readings={step.readings} name={name} /></StackItem>}
      {step.kind === 'read' && (
        <StackItem><Button variant="link" isInline isDisabled={step.state !== 'done'} onClick={() => onRunAgain(step.step)} aria-label={t('Run this step again: {{name}}', { name })}>{t('Run this step again')}</Button></StackItem>
      )}
    </Stack>
  );
};
