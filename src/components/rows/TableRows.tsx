import { Button } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { type FC, useState } from 'react';
import { useWords } from '../../console/text';
import { type Rows } from '../../engine';
import { HoleText } from '../message/HoleText';
import { MessageText } from '../message/MessageText';
import { useWritten } from '../message/useWritten';
import './Rows.css';

type TableRowsProps = Extract<Rows, { of: 'table' }> & { readonly name: string };

/** Rows that are drawn before one asks for the others. */
const FIRST_ROWS = 10;

/** A finding's table: a first page of rows, the others on demand, and how many more there are than were read. */
export const TableRows: FC<TableRowsProps> = ({ columns, rows, more = 0, name }) => {
  const t = useWords();
  const written = useWritten();
  const [isAll, setAll] = useState(false);
  const shown = isAll ? rows : rows.slice(0, FIRST_ROWS);
  return (
    <>
      <Table variant="compact" aria-label={name} className="virt-runbooks__rows">
        <Thead><Tr>{columns.map((column, place) => <Th key={place}><MessageText message={column} /></Th>)}</Tr></Thead>
        <Tbody>
          {shown.map((cells, row) => (
            <Tr key={row}>{cells.map((cell, place) => (
              <Td key={place} {...(columns[place] ? { dataLabel: written(columns[place]) } : {})}>{cell === null ? '–' : <HoleText hole={cell} />}</Td>
            ))}</Tr>
          ))}
        </Tbody>
      </Table>
      {shown.length < rows.length && <Button variant="link" isInline onClick={() => setAll(true)}>{t('Show all {{count}} rows', { count: rows.length })}</Button>}
      {more > 0 && <small>{t('{{count}} more are not shown', { count: more })}</small>}
    </>
  );
};
