import { PageSection } from '@patternfly/react-core';
import { type FC } from 'react';
import { paths, useAddress } from '../console/address';
import { DocumentTitle } from '../console/Page';
import { useWords } from '../console/text';
import { useFiringAlerts } from '../console/useFiringAlerts';
import { type LibraryEntry, found, queryOf } from '../components/library/entry';
import { LibraryFilters } from '../components/library/LibraryFilters';
import { LibraryTable } from '../components/library/LibraryTable';
import { NowProvider } from '../components/message/Now';
import { useWritten } from '../components/message/useWritten';
import { Boundary } from '../components/page/Boundary';
import { PageHead } from '../components/page/PageHead';
import { PageSkeleton } from '../components/page/PageSkeleton';
import { AlertsUnread } from '../components/states/AlertsUnread';
import { entriesOf } from './entries';
import { useShelfTexts } from './useShelfTexts';

const Library: FC = () => {
  const t = useWords();
  const written = useWritten();
  const { namespace, own, setOwn } = useAddress();
  const { alerts } = useFiringAlerts(namespace);
  const query = queryOf(own);
  const all = entriesOf(alerts.state === 'ready' ? alerts.rules : []);
  const entries = found(all, query, written);
  const components = [...new Set(all.flatMap(({ group }) => group ?? []))].sort();
  const hrefOf = ({ alert }: LibraryEntry) => paths.runbook(namespace, alert);
  const table = (
    <>
      {alerts.state === 'failed' && <AlertsUnread failure={alerts.failure}>{t('Every runbook still opens, and reads what you may read.')}</AlertsUnread>}
      <LibraryFilters query={query} components={components} count={entries.length} onChange={setOwn} />
      <LibraryTable
        entries={entries} sort={query.sort} hrefOf={hrefOf} areStatesKnown={alerts.state === 'ready' && alerts.complete}
        onSort={(sort) => setOwn({ 'sort-by': sort === 'state' ? '' : sort })}
      />
    </>
  );
  return alerts.state === 'loading' ? table : <NowProvider at={alerts.readAt}>{table}</NowProvider>;
};

/** The library: every alert, searchable, firing or not. */
const RunbooksPage: FC = () => {
  const t = useWords();
  const { namespace } = useAddress();
  const isReady = useShelfTexts();
  return (
    <Boundary>
      <DocumentTitle>{t('Runbooks')}</DocumentTitle>
      <PageHead title={t('Runbooks')} crumbs={[{ name: t('Overview'), href: paths.overview(namespace) }]} />
      {isReady ? <PageSection hasBodyWrapper={false}><Library /></PageSection> : <PageSkeleton />}
    </Boundary>
  );
};

export default RunbooksPage;
