import { Card, CardBody, CardTitle, DescriptionList, ExpandableSection, List, ListItem } from '@patternfly/react-core';
import { type FC, useState } from 'react';
import { useWords } from '../../console/text';
import { type Plan, commandOfWrite } from '../../engine';
import { CommandBlock } from '../command/CommandBlock';
import { Fact } from '../facts/Fact';
import { MessageText } from '../message/MessageText';

/** What a plan will do besides the change itself, who notices, and how it is taken back: said before anything is sent. */
export const PlanCard: FC<{ readonly plan: Plan }> = ({ plan: { operations, effects, vmsAffected, owner, undo } }) => {
  const t = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <Card>
      <CardTitle component="h2">{t('What will happen')}</CardTitle>
      <CardBody>
        <DescriptionList isCompact orientation={{ lg: 'horizontal' }}>
          {effects.length > 0 && <Fact name={t('Effects')}><List>{effects.map((effect, place) => <ListItem key={place}><MessageText message={effect} /></ListItem>)}</List></Fact>}
          <Fact name={t('VMs that notice')}><MessageText message={vmsAffected} /></Fact>
          {owner && <Fact name={t('What its owner does')}><MessageText message={owner} /></Fact>}
          <Fact name={t('Undo')}><MessageText message={undo.says} /></Fact>
          <Fact name={t('Record')}>{t('The audit log of the API server records it under your own name.')}</Fact>
        </DescriptionList>
      </CardBody>
      <CardBody>
        <ExpandableSection isExpanded={isOpen} onToggle={(_, open) => setOpen(open)} toggleText={t('The same by hand, with the same preconditions')}>
          {operations.map((operation) => <CommandBlock key={operation.id} command={commandOfWrite(operation)} name={operation.target.name} />)}
        </ExpandableSection>
      </CardBody>
    </Card>
  );
};
