import { type Report, summaryOf } from '../../engine';
import { useWritten } from '../message/useWritten';

/** A function that gives the report as Markdown for a ticket, in the language of the page. */
export const useSummary = (report: Report): (() => string) => {
  const write = useWritten();
  return () => summaryOf(report, { write, from: window.location.href });
};
