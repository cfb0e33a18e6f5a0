import { Content, ExpandableSection, List, ListItem } from '@patternfly/react-core';
import { type FC, useState } from 'react';
import { useWords } from '../../console/text';
import { type SavedLog, type UndertakingState } from '../../engine';
import { visible } from '../../engine/visible';
import { LogRows } from '../rows/LogRows';
import { usePaged } from './usePaged';

/** Logs of a page. */
const PAGE = 10;

const nameOf = ({ namespace, pod, container }: SavedLog): string => visible([namespace, pod, container].filter(Boolean).join('/'), 300);

const Log: FC<{ readonly log: SavedLog }> = ({ log }) => {
  const t = useWords();
  const [isOpen, setOpen] = useState(false);
  const name = nameOf(log);
  if (log.words !== undefined) return <>{t('{{name}}: not saved. “{{words}}”', { name, words: visible(log.words, 300) })}</>;
  if (log.lines.length === 0) return <>{t('{{name}}: its log is empty.', { name })}</>;
  return (
    <ExpandableSection isExpanded={isOpen} onToggle={(_, open) => setOpen(open)} toggleText={t('{{name}}: {{lines}}', { name, lines: t('{{count}} lines', { count: log.lines.length }) })}>
      {isOpen && <LogRows of="log" name={name} lines={log.lines.map((text) => ({ from: '', text }))} />}
    </ExpandableSection>
  );
};

/** Ends of logs, each on demand, and first those that could not be had: what is lost is what one has to know. */
export const LogList: FC<{ readonly logs: readonly SavedLog[] }> = ({ logs }) => {
  const t = useWords();
  const { shown, pager } = usePaged(logs.toSorted((a, b) => Number(b.words !== undefined) - Number(a.words !== undefined)), PAGE, t('Saved logs'));
  return (
    <>
      <List isPlain>{shown.map((log) => <ListItem key={nameOf(log)}><Log log={log} /></ListItem>)}</List>
      {pager}
    </>
  );
};

/** The ends of logs that go into the record before what wrote them is deleted. */
export const SavedLogs: FC<{ readonly state: Pick<UndertakingState, 'plan' | 'saved' | 'phase'> }> = ({ state: { plan, saved, phase } }) => {
  const t = useWords();
  if (!plan?.saveFirst || phase === 'previewing') return null;
  const { leftOut } = plan.saveFirst;
  const lost = saved.filter(({ words }) => words !== undefined).length;
  return (
    <section aria-label={t('Saved logs')}>
      <Content component="p">
        {t('The ends of {{kept}} of {{all}} logs are kept in the record, because they go with the objects.', { kept: saved.length - lost, all: saved.length })}
        {leftOut > 0 && ` ${t('Too many to keep all: the logs of {{count}} more objects are not read.', { count: leftOut })}`}
      </Content>
      <LogList logs={saved} />
    </section>
  );
};
