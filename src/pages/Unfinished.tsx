import { type FC } from 'react';
import { useWords } from '../console/text';
import { type MitigationRecord } from '../engine';
import { RecordList } from '../components/record/RecordList';

/** A record of this mitigation that is open: what became of it can be read again, and it leads on with the rest. */
export const Unfinished: FC<{ readonly record: MitigationRecord }> = ({ record }) => {
  const t = useWords();
  return <RecordList title={t('Begun before, and not known to be finished')} records={[record]} />;
};
