import { type Hole, type Message, type ObjectRef, bytesText, durationText, listText, numberText, visible } from '../engine';
import { type Texts } from '../runbooks/library';

const LANGUAGE = 'en';
const PLURAL = new Intl.PluralRules(LANGUAGE);

const objectText = ({ namespace, name }: ObjectRef): string => visible(namespace ? `${namespace}/${name}` : name);

/** An instant (ISO 8601) as it can be searched for in a log, with its age at `now` (milliseconds since 1970). */
export const instantAndAge = (instant: string, now: number): string => {
  const at = Date.parse(instant);
  if (!Number.isFinite(at)) return visible(instant);
  const seconds = (now - at) / 1000;
  const written = new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
  if (Math.abs(seconds) < 1) return `${written} (now)`;
  const duration = durationText(Math.abs(seconds), LANGUAGE);
  return `${written} (${seconds > 0 ? `${duration} ago` : `in ${duration}`})`;
};

/** Writes messages in English. `texts` holds what is counted; everything else stands in the code. */
export const englishAt = (now: number, texts: Texts): ((message: Message) => string) => {
  const hole = (value: Hole): string => {
    if (typeof value === 'string') return visible(value);
    if (typeof value === 'number') return numberText(value, LANGUAGE);
    if ('duration' in value) return durationText(value.duration, LANGUAGE);
    if ('bytes' in value) return bytesText(value.bytes, LANGUAGE);
    if ('quantity' in value) return visible(value.quantity);
    if ('instant' in value) return instantAndAge(value.instant, now);
    if ('object' in value) return objectText(value.object);
    if ('message' in value) return message(value.message);
    return listText(value.list.map(hole), LANGUAGE);
  };
  const message = ({ text, holes = {} }: Message): string => {
    const { count } = holes;
    const english = (typeof count === 'number' ? texts[`${text}_${PLURAL.select(count)}`] : undefined) ?? text;
    return english.replace(/{{(\w+)}}/g, (whole, name: string) => {
      const value = Object.hasOwn(holes, name) ? holes[name] : undefined;
      return value === undefined ? whole : hole(value);
    });
  };
  return message;
};
