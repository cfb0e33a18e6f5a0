import { ExpandableSection, List, ListComponent, ListItem, OrderType } from '@patternfly/react-core';
import { type FC, useState } from 'react';
import { useWords } from '../../console/text';
import { type CauseReport, type StepReport } from '../../engine';
import { CauseItem } from './CauseItem';

interface CauseListProps {
  readonly causes: readonly CauseReport[];
  readonly steps: readonly StepReport[];
  readonly onShowEvidence: (step: string) => void;
}

/** Possible causes, most likely first; what is ruled out stays reachable in one line. */
export const CauseList: FC<CauseListProps> = ({ causes, steps, onShowEvidence }) => {
  const t = useWords();
  const [isOpen, setOpen] = useState(false);
  const refuted = causes.filter(({ verdict }) => verdict === 'refuted');
  const possible = causes.filter(({ verdict }) => verdict !== 'refuted');
  const items = (some: readonly CauseReport[]) => some.map((cause) => (
    <ListItem key={cause.cause}><CauseItem cause={cause} steps={steps} onShowEvidence={onShowEvidence} /></ListItem>
  ));
  return (
    <>
      {possible.length > 0
        ? <List component={ListComponent.ol} type={OrderType.number}>{items(possible)}</List>
        : causes.length > 0 ? t('Every cause that this page knows is ruled out.') : t('This page knows no cause of this alert.')}
      {refuted.length > 0 && (
        <ExpandableSection isExpanded={isOpen} onToggle={(_, open) => setOpen(open)} toggleText={t('{{count}} ruled out', { count: refuted.length })}>
          <List>{items(refuted)}</List>
        </ExpandableSection>
      )}
    </>
  );
};
