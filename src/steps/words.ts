/** Longest quotation of a server inside a sentence, characters. */
const LONGEST = 300;

/** A server's own words on one line, short enough to stand in a sentence. */
export const quote = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1)}…`;
};
