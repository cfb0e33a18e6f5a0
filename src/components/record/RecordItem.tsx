import { Button, Content, ExpandableSection, Flex, List, ListItem, Stack, StackItem } from '@patternfly/react-core';
import { type FC, useState } from 'react';
import { useWords } from '../../console/text';
import { type MitigationRecord, type Outcome, type RecordEnd, endOf, endSays, recordMarkdown, resultSays } from '../../engine';
import { visible } from '../../engine/visible';
import { CommandBlock } from '../command/CommandBlock';
import { HoleText } from '../message/HoleText';
import { MessageText } from '../message/MessageText';
import { useWritten } from '../message/useWritten';
import { OutcomeIcon } from '../outcome/OutcomeIcon';
import { download, inFileName } from '../summary/download';
import { OperationName } from '../undertaking/OperationName';

const LOOKS: Readonly<Record<RecordEnd, Outcome>> = { cleared: 'pass', done: 'info', stopped: 'warn', unknown: 'unknown' };

const Sent: FC<{ readonly record: MitigationRecord }> = ({ record: { plan, results } }) => (
  <List isPlain>
    {plan.operations.map((operation) => {
      const result = results.find(({ operation: id }) => id === operation.id);
      return (
        <ListItem key={operation.id}>
          <OperationName operation={operation} />: <MessageText message={resultSays(result ?? { state: 'notSent' })} />{result?.words ? ` “${visible(result.words, 500)}”` : ''}
        </ListItem>
      );
    })}
  </List>
);

const Verified: FC<{ readonly record: MitigationRecord }> = ({ record: { verification } }) => (
  <List isPlain>
    {verification.map(({ step, asks, outcome, says }) => (
      <ListItem key={step}>{outcome && <OutcomeIcon outcome={outcome} />} <MessageText message={asks} /> {says && <MessageText message={says} />}</ListItem>
    ))}
  </List>
);

/** One carrying out of a mitigation: its sentence and how it ended, and on demand what was known, sent and seen afterwards. */
export const RecordItem: FC<{ readonly record: MitigationRecord }> = ({ record }) => {
  const t = useWords();
  const written = useWritten();
  const [isOpen, setOpen] = useState(false);
  const { plan, before, startedAt, clearedAt, verification } = record;
  const name = `${record.runbook}-${record.mitigation}-${inFileName(startedAt)}`;
  return (
    <>
      <OutcomeIcon outcome={LOOKS[endOf(record)]} /> <MessageText message={plan.sentence} />{' '}
      <Content component="small">
        <HoleText hole={{ instant: startedAt }} />. <MessageText message={endSays(record)} />{clearedAt && <> <HoleText hole={{ instant: clearedAt }} /></>}
      </Content>
      <ExpandableSection isExpanded={isOpen} onToggle={(_, open) => setOpen(open)} toggleText={t('What was known, sent and seen')} toggleId={`record-${record.id}`}>
        <Stack hasGutter>
          <StackItem><strong>{t('Before')}</strong> <MessageText message={before.answer} /></StackItem>
          <StackItem><strong>{t('Sent')}</strong><Sent record={record} /></StackItem>
          {plan.commands.map((command, place) => <StackItem key={place}><CommandBlock command={command} name={written(plan.sentence)} /></StackItem>)}
          {verification.length > 0 && <StackItem><strong>{t('Afterwards')}</strong><Verified record={record} /></StackItem>}
          <StackItem><strong>{t('Undo')}</strong> <MessageText message={plan.undo.says} /></StackItem>
          <StackItem>
            <Flex>
              <Button variant="secondary" size="sm" onClick={() => download(`${name}.md`, recordMarkdown(record, written), 'text/markdown')}>{t('Download as Markdown')}</Button>
              <Button variant="secondary" size="sm" onClick={() => download(`${name}.json`, JSON.stringify(record, null, 2), 'application/json')}>{t('Download as JSON')}</Button>
            </Flex>
          </StackItem>
        </Stack>
      </ExpandableSection>
    </>
  );
};
