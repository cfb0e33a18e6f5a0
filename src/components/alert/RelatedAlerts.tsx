import { Card, CardBody, CardTitle, List, ListItem } from '@patternfly/react-core';
import { type FC } from 'react';
import { Link } from '../../console/address';
import { useWords } from '../../console/text';
import { type LoadedRule, type Runbook } from '../../engine';
import { isFiring } from '../../engine/firing';

type Related = Runbook['related'][number];

interface RelatedAlertsProps {
  readonly related: readonly Related[];
  /** The rules as loaded, or undefined while they could not be read. */
  readonly rules: readonly LoadedRule[] | undefined;
  /** False for a tenant, who does not see the alerts of the platform: what is not among them may fire all the same. */
  readonly isComplete: boolean;
  /** The address of an alert's runbook, or undefined where there is none yet. */
  readonly hrefOf: (alert: string) => string | undefined;
}

const useRelationWord = (): ((relation: Related['relation']) => string) => {
  const t = useWords();
  return (relation) => {
    switch (relation) {
      case 'cause': return t('can be the cause of this one');
      case 'consequence': return t('follows from this one');
      case 'sibling': return t('watches the same thing');
      default: return relation satisfies never;
    }
  };
};

/** Alerts that come before, after or beside this one, those that fire first. */
export const RelatedAlerts: FC<RelatedAlertsProps> = ({ related, rules, isComplete, hrefOf }) => {
  const t = useWords();
  const word = useRelationWord();
  if (related.length === 0) return null;
  const stateOf = (alert: string): string => {
    if (rules === undefined) return t('state could not be read');
    if (isFiring(rules, alert)) return t('fires');
    return isComplete ? t('does not fire') : t('state could not be read');
  };
  const order = [...related].sort((a, b) => Number(isFiring(rules ?? [], b.alert)) - Number(isFiring(rules ?? [], a.alert)));
  return (
    <Card>
      <CardTitle component="h2">{t('Related alerts')}</CardTitle>
      <CardBody>
        <List isPlain>
          {order.map(({ alert, relation }) => {
            const href = hrefOf(alert);
            return <ListItem key={alert}>{href === undefined ? alert : <Link to={href}>{alert}</Link>} {word(relation)} · {stateOf(alert)}</ListItem>;
          })}
        </List>
      </CardBody>
    </Card>
  );
};
