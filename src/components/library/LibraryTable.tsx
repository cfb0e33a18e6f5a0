import { EmptyState, EmptyStateBody } from '@patternfly/react-core';
import { SearchIcon } from '@patternfly/react-icons';
import { Table, Tbody, Td, Th, type ThProps, Thead, Tr } from '@patternfly/react-table';
import { type FC } from 'react';
import { Link } from '../../console/address';
import { useWords } from '../../console/text';
import { SeverityLabel } from '../alert/SeverityLabel';
import { StateLabel } from '../alert/StateLabel';
import { MessageText } from '../message/MessageText';
import { visible } from '../../engine/visible';
import { type LibraryEntry, type LibraryQuery } from './entry';

interface LibraryTableProps {
  readonly entries: readonly LibraryEntry[];
  readonly sort: LibraryQuery['sort'];
  readonly onSort: (sort: LibraryQuery['sort']) => void;
  readonly hrefOf: (entry: LibraryEntry) => string;
  /** What fires could be read; otherwise every state is unknown. */
  readonly areStatesKnown: boolean;
}

const COLUMNS: readonly LibraryQuery['sort'][] = ['alert', 'severity', 'component', 'state'];

const Row: FC<{ readonly entry: LibraryEntry } & Pick<LibraryTableProps, 'hrefOf' | 'areStatesKnown'>> = ({ entry, hrefOf, areStatesKnown }) => {
  const t = useWords();
  const [first] = entry.firing;
  return (
    <Tr>
      <Td dataLabel={t('Alert')} className="virt-runbooks__title" modifier="breakWord">
        <Link to={hrefOf(entry)}>{visible(entry.alert, 200)}</Link>
        {entry.firing.length > 1 && ` (${entry.firing.length})`}
        <div>{entry.summary ? <MessageText message={entry.summary} /> : visible(entry.annotation ?? '', 300)}</div>
        {entry.group === undefined && <div>{t('No runbook yet: the page shows what the alert says of itself.')}</div>}
        {entry.aliases.length > 0 && <div><small>{t('Formerly {{names}}', { names: entry.aliases.join(', ') })}</small></div>}
      </Td>
      <Td dataLabel={t('Severity')}><div>{entry.severities.map((severity) => <SeverityLabel key={severity} severity={severity} />)}</div></Td>
      <Td dataLabel={t('Component')}>{entry.group ?? '–'}</Td>
      <Td dataLabel={t('State')}><div>{first ? <StateLabel state="firing" activeAt={first.alert.activeAt} /> : <StateLabel state={areStatesKnown ? 'inactive' : 'unknown'} />}</div></Td>
    </Tr>
  );
};

/** The library as a table: every alert, those that fire first. */
export const LibraryTable: FC<LibraryTableProps> = ({ entries, sort, onSort, hrefOf, areStatesKnown }) => {
  const t = useWords();
  const sortOf = (columnIndex: number): NonNullable<ThProps['sort']> => ({
    columnIndex, sortBy: { index: COLUMNS.indexOf(sort), direction: 'asc' },
    onSort: (_, index) => onSort(COLUMNS[index] ?? 'state'),
  });
  if (entries.length === 0) {
    return <EmptyState icon={SearchIcon} headingLevel="h2" titleText={t('No alert is found')}><EmptyStateBody>{t('Search for a part of its name, or clear the filters.')}</EmptyStateBody></EmptyState>;
  }
  return (
    <Table aria-label={t('Runbooks')} variant="compact" gridBreakPoint="grid-lg">
      <Thead><Tr><Th sort={sortOf(0)} width={50}>{t('Alert')}</Th><Th sort={sortOf(1)} modifier="fitContent">{t('Severity')}</Th><Th sort={sortOf(2)} modifier="fitContent">{t('Component')}</Th><Th sort={sortOf(3)}>{t('State')}</Th></Tr></Thead>
      <Tbody>{entries.map((entry) => <Row key={entry.alert} entry={entry} hrefOf={hrefOf} areStatesKnown={areStatesKnown} />)}</Tbody>
    </Table>
  );
};
