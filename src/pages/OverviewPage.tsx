import { EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter, PageSection, Stack, StackItem, Title } from '@patternfly/react-core';
import { CheckCircleIcon } from '@patternfly/react-icons';
import { type FC } from 'react';
import { paths, useAddress } from '../console/address';
import { DocumentTitle } from '../console/Page';
import { useIsUninstalled } from '../console/installed';
import { useRecords } from '../console/records';
import { useWords } from '../console/text';
import { useFiringAlerts } from '../console/useFiringAlerts';
import { useReading } from '../console/useReading';
import { type LoadedRule, identityOf } from '../engine';
import { runningVms, shelved } from '../runbooks/library';
import { CheckedWhen } from '../components/answer/CheckedWhen';
import { firingOf } from '../engine/firing';
import { NowProvider } from '../components/message/Now';
import { type FiringAlert, arrange } from '../components/overview/arrange';
import { FiringList } from '../components/overview/FiringList';
import { OverviewCard } from '../components/overview/OverviewCard';
import { Boundary } from '../components/page/Boundary';
import { LinkButton } from '../components/page/LinkButton';
import { PageHead } from '../components/page/PageHead';
import { PageSkeleton } from '../components/page/PageSkeleton';
import { RecordList } from '../components/record/RecordList';
import { AlertsUnread } from '../components/states/AlertsUnread';
import { Uninstalled } from '../components/states/Uninstalled';
import { DiagnosedLine } from './DiagnosedLine';
import { useRunbooks } from './useRunbooks';
import { useShelfTexts } from './useShelfTexts';

/** Diagnoses that run by themselves when the page opens; the others wait for a click. */
const AUTOMATIC = 5;

const Firing: FC<{ readonly rules: readonly LoadedRule[]; readonly readAt: string }> = ({ rules, readAt }) => {
  const t = useWords();
  const { namespace } = useAddress();
  const { seen: running } = useReading(runningVms, namespace);
  const firing = firingOf(rules, (alert) => shelved(alert) !== undefined);
  const names = [...new Set(firing.map(({ rule }) => rule.alert))].sort();
  const runbooks = useRunbooks(names);
  const trees = arrange(firing, (alert) => runbooks.get(alert)?.related ?? []);
  const order = trees.map(({ alert }) => alert).filter((alert) => shelved(alert) !== undefined);
  const labelsOf = ({ alert, instances }: FiringAlert) => {
    const runbook = runbooks.get(alert);
    const labels = instances[0]?.alert.labels ?? {};
    return runbook ? identityOf(runbook, labels) : {};
  };
  return (
    <Stack hasGutter>
      <StackItem><OverviewCard trees={trees} running={running} read={<CheckedWhen at={readAt} isLive />} /></StackItem>
      <StackItem><Title headingLevel="h2">{t('What to do first')}</Title></StackItem>
      <StackItem>
        <FiringList
          trees={trees} hrefOf={(alert) => paths.runbook(namespace, alert.alert, labelsOf(alert))}
          answerOf={(alert) => <DiagnosedLine runbook={runbooks.get(alert.alert)} labels={labelsOf(alert)} isAutomatic={order.indexOf(alert.alert) < AUTOMATIC} />}
        />
      </StackItem>
    </Stack>
  );
};

const Quiet: FC<{ readonly readAt: string; readonly isComplete: boolean }> = ({ readAt, isComplete }) => {
  const t = useWords();
  const { namespace } = useAddress();
  const title = isComplete ? t('No virtualization alert is firing') : t('No alert that you may see is firing');
  return (
    <EmptyState {...(isComplete ? { status: 'success', icon: CheckCircleIcon } : {})} headingLevel="h2" titleText={title}>
      <EmptyStateBody><CheckedWhen at={readAt} isLive /></EmptyStateBody>
      {!isComplete && <EmptyStateBody>{t('Alerts without a namespace are not among those that you may see. A cluster admin sees them all.')}</EmptyStateBody>}
      <EmptyStateFooter><EmptyStateActions><LinkButton variant="secondary" href={paths.runbooks(namespace)}>{t('Look through all runbooks')}</LinkButton></EmptyStateActions></EmptyStateFooter>
    </EmptyState>
  );
};

/** Older records stand on the page of their runbook. */
const LATELY = 10;

const Lately: FC = () => {
  const t = useWords();
  const { kept, drop } = useRecords();
  const records = kept.state === 'ready' ? kept.records.slice(0, LATELY) : [];
  // Their texts come with the groups of their runbooks; until then English stands.
  useRunbooks([...new Set(records.map(({ runbook }) => runbook))].sort());
  if (records.length === 0) return null;
  return <PageSection hasBodyWrapper={false}><RecordList title={t('What you did lately')} records={records} onDrop={() => void drop()} /></PageSection>;
};

const Body: FC = () => {
  const t = useWords();
  const { namespace } = useAddress();
  const { alerts } = useFiringAlerts(namespace);
  const isUninstalled = useIsUninstalled();
  const hasTexts = useShelfTexts();
  if (alerts.state === 'loading' || !hasTexts) return <PageSkeleton />;
  const readAt = new Date(alerts.readAt).toISOString();
  if (alerts.state === 'failed') {
    return <PageSection hasBodyWrapper={false}><AlertsUnread failure={alerts.failure}>{t('Every runbook still opens, and reads what you may read.')}</AlertsUnread></PageSection>;
  }
  const isQuiet = firingOf(alerts.rules, (alert) => shelved(alert) !== undefined).length === 0;
  return (
    <NowProvider at={alerts.readAt}>
      {isUninstalled && <PageSection hasBodyWrapper={false}><Uninstalled /></PageSection>}
      <PageSection hasBodyWrapper={false}>{isQuiet ? <Quiet readAt={readAt} isComplete={alerts.complete} /> : <Firing rules={alerts.rules} readAt={readAt} />}</PageSection>
      <Lately />
    </NowProvider>
  );
};

/** Virtualization → Overview: what fires, what is cause and what is consequence, what to do first. */
const OverviewPage: FC = () => {
  const t = useWords();
  const { namespace } = useAddress();
  return (
    <Boundary>
      <DocumentTitle>{t('Virtualization overview')}</DocumentTitle>
      <PageHead title={t('Virtualization overview')} actions={<LinkButton variant="secondary" href={paths.runbooks(namespace)}>{t('Runbooks')}</LinkButton>} />
      <Body />
    </Boundary>
  );
};

export default OverviewPage;
