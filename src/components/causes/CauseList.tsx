import { ExpandableSection, List, ListComponent, ListItem, OrderType } from '@patternfly/react-core';
import { type FC, type ReactNode, useState } from 'react';
import { useWords } from '../../console/text';
import { type CauseReport, type StepReport } from '../../engine';
import { CauseItem } from './CauseItem';

interface CauseListProps {
  readonly causes: readonly CauseReport[];
  readonly steps: readonly StepReport[];
  readonly onShowEvidence: (step: string) => void;
}

/** Causes that nothing speaks for or against are listed up to here; the others are one line that opens. */
const OPEN_SHOWN = 5;

const More: FC<{ readonly title: string; readonly children: ReactNode }> = ({ title, children }) => {
  const [isOpen, setOpen] = useState(false);
  return <ExpandableSection isExpanded={isOpen} onToggle={(_, open) => setOpen(open)} toggleText={title}>{children}</ExpandableSection>;
};

/** Possible causes, most likely first; what is merely open, and what is ruled out, stays reachable. */
export const CauseList: FC<CauseListProps> = ({ causes, steps, onShowEvidence }) => {
  const t = useWords();
  const refuted = causes.filter(({ verdict }) => verdict === 'refuted');
  const found = causes.filter(({ verdict }) => verdict === 'confirmed' || verdict === 'supported');
  const open = causes.filter(({ verdict }) => verdict === 'open');
  const listed = [...found, ...open.slice(0, OPEN_SHOWN)];
  const others = open.slice(OPEN_SHOWN);
  const items = (some: readonly CauseReport[]) => some.map((cause) => (
    <ListItem key={cause.cause}><CauseItem cause={cause} steps={steps} onShowEvidence={onShowEvidence} /></ListItem>
  ));
  return (
    <>
      {listed.length > 0
        ? <List component={ListComponent.ol} type={OrderType.number}>{items(listed)}</List>
        : causes.length > 0 ? t('Every cause that this page knows is ruled out.') : t('This page knows no cause of this alert.')}
      {others.length > 0 && <More title={t('{{count}} more that nothing speaks for or against', { count: others.length })}><List>{items(others)}</List></More>}
      {refuted.length > 0 && <More title={t('{{count}} ruled out', { count: refuted.length })}><List>{items(refuted)}</List></More>}
    </>
  );
};
