import { type Report } from '../../engine';

/** Saves a text as a file in the browser. */
export const download = (name: string, text: string, type: 'application/json' | 'text/markdown'): void => {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
};

/** A time (ISO 8601) as a part of a file's name. */
export const inFileName = (at: string): string => at.replaceAll(/[:.]/g, '-');

/** Saves the report as a JSON file in the browser, named after the alert and the time of its evidence. */
export const downloadReport = (report: Report): void =>
  download(`${report.runbook}-${inFileName(report.at)}.json`, JSON.stringify(report, null, 2), 'application/json');
