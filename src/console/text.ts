import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { type Message } from '../engine/message';

/** Namespace of the words of our pages. */
export const PAGE_WORDS = 'plugin__virt-runbooks-plugin';
/** Namespace of the texts of runbooks, steps, causes and mitigations. They come in the bundle, a group and language at a time. */
export const RUNBOOK_TEXTS = 'virt-runbooks-texts';
/** The language of the code, and the one that the console falls back on. */
const ENGLISH = 'en';

/**
 * Translates the marked text of a message. Its holes arrive as written text, or as the number that chooses the plural.
 * Text from a server stands in holes alone: it never goes through the translation.
 */
export const useText = (): ((message: Message) => string) => {
  // Texts are added from the bundle before they are drawn; nobody waits for a file that the console does not serve.
  const { t, i18n } = useTranslation(RUNBOOK_TEXTS, { useSuspense: false });
  return useCallback(({ text, holes = {} }) => {
    const { count } = holes;
    // Holes are no options: one that is called `ns` or `context` would choose another text.
    const options = { ns: RUNBOOK_TEXTS, replace: holes, ...(typeof count === 'number' ? { count } : {}), interpolation: { escapeValue: false } };
    // English stands in the code. Told to be its own translation it goes the way of every text, and the console does not report it as missing.
    if (!i18n.exists(text, options)) i18n.addResource(ENGLISH, RUNBOOK_TEXTS, text, text, { silent: true });
    return t(text, options);
  }, [t, i18n]);
};

/** Translates the words of our pages. */
export const useWords = () => useTranslation(PAGE_WORDS).t;

/** The language of the page, as Intl wants it. */
export const useLanguage = (): string => useTranslation(PAGE_WORDS).i18n.language || 'en';

/** Adds the texts of a group in the language of the page, before anything of it is drawn. */
export const useAddTexts = (): ((texts: Readonly<Record<string, string>>) => void) => {
  const { i18n } = useTranslation(PAGE_WORDS);
  return useCallback((texts) => i18n.addResourceBundle(i18n.language || 'en', RUNBOOK_TEXTS, texts, true, true), [i18n]);
};
