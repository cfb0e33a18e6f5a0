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
  /** Rows below each other. The last column is wrapped; where that is not enough, the widest ones are too, or each row is a paragraph. */
  readonly table: (rows: readonly (readonly string[])[], indent?: number) => string;
}

/** Between two columns of a table. */
const GAP = '  ';
/** A column that is narrower than its content has at least so much room; words are not to be torn apart. */
const NARROW_COLUMN = 16;

/** The widths of columns in so much room: first the last one gives way, then the widest ones. Undefined if there is too little. */
const fitted = (natural: readonly number[], room: number): readonly number[] | undefined => {
  const total = (widths: readonly number[]): number => widths.reduce((sum, one) => sum + one, 0);
  const last = natural.at(-1) ?? 0;
  const others = natural.slice(0, -1);
  const left = Math.max(Math.min(last, NARROWEST / 2), room - total(others));
  if (left + total(others) <= room) return [...others, Math.min(last, left)];
  for (let cap = Math.max(...natural); cap >= NARROW_COLUMN; cap -= 1) {
    const widths = natural.map((one) => Math.min(one, cap));
    if (total(widths) <= room) return widths;
  }
  return undefined;
};

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
    const natural = Array.from({ length: Math.max(...rows.map((row) => row.length)) }, (_, column) => Math.max(...rows.map((row) => stringWidth(row[column] ?? ''))));
    const widths = fitted(natural, width - indent - GAP.length * (natural.length - 1));
    if (!widths) return rows.map((row) => paragraph(row.filter(Boolean).join(' · '), indent, '- ')).join('\n');
    const lines = rows.flatMap((row) => {
      const cells = widths.map((room, column) => wrapAnsi(row[column] ?? '', room, { hard: true, trim: true }).split('\n'));
      return Array.from({ length: Math.max(...cells.map((cell) => cell.length)) }, (_, line) => cells.map((cell, column) => padded(cell[line] ?? '', widths[column] ?? 0)).join(GAP).trimEnd());
    });
    return lines.map((line) => ' '.repeat(indent) + line).join('\n');
  };
  return { colours: picocolors.createColors(isColoured), paragraph, verbatim, table };
};
