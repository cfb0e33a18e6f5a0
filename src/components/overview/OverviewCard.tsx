import { Card, CardBody, CardTitle, Flex, FlexItem } from '@patternfly/react-core';
import { type FC, type ReactNode } from 'react';
import { useWords } from '../../console/text';
import { type Observation } from '../../engine';
import { AffectedCount } from './AffectedCount';
import { type FiringTree, namedVms } from './arrange';

interface OverviewCardProps {
  readonly trees: readonly FiringTree[];
  /** What was read of the number of running VMs; undefined while it is being read. */
  readonly running: Observation | undefined;
  /** When the alerts were read. */
  readonly read: ReactNode;
}

/** Everything in one look: how many alerts fire, which one to start with, how severe they are, how many VMs they name, of how many. */
export const OverviewCard: FC<OverviewCardProps> = ({ trees, running, read }) => {
  const t = useWords();
  const all = trees.flatMap((tree) => [tree, ...tree.consequences]);
  const firing = all.flatMap(({ instances }) => instances);
  const countOf = (severity: string): number => all.filter((alert) => alert.severity === severity).length;
  const [first] = trees;
  const count = all.length;
  const fire = t('{{count}} alerts fire.', { count });
  const start = first && first.consequences.length > 0
    ? t('Start with {{alert}}: {{count}} others follow from it.', { alert: first.alert, count: first.consequences.length })
    : first && count > 1 ? t('Start with {{alert}}.', { alert: first.alert }) : '';
  return (
    <Card component="section" aria-label={t('Firing alerts')}>
      <CardTitle component="h2">{fire} {start}</CardTitle>
      <CardBody>
        <Flex columnGap={{ default: 'columnGapLg' }}>
          <FlexItem>{t('Critical: {{count}}', { count: countOf('critical') })}</FlexItem>
          <FlexItem>{t('Warning: {{count}}', { count: countOf('warning') })}</FlexItem>
          <FlexItem>{t('Info: {{count}}', { count: countOf('info') })}</FlexItem>
          <FlexItem><AffectedCount named={namedVms(firing).length} seen={running} /></FlexItem>
          <FlexItem>{read}</FlexItem>
        </Flex>
      </CardBody>
    </Card>
  );
};
