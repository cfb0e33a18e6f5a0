import { Content, Label, LabelGroup } from '@patternfly/react-core';
import { type FC } from 'react';
import { paths, useAddress, useGoTo } from '../console/address';
import { useAlertHref } from '../console/alertHref';
import { useWords } from '../console/text';
import { type Report, type Runbook, identityOf } from '../engine';
import { InstanceSelect } from '../components/alert/InstanceSelect';
import { SeverityLabel } from '../components/alert/SeverityLabel';
import { StateLabel } from '../components/alert/StateLabel';
import { PageHead } from '../components/page/PageHead';
import { ReportActions } from '../components/summary/ReportActions';

interface RunbookHeadProps {
  readonly runbook: Runbook;
  readonly report: Report;
  readonly onRunAgain: () => void;
}

/** The head of a runbook's page: the alert, how it stands, and which of its instances is looked into. */
export const RunbookHead: FC<RunbookHeadProps> = ({ runbook, report: { alert }, report, onRunAgain }) => {
  const t = useWords();
  const goTo = useGoTo();
  const { namespace } = useAddress();
  const isOne = alert.state === 'firing' || alert.state === 'pending';
  const instances = isOne ? [alert.labels, ...alert.others] : alert.others;
  const active = (): string => {
    if (alert.state === 'unknown') return t('Whether an instance of this alert is active could not be read.');
    return instances.length === 0 ? t('No instance of this alert is active.') : t('{{count}} instances of this alert are active.', { count: instances.length });
  };
  const alertHref = useAlertHref()(alert);
  return (
    <PageHead
      title={runbook.alert}
      crumbs={[{ name: t('Overview'), href: paths.overview(namespace) }, { name: t('Runbooks'), href: paths.runbooks(namespace) }]}
      labels={(
        <LabelGroup aria-label={t('State of the alert')} numLabels={4}>
          <SeverityLabel severity={alert.rule?.severity ?? alert.labels['severity'] ?? runbook.severities[0]} />
          <StateLabel state={alert.state} activeAt={alert.activeAt} />
          <Label isCompact variant="outline">{runbook.group}</Label>
          {runbook.deprecated && <Label isCompact color="grey">{t('Deprecated')}</Label>}
        </LabelGroup>
      )}
      actions={<ReportActions report={report} alertHref={alertHref} onRunAgain={onRunAgain} />}
    >
      <Content component="p">{active()}</Content>
      <InstanceSelect instances={instances} current={isOne ? alert.labels : undefined} onSelect={(labels) => goTo(paths.runbook(namespace, runbook.alert, identityOf(runbook, labels)))} />
    </PageHead>
  );
};
