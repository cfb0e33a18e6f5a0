import { AlertGroup, ActionList, ActionListItem, Button, Dropdown, DropdownItem, DropdownList, MenuToggle } from '@patternfly/react-core';
import { EllipsisVIcon } from '@patternfly/react-icons';
import { type FC, useState } from 'react';
import { useWords } from '../../console/text';
import { type Report } from '../../engine';
import { LinkButton } from '../page/LinkButton';
import { Notice } from '../page/Notice';
import { downloadReport } from './download';
import { useSummary } from './useSummary';

interface ReportActionsProps {
  readonly report: Report;
  /** The address of the alert in Observe. */
  readonly alertHref: string;
  readonly onRunAgain: () => void;
}

/** What can be done with a whole report: read everything again, go to the alert, take it along. */
export const ReportActions: FC<ReportActionsProps> = ({ report, alertHref, onRunAgain }) => {
  const t = useWords();
  const summary = useSummary(report);
  const [isOpen, setOpen] = useState(false);
  const [isCopied, setCopied] = useState(false);
  const copy = () => {
    void navigator.clipboard.writeText(summary()).then(() => setCopied(true));
  };
  return (
    <ActionList>
      <ActionListItem><Button variant="secondary" onClick={onRunAgain} isDisabled={report.answer.form === 'running'}>{t('Run again')}</Button></ActionListItem>
      <ActionListItem><LinkButton variant="link" href={alertHref}>{t('Open alert')}</LinkButton></ActionListItem>
      <ActionListItem>
        <Dropdown
          isOpen={isOpen} onOpenChange={setOpen} onSelect={() => setOpen(false)} popperProps={{ position: 'right' }}
          toggle={(ref) => <MenuToggle ref={ref} variant="plain" icon={<EllipsisVIcon />} isExpanded={isOpen} onClick={() => setOpen(!isOpen)} aria-label={t('More actions')} />}
        >
          <DropdownList>
            <DropdownItem onClick={copy}>{t('Copy a summary for a ticket')}</DropdownItem>
            <DropdownItem onClick={() => downloadReport(report)}>{t('Download the report')}</DropdownItem>
          </DropdownList>
        </Dropdown>
        {isCopied && <AlertGroup isToast isLiveRegion><Notice variant="success" title={t('The summary is copied')} timeout onTimeout={() => setCopied(false)} /></AlertGroup>}
      </ActionListItem>
    </ActionList>
  );
};
