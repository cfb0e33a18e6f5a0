import { Grid, GridItem, PageSection, Stack, StackItem } from '@patternfly/react-core';
import { type FC } from 'react';
import { paths, useAddress, useGoTo } from '../console/address';
import { useReport } from '../console/useReport';
import { useFiringAlerts } from '../console/useFiringAlerts';
import { type MitigationReport, type Runbook } from '../engine';
import { shelved } from '../runbooks/library';
import { AnswerCard } from '../components/answer/AnswerCard';
import { CheckedWhen } from '../components/answer/CheckedWhen';
import { mitigationElementId } from '../components/mitigation/mitigationElementId';
import { NowProvider } from '../components/message/Now';
import { AddressNotices } from '../components/states/AddressNotices';
import { ClockNotice } from '../components/states/ClockNotice';
import { PlatformNotice } from '../components/states/PlatformNotice';
import { stepElementId } from '../components/steps/StepItem';
import { useOpenSteps } from '../components/steps/useOpenSteps';
import { identityOf } from '../engine';
import { RunbookAside } from './RunbookAside';
import { RunbookHead } from './RunbookHead';
import { RunbookMain } from './RunbookMain';

/** Brings an element into view and gives it the focus, once it is drawn. */
const goToElement = (id: string): void => {
  requestAnimationFrame(() => {
    const element = document.getElementById(id);
    element?.scrollIntoView({ block: 'center' });
    element?.focus({ preventScroll: true });
  });
};

/** The newest reading that the report rests on, ISO 8601; the report's own time before there is one. */
const newest = (times: readonly (string | undefined)[], otherwise: string): string =>
  times.filter((time) => time !== undefined).sort().at(-1) ?? otherwise;

/** The page of one runbook, live. */
export const RunbookView: FC<{ readonly runbook: Runbook }> = ({ runbook }) => {
  const { namespace, labels, malformed } = useAddress();
  const goTo = useGoTo();
  const { report, live, skew, runAgain, answer } = useReport(runbook, labels, namespace);
  const { alerts } = useFiringAlerts(namespace);
  const isSettled = report.answer.form !== 'running';
  const opened = useOpenSteps(report.steps, isSettled);
  const showEvidence = (step: string) => {
    opened.open(step);
    goToElement(stepElementId(step));
  };
  const fix = ({ mode, mitigation }: MitigationReport) => {
    if (mode === 'execute') goTo(paths.mitigate(namespace, runbook.alert, identityOf(runbook, report.alert.labels), mitigation));
    else goToElement(mitigationElementId(mitigation));
  };
  const checkedAt = newest(report.steps.flatMap(({ readings }) => readings.map(({ readAt }) => readAt)), report.at);
  return (
    <NowProvider at={Date.parse(report.at)}>
      <RunbookHead runbook={runbook} report={report} onRunAgain={() => runAgain()} />
      <PageSection hasBodyWrapper={false}>
        <Stack hasGutter>
          <StackItem>
            <ClockNotice skew={skew} />
            <AddressNotices malformed={malformed} alert={report.alert} />
            <PlatformNotice installed={report.steps.find(({ step }) => step === 'installed')} />
          </StackItem>
          <StackItem><AnswerCard report={report} checked={<CheckedWhen at={checkedAt} isLive={live} />} hrefOf={(alert) => (shelved(alert) ? paths.runbook(namespace, alert) : undefined)} onFix={fix} onShowEvidence={showEvidence} /></StackItem>
          <StackItem>
            <Grid hasGutter>
              <GridItem xl={8}><RunbookMain runbook={runbook} report={report} opened={opened} isSettled={isSettled} onRunAgain={runAgain} onAnswer={answer} onShowEvidence={showEvidence} /></GridItem>
              <GridItem xl={4}><RunbookAside runbook={runbook} report={report} alerts={alerts} /></GridItem>
            </Grid>
          </StackItem>
        </Stack>
      </PageSection>
    </NowProvider>
  );
};
