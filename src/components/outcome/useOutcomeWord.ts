import { useWords } from '../../console/text';
import { type Outcome } from '../../engine';

/** A function that gives the one word of an outcome. */
export const useOutcomeWord = (): ((outcome: Outcome) => string) => {
  const t = useWords();
  return (outcome) => {
    switch (outcome) {
      case 'fail': return t('Problem');
      case 'warn': return t('Warning');
      case 'unknown': return t('Could not check');
      case 'info': return t('Note');
      case 'pass': return t('Fine');
      case 'notApplicable': return t('Not needed');
      default: return outcome satisfies never;
    }
  };
};
