/** An address from a server if it is one that may be followed (http or https), else undefined: never a script. */
export const safeHref = (address: string | undefined): string | undefined => {
  if (address === undefined) return undefined;
  const parsed = URL.canParse(address) ? new URL(address) : undefined;
  return parsed?.protocol === 'https:' || parsed?.protocol === 'http:' ? parsed.href : undefined;
};
