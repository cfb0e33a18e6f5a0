import { PageSection, Skeleton, Stack, StackItem } from '@patternfly/react-core';
import { type FC, Suspense, lazy } from 'react';
import { paths, useAddress } from '../console/address';
import { useRecords } from '../console/records';
import { useMitigation } from '../console/useMitigation';
import { useWords } from '../console/text';
import { type ExecuteMitigation, type MitigationRecord, type Runbook, endOf } from '../engine';
import { visible } from '../engine/visible';
import { NowProvider } from '../components/message/Now';
import { useWritten } from '../components/message/useWritten';
import { Notice } from '../components/page/Notice';
import { PageHead } from '../components/page/PageHead';
import { OneScreen } from '../components/undertaking/OneScreen';
import { Phases } from '../components/undertaking/Phases';
import { PlanSentence } from '../components/undertaking/PlanSentence';
import { RefusalNotice } from '../components/undertaking/RefusalNotice';
import { hasRun } from '../components/undertaking/wizardSteps';
import { useFlow } from './useFlow';

// Most mitigations are one screen, and have no record that is open: what they do not show, they do not load.
const MitigationWizard = lazy(() => import('../components/undertaking/MitigationWizard').then((loaded) => ({ default: loaded.MitigationWizard })));
const Unfinished = lazy(() => import('./Unfinished').then((loaded) => ({ default: loaded.Unfinished })));

interface MitigationViewProps {
  readonly runbook: Runbook;
  readonly mitigation: ExecuteMitigation;
}

/** What was begun of this mitigation in this browser and has not come to its end as far as it is known, perhaps in another tab: the latest alone. */
const useUnfinished = (runbook: string, mitigation: string): MitigationRecord | undefined => {
  const { kept } = useRecords();
  const latest = kept.state === 'ready' ? kept.records.find((record) => record.runbook === runbook && record.mitigation === mitigation) : undefined;
  return latest && ['stopped', 'unknown'].includes(endOf(latest)) ? latest : undefined;
};

/** Carries out one mitigation: on one screen where nothing is to be decided, else step by step. What is confirmed is what stands at the top. */
export const MitigationView: FC<MitigationViewProps> = ({ runbook, mitigation }) => {
  const t = useWords();
  const written = useWritten();
  const { namespace, labels } = useAddress();
  const live = useMitigation(runbook, labels, namespace, mitigation);
  const { state, report, notKept, stop } = live;
  const { isOneScreen, at, goTo, lookAgain } = useFlow(mitigation, live);
  const unfinished = useUnfinished(runbook.alert, mitigation.id);
  const runbookHref = paths.runbook(namespace, runbook.alert, labels);
  const isRefused = state.phase === 'refused' && state.refused !== undefined;
  return (
    <NowProvider at={Date.parse(report.at)}>
      <PageHead
        title={written(mitigation.title)}
        crumbs={[{ name: t('Overview'), href: paths.overview(namespace) }, { name: t('Runbooks'), href: paths.runbooks(namespace) }, { name: runbook.alert, href: runbookHref }]}
      />
      <PageSection hasBodyWrapper={false}>
        <Stack hasGutter>
          {isOneScreen && <StackItem><Phases phase={state.phase} /></StackItem>}
          {notKept && <StackItem><Notice isInline variant="warning" component="h2" title={t('This browser keeps no record')}>{t('What you do here is done all the same; the audit log of the API server records it. The browser says: {{words}}', { words: visible(notKept, 300) })}</Notice></StackItem>}
          {isRefused && state.choices.length === 0 && state.refused
            ? <StackItem><RefusalNotice refused={state.refused} runbookHref={runbookHref} /></StackItem>
            : (
              <>
                {!isRefused && <StackItem className="virt-runbooks__sentence"><PlanSentence state={state} onStop={stop} /></StackItem>}
                <StackItem>{isOneScreen
                  ? <OneScreen live={live} runbookHref={runbookHref} onLookAgain={lookAgain} />
                  : (
                    <Suspense fallback={<Skeleton height="24rem" screenreaderText={t('Loading')} />}>
                      <MitigationWizard mitigation={mitigation} live={live} runbookHref={runbookHref} at={at} onGo={goTo} onLookAgain={lookAgain} />
                    </Suspense>
                  )}</StackItem>
              </>
            )}
          {unfinished && !hasRun(state) && <StackItem><Suspense fallback={null}><Unfinished record={unfinished} /></Suspense></StackItem>}
        </Stack>
      </PageSection>
    </NowProvider>
  );
};
