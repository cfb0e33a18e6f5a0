import { PageSection } from '@patternfly/react-core';
import { type FC } from 'react';
import { paths, useAddress } from '../console/address';
import { DocumentTitle } from '../console/Page';
import { useWords } from '../console/text';
import { type ExecuteMitigation, type Runbook } from '../engine';
import { visible } from '../engine/visible';
import { Boundary } from '../components/page/Boundary';
import { LinkButton } from '../components/page/LinkButton';
import { Notice } from '../components/page/Notice';
import { PageSkeleton } from '../components/page/PageSkeleton';
import { MitigationView } from './MitigationView';
import { useRunbook } from './useRunbook';

/** The mitigation of a runbook that is carried out here, by its id; undefined if there is none of that name. */
const executable = (runbook: Runbook, id: string): ExecuteMitigation | undefined => {
  const all = [...runbook.causes, ...runbook.company].flatMap(({ mitigations }) => mitigations);
  return [...all, ...runbook.always].find((one): one is ExecuteMitigation => one.mode === 'execute' && one.id === id);
};

const Nothing: FC = () => {
  const t = useWords();
  const { namespace, alertname, labels } = useAddress();
  return (
    <PageSection hasBodyWrapper={false}>
      <Notice isInline variant="info" component="h1" title={t('Nothing of this name is carried out here')} actionLinks={<LinkButton variant="link" isInline href={paths.runbook(namespace, alertname, labels)}>{t('To the runbook')}</LinkButton>}>
        {t('The runbook lists what can be done.')}
      </Notice>
    </PageSection>
  );
};

const Content: FC = () => {
  const t = useWords();
  const { alertname, mitigation: id } = useAddress();
  const loading = useRunbook(alertname);
  switch (loading.state) {
    case 'loading': return <PageSkeleton />;
    case 'none': return <Nothing />;
    case 'failed': return <PageSection hasBodyWrapper={false}><Notice isInline variant="danger" component="h1" title={t('The runbook could not be loaded')}>{visible(loading.error, 300)}</Notice></PageSection>;
    case 'ready': {
      const mitigation = executable(loading.runbook, id);
      return mitigation ? <MitigationView key={`${loading.runbook.alert} ${id}`} runbook={loading.runbook} mitigation={mitigation} /> : <Nothing />;
    }
    default: return loading satisfies never;
  }
};

/** One mitigation, from understanding to verifying. */
const MitigationPage: FC = () => {
  const t = useWords();
  const { alertname } = useAddress();
  return <Boundary><DocumentTitle>{t('Mitigate {{alert}}', { alert: visible(alertname, 100) })}</DocumentTitle><Content /></Boundary>;
};

export default MitigationPage;
