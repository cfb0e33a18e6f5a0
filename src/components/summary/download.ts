import { type Report } from '../../engine';

/** Saves the report as a JSON file in the browser, named after the alert and the time of its evidence. */
export const downloadReport = (report: Report): void => {
  const address = URL.createObjectURL(new Blob([JSON.stringify(report, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `${report.runbook}-${report.at.replaceAll(/[:.]/g, '-')}.json`;
  link.click();
  URL.revokeObjectURL(address);
};
