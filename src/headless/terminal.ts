import picocolors from 'picocolors';
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/** What the output is written to. */
export interface Screen {
  /** Columns. */
  readonly width: number;
  readonly isColoured: boolean;
}

/** Narrower than this, words are broken rather than the layout. */
const NARROWEST = 40;
/** Longer lines are hard to read. */
const WIDEST = 120;
const DEFAULT_WIDTH = 100;

/** The screen behind a stream. NO_COLOR and FORCE_COLOR are obeyed (no-color.org); a pipe gets no colour. */
export const screenOf = (stream: { readonly isTTY?: boolean; readonly columns?: number }, env: NodeJS.ProcessEnv): Screen => ({
  width: Math.max(NARROWEST, Math.min(WIDEST, stream.columns ?? (Number(env['COLUMNS']) || DEFAULT_WIDTH))),
  isColoured: env['NO_COLOR'] ? false : env['FORCE_COLOR'] ? env['FORCE_COLOR'] !== '0' : stream.isTTY === true && env['TERM'] !== 'dumb',
});

/** Writes lines that fit a screen. */
export interface Pen {
  readonly colours: ReturnType<typeof picocolors.createColors>;
  /** A paragraph: its first line after `first`, the others below it, indented by so many columns. */
  readonly paragraph: (text: string, indent?: number, first?: string) => string;
  /** What must stay as it is typed, indented. */
  readonly verbatim: (text: string, indent?: number, first?: string) => string;
  /** Rows below each other; the last column is wrapped, the others keep their width. */
  readonly table: (rows: readonly (readonly string[])[], indent?: number) => string;
}

const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - stringWidth(text)));

/** A pen for a screen. */
export const penFor = ({ width, isColoured }: Screen): Pen => {
  const paragraph = (text: string, indent = 0, first = ''): string => {
    const start = ' '.repeat(indent) + first;
    const hang = ' '.repeat(stringWidth(start));
    const room = Math.max(NARROWEST / 2, width - stringWidth(start));
    return wrapAnsi(text, room, { trim: true }).split('\n').map((line, i) => (i === 0 ? start : hang) + line).join('\n');
  };
  const verbatim = (text: string, indent = 0, first = ''): string => {
    const start = ' '.repeat(indent);
    return text.split('\n').map((line, i) => start + (i === 0 ? first : ' '.repeat(stringWidth(first))) + line).join('\n');
  };
  const table = (rows: readonly (readonly string[])[], indent = 0): string => {
    const last = Math.max(...rows.map((row) => row.length)) - 1;
    const widths = Array.from({ length: last }, (_, column) => Math.max(...rows.map((row) => stringWidth(row[column] ?? ''))));
    return rows.map((row) => paragraph(row[last] ?? '', indent, widths.map((wide, column) => `${padded(row[column] ?? '', wide)}  `).join(''))).join('\n');
  };
  return { colours: picocolors.createColors(isColoured), paragraph, verbatim, table };
};
