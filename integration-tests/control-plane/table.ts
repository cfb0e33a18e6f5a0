/** A table that the tests print and docs/testing.md holds. */
export interface Table {
  title: string;
  /** What it shows, in a sentence or two. */
  intro: string;
  columns: readonly string[];
  rows: readonly (readonly string[])[];
}

/** For a terminal: columns as wide as their widest cell. */
export function asText({ title, columns, rows }: Table): string {
  const all = [columns, ...rows];
  const widths = columns.map((_, place) => Math.max(...all.map((row) => row[place]?.length ?? 0)));
  const lines = all.map((row) => row.map((cell, place) => cell.padEnd(widths[place] ?? 0)).join('  ').trimEnd());
  return [title, ...lines].join('\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

/** For a page: a heading, the sentence, and a table of Markdown. */
export const asMarkdown = ({ title, intro, columns, rows }: Table): string =>
  [`## ${title}`, '', intro, '', row(columns), `|${columns.map(() => ' --- |').join('')}`, ...rows.map(row)].join('\n');
