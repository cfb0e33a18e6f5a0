import i18next, { type BackendModule, type PostProcessorModule } from 'i18next';
import { initReactI18next } from 'react-i18next';

/** Reads one language's texts of one namespace; rejects if there are none. */
export type ReadTexts = (language: string, namespace: string) => Promise<Record<string, string>>;

/** From the bridge, as the console reads them from its server. */
export const readFromServer: ReadTexts = async (language, namespace) => {
  const response = await fetch(`/locales/resource.json?${new URLSearchParams({ lng: language, ns: namespace })}`);
  if (!response.ok) throw new Error(`No texts of ${namespace} in ${language}: ${response.status}`);
  return (await response.json()) as Record<string, string>;
};

const backend = (read: ReadTexts): BackendModule => ({
  type: 'backend',
  init: () => undefined,
  read: (language, namespace, done) => {
    read(language, namespace).then(
      (texts) => done(null, texts),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error)), null),
    );
  },
});

const LETTERS = 'aàbƀcçdđeéfƒgĝhĥiîjĵkķlļmɱnñoôpþqǫrŕsštţuûvṽwŵxẋyýzžAÀBƁCÇDĐEÉFƑGĜHĤIÎJĴKĶLĻMṀNÑOÔPÞQǪRŔSŠTŢUÛVṼWŴXẊYÝZŽ';
const ACCENTED = new Map(
  Array.from({ length: LETTERS.length / 2 }, (_, index) => [LETTERS.charAt(2 * index), LETTERS.charAt(2 * index + 1)]),
);

/** "[Ṽîŕţûàļ…]": what passed through translation can be told from what did not. Tags are kept. Vowels are doubled, as long languages need room. */
export const pseudoText = (text: string): string =>
  `[${text.replace(/<[^>]*>|[a-zA-Z]/g, (found) => (found.length > 1 ? found : (ACCENTED.get(found) ?? found).repeat(/[aeiou]/i.test(found) ? 2 : 1)))}]`;

const pseudo = (isOn: boolean): PostProcessorModule => ({
  type: 'postProcessor',
  name: 'pseudo',
  process: (text) => (isOn ? pseudoText(text) : text),
});

/** Which language, and whether pseudo: from the address (`?pseudolocalization=true&lng=en`), else the one chosen last. */
export function languageAskedFor(search: string): { language: string; isPseudo: boolean } {
  const parameters = new URLSearchParams(search);
  return {
    language: parameters.get('lng') ?? localStorage.getItem('bridge/language') ?? 'en',
    isPseudo: parameters.get('pseudolocalization') === 'true',
  };
}

/**
 * Sets i18next up as the console does: `~` between namespace and text as well as before a context, no key separator,
 * English where a language has no text. A text that English lacks too is told to `onMissing`: by default an error in the
 * browser's console.
 */
export async function initTranslations(
  namespaces: string[],
  read: ReadTexts,
  { language, isPseudo } = languageAskedFor(window.location.search),
  onMissing: (text: string) => void = (text) => console.error(`The text "${text}" is missing for ${language}.`),
): Promise<void> {
  await i18next
    .use(backend(read))
    .use(pseudo(isPseudo))
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: 'en',
      load: 'languageOnly',
      ns: namespaces,
      defaultNS: 'public',
      fallbackNS: false,
      nsSeparator: '~',
      keySeparator: false,
      contextSeparator: '~',
      postProcess: ['pseudo'],
      interpolation: { escapeValue: false },
      react: { useSuspense: true, transSupportBasicHtmlNodes: true },
      saveMissing: true,
      missingKeyHandler: (_, namespace, key) => onMissing(`${namespace}~${key}`),
      showSupportNotice: false,
    });
}
