import { useEffect, useState } from 'react';
import { useAddTexts, useLanguage } from '../console/text';
import { type Runbook } from '../engine';
import { loadRunbook, loadTexts, shelved } from '../runbooks/library';

/** The runbooks of these alert names as far as they are loaded, by the name that was asked for. One that does not load is left out. */
export const useRunbooks = (alertnames: readonly string[]): ReadonlyMap<string, Runbook> => {
  const language = useLanguage();
  const addTexts = useAddTexts();
  const [runbooks, setRunbooks] = useState<ReadonlyMap<string, Runbook>>(new Map());
  const key = alertnames.join(' ');
  useEffect(() => {
    let isCurrent = true;
    for (const name of key.split(' ').filter(Boolean)) {
      const entry = shelved(name);
      if (!entry) continue;
      void Promise.all([loadRunbook(name), loadTexts(language, entry.group)]).then(([runbook, texts]) => {
        if (!isCurrent || !runbook) return;
        addTexts(texts);
        setRunbooks((before) => new Map(before).set(name, runbook));
      }, () => undefined);
    }
    return () => {
      isCurrent = false;
    };
  }, [key, language, addTexts]);
  return runbooks;
};
