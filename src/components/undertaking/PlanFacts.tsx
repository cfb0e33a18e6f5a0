import { DescriptionList, ExpandableSection, List, ListItem } from '@patternfly/react-core';
import { type FC, useState } from 'react';
import { useWords } from '../../console/text';
import { type Plan, commandsOfPlan } from '../../engine';
import { CommandBlock } from '../command/CommandBlock';
import { Fact } from '../facts/Fact';
import { MessageText } from '../message/MessageText';

/** What a plan will do besides the change itself, who notices, and how it is taken back: said before anything is sent. */
export const PlanFacts: FC<{ readonly plan: Plan }> = ({ plan }) => {
  const t = useWords();
  const [isOpen, setOpen] = useState(false);
  const { operations, effects, vmsAffected, owner, undo } = plan;
  const commands = commandsOfPlan(plan);
  const more = operations.length - commands.length;
  return (
    <>
      <DescriptionList isCompact orientation={{ lg: 'horizontal' }}>
        {effects.length > 0 && <Fact name={t('Effects')}><List>{effects.map((effect, place) => <ListItem key={place}><MessageText message={effect} /></ListItem>)}</List></Fact>}
        <Fact name={t('VMs that notice')}><MessageText message={vmsAffected} /></Fact>
        {owner && <Fact name={t('What its owner does')}><MessageText message={owner} /></Fact>}
        <Fact name={t('Undo')}><MessageText message={undo.says} /></Fact>
        <Fact name={t('Record')}>{t('The audit log of the API server records it under your own name.')}</Fact>
      </DescriptionList>
      <ExpandableSection isExpanded={isOpen} onToggle={(_, open) => setOpen(open)} toggleText={t('The same by hand, with the same preconditions')}>
        {isOpen && commands.map((command, place) => <CommandBlock key={operations[place]?.id} command={command} {...(operations[place] ? { name: operations[place].target.name } : {})} />)}
        {more > 0 && <small>{t('{{count}} more are not shown', { count: more })}</small>}
      </ExpandableSection>
    </>
  );
};
