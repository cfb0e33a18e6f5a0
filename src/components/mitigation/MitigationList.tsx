import { DataList, ExpandableSection, Stack, StackItem } from '@patternfly/react-core';
import { type FC, useState } from 'react';
import { useWords } from '../../console/text';
import { type CauseReport, type MitigationReport } from '../../engine';
import { MitigationItem } from './MitigationItem';
import { isUnsupported } from './isUnsupported';

interface MitigationListProps {
  readonly mitigations: readonly MitigationReport[];
  readonly causes: readonly CauseReport[];
  /** The address where a mitigation of mode `execute` is carried out. */
  readonly hrefOf: (mitigation: string) => string;
  /** Saves the report as a file, for a support case. */
  readonly onDownload: () => void;
}

/** What can be done: what the evidence supports first, then what is always possible; the rest is one line that opens. */
export const MitigationList: FC<MitigationListProps> = ({ mitigations, causes, hrefOf, onDownload }) => {
  const t = useWords();
  const [isOpen, setOpen] = useState(false);
  const rows = (some: readonly MitigationReport[], name: string) => (
    <DataList aria-label={name} isCompact>
      {some.map((mitigation) => <MitigationItem key={mitigation.mitigation} mitigation={mitigation} causes={causes} href={hrefOf(mitigation.mitigation)} onDownload={onDownload} />)}
    </DataList>
  );
  const offered = mitigations.filter((mitigation) => !isUnsupported(mitigation));
  const others = mitigations.filter(isUnsupported);
  const othersName = t('{{count}} more, not supported by the evidence', { count: others.length });
  return (
    <Stack hasGutter>
      <StackItem>{offered.length > 0 ? rows(offered, t('What you can do')) : t('Nothing that was found speaks for any of the mitigations below.')}</StackItem>
      {others.length > 0 && (
        <StackItem>
          <ExpandableSection isExpanded={isOpen} onToggle={(_, open) => setOpen(open)} toggleText={othersName}>{isOpen && rows(others, othersName)}</ExpandableSection>
        </StackItem>
      )}
    </Stack>
  );
};
