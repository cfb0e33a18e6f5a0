import { DataList } from '@patternfly/react-core';
import { type FC } from 'react';
import { useWords } from '../../console/text';
import { type CauseReport, type MitigationReport } from '../../engine';
import { MitigationItem } from './MitigationItem';

interface MitigationListProps {
  readonly mitigations: readonly MitigationReport[];
  readonly causes: readonly CauseReport[];
  /** The address where a mitigation of mode `execute` is carried out. */
  readonly hrefOf: (mitigation: string) => string;
  /** Saves the report as a file, for a support case. */
  readonly onDownload: () => void;
}

/** What can be done: what the evidence supports first, what is always possible next, the rest last and marked. */
export const MitigationList: FC<MitigationListProps> = ({ mitigations, causes, hrefOf, onDownload }) => {
  const t = useWords();
  const rank = ({ supportedBy, always }: MitigationReport): number => (supportedBy.length > 0 ? 0 : always ? 1 : 2);
  return (
    <DataList aria-label={t('What you can do')} isCompact>
      {[...mitigations].sort((a, b) => rank(a) - rank(b)).map((mitigation) => (
        <MitigationItem key={mitigation.mitigation} mitigation={mitigation} causes={causes} href={hrefOf(mitigation.mitigation)} onDownload={onDownload} />
      ))}
    </DataList>
  );
};
