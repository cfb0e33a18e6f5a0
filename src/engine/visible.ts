/** Longest text from a server that is shown, characters: more is never read by anybody and slows the page down. */
const SHOWN_LIMIT = 2000;

const name = (character: string): string => `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`;

/**
 * Text of unknown origin as it may be shown: control, format (bidi) and private characters are made visible, so that a
 * name cannot pose as another one or reorder the line it stands in. Line breaks and tabs stay; what is too long is cut.
 */
export const visible = (text: string, limit = SHOWN_LIMIT): string => {
  const cut = text.length > limit ? `${text.slice(0, limit)}…` : text;
  return cut.replace(/(?![\n\t])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/gu, name);
};
