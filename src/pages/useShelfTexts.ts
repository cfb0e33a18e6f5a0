import { useEffect, useState } from 'react';
import { useAddTexts, useLanguage } from '../console/text';
import { loadSummaries } from '../runbooks/library';

/**
 * Are the texts there that a page needs without a runbook, in the language of the page: the one-line summaries, and why
 * something could not be read? English stands in the code, so that a failure costs only the translation.
 */
export const useShelfTexts = (): boolean => {
  const language = useLanguage();
  const addTexts = useAddTexts();
  const [isReady, setReady] = useState(false);
  useEffect(() => {
    void loadSummaries(language).then(addTexts).finally(() => setReady(true));
  }, [language, addTexts]);
  return isReady;
};
