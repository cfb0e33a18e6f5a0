import { Content, ExpandableSection, List, ListItem, Stack, StackItem } from '@patternfly/react-core';
import { type FC, useEffect, useState } from 'react';
import { useBecame } from '../../console/useBecame';
import { useWords } from '../../console/text';
import { type FilledCommand, type MitigationRecord, type Outcome, type RecordEnd, endOf, endSays } from '../../engine';
import { CommandBlock } from '../command/CommandBlock';
import { HoleText } from '../message/HoleText';
import { MessageText } from '../message/MessageText';
import { Timeless } from '../message/Now';
import { useWritten } from '../message/useWritten';
import { OutcomeIcon } from '../outcome/OutcomeIcon';
import { LogList } from '../undertaking/SavedLogs';
import { RecordActions } from './RecordActions';
import { RecordSent } from './RecordSent';
import './RecordItem.css';

const LOOKS: Readonly<Record<RecordEnd, Outcome>> = { cleared: 'pass', done: 'info', stopped: 'warn', unknown: 'unknown' };

const Verified: FC<{ readonly record: MitigationRecord }> = ({ record: { verification } }) => (
  <List isPlain>
    {verification.map(({ step, asks, outcome, says }) => (
      <ListItem key={step}>{outcome && <OutcomeIcon outcome={outcome} />} <MessageText message={asks} /> {says && <MessageText message={says} />}</ListItem>
    ))}
  </List>
);

/** Marks what is printed until the browser has done so: the style sheet of print hides everything else. */
const usePrinting = (): { readonly isPrinting: boolean; readonly print: () => void } => {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    if (!isPrinting) return undefined;
    const over = () => setPrinting(false);
    window.addEventListener('afterprint', over);
    window.print();
    return () => window.removeEventListener('afterprint', over);
  }, [isPrinting]);
  return { isPrinting, print: () => setPrinting(true) };
};

/** Commands that are shown without being asked for. */
const FEW = 3;

const Commands: FC<{ readonly commands: readonly FilledCommand[]; readonly name: string }> = ({ commands, name }) => {
  const t = useWords();
  const [isOpen, setOpen] = useState(false);
  const all = commands.map((command, place) => <CommandBlock key={place} command={command} name={name} />);
  if (commands.length <= FEW) return <>{all}</>;
  return <ExpandableSection isExpanded={isOpen} onToggle={(_, open) => setOpen(open)} toggleText={t('The same by hand, with the same preconditions')}>{isOpen && all}</ExpandableSection>;
};

const Details: FC<{ readonly record: MitigationRecord; readonly onPrint: () => void }> = ({ record, onPrint }) => {
  const t = useWords();
  const written = useWritten();
  const became = useBecame(record);
  const { plan, before, verification, saved } = record;
  return (
    <Stack hasGutter>
      <StackItem><strong>{t('Before')}</strong> <MessageText message={before.answer} /></StackItem>
      <StackItem><strong>{t('Sent')}</strong><RecordSent record={record} became={became.became} /></StackItem>
      <StackItem><Commands commands={plan.commands} name={written(plan.sentence)} /></StackItem>
      {saved.length > 0 && <StackItem><strong>{t('Logs that were saved before')}</strong><LogList logs={saved} /></StackItem>}
      {verification.length > 0 && <StackItem><strong>{t('Afterwards')}</strong><Verified record={record} /></StackItem>}
      <StackItem><strong>{t('Undo')}</strong> <MessageText message={plan.undo.says} /></StackItem>
      <StackItem><RecordActions record={record} became={became} onPrint={onPrint} /></StackItem>
    </Stack>
  );
};

/** One carrying out of a mitigation: its sentence and how it ended, and on demand what was known, sent and seen afterwards. */
export const RecordItem: FC<{ readonly record: MitigationRecord }> = ({ record }) => {
  const t = useWords();
  const [isOpen, setOpen] = useState(false);
  const { isPrinting, print } = usePrinting();
  const { plan, startedAt, clearedAt } = record;
  return (
    <Timeless isOn={isPrinting}><div className={isPrinting ? 'virt-runbooks__printed' : undefined}>
      <OutcomeIcon outcome={LOOKS[endOf(record)]} /> <MessageText message={plan.sentence} />{' '}
      <Content component="small">
        <HoleText hole={{ instant: startedAt }} />. <MessageText message={endSays(record)} />{clearedAt && <> <HoleText hole={{ instant: clearedAt }} /></>}
      </Content>
      {isPrinting && <p>{t('A record of {{runbook}}. The audit log of the API server is the authoritative one.', { runbook: record.runbook })}</p>}
      <ExpandableSection isExpanded={isOpen} onToggle={(_, open) => setOpen(open)} toggleText={t('What was known, sent and seen')} toggleId={`record-${record.id}`}>
        {isOpen && <Details record={record} onPrint={print} />}
      </ExpandableSection>
    </div></Timeless>
  );
};
