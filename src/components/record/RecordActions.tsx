import { Button, Flex } from '@patternfly/react-core';
import { type FC } from 'react';
import { paths, useAddress } from '../../console/address';
import { type BecameOfRecord } from '../../console/useBecame';
import { useWords } from '../../console/text';
import { type MitigationRecord, endOf, recordMarkdown } from '../../engine';
import { useWritten } from '../message/useWritten';
import { LinkButton } from '../page/LinkButton';
import { download, inFileName } from '../summary/download';

interface RecordActionsProps {
  readonly record: MitigationRecord;
  readonly became: BecameOfRecord;
  readonly onPrint: () => void;
}

/** The page on which a mitigation was carried out, with what had been picked: where it goes on with what is left. */
const useRestHref = ({ runbook, mitigation, labels, picked }: MitigationRecord): string => {
  const { namespace } = useAddress();
  const { alertname: _, ...identity } = labels;
  const picks = Object.fromEntries(Object.entries(picked).map(([choice, value]) => [`pick-${choice}`, value]));
  return paths.mitigate(namespace, runbook, { ...identity, ...picks }, mitigation);
};

/** What can be done with a record: find out what is open, go on, keep it elsewhere. */
export const RecordActions: FC<RecordActionsProps> = ({ record, became: { open, state, read }, onPrint }) => {
  const t = useWords();
  const written = useWritten();
  const restHref = useRestHref(record);
  const end = endOf(record);
  const name = `${record.runbook}-${record.mitigation}-${inFileName(record.startedAt)}`;
  return (
    <Flex className="virt-runbooks__record-actions">
      {open > 0 && <Button variant="primary" size="sm" isLoading={state === 'reading'} onClick={read}>{t('Look what became of it')}</Button>}
      {(end === 'stopped' || end === 'unknown') && !record.undoing && <LinkButton variant="secondary" size="sm" href={restHref}>{t('Go on with the rest')}</LinkButton>}
      <Button variant="secondary" size="sm" onClick={() => download(`${name}.md`, recordMarkdown(record, written), 'text/markdown')}>{t('Download as Markdown')}</Button>
      <Button variant="secondary" size="sm" onClick={() => download(`${name}.json`, JSON.stringify(record, null, 2), 'application/json')}>{t('Download as JSON')}</Button>
      <Button variant="secondary" size="sm" onClick={onPrint}>{t('Print')}</Button>
    </Flex>
  );
};
