import { Card, CardBody, CardTitle, Content, DescriptionList } from '@patternfly/react-core';
import { type FC } from 'react';
import { useWords } from '../../console/text';
import { type AlertReport } from '../../engine';
import { Fact } from '../facts/Fact';
import { visible } from '../../engine/visible';
import { safeHref } from './safeHref';

/** What an alert without a runbook says of itself. All of it comes from the rule: shown as text, followed only where it is an address. */
export const GenericBody: FC<{ readonly alert: AlertReport }> = ({ alert: { annotations } }) => {
  const t = useWords();
  const { summary, description, message, runbook_url: address, ...others } = annotations;
  const href = safeHref(address);
  return (
    <Card>
      <CardTitle component="h2">{t('What the alert says of itself')}</CardTitle>
      <CardBody>
        {[summary, description, message].filter((text) => text !== undefined).map((text) => <Content key={text} component="p">{visible(text)}</Content>)}
        <Content component="p">{t('This page has no runbook for this alert yet: it runs no diagnosis and offers no mitigation.')}</Content>
        {href !== undefined && <Content component="p"><a href={href} target="_blank" rel="noreferrer">{t('Published runbook (opens in a new tab)')}</a></Content>}
        <DescriptionList isCompact>{Object.entries(others).map(([name, value]) => <Fact key={name} name={visible(name, 60)}>{visible(value)}</Fact>)}</DescriptionList>
      </CardBody>
    </Card>
  );
};
