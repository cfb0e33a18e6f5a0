import { useText } from '../../console/text';
import { OUTCOME_WORDS, type Outcome } from '../../engine';

/** A function that gives the one word of an outcome. */
export const useOutcomeWord = (): ((outcome: Outcome) => string) => {
  const translate = useText();
  return (outcome) => translate(OUTCOME_WORDS[outcome]);
};
