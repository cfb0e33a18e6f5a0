import { useCallback, useMemo } from 'react';
import { type Hole, type Message, type ObjectRef } from '../../engine';
import { useLanguage, useText, useWords } from '../../console/text';
import { bytesText, durationText, instantText, listText, numberText } from '../../engine/format';
import { useNow } from './Now';
import { visible } from '../../engine/visible';

/** An object as it is named in a line: its kind stands in the sentence, its namespace before the name. */
export const objectText = ({ namespace, name }: ObjectRef): string => visible(namespace ? `${namespace}/${name}` : name);

/** A function that says how long ago an instant (ISO 8601) was, or how far ahead; the absolute time where "now" is not known. */
export const useAge = (): ((instant: string) => string) => {
  const t = useWords();
  const language = useLanguage();
  const now = useNow();
  return useCallback((instant) => {
    const at = Date.parse(instant);
    if (!Number.isFinite(at)) return visible(instant);
    if (now === null) return instantText(at, language);
    const seconds = (now - at) / 1000;
    if (Math.abs(seconds) < 1) return t('just now');
    const duration = durationText(seconds, language);
    return seconds > 0 ? t('{{duration}} ago', { duration }) : t('in {{duration}}', { duration });
  }, [t, language, now]);
};

/**
 * The translated text of a message. A number in the hole `count` goes through as it is, because it chooses the plural;
 * every other hole arrives as `write` wrote it.
 */
export const translated = ({ text, holes = {} }: Message, translate: (message: Message) => string, write: (hole: Hole, name: string) => string): string =>
  translate({ text, holes: Object.fromEntries(Object.entries(holes).map(([name, hole]) => [name, name === 'count' && typeof hole === 'number' ? hole : write(hole, name)])) });

/** A function that writes one hole as text. */
export const useHoleText = (): ((hole: Hole) => string) => {
  const translate = useText();
  const language = useLanguage();
  const age = useAge();
  return useMemo(() => {
    const write = (hole: Hole): string => {
      if (typeof hole === 'string') return visible(hole);
      if (typeof hole === 'number') return numberText(hole, language);
      if ('duration' in hole) return durationText(hole.duration, language);
      if ('bytes' in hole) return bytesText(hole.bytes, language);
      if ('quantity' in hole) return visible(hole.quantity);
      if ('instant' in hole) return age(hole.instant);
      if ('object' in hole) return objectText(hole.object);
      if ('message' in hole) return translated(hole.message, translate, write);
      return listText(hole.list.map(write), language);
    };
    return write;
  }, [translate, language, age]);
};

/** A function that writes a message as plain text in the reader's language: for names that screen readers say, titles and copies. */
export const useWritten = (): ((message: Message) => string) => {
  const translate = useText();
  const write = useHoleText();
  return useCallback((message) => translated(message, translate, write), [translate, write]);
};
