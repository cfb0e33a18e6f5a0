import { Content, DataListCell, DataListContent, DataListItem, DataListItemCells, DataListItemRow, DataListToggle, Flex, FlexItem, Label } from '@patternfly/react-core';
import { type FC, useState } from 'react';
import { useWords } from '../../console/text';
import { type CauseReport, type MitigationReport } from '../../engine';
import { MessageText } from '../message/MessageText';
import { useWritten } from '../message/useWritten';
import { MitigationAction } from './MitigationAction';
import { MitigationFacts } from './MitigationFacts';
import { MitigationBody } from './MitigationBody';
import { isUnsupported } from './isUnsupported';
import { mitigationElementId } from './mitigationElementId';
import './MitigationItem.css';

interface MitigationItemProps {
  readonly mitigation: MitigationReport;
  readonly causes: readonly CauseReport[];
  readonly href: string;
  readonly onDownload: () => void;
}

/** Which causes it is for, by their sentences. */
const Reason: FC<Pick<MitigationItemProps, 'mitigation' | 'causes'>> = ({ mitigation, causes }) => {
  const t = useWords();
  const written = useWritten();
  const found = causes.filter(({ cause }) => mitigation.supportedBy.includes(cause)).map(({ says }) => written(says));
  if (found.length > 0) return <Content component="small">{t('Offered because: {{cause}}', { cause: found.join(' ') })}</Content>;
  if (!isUnsupported(mitigation)) return <Content component="small">{t('Always possible.')}</Content>;
  const possible = causes.filter((cause) => cause.mitigations.includes(mitigation.mitigation)).map(({ says }) => written(says));
  return <Content component="small">{t('It would help if this were so: {{cause}}', { cause: possible.join(' ') })}</Content>;
};

/** One mitigation: the deed, who does it, what it risks, and the way to do it. */
export const MitigationItem: FC<MitigationItemProps> = ({ mitigation, causes, href, onDownload }) => {
  const t = useWords();
  const written = useWritten();
  const unsupported = isUnsupported(mitigation);
  // What the evidence supports stands open until somebody closes it, also if the evidence comes later than the row.
  const [choice, setChoice] = useState<boolean>();
  const isOpen = choice ?? mitigation.supportedBy.length > 0;
  const id = mitigationElementId(mitigation.mitigation);
  const details = t('Details of: {{name}}', { name: written(mitigation.title) });
  return (
    <DataListItem aria-labelledby={id} isExpanded={isOpen}>
      <DataListItemRow>
        <DataListToggle id={`${id}-toggle`} isExpanded={isOpen} onClick={() => setChoice(!isOpen)} aria-controls={`${id}-body`} aria-label={details} />
        <DataListItemCells
          dataListCells={[
            <DataListCell key="what" wrapModifier="breakWord">
              <Flex justifyContent={{ default: 'justifyContentSpaceBetween' }} alignItems={{ default: 'alignItemsFlexStart' }} columnGap={{ default: 'columnGapMd' }}>
                <FlexItem className="virt-runbooks__mitigation">
                  <Flex columnGap={{ default: 'columnGapSm' }}>
                    <FlexItem><strong id={id} tabIndex={-1}><MessageText message={mitigation.title} /></strong></FlexItem>
                    {unsupported && <FlexItem><Label isCompact variant="outline">{t('Not supported by the evidence')}</Label></FlexItem>}
                  </Flex>
                  <MitigationFacts mitigation={mitigation} />
                </FlexItem>
                <FlexItem><MitigationAction mitigation={mitigation} isUnsupported={unsupported} href={href} onDownload={onDownload} {...(isOpen ? {} : { onOpen: () => setChoice(true) })} /></FlexItem>
              </Flex>
            </DataListCell>,
          ]}
        />
      </DataListItemRow>
      <DataListContent id={`${id}-body`} aria-label={details} isHidden={!isOpen}>
        <Reason mitigation={mitigation} causes={causes} />
        {isOpen && <MitigationBody mitigation={mitigation} />}
      </DataListContent>
    </DataListItem>
  );
};
