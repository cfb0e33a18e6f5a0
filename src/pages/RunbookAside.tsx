import { Stack, StackItem } from '@patternfly/react-core';
import { type FC } from 'react';
import { paths, useAddress } from '../console/address';
import { type FiringAlerts } from '../console/useFiringAlerts';
import { type Report, type Runbook } from '../engine';
import { shelved } from '../runbooks/library';
import { RelatedAlerts } from '../components/alert/RelatedAlerts';
import { AffectedVms } from '../components/facts/AffectedVms';
import { AlertFacts } from '../components/facts/AlertFacts';
import { Differs } from '../components/facts/Differs';
import { MeaningCard } from '../components/facts/MeaningCard';

interface RunbookAsideProps {
  readonly runbook: Runbook;
  readonly report: Report;
  readonly alerts: FiringAlerts;
}

/** What one looks up beside the diagnosis: meaning, the alert and its rule, related alerts, where the text comes from. */
export const RunbookAside: FC<RunbookAsideProps> = ({ runbook, report, alerts }) => {
  const { namespace } = useAddress();
  return (
    <Stack hasGutter>
      <StackItem><MeaningCard runbook={runbook} /></StackItem>
      <StackItem><AlertFacts alert={report.alert} /></StackItem>
      {report.affected && <StackItem><AffectedVms step={report.affected} /></StackItem>}
      <StackItem><RelatedAlerts related={runbook.related} rules={alerts.state === 'ready' ? alerts.rules : undefined} isComplete={alerts.state === 'ready' && alerts.complete} hrefOf={(alert) => (shelved(alert) ? paths.runbook(namespace, alert) : undefined)} /></StackItem>
      <StackItem><Differs runbook={runbook} /></StackItem>
    </Stack>
  );
};
