import { type FC } from 'react';
import { type Rows } from '../../engine';
import { LogRows } from './LogRows';
import { SeriesRows } from './SeriesRows';
import { TableRows } from './TableRows';

/** What a finding rests on. `name` tells screen readers whose rows they are. */
export const FindingRows: FC<{ readonly rows: Rows; readonly name: string }> = ({ rows, name }) => {
  switch (rows.of) {
    case 'table': return <TableRows {...rows} name={name} />;
    case 'log': return <LogRows {...rows} name={name} />;
    case 'series': return <SeriesRows {...rows} name={name} />;
    default: return rows satisfies never;
  }
};
