import { Button, Card, CardBody, CardFooter, CardTitle, Content, List, ListItem } from '@patternfly/react-core';
import { type FC } from 'react';
import { useWords } from '../../console/text';
import { type MitigationRecord } from '../../engine';
import { RecordItem } from './RecordItem';

interface RecordListProps {
  readonly title: string;
  /** Newest first; nothing is drawn where there are none. */
  readonly records: readonly MitigationRecord[];
  /** Drops all records of this user, where that is offered. */
  readonly onDrop?: () => void;
}

/** What this browser remembers of mitigations that were carried out from it. */
export const RecordList: FC<RecordListProps> = ({ title, records, onDrop }) => {
  const t = useWords();
  if (records.length === 0) return null;
  return (
    <Card component="section" aria-label={title}>
      <CardTitle component="h2">{title}</CardTitle>
      <CardBody><List isPlain isBordered>{records.map((record) => <ListItem key={record.id}><RecordItem record={record} /></ListItem>)}</List></CardBody>
      <CardFooter>
        <Content component="small">{t('Kept in this browser alone. The audit log of the API server is the authoritative record.')}</Content>
        {onDrop && <Button variant="link" isInline onClick={onDrop}>{t('Forget all records')}</Button>}
      </CardFooter>
    </Card>
  );
};
