import { ExpandableSection, Stack, StackItem } from '@patternfly/react-core';
import { type FC, useState } from 'react';
import { useWords } from '../../console/text';
import { type ReadingReport } from '../../engine';
import { CommandBlock } from '../command/CommandBlock';
import { permissionText } from '../../engine/permissionText';
import { useAge } from '../message/useWritten';

const Reading: FC<{ readonly reading: ReadingReport; readonly name: string }> = ({ reading: { command, permission, items, readAt }, name }) => {
  const t = useWords();
  const age = useAge();
  const read = items !== null && readAt !== undefined ? t('{{count}} items read {{age}}', { count: items, age: age(readAt) }) : t('not read');
  return (
    <>
      <CommandBlock command={command} name={name} />
      <small>{permission ? t('{{read}}; needs the permission {{can}}', { read, can: permissionText(permission) }) : read}</small>
    </>
  );
};

/** How a step was read: the same as commands or queries, with the permission each needs. */
export const Readings: FC<{ readonly readings: readonly ReadingReport[]; readonly name: string }> = ({ readings, name }) => {
  const t = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <ExpandableSection
      isExpanded={isOpen} onToggle={(_, open) => setOpen(open)}
      // There is one per step: a screen reader needs to tell them apart.
      toggleContent={<>{t('{{count}} readings, with their commands', { count: readings.length })}<span className="pf-v6-screen-reader">: {name}</span></>}
    >
      <Stack hasGutter>{readings.map((reading, place) => <StackItem key={`${reading.reading} ${place}`}><Reading reading={reading} name={name} /></StackItem>)}</Stack>
    </ExpandableSection>
  );
};
