import { Button } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { type FC, useState } from 'react';
import { useWords } from '../../console/text';
import { type Cell, type Rows } from '../../engine';
import { HoleText } from '../message/HoleText';
import { MessageText } from '../message/MessageText';
import { ObjectLink } from '../message/ObjectLink';
import { useWritten } from '../message/useWritten';
import './Rows.css';

type TableRowsProps = Extract<Rows, { of: 'table' }> & { readonly name: string };

/** Rows that are drawn before one asks for the others. */
const FIRST_ROWS = 10;

const namespaceOf = (cell: Cell | undefined): string | undefined => (typeof cell === 'object' && cell !== null && 'object' in cell ? cell.object.namespace : undefined);

/** A column of objects of one namespace need not repeat it in every row. */
const isOneNamespace = (rows: TableRowsProps['rows'], column: number): boolean =>
  new Set(rows.map((cells) => namespaceOf(cells[column]))).size === 1;

const CellText: FC<{ readonly cell: Cell; readonly isShort: boolean }> = ({ cell, isShort }) => {
  if (cell === null) return <>–</>;
  return typeof cell === 'object' && 'object' in cell ? <ObjectLink object={cell.object} isShort={isShort} /> : <HoleText hole={cell} />;
};

/** A finding's table: a first page of rows, the others on demand, and how many more there are than were read. */
export const TableRows: FC<TableRowsProps> = ({ columns, rows, more = 0, name }) => {
  const t = useWords();
  const written = useWritten();
  const [isAll, setAll] = useState(false);
  const short = columns.map((_, place) => isOneNamespace(rows, place));
  const shown = isAll ? rows : rows.slice(0, FIRST_ROWS);
  return (
    <>
      <div className="virt-runbooks__rows-scroll" tabIndex={0} role="group" aria-label={t('Rows: {{name}}', { name })}>
        <Table variant="compact" aria-label={name} className="virt-runbooks__rows">
          <Thead><Tr>{columns.map((column, place) => <Th key={place}><MessageText message={column} /></Th>)}</Tr></Thead>
          <Tbody>
            {shown.map((cells, row) => (
              <Tr key={row}>{cells.map((cell, place) => (
                <Td key={place} {...(columns[place] ? { dataLabel: written(columns[place]) } : {})}><CellText cell={cell} isShort={short[place] ?? false} /></Td>
              ))}</Tr>
            ))}
          </Tbody>
        </Table>
      </div>
      {shown.length < rows.length && <Button variant="link" isInline onClick={() => setAll(true)}>{t('Show all {{count}} rows', { count: rows.length })}</Button>}
      {more > 0 && <small>{t('{{count}} more are not shown', { count: more })}</small>}
    </>
  );
};
