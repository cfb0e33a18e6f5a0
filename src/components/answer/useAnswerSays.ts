import { type Outcome, type Report, headlineOf } from '../../engine';
import { useWritten } from '../message/useWritten';

/** The answer in one sentence of the reader's language, and the outcome whose icon and colour it bears. */
export const useAnswerSays = (report: Report): { readonly headline: string; readonly outcome?: Outcome } => {
  const written = useWritten();
  const { says, ...looks } = headlineOf(report);
  return { headline: written(says), ...looks };
};
