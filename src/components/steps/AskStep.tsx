import { Button, Content, FormGroup, Radio, Stack, StackItem } from '@patternfly/react-core';
import { type FC, useId } from 'react';
import { useLanguage, useWords } from '../../console/text';
import { type StepReport } from '../../engine';
import { CommandBlock } from '../command/CommandBlock';
import { clockText } from '../../engine/format';
import { MessageText } from '../message/MessageText';

interface AskStepProps {
  readonly question: NonNullable<StepReport['question']>;
  /** The question of the step, for screen readers. */
  readonly name: string;
  readonly onAnswer: (reason: string | undefined) => void;
}

/** A question that only somebody with a shell can answer: what to look for, the commands, and fixed answers. */
export const AskStep: FC<AskStepProps> = ({ question: { lookFor, commands, answers, stated }, name, onAnswer }) => {
  const t = useWords();
  const language = useLanguage();
  const id = useId();
  return (
    <Stack hasGutter>
      <StackItem><Content component="p">{t('This page cannot run it. Run it yourself and say what you see; the answer is kept for this visit.')}</Content></StackItem>
      <StackItem><MessageText message={lookFor} /></StackItem>
      {commands.map((command) => <StackItem key={command.text}><CommandBlock command={command} name={name} /></StackItem>)}
      <StackItem>
        <FormGroup role="radiogroup" label={t('What do you see?')} isStack fieldId={id}>
          {answers.map(({ reason, label }) => (
            <Radio key={reason} id={`${id}-${reason}`} name={id} label={<MessageText message={label} />} isChecked={stated?.reason === reason} onChange={() => onAnswer(reason)} />
          ))}
        </FormGroup>
      </StackItem>
      {stated && (
        <StackItem>
          {t('Stated by you at {{time}}.', { time: clockText(Date.parse(stated.at), language) })}{' '}
          <Button variant="link" isInline onClick={() => onAnswer(undefined)}>{t('Take the answer back')}</Button>
        </StackItem>
      )}
    </Stack>
  );
};
