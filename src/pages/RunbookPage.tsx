import { PageSection } from '@patternfly/react-core';
import { type FC } from 'react';
import { useAddress } from '../console/address';
import { DocumentTitle } from '../console/Page';
import { useWords } from '../console/text';
import { Boundary } from '../components/page/Boundary';
import { Notice } from '../components/page/Notice';
import { PageSkeleton } from '../components/page/PageSkeleton';
import { visible } from '../engine/visible';
import { GenericView } from './GenericView';
import { RunbookView } from './RunbookView';
import { useRunbook } from './useRunbook';

const Content: FC = () => {
  const t = useWords();
  const { alertname } = useAddress();
  const loading = useRunbook(alertname);
  switch (loading.state) {
    case 'loading': return <PageSkeleton />;
    case 'none': return <GenericView />;
    case 'failed': return <PageSection hasBodyWrapper={false}><Notice isInline variant="danger" component="h1" title={t('The runbook could not be loaded')}>{visible(loading.error, 300)}</Notice></PageSection>;
    // A key of its own: nothing of one runbook's page survives into another's.
    case 'ready': return <RunbookView key={loading.runbook.alert} runbook={loading.runbook} />;
    default: return loading satisfies never;
  }
};

/** One alert: the answer first, then meaning, live diagnosis, causes, mitigations. */
const RunbookPage: FC = () => {
  const { alertname } = useAddress();
  return <Boundary><DocumentTitle>{visible(alertname, 100)}</DocumentTitle><Content /></Boundary>;
};

export default RunbookPage;
