/** The capitals of a kind, at most four: what the console shows in the small badge beside a name. */
export const abbreviation = (kind: string): string => (kind.replace(/[^A-Z]/g, '') || kind.toUpperCase()).slice(0, 4);
