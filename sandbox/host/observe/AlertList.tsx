import type { Action, Alert } from '@openshift-console/dynamic-plugin-sdk';
import { EmptyState, PageSection, Pagination } from '@patternfly/react-core';
import { ActionsColumn, Table, Tbody, Td, Th, Thead, Tr, type IAction } from '@patternfly/react-table';
import { useState, type FC } from 'react';
import { Link, useSearchParams } from 'react-router';
import ActionServiceProvider from '../shims/ActionServiceProvider';
import { DocumentTitle } from '../shims/DocumentTitle';
import ListPageHeader from '../shims/ListPageHeader';
import Timestamp from '../shims/Timestamp';
import { Loading } from '../shell/routes';
import { LabelList, ReadingFailed, Severity } from './Labels';
import { alertPath, type Observe } from './rules';
import { useAlerts } from './useAlerts';

const COLUMNS = ['Name', 'Severity', 'State', 'Since'];
const PER_PAGE = 50;

/** The filters that links to the list carry, under the names of 4.22 and of the consoles before it. */
function useFilter(): (alert: Alert) => boolean {
  const [query] = useSearchParams();
  const all = (...names: string[]) => names.flatMap((name) => query.getAll(name)).flatMap((value) => value.split(','));
  const name = query.get('name') ?? '';
  const states = all('alert-state', 'rowFilter-alert-state');
  const severities = all('alert-severity', 'rowFilter-alert-severity');
  const labels = all('label', 'alerts').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)] as const);
  return (alert) =>
    alert.labels.alertname.toLowerCase().includes(name.toLowerCase()) &&
    (states.length === 0 || states.includes(alert.state)) &&
    (severities.length === 0 || severities.includes(alert.labels.severity ?? 'none')) &&
    labels.every(([label, value]) => alert.labels[label] === value);
}

// In the list a link of an action is a full page load, as in the monitoring plugin.
const menuItem = ({ id, label, cta }: Action): IAction => ({
  itemKey: id,
  title: label,
  ...(typeof cta === 'function' ? { onClick: () => cta() } : { onClick: () => window.location.assign(cta.href) }),
});

const AlertRow: FC<{ alert: Alert; observe: Observe }> = ({ alert, observe }) => (
  <Tr data-test={`alert-row-${alert.labels.alertname}`}>
    <Td dataLabel="Name">
      <Link to={alertPath(observe, alert)} data-test="alert-resource-link">
        {alert.labels.alertname}
      </Link>
      <LabelList labels={alert.labels.namespace === undefined ? {} : { namespace: alert.labels.namespace }} />
    </Td>
    <Td dataLabel="Severity">
      <Severity severity={alert.labels.severity} />
    </Td>
    <Td dataLabel="State">{alert.state}</Td>
    <Td dataLabel="Since">
      <Timestamp timestamp={alert.activeAt ?? ''} />
    </Td>
    <Td isActionCell>
      <ActionServiceProvider context={{ 'monitoring-alert-list-item': { alert } }}>
        {({ actions, loaded }) => (loaded && actions.length > 0 ? <ActionsColumn items={actions.map(menuItem)} /> : null)}
      </ActionServiceProvider>
    </Td>
  </Tr>
);

/** Observe → Alerting, a stand-in: one row per alert, filtered by the address, each with the actions of plugins. */
export const AlertList: FC<{ observe: Observe; rule?: string }> = ({ observe, rule }) => {
  const { alerts, loaded, error } = useAlerts(observe.namespace);
  const [page, setPage] = useState(1);
  const isWanted = useFilter();
  const shown = alerts.filter((alert) => (rule === undefined || alert.rule.id === rule) && isWanted(alert));
  return (
    <>
      <DocumentTitle>Alerting</DocumentTitle>
      <ListPageHeader
        title="Alerting"
        helpText="A stand-in for the console's Observe pages: real alerts of a real Prometheus, simply drawn."
      />
      <PageSection hasBodyWrapper={false}>
        {error === undefined ? null : <ReadingFailed error={error} />}
        {loaded ? null : <Loading />}
        {loaded && error === undefined && shown.length === 0 ? <EmptyState headingLevel="h2" titleText="No alerts" /> : null}
        {shown.length === 0 ? null : (
          <Table aria-label="Alerts" variant="compact">
            <Thead>
              <Tr>
                {COLUMNS.map((column) => (
                  <Th key={column}>{column}</Th>
                ))}
                <Th screenReaderText="Actions" />
              </Tr>
            </Thead>
            <Tbody>
              {shown.slice((page - 1) * PER_PAGE, page * PER_PAGE).map((alert) => (
                <AlertRow key={`${alert.rule.id}${JSON.stringify(alert.labels)}`} alert={alert} observe={observe} />
              ))}
            </Tbody>
          </Table>
        )}
        {shown.length <= PER_PAGE ? null : (
          <Pagination itemCount={shown.length} perPage={PER_PAGE} page={page} onSetPage={(_, next) => setPage(next)} perPageOptions={[]} />
        )}
      </PageSection>
    </>
  );
};
