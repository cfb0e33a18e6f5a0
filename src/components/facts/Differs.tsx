import { Card, CardBody, CardTitle, Content, DescriptionList, ExpandableSection } from '@patternfly/react-core';
import { type FC, useState } from 'react';
import { useWords } from '../../console/text';
import { type Runbook } from '../../engine';
import { MessageText } from '../message/MessageText';
import { visible } from '../../engine/visible';
import { Fact } from './Fact';

/** Where this page comes from, and where it does something else than the published runbook, and why. */
export const Differs: FC<{ readonly runbook: Pick<Runbook, 'differs' | 'source'> }> = ({ runbook: { differs, source } }) => {
  const t = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <Card>
      <CardTitle component="h2">{t('The published runbook')}</CardTitle>
      <CardBody>
        <Content component="p">
          <a href={source.url} target="_blank" rel="noreferrer">{t('Published runbook (opens in a new tab)')}</a>
        </Content>
        <Content component="p">{t('Revision {{revision}} of {{date}}. This page holds for {{releases}}.', { revision: visible(source.revision.slice(0, 12)), date: visible(source.date), releases: visible(source.releases) })}</Content>
        {differs.length > 0 && (
          <ExpandableSection isExpanded={isOpen} onToggle={(_, open) => setOpen(open)} toggleText={t('This page differs from it in {{count}} points', { count: differs.length })}>
            {differs.map(({ published, here }, place) => (
              <DescriptionList key={place} isCompact>
                <Fact name={t('The published runbook says')}><MessageText message={published} /></Fact>
                <Fact name={t('This page')}><MessageText message={here} /></Fact>
              </DescriptionList>
            ))}
          </ExpandableSection>
        )}
      </CardBody>
    </Card>
  );
};
