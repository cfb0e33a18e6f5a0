import { Card, CardBody, CardTitle, Stack, StackItem, Title } from '@patternfly/react-core';
import { type FC } from 'react';
import { useWords } from '../../console/text';
import { type StepReport } from '../../engine';
import { MessageText } from '../message/MessageText';
import { StepSummary } from './StepSummary';

/** What changed around the begin of the alert: upgrades, nodes, edits with their author, the order in which alerts came. */
export const WhatChanged: FC<{ readonly steps: readonly StepReport[] }> = ({ steps }) => {
  const t = useWords();
  return (
    <Card>
      <CardTitle component="h2">{t('What changed, 2 hours before and after')}</CardTitle>
      <CardBody><Stack hasGutter>{steps.map((step) => <StackItem key={step.step}><Title headingLevel="h3" size="md"><MessageText message={step.asks} /></Title><StepSummary step={step} /></StackItem>)}</Stack></CardBody>
    </Card>
  );
};
