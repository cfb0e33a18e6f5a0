import { Card, CardBody, CardTitle, Content, Title } from '@patternfly/react-core';
import { type FC } from 'react';
import { useWords } from '../../console/text';
import { type Runbook } from '../../engine';
import { MessageText } from '../message/MessageText';

/** What the alert means, what it costs, and what happens if nobody does anything. */
export const MeaningCard: FC<{ readonly runbook: Pick<Runbook, 'meaning' | 'impact' | 'ifIgnored' | 'deprecated'> }> = ({ runbook: { meaning, impact, ifIgnored, deprecated } }) => {
  const t = useWords();
  return (
    <Card>
      <CardTitle component="h2">{t('What it means')}</CardTitle>
      <CardBody>
        <Content component="p"><MessageText message={meaning} /></Content>
        {deprecated && <Content component="p"><MessageText message={deprecated} /></Content>}
        <Title headingLevel="h3" size="md">{t('What it costs you')}</Title>
        <Content component="p"><MessageText message={impact} /></Content>
        <Title headingLevel="h3" size="md">{t('If you do nothing')}</Title>
        <Content component="p"><MessageText message={ifIgnored} /></Content>
      </CardBody>
    </Card>
  );
};
