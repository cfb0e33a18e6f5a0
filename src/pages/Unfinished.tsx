import { StackItem } from '@patternfly/react-core';
import { type FC } from 'react';
import { useRecords } from '../console/records';
import { useWords } from '../console/text';
import { endOf } from '../engine';
import { RecordList } from '../components/record/RecordList';

/** What was begun of this mitigation in this browser and has not come to its end as far as it is known, perhaps in another tab: the latest alone. */
export const Unfinished: FC<{ readonly runbook: string; readonly mitigation: string }> = ({ runbook, mitigation }) => {
  const t = useWords();
  const { kept } = useRecords();
  const latest = kept.state === 'ready' ? kept.records.find((record) => record.runbook === runbook && record.mitigation === mitigation) : undefined;
  if (!latest || ['cleared', 'done'].includes(endOf(latest))) return null;
  return <StackItem><RecordList title={t('Begun before, and not known to be finished')} records={[latest]} /></StackItem>;
};
