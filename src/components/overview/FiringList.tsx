import { DataList, DataListCell, DataListItem, DataListItemCells, DataListItemRow, Flex, FlexItem } from '@patternfly/react-core';
import { type FC, type ReactNode } from 'react';
import { Link } from '../../console/address';
import { useWords } from '../../console/text';
import { SeverityLabel } from '../alert/SeverityLabel';
import { StateLabel } from '../alert/StateLabel';
import { visible } from '../../engine/visible';
import { type FiringAlert, type FiringTree } from './arrange';
import './FiringList.css';

interface FiringListProps {
  readonly trees: readonly FiringTree[];
  readonly hrefOf: (alert: FiringAlert) => string;
  /** What the diagnosis of an alert found, or the way to run it. */
  readonly answerOf: (alert: FiringAlert) => ReactNode;
}

interface RowProps extends Pick<FiringListProps, 'hrefOf'> {
  readonly alert: FiringAlert;
  readonly answer: ReactNode;
  readonly isConsequence?: boolean;
}

const idOf = (alert: string): string => `virt-runbooks-firing-${alert}`;

const Row: FC<RowProps> = ({ alert, answer, hrefOf, isConsequence = false }) => {
  const t = useWords();
  const count = alert.instances.length;
  return (
    <DataListItem aria-labelledby={idOf(alert.alert)}>
      <DataListItemRow className={isConsequence ? 'virt-runbooks__consequence' : ''}>
        <DataListItemCells
          dataListCells={[
            <DataListCell key="alert" width={3} wrapModifier="breakWord">
              <Flex columnGap={{ default: 'columnGapSm' }}>
                <FlexItem><Link id={idOf(alert.alert)} to={hrefOf(alert)}>{visible(alert.alert, 200)}</Link></FlexItem>
                {count > 1 && <FlexItem>{t('{{count}} instances', { count })}</FlexItem>}
                <FlexItem><SeverityLabel severity={alert.severity} /></FlexItem>
                <FlexItem><StateLabel state="firing" activeAt={alert.activeAt} /></FlexItem>
              </Flex>
            </DataListCell>,
            <DataListCell key="answer" width={3}>{answer}</DataListCell>,
          ]}
        />
      </DataListItemRow>
    </DataListItem>
  );
};

/** What to do first: firing alerts, most pressing first, and below each those that follow from it. */
export const FiringList: FC<FiringListProps> = ({ trees, hrefOf, answerOf }) => {
  const t = useWords();
  return (
    <DataList aria-label={t('What to do first')} isCompact>
      {trees.flatMap((tree) => [
        <Row key={tree.alert} alert={tree} hrefOf={hrefOf} answer={answerOf(tree)} />,
        ...tree.consequences.map((alert) => <Row key={alert.alert} alert={alert} hrefOf={hrefOf} isConsequence answer={t('follows from {{alert}}', { alert: tree.alert })} />),
      ])}
    </DataList>
  );
};
