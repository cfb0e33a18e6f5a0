import { Content, FormGroup, List, ListItem, Stack, StackItem, TextInput } from '@patternfly/react-core';
import { type FC, useId, useState } from 'react';
import { useWords } from '../../console/text';
import { type MitigationReport } from '../../engine';
import { CommandBlock } from '../command/CommandBlock';
import { MessageText } from '../message/MessageText';
import { useWritten } from '../message/useWritten';

/** Compared without case and outer blanks: it is about having read the sentence, not about typing. */
const isSame = (typed: string, sentence: string): boolean => typed.trim().toLocaleLowerCase() === sentence.trim().toLocaleLowerCase();

const Commands: FC<{ readonly mitigation: MitigationReport }> = ({ mitigation: { commands, safeWhen, title } }) => {
  const t = useWords();
  const written = useWritten();
  const id = useId();
  const [typed, setTyped] = useState('');
  const sentence = safeWhen ? written(safeWhen) : undefined;
  const isLocked = sentence !== undefined && !isSame(typed, sentence);
  return (
    <>
      {sentence !== undefined && (
        <FormGroup label={t('Safe only if this is true. Check it, then type it to copy the commands: {{sentence}}', { sentence })} fieldId={id}>
          <TextInput id={id} value={typed} onChange={(_, value) => setTyped(value)} />
        </FormGroup>
      )}
      {commands.map((command) => <CommandBlock key={command.text} command={command} name={written(title)} isLocked={isLocked} />)}
    </>
  );
};

/** What a mitigation does and when to choose it, with its commands or what people have to do. */
export const MitigationBody: FC<{ readonly mitigation: MitigationReport }> = ({ mitigation }) => (
  <Stack hasGutter>
    <StackItem><Content component="p"><MessageText message={mitigation.summary} /></Content></StackItem>
    {mitigation.todo.length > 0 && <StackItem><List>{mitigation.todo.map((todo, place) => <ListItem key={place}><MessageText message={todo} /></ListItem>)}</List></StackItem>}
    {mitigation.commands.length > 0 && <StackItem><Commands mitigation={mitigation} /></StackItem>}
  </Stack>
);
