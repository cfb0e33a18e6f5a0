import { PageSection, Stack, StackItem } from '@patternfly/react-core';
import { type FC, useEffect } from 'react';
import { paths, useAddress } from '../console/address';
import { useMitigation } from '../console/useMitigation';
import { useWords } from '../console/text';
import { type ExecuteMitigation, type Runbook } from '../engine';
import { visible } from '../engine/visible';
import { NowProvider } from '../components/message/Now';
import { useWritten } from '../components/message/useWritten';
import { Notice } from '../components/page/Notice';
import { PageHead } from '../components/page/PageHead';
import { Phases } from '../components/undertaking/Phases';
import { RefusalNotice } from '../components/undertaking/RefusalNotice';
import { Undertaken } from '../components/undertaking/Undertaken';

interface MitigationViewProps {
  readonly runbook: Runbook;
  readonly mitigation: ExecuteMitigation;
}

/** Carries out one mitigation on one screen: what is confirmed at the bottom is what stands at the top. */
export const MitigationView: FC<MitigationViewProps> = ({ runbook, mitigation }) => {
  const t = useWords();
  const written = useWritten();
  const { namespace, labels } = useAddress();
  const live = useMitigation(runbook, labels, namespace, mitigation);
  const { state, report, preview, notKept } = live;
  const isPlanned = state.phase === 'planned';
  // A preview changes nothing and asks nothing of the reader: it is made as soon as there is a plan.
  useEffect(() => {
    if (isPlanned) void preview();
  }, [isPlanned, preview]);
  const runbookHref = paths.runbook(namespace, runbook.alert, labels);
  return (
    <NowProvider at={Date.parse(report.at)}>
      <PageHead
        title={written(mitigation.title)}
        crumbs={[{ name: t('Overview'), href: paths.overview(namespace) }, { name: t('Runbooks'), href: paths.runbooks(namespace) }, { name: runbook.alert, href: runbookHref }]}
      />
      <PageSection hasBodyWrapper={false}>
        <Stack hasGutter>
          <StackItem><Phases phase={state.phase} /></StackItem>
          {notKept && <StackItem><Notice isInline variant="warning" component="h2" title={t('This browser keeps no record')}>{t('What you do here is done all the same; the audit log of the API server records it. The browser says: {{words}}', { words: visible(notKept, 300) })}</Notice></StackItem>}
          <StackItem>{state.phase === 'refused' && state.refused ? <RefusalNotice refused={state.refused} runbookHref={runbookHref} /> : <Undertaken live={live} runbookHref={runbookHref} />}</StackItem>
        </Stack>
      </PageSection>
    </NowProvider>
  );
};
