import { useEffect, useState } from 'react';
import { useAddTexts, useLanguage } from '../console/text';
import { type Runbook } from '../engine';
import { loadRunbook, loadTexts, shelved } from '../runbooks/library';

/** A runbook on its way from the shelf. `none`: no runbook answers to the name. */
export type Loading =
  | { readonly state: 'loading' }
  | { readonly state: 'none' }
  | { readonly state: 'failed'; readonly error: string }
  | { readonly state: 'ready'; readonly runbook: Runbook };

/** Loads the runbook of an alert name or a former one, with its texts in the language of the page. */
export const useRunbook = (alertname: string): Loading => {
  const language = useLanguage();
  const addTexts = useAddTexts();
  const [loaded, setLoaded] = useState<{ readonly alertname: string; readonly loading: Loading }>();
  const entry = shelved(alertname);
  useEffect(() => {
    let isCurrent = true;
    const settle = (loading: Loading) => {
      if (isCurrent) setLoaded({ alertname, loading });
    };
    if (entry) {
      Promise.all([loadRunbook(alertname), loadTexts(language, entry.group)]).then(
        ([runbook, texts]) => {
          addTexts(texts);
          settle(runbook ? { state: 'ready', runbook } : { state: 'none' });
        },
        (error: unknown) => settle({ state: 'failed', error: String(error) }),
      );
    }
    return () => {
      isCurrent = false;
    };
  }, [alertname, entry, language, addTexts]);
  if (!entry) return { state: 'none' };
  return loaded?.alertname === alertname ? loaded.loading : { state: 'loading' };
};
